// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "agents/archetype.hpp"
#include "agents/parity.hpp"

namespace crowdout::agents {

/// Trades on the gap between two names of one thing: a coin on two venues, two classes of a share,
/// or the triangle of a coin in dollars, the coin in stablecoins, and the stablecoin in dollars.
///
/// It works from an inventory of both and never waits for a transfer between venues; what a gap
/// that does not close has used up, it no longer has: limits to arbitrage are its balance sheet's.
struct Arbitrageur {
    static constexpr std::string_view name = "arbitrageur";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string first;
        std::string second;
        std::string bridge;  ///< what `second` is paid in, where that is not the dollar
        double units = 1;    ///< whole units of `first` in one of `second`
        ParityTerms terms;

        market::InstrumentId first_id = market::no_instrument;  ///< bound
        market::InstrumentId second_id = market::no_instrument;
        market::InstrumentId bridge_id = market::no_instrument;

        template <class Visitor>
        void visit(Visitor& field) {
            field("first", first,
                  {.help = "One name of the thing.",
                   .help_zh = "同一资产的第一个标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("second", second,
                  {.help = "Its other name.",
                   .help_zh = "同一资产的第二个标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("bridge", bridge,
                  {.help = "Market of the money that the second is paid in, if not dollars.",
                   .help_zh = "第二个标的计价货币对美元的市场（若非美元）。",
                   .refers_to = Reference::instrument});
            field("units", units,
                  {.help = "Whole units of the first in one of the second.",
                   .help_zh = "一单位第二标的包含的第一标的数量。",
                   .positive = true});
            field("terms", terms,
                  {.help = "When and how hard it trades.", .help_zh = "交易条件与强度。"});
        }
    };

    struct State {
        ParityHome home;
        market::Time looked;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};

}  // namespace crowdout::agents
