// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "bench/lob_workload.hpp"
#include "market/order_book.hpp"

namespace crowdout::bench {

/// Every order has its own owner: prevention of self-trades always looks and never finds.
[[nodiscard]] inline market::AccountId owner_of(std::uint32_t id) {
    return {id >> market::AccountId::row_bits, id & (market::AccountId::rows_max - 1)};
}

/// A new order as the world would send it, with owner and cause.
[[nodiscard]] inline market::Order order_of(const LobMessage& message) {
    const bool takes = message.kind == LobKind::market;
    market::Order order;
    order.id = market::OrderId{message.id};
    order.owner = owner_of(message.id);
    order.side = static_cast<market::Side>(message.side);
    order.type = takes ? market::OrderType::market : market::OrderType::limit;
    order.cause = static_cast<market::Cause>(message.id % 8);
    order.limit = market::Price{!takes ? message.price : message.side == 0 ? INT32_MAX : 0};
    order.quantity = market::Quantity{message.quantity};
    return order;
}

/// @param slot  of the order that a cancel names.
/// @return the slot of a new order; `slot` after a cancel.
inline std::uint32_t apply(const LobMessage& message, std::uint32_t slot, market::OrderBook& book,
                           market::BookEvents& events) {
    if (message.kind != LobKind::cancel) return book.submit(order_of(message), events);
    book.cancel({market::OrderId{message.id}, slot}, owner_of(message.id), events);
    return slot;
}

/// Our book under LOB-W. Remembers the slot of each order, as owners remember their tickets.
class LobPlayer {
public:
    explicit LobPlayer(std::uint32_t id_max = 0) : slots_(id_max + 1) {}

    void play(const LobMessage& message) {
        slots_[message.id] = apply(message, slots_[message.id], book_, events_);
    }
    [[nodiscard]] std::uint32_t slot(std::uint32_t id) const { return slots_[id]; }

    /// Makes room for the slots of orders up to `id`.
    void expect(std::uint32_t id) {
        if (id >= slots_.size()) slots_.resize(2 * std::size_t{id} + 1);
    }
    [[nodiscard]] const market::BookEvents& events() const { return events_; }

    /// The consumer's part: looks at what has happened and forgets it.
    void forget_events() {
        for (const market::Fill& fill : events_.fills) {
            ++sums_.fills;
            sums_.quantity += static_cast<std::uint64_t>(fill.quantity.value());
            sums_.notional +=
                static_cast<std::uint64_t>(fill.quantity.value() * fill.price.value());
        }
        events_.clear();
    }

    /// Hints for a message that comes soon, in two steps.
    [[gnu::always_inline]] void prefetch(const LobMessage& message) const {
        book_.prefetch(slots_[message.id]);
    }
    [[gnu::always_inline]] void prefetch_neighbours(const LobMessage& message) const {
        book_.prefetch_neighbours(slots_[message.id]);
    }

    [[nodiscard]] LobSums sums() const {
        LobSums sums = sums_;
        sums.resting = book_.order_count();
        sums.resting_quantity = static_cast<std::uint64_t>(
            (book_.resting(market::Side::buy) + book_.resting(market::Side::sell)).value());
        sums.bid = book_.best_bid().value_or(market::Price{}).value();
        sums.ask = book_.best_ask().value_or(market::Price{}).value();
        return sums;
    }
    [[nodiscard]] const market::OrderBook& book() const { return book_; }

private:
    market::OrderBook book_;
    market::BookEvents events_;
    std::vector<std::uint32_t> slots_;  // by order id
    LobSums sums_;
};

}  // namespace crowdout::bench
