// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <cstdint>
#include <vector>

#include "market/order.hpp"
#include "market/price_ladder.hpp"

namespace crowdout::market {

/// A resting order as a book keeps it: one cache line, so that whoever touches it misses once.
///
/// The limit is not here; the level that it queues in knows its price.
struct alignas(64) QueuedOrder {
    OrderId id{0};               ///< 0 in a free slot
    std::int64_t left = 0;       ///< lots
    std::uint64_t identity = 0;  ///< see `identity_hash`
    std::uint64_t arrival = 0;   ///< the book's count of orders that came to rest: time priority
    Time expiry = never;
    std::uint32_t next = none;  ///< behind it in the queue; in a free slot the next free one
    std::uint32_t prev = none;
    std::uint32_t level = none;
    AccountId owner;
    ParentId parent = no_parent;
    Cause cause = Cause::choice;
    Side side = Side::buy;
    SelfTrade self_trade = SelfTrade::cancel_resting;
    bool post_only = false;
};
static_assert(sizeof(QueuedOrder) == 64);

/// Slots for resting orders. A freed slot is the next to be used: it is still in the cache.
class OrderPool {
public:
    [[nodiscard]] QueuedOrder& operator[](std::uint32_t slot) { return orders_[slot]; }
    [[nodiscard]] const QueuedOrder& operator[](std::uint32_t slot) const { return orders_[slot]; }

    std::uint32_t add() {
        if (free_ == none) {
            orders_.emplace_back();
            return static_cast<std::uint32_t>(orders_.size() - 1);
        }
        const std::uint32_t slot = free_;
        free_ = orders_[slot].next;
        return slot;
    }

    void remove(std::uint32_t slot) {
        assert(orders_[slot].id != OrderId{0});
        orders_[slot].id = OrderId{0};
        orders_[slot].next = free_;
        free_ = slot;
    }

    [[nodiscard]] bool holds(Ticket ticket) const {
        return ticket.slot < orders_.size() && orders_[ticket.slot].id == ticket.id &&
               ticket.id != OrderId{0};
    }

    void prefetch(std::uint32_t slot) const {
        if (slot < orders_.size()) __builtin_prefetch(&orders_[slot], 1);
    }
    void prefetch_free() const { prefetch(free_); }

    [[nodiscard]] std::size_t bytes() const { return orders_.capacity() * sizeof(QueuedOrder); }

    template <class Archive>
    void archive(Archive& a) {
        a(orders_, free_);
    }

private:
    std::vector<QueuedOrder> orders_;
    std::uint32_t free_ = none;
};

}  // namespace crowdout::market
