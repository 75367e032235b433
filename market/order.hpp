// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "market/ids.hpp"
#include "market/time.hpp"
#include "market/units.hpp"

namespace crowdout::market {

enum class Side : std::uint8_t { buy, sell };

[[nodiscard]] constexpr Side opposite(Side side) {
    return side == Side::buy ? Side::sell : Side::buy;
}

/// Why an order was sent. Every trade, flow and frame can be split by it.
enum class Cause : std::uint8_t {
    choice,        ///< an opinion about value or trend
    rebalance,     ///< back to a target weight
    quote,         ///< a maker's
    arbitrage,     ///< one thing, two prices
    issuance,      ///< a new security, or a buy-back of one
    capital_call,  ///< a promise falls due
    redemption,    ///< a fund's investors leave
    margin_call,   ///< to restore leverage, by the owner
    liquidation,   ///< to restore leverage, by the lender
    deleveraging,  ///< against a counterparty's loss
    policy,        ///< a central bank's
};
inline constexpr std::size_t cause_count = 11;

enum class OrderType : std::uint8_t {
    limit,
    market,      ///< takes what there is; `limit` is its protection price, the rest is cancelled
    stop,        ///< becomes `market` when a trade prints at or through `stop`
    stop_limit,  ///< becomes `limit` likewise
};

enum class TimeInForce : std::uint8_t {
    good_till_time,       ///< rests until `expiry`
    immediate_or_cancel,  ///< what does not fill at once is cancelled
    fill_or_kill,         ///< all at once or nothing
};

/// What happens when an owner would meet itself.
enum class SelfTrade : std::uint8_t { cancel_resting, cancel_incoming, cancel_both };

/// An order as it arrives at its book, already backed by escrow.
struct Order {
    OrderId id{0};
    AccountId owner;
    ParentId parent = no_parent;
    Side side = Side::buy;
    OrderType type = OrderType::limit;
    TimeInForce time_in_force = TimeInForce::good_till_time;
    SelfTrade self_trade = SelfTrade::cancel_resting;
    Cause cause = Cause::choice;
    bool post_only = false;    ///< refused where it would take
    bool reduce_only = false;  ///< clipped by `submit` to the position it closes
    Price limit;               ///< worst price; a market order's protection
    Price stop;                ///< trigger of a stop order
    Quantity quantity;
    Time expiry = never;
};

/// What an owner keeps to find a resting order again: its number and where the book put it.
struct Ticket {
    OrderId id{0};
    std::uint32_t slot = 0;  ///< a hint; a book checks it against `id`

    friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// Why something was refused, in order of precedence: the first that applies is told.
enum class Reject : std::uint8_t {
    none,
    unknown_instrument,
    not_permitted,  ///< the account has no column for the asset
    bad_quantity,   ///< not positive, or above the instrument's largest order
    bad_price,      ///< not positive, or outside the price band
    session_closed,
    halted,
    throttled,
    would_not_reduce,  ///< a reduce-only order without a position to reduce
    insufficient_cash,
    insufficient_holding,
    post_only_would_take,
    fill_or_kill_short,  ///< not enough to take within the limit
    unknown_order,       ///< cancel or replace of something that no longer rests
    queue_full,
};
inline constexpr std::size_t reject_count = 15;

}  // namespace crowdout::market
