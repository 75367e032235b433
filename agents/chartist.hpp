// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agents/archetype.hpp"
#include "agents/attention.hpp"
#include "agents/beliefs.hpp"

namespace crowdout::agents {

/// The trader of Chiarella, Iori and Perello: part fundamentalist, part chartist, part noise.
///
/// At moments of a Poisson clock it withdraws what it has resting, looks ahead over its own
/// horizon, and places one limit order, which lives for that horizon. Its orders at prices beyond
/// the best are what makes the book deep, and gaps between them what makes prices jump.
struct Chartist {
    static constexpr std::string_view name = "chartist";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string instrument;
        Beliefs beliefs;
        double interval = 1.0;       ///< mean time between decisions, in horizons; our choice
        double interval_min = 60.0;  ///< seconds; our choice
        double order_max = 1.0;      ///< of wealth, a fraction; the paper has no bound
        Attention attention;         ///< none: a Poisson clock, as in the paper

        market::InstrumentId id = market::no_instrument;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it trades.",
                   .help_zh = "交易的标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("beliefs", beliefs,
                  {.help = "Weights on value, trend and noise.",
                   .help_zh = "价值、趋势与噪声的权重。"});
            field("interval", interval,
                  {.help = "Mean time between decisions, in horizons.",
                   .help_zh = "两次决策的平均间隔（以投资期限计）。",
                   .positive = true});
            field("interval_min", interval_min,
                  {.help = "Shortest mean time between decisions.",
                   .help_zh = "决策平均间隔的下限。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("order_max", order_max,
                  {.help = "Largest order, as a share of wealth.",
                   .help_zh = "单笔订单占财富的上限。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("attention", attention,
                  {.help = "When it acts more often than usual.",
                   .help_zh = "何时比平常更频繁地行动。"});
        }
    };

    struct State {
        Character character;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};

}  // namespace crowdout::agents
