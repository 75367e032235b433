// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <vector>

#include "market/order.hpp"
#include "market/price_ladder.hpp"

namespace crowdout::market {

inline constexpr OrderId free_slot{UINT64_MAX};

/// A resting order as a book keeps it: one cache line, so that whoever touches it misses once.
///
/// The limit is not here; the level that it queues in knows its price.
struct alignas(64) QueuedOrder {
    OrderId id = free_slot;      ///< which no ticket names
    std::int64_t left = 0;       ///< lots
    std::uint64_t identity = 0;  ///< see `identity_hash`
    std::uint64_t arrival = 0;   ///< the book's count of orders that came to rest: time priority
    Time expiry = never;
    std::uint32_t next = no_index;  ///< behind it in the queue
    std::uint32_t prev = no_index;
    std::uint32_t level = no_index;
    AccountId owner;
    ParentId parent = no_parent;
    std::uint8_t kinds = 0;  ///< see `pack_kinds`
    std::array<std::uint8_t, 3> unused{};

    [[nodiscard]] Side side() const { return static_cast<Side>(kinds & 1); }
    [[nodiscard]] bool post_only() const { return (kinds & 2) != 0; }
    [[nodiscard]] SelfTrade self_trade() const { return static_cast<SelfTrade>(kinds >> 2 & 3); }
    [[nodiscard]] Cause cause() const { return static_cast<Cause>(kinds >> 4); }
};
static_assert(sizeof(QueuedOrder) == 64);

/// Slots for resting orders. A freed slot is the next to be used: it is still in the cache.
class OrderPool {
public:
    [[nodiscard]] QueuedOrder& operator[](std::uint32_t slot) { return orders_[slot]; }
    [[nodiscard]] const QueuedOrder& operator[](std::uint32_t slot) const { return orders_[slot]; }

    std::uint32_t add() {
        if (free_.empty()) {
            orders_.emplace_back();
            return static_cast<std::uint32_t>(orders_.size() - 1);
        }
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }

    void remove(std::uint32_t slot) {
        assert(orders_[slot].id != free_slot);
        orders_[slot].id = free_slot;
        free_.push_back(slot);
    }

    [[nodiscard]] bool holds(Ticket ticket) const {
        assert(ticket.id != free_slot);
        return ticket.slot < orders_.size() && orders_[ticket.slot].id == ticket.id;
    }

    void reserve(std::size_t orders) {
        orders_.reserve(orders);
        free_.reserve(orders);
    }
    [[nodiscard]] std::size_t size() const { return orders_.size(); }

    /// An address beyond the pool is hinted at, never read: no harm.
    [[gnu::always_inline]] void prefetch(std::uint32_t slot) const {
        __builtin_prefetch(orders_.data() + slot, 1);
    }

    /// The list of free slots.
    [[gnu::always_inline]] void prefetch_free() const {
        if (!free_.empty()) __builtin_prefetch(&free_.back(), 1);
    }
    /// The slots that the next few orders will rest in, if none is freed before.
    [[gnu::always_inline]] void prefetch_free_slots() const {
        const std::size_t count = std::min<std::size_t>(free_.size(), 8);
        for (std::size_t i = 1; i <= count; ++i) prefetch(free_[free_.size() - i]);
    }

    [[nodiscard]] std::size_t bytes() const {
        return orders_.capacity() * sizeof(QueuedOrder) + free_.capacity() * sizeof(std::uint32_t);
    }

    template <class Archive>
    void archive(Archive& a) {
        a(orders_, free_);
    }

private:
    std::vector<QueuedOrder> orders_;
    std::vector<std::uint32_t> free_;  // a stack of its own: a chain through free slots would miss
};

}  // namespace crowdout::market
