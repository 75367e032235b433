// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"
#include "agents/payees.hpp"

namespace crowdout::agents {

/// A miner: receives new coins by the world's mint and sells them for what energy costs.
///
/// The energy bill accrues with time, not with the price: below it nothing can be kept.
struct Miner {
    static constexpr std::string_view name = "miner";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string coin;
        double output = 450;              ///< coins a day of one member; the protocol's, of all
        double energy_per_coin = 55'000;  ///< USD; our choice, about 60 % of the price of late 2025
        Payees energy_to;
        double kept = 0.1;  ///< share of the coins that stays; our choice
        market::Duration sell_within = market::day * 2;  ///< time constant; our choice
        market::Duration cash_ahead =
            market::day * 14;  ///< energy that its cash covers; our choice
        ExecutionTerms execution;
        market::InstrumentId coin_id = market::no_instrument;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("coin", coin,
                  {.help = "The coin that it mines.",
                   .help_zh = "所挖的币。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("output", output,
                  {.help = "Coins a day that one miner expects.",
                   .help_zh = "每位矿工日产量。",
                   .unit = Dimension::quantity,
                   .min = 0});
            field("energy_per_coin", energy_per_coin,
                  {.help = "Cost of energy for one coin.",
                   .help_zh = "单币能源成本。",
                   .unit = Dimension::price,
                   .min = 0});
            field("energy_to", energy_to.shares,
                  {.help = "Who sells it energy, by shares.",
                   .help_zh = "能源供应商及比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1,
                   .refers_to = Reference::institution | Reference::population});
            field("kept", kept,
                  {.help = "Share of its coins that it keeps while cash lasts.",
                   .help_zh = "留存比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("sell_within", sell_within,
                  {.help = "Time constant of selling what it does not keep.",
                   .help_zh = "出售的时间常数。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("cash_ahead", cash_ahead,
                  {.help = "How much energy its cash covers before it sells what it keeps.",
                   .help_zh = "现金覆盖的能源期限。",
                   .unit = Dimension::duration,
                   .min = 0});
            field("execution", execution,
                  {.help = "How sales are spread.", .help_zh = "交易拆分方式。"});
        }
    };
    struct State {
        double reserve = 0;      ///< coins kept
        double energy_owed = 0;  ///< USD
        market::Time last;
        market::Time sold;  ///< up to when coins were sold
        ParentOrder sale;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};
static_assert(Archetype<Miner>);

}  // namespace crowdout::agents
