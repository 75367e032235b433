// SPDX-License-Identifier: Apache-2.0
#include "agents/quote_ladder.hpp"

#include <cmath>
#include <cstdlib>

#include "agents/trading.hpp"

namespace crowdout::agents {

using market::Quantity;
using market::Side;

void QuoteLadder::add(QuoteLevel level) {
    if (level.lots.value() <= 0) return;
    if (size_ > 0 && levels_[size_ - 1].limit == level.limit) {
        levels_[size_ - 1].lots += level.lots;
    } else if (size_ < capacity) {
        levels_[size_++] = level;
    }
}

void QuoteLadder::limit_cost(const market::Instrument& instrument, double dollars) {
    double cost = 0.0;
    for (const QuoteLevel& level : levels()) {
        cost += static_cast<double>(instrument.requirement_per_lot(level.limit).value()) *
                static_cast<double>(level.lots.value()) / market::money_per_dollar;
    }
    if (cost > dollars) shrink(dollars / cost);
}

void QuoteLadder::limit_lots(Quantity lots) {
    Quantity sum;
    for (const QuoteLevel& level : levels()) sum += level.lots;
    if (sum > lots) {
        shrink(static_cast<double>(lots.value()) / static_cast<double>(sum.value()));
    }
}

void QuoteLadder::shrink(double factor) {
    const QuoteLadder before = *this;
    size_ = 0;
    for (QuoteLevel level : before.levels()) {
        level.lots = Quantity{market::to_whole(static_cast<double>(level.lots.value()) * factor)};
        add(level);
    }
}

namespace {

bool stands(const OpenOrder& order, const QuoteLevel& level, double resize) {
    const double wanted = static_cast<double>(level.lots.value());
    return std::abs((order.limit - level.limit).value()) <= level.off_max &&
           std::abs(static_cast<double>(order.left.value()) - wanted) <= resize * wanted;
}

}  // namespace

void requote(const Observation& seen, market::InstrumentId id, Side side, const QuoteLadder& ladder,
             double resize, Intents& intents) {
    const std::span<const QuoteLevel> levels = ladder.levels();
    std::array<bool, QuoteLadder::capacity> filled{};
    std::array<const OpenOrder*, QuoteLadder::capacity> movable{};
    std::size_t movables = 0;

    for (const OpenOrder& order : seen.orders) {
        if (order.instrument != id || order.side != side) continue;
        bool stays = false;
        for (std::size_t i = 0; i < levels.size() && !stays; ++i) {
            if (filled[i] || !stands(order, levels[i], resize)) continue;
            filled[i] = true;
            stays = true;
        }
        if (stays) continue;
        if (movables < movable.size()) {
            movable[movables++] = &order;
        } else {
            intents.cancel(order);
        }
    }

    // Cancels go first: they free what the moves and the new orders need.
    std::size_t free_levels = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) free_levels += filled[i] ? 0 : 1;
    for (std::size_t i = free_levels; i < movables; ++i) intents.cancel(*movable[i]);
    std::size_t next = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (filled[i]) continue;
        if (next < movables) {
            intents.replace(*movable[next++], levels[i].limit, levels[i].lots);
        } else {
            market::Order order =
                resting_order(side, levels[i].limit, levels[i].lots, market::Cause::quote);
            order.post_only = true;
            intents.submit(id, order);
        }
    }
}

}  // namespace crowdout::agents
