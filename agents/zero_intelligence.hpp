// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agents/archetype.hpp"
#include "agents/field.hpp"

namespace crowdout::agents {

/// Orders without a thought behind them: the flow that a book's own mechanics can be read from.
///
/// Market orders arrive at one rate a side; limit orders at one rate a tick and side, uniformly
/// over a band that ends one tick short of the opposite best; each resting order is cancelled at
/// one rate. Every order has the same size. The rates are of the whole population: a member is one
/// of N equal sources, so their number changes who trades and not what the book sees. Source:
/// Daniels, Farmer, Gillemot, Iori, Smith (2003), PRL 90, 108102; Farmer, Patelli, Zovko (2005),
/// PNAS 102, 2254.
struct ZeroIntelligence {
    static constexpr std::string_view name = "zero_intelligence";
    static constexpr bool wakes_on_fill = false;

    /// Defaults are our choice: a liquid coin at a tick of $0.01 would take others. See
    /// `predicted_spread` for how to choose them.
    struct Params {
        std::string instrument;
        double order_size = 0.01;                  ///< s0, whole units
        double market_rate = 86'400 * 365.0;       ///< mu / s0: orders a year and side
        double limit_rate = 86'400 * 365.0 / 100;  ///< alpha / s0: orders a year, side and tick
        double lifetime = 60;                      ///< 1 / delta, seconds; mechanisms 2.1
        std::int64_t band = 500;                   ///< ticks
        double slippage = 0.1;                     ///< protection of market orders; a fraction

        market::InstrumentId id = market::no_instrument;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it trades.",
                   .help_zh = "交易的标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("order_size", order_size,
                  {.help = "Size of every order, in whole units.",
                   .help_zh = "每笔订单的数量。",
                   .unit = Dimension::quantity,
                   .positive = true});
            field("market_rate", market_rate,
                  {.help = "Market orders of the whole population, on each side.",
                   .help_zh = "整个群体每一侧的市价单到达率。",
                   .unit = Dimension::rate,
                   .min = 0});
            field("limit_rate", limit_rate,
                  {.help = "Limit orders of the whole population, on each side and tick.",
                   .help_zh = "整个群体每一侧每个最小价位的限价单到达率。",
                   .unit = Dimension::rate,
                   .min = 0});
            field("lifetime", lifetime,
                  {.help = "Mean time until a resting order is cancelled.",
                   .help_zh = "挂单被撤销前的平均时间。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("band", band,
                  {.help = "Ticks from the opposite best over which limit orders spread.",
                   .help_zh = "限价单分布的价位数（自对侧最优价起）。",
                   .min = 1,
                   .max = 1e6});
            field("slippage", slippage,
                  {.help = "How far a market order may walk the book.",
                   .help_zh = "市价单允许的最大滑点。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 0.99});
        }
        void check(Complaints& complaints) const {
            if (market_rate + limit_rate <= 0) {
                complaints.error("market_rate", "and limit_rate are both zero: nobody would act");
            }
        }
    };

    struct State {
        double share = 0;           ///< of the population's rates: 1 / N
        std::uint64_t resting = 0;  ///< own orders that the clock now running counts with
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);

    /// Carries out what was due now, and everything else that falls into the step.
    /// Cost: two draws (one Philox block) an event.
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Mean spread in ticks: (mu / alpha) f(s0 delta / mu) with f(u) = 0.432 + 1.11 u^0.75, mu in
    /// lots per second and side, alpha in lots per tick, second and side. Within 2 % for u from
    /// 0.0025 to 0.5, where a tick is small against mu / alpha.
    ///
    /// The form follows from the dimensions and is the papers'; the constants are measured here, on
    /// this population with our book and on a program that shares no line with it. Far from the
    /// best, depth is alpha / delta lots a tick.
    [[nodiscard]] static double predicted_spread(const Params& params);
    /// The same with the constants usually quoted, f(u) = 0.28 + 1.86 u^0.75 (Farmer, Patelli,
    /// Zovko 2005, as cited in mechanisms 2.1). What is measured lies within 20 % of it for u from
    /// 0.05 to 0.5, and up to 48 % above it where orders live longer.
    [[nodiscard]] static double quoted_spread(const Params& params);
};

}  // namespace crowdout::agents
