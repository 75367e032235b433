// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "agents/field.hpp"
#include "market/instrument.hpp"
#include "market/order.hpp"

/// How the market's enumerators are written in world files and tables.
namespace crowdout::market {

inline constexpr std::array<std::string_view, 5> instrument_kind_names{"coin", "share", "bond",
                                                                       "etf_share", "stablecoin"};
inline constexpr std::array<std::string_view, 3> session_names{"always", "us_equities", "us_bonds"};
inline constexpr std::array<std::string_view, cause_count> cause_names{
    "choice",     "rebalance",   "quote",       "arbitrage",    "issuance", "capital_call",
    "redemption", "margin_call", "liquidation", "deleveraging", "policy"};
inline constexpr std::array<std::string_view, reject_count> reject_names{"none",
                                                                         "unknown_instrument",
                                                                         "not_permitted",
                                                                         "bad_quantity",
                                                                         "bad_price",
                                                                         "session_closed",
                                                                         "halted",
                                                                         "throttled",
                                                                         "would_not_reduce",
                                                                         "insufficient_cash",
                                                                         "insufficient_holding",
                                                                         "post_only_would_take",
                                                                         "fill_or_kill_short",
                                                                         "unknown_order",
                                                                         "queue_full"};

constexpr agents::EnumNames enum_names(InstrumentKind) {
    return {instrument_kind_names.data(), instrument_kind_names.size()};
}
constexpr agents::EnumNames enum_names(Session) {
    return {session_names.data(), session_names.size()};
}

}  // namespace crowdout::market
