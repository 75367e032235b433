// SPDX-License-Identifier: Apache-2.0
#include "world/book_flows.hpp"

#include <algorithm>

namespace crowdout::world {

using market::Cause;
using market::Money;
using market::Side;

namespace {

constexpr std::uint64_t trade_key(std::uint32_t block, Cause cause, Side side) {
    return static_cast<std::uint64_t>(block) << 16 | static_cast<std::uint64_t>(cause) << 8 |
           static_cast<std::uint64_t>(side);
}

TradeRow trade_row(std::uint64_t key, const Traded& traded) {
    return {static_cast<std::uint16_t>(key >> 16), static_cast<Cause>(key >> 8 & 0xff),
            static_cast<Side>(key & 0xff), traded};
}

void sort(std::vector<TradeRow>& rows) {
    std::ranges::sort(
        rows, {}, [](const TradeRow& row) { return trade_key(row.block, row.cause, row.side); });
}

}  // namespace

void BookFlows::record(const market::Fill& fill, Money notional, Money maker_fee, Money taker_fee) {
    const std::uint32_t maker = fill.maker.block();
    const std::uint32_t taker = fill.taker.block();
    const bool taker_buys = fill.taker_side == Side::buy;
    add(taker_buys ? taker : maker, taker_buys ? maker : taker, market::Reason::trades, notional);
    if (maker_fee != Money{0}) add(maker, fee_block_, market::Reason::fees, maker_fee);
    if (taker_fee != Money{0}) add(taker, fee_block_, market::Reason::fees, taker_fee);

    const Traded traded{notional, fill.quantity};
    causes_.add(trade_key(maker, fill.maker_cause, opposite(fill.taker_side)), traded);
    causes_.add(trade_key(taker, fill.taker_cause, fill.taker_side), traded);
}

void BookFlows::trades(std::vector<TradeRow>& out) const {
    out.clear();
    for (const auto& entry : causes_.entries()) out.push_back(trade_row(entry.key, entry.total));
    sort(out);
}

void BookFlows::step_trades(std::vector<TradeRow>& out) const {
    out.clear();
    for (const std::uint32_t at : causes_.touched()) {
        const auto& entry = causes_.entries()[at];
        out.push_back(trade_row(entry.key, entry.step));
    }
    sort(out);
}

}  // namespace crowdout::world
