// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "market/alarm_queue.hpp"
#include "market/trade.hpp"

namespace crowdout::market {

/// Stop orders of one instrument, waiting for a trade at or through their trigger price.
class StopOrders {
public:
    static constexpr std::uint32_t capacity_default = 1u << 20;

    /// @param capacity  most orders that may wait; further ones are refused (`queue_full`).
    explicit StopOrders(std::uint32_t capacity = capacity_default) : capacity_{capacity} {}

    /// Lets a stop or stop-limit wait; its ticket comes back as `rested`, a refusal as `removed`.
    void add(const Order& order, BookEvents& events);

    /// @return false where the ticket no longer waits, or is not `owner`'s.
    bool cancel(Ticket ticket, AccountId owner, BookEvents& events);

    /// Removes every order whose expiry is not after `now`, in the order (expiry, arrival).
    void expire(Time now, BookEvents& events);

    /// Appends the orders that a trade at `last` sets off, as the market and limit orders that
    /// they become: buys from the lowest trigger up, then sells from the highest down, each price
    /// in the order of arrival.
    void trigger(Price last, std::vector<Order>& out);

    /// Calls `visit(const Order&)` for each waiting order of a side, in no particular order.
    template <class Visit>
    void for_each(Side side, Visit visit) const {
        for (const Waiting& waiting : pool_) {
            if (waiting.arrival != 0 && waiting.order.side == side) visit(waiting.order);
        }
    }

    /// Whether the ticket still waits.
    [[nodiscard]] bool holds(Ticket ticket) const {
        return ticket.slot < pool_.size() && pool_[ticket.slot].arrival != 0 &&
               pool_[ticket.slot].order.id == ticket.id;
    }

    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] std::uint64_t digest() const { return digest_; }

    template <class Archive>
    void archive(Archive& a) {
        a(pool_, vacant_, by_trigger_[0], by_trigger_[1], expiries_, digest_, arrivals_, count_,
          capacity_);
    }

private:
    struct Waiting {
        Order order;
        std::uint64_t arrival = 0;  // 0: vacant
    };

    Order take(std::uint32_t slot);

    std::vector<Waiting> pool_;
    std::vector<std::uint32_t> vacant_;
    std::array<AlarmQueue, 2> by_trigger_;  // by side; sells by the negative price
    AlarmQueue expiries_;
    std::uint64_t digest_ = 0;
    std::uint64_t arrivals_ = 0;
    std::uint64_t count_ = 0;
    std::uint64_t capacity_;
};

}  // namespace crowdout::market
