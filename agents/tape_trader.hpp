// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agents/archetype.hpp"
#include "agents/field.hpp"
#include "agents/order_tape.hpp"

namespace crowdout::agents {

/// Sends the orders of a recorded tape again, each at its own moment.
///
/// It decides nothing and sees nothing ahead: it sleeps until its next order is due. Its orders
/// trade on its own account; what that cannot back, or the book does not take, is refused and
/// counted like anybody's, and the tape goes on.
struct TapeTrader {
    static constexpr std::string_view name = "tape_trader";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string instrument;
        std::string tape;
        std::optional<market::Time> begin;  ///< when its first order comes; its own date without
        double scale = 1;
        bool at_market = false;                  ///< kinds and prices of the tape left aside
        double slippage = 0.02;                  ///< worst price of a market order; our choice
        market::Duration lifetime{market::day};  ///< of what waits; our choice

        market::InstrumentId id = market::no_instrument;  ///< bound
        const OrderTape* orders = nullptr;                ///< bound; the configuration owns it
        market::Duration shift{};                         ///< bound; from the tape's dates to ours

        template <class Visitor>
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it trades.",
                   .help_zh = "交易的标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("tape", tape,
                  {.help = "Whose orders it sends: one of `tapes`.",
                   .help_zh = "所重放的订单带，取自 tapes。",
                   .required = true,
                   .refers_to = Reference::tape});
            field("begin", begin,
                  {.help = "When the first order of the tape comes, the others as long after it as "
                           "on the tape. Without it each comes at its own date.",
                   .help_zh = "订单带首笔订单到达的时间，其余按原有间隔；不写则按各自日期。"});
            field("scale", scale,
                  {.help = "What every size is multiplied with.",
                   .help_zh = "订单数量的倍数。",
                   .max = 1e6,
                   .positive = true});
            field("at_market", at_market,
                  {.help = "Whether every order takes what there is, its price left aside: for "
                           "tapes of trades.",
                   .help_zh = "是否忽略价格、全部以市价成交；用于成交记录。"});
            field("slippage", slippage,
                  {.help = "How far a market order may walk the book.",
                   .help_zh = "市价单允许的最大滑点。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 0.99});
            field("lifetime", lifetime,
                  {.help = "How long an order waits that nobody meets.",
                   .help_zh = "未成交挂单的有效时间。",
                   .unit = Dimension::duration,
                   .positive = true});
        }
    };

    struct State {
        std::uint64_t next = 0;  ///< number on the tape of the order that comes next
    };

    /// @param names  its `order_tape` must outlive the parameters.
    static void bind(Params& params, const Names& names);
    /// Orders from before the world's start are passed over.
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};

}  // namespace crowdout::agents
