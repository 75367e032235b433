// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agents/archetype.hpp"
#include "agents/distribution.hpp"
#include "agents/field.hpp"
#include "agents/intent.hpp"

namespace crowdout::agents {

/// A patient owner of a coin: takes profits on the way up and bids deep below the market.
///
/// Two ladders of resting orders around a reference price that follows the market slowly: sales
/// above it and above its own cost, purchases 4 to 10 % below out of its own cash, fewer at
/// weekends when money cannot be moved. Such bids, funded and in the book before the fall, are what
/// ends a cascade ("Read this first", rules 8 and 9). A ladder that is stale is taken down in one
/// look and put up in the next, so that its escrow is free by then.
struct LongTermHolder {
    static constexpr std::string_view name = "long_term_holder";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string coin;
        Distribution cost = median_cost();  ///< of the price at the start; our choice
        double gain_min = 0.3;              ///< over cost before it sells; our choice
        double sale_spacing = 0.05;         ///< between rungs, from the reference; our choice
        double sale_share = 0.01;           ///< of its coins, each rung; our choice
        std::int64_t sale_rungs = 5;
        double bid_near = 0.04;  ///< rule 9
        double bid_far = 0.10;
        std::int64_t bid_rungs = 4;
        double bid_share = 0.5;      ///< of its cash, in all rungs; our choice
        double weekend_share = 0.5;  ///< of that at weekends; our choice
        double stale_move = 0.02;    ///< of the reference; our choice
        market::Duration follow_within = market::day * 3;      ///< time constant; our choice
        market::Duration refresh = market::hour * 12;          ///< age at which a ladder is stale
        market::InstrumentId coin_id = market::no_instrument;  ///< bound

        static Distribution median_cost();

        template <class Visitor>
        void visit(Visitor& field);
        void check(Complaints& complaints) const;
    };
    struct State {
        double cost = 0;              ///< USD per whole
        double reference = 0;         ///< USD per whole
        double offset = 0;            ///< 0 to 1: where its rungs lie between two steps of a ladder
        double placed_reference = 0;  ///< of the ladders that rest
        market::Time placed;
        market::Time last;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};
static_assert(Archetype<LongTermHolder>);

template <class Visitor>
// NOLINTNEXTLINE(readability-function-size): a table
void LongTermHolder::Params::visit(Visitor& field) {
    field("coin", coin,
          {.help = "What it holds.",
           .help_zh = "所持资产。",
           .required = true,
           .refers_to = Reference::instrument});
    field("cost", cost,
          {.help = "What it paid, as a multiple of the price at the start.",
           .help_zh = "成本相对初始价格的倍数。",
           .unit = Dimension::ratio,
           .min = 0.001,
           .max = 100});
    field("gain_min", gain_min,
          {.help = "Gain over cost below which it does not sell.",
           .help_zh = "最低获利比例。",
           .unit = Dimension::ratio,
           .min = -1,
           .max = 100});
    field("sale_spacing", sale_spacing,
          {.help = "Distance between sales, from the reference price.",
           .help_zh = "卖单间距。",
           .unit = Dimension::ratio,
           .max = 10,
           .positive = true});
    field("sale_share", sale_share,
          {.help = "Share of its coins in each sale.",
           .help_zh = "每档卖出比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("sale_rungs", sale_rungs,
          {.help = "How many sales rest at a time.", .help_zh = "卖单档数。", .min = 0, .max = 50});
    field("bid_near", bid_near,
          {.help = "Distance of the nearest bid below the reference price.",
           .help_zh = "最近买单的距离。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.99});
    field("bid_far", bid_far,
          {.help = "Distance of the deepest bid.",
           .help_zh = "最远买单的距离。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 0.99});
    field("bid_rungs", bid_rungs,
          {.help = "How many bids rest at a time.", .help_zh = "买单档数。", .min = 0, .max = 50});
    field("bid_share", bid_share,
          {.help = "Share of its cash in all bids together.",
           .help_zh = "用于挂买单的现金比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("weekend_share", weekend_share,
          {.help = "Part of its bids that it keeps up at weekends.",
           .help_zh = "周末保留的买单比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("stale_move", stale_move,
          {.help = "Move of the reference price at which ladders are put up anew.",
           .help_zh = "触发重新挂单的参考价变动。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("follow_within", follow_within,
          {.help = "Time constant with which the reference price follows the market.",
           .help_zh = "参考价跟随市场的时间常数。",
           .unit = Dimension::duration,
           .positive = true});
    field("refresh", refresh,
          {.help = "Age at which ladders are put up anew.",
           .help_zh = "重新挂单间隔。",
           .unit = Dimension::duration,
           .positive = true});
}

}  // namespace crowdout::agents
