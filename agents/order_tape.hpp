// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "agents/field.hpp"
#include "market/order.hpp"
#include "market/time.hpp"

namespace crowdout::agents {

/// How an order of a tape is to be handled by its book.
enum class TapeOrderKind : std::uint8_t {
    limit,                ///< waits at its price
    market,               ///< takes what there is; has no price
    immediate_or_cancel,  ///< takes what there is up to its price
    fill_or_kill,         ///< the same, all of it or nothing
    post_only,            ///< waits at its price, and is refused where it would take
};
inline constexpr std::array<std::string_view, 5> tape_order_kind_names{
    "limit", "market", "immediate_or_cancel", "fill_or_kill", "post_only"};
constexpr EnumNames enum_names(TapeOrderKind) {
    return {tape_order_kind_names.data(), tape_order_kind_names.size()};
}

/// One order that somebody sent once.
struct TapeOrder {
    market::Time time;
    double size = 0;   ///< wholes, > 0
    double price = 0;  ///< `OrderTape::relative` says of what; not looked at where none is needed
    market::Side side = market::Side::buy;
    TapeOrderKind kind = TapeOrderKind::market;
    market::Cause cause = market::Cause::choice;

    friend bool operator==(const TapeOrder&, const TapeOrder&) = default;
};

/// Recorded orders, in the order in which they came: times do not fall.
struct OrderTape {
    std::vector<TapeOrder> orders;
    bool relative = false;  ///< prices are basis points from the mid, else USD per whole

    friend bool operator==(const OrderTape&, const OrderTape&) = default;
};

}  // namespace crowdout::agents
