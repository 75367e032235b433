// SPDX-License-Identifier: Apache-2.0
#include "market/stop_orders.hpp"

#include "market/order_hash.hpp"

namespace crowdout::market {

namespace {

std::uint64_t hash_of(const Order& order, std::uint64_t arrival) {
    const auto type = static_cast<std::uint64_t>(order.type);
    const auto stop = static_cast<std::uint64_t>(order.stop.value());
    return fold(identity_hash(order, arrival), stop << 2 | type) *
           static_cast<std::uint64_t>(order.quantity.value());
}

Removed removed(const Order& order, Removal why) {
    return {.id = order.id,
            .owner = order.owner,
            .side = order.side,
            .why = why,
            .reject = Reject::none,
            .rested = true,
            .limit = order.limit,
            .left = order.quantity};
}

}  // namespace

void StopOrders::add(const Order& order, BookEvents& events) {
    if (count_ >= capacity_) {
        Removed& refused = events.removed.emplace_back(removed(order, Removal::refused));
        refused.reject = Reject::queue_full;
        refused.rested = false;
        return;
    }
    if (vacant_.empty()) {
        vacant_.push_back(static_cast<std::uint32_t>(pool_.size()));
        pool_.emplace_back();
    }
    const std::uint32_t slot = vacant_.back();
    vacant_.pop_back();
    pool_[slot] = {order, ++arrivals_};
    ++count_;
    digest_ += hash_of(order, arrivals_);
    const auto is_live = [&](const Alarm& a) { return pool_[a.slot].arrival == a.arrival; };
    const std::int64_t stop = order.stop.value();
    const std::int64_t due = order.side == Side::buy ? stop : -stop;
    by_trigger_[static_cast<std::size_t>(order.side)].push(
        {.due = due, .arrival = arrivals_, .slot = slot}, count_, is_live);
    if (order.expiry != never) {
        expiries_.push({.due = order.expiry.ns, .arrival = arrivals_, .slot = slot}, count_,
                       is_live);
    }
    events.rested.push_back(
        {{order.id, slot}, order.owner, order.side, order.cause, order.limit, order.quantity});
}

bool StopOrders::cancel(Ticket ticket, AccountId owner, BookEvents& events) {
    if (ticket.slot >= pool_.size()) return false;
    const Waiting& waiting = pool_[ticket.slot];
    if (waiting.arrival == 0 || waiting.order.id != ticket.id || waiting.order.owner != owner) {
        return false;
    }
    events.removed.push_back(removed(take(ticket.slot), Removal::cancelled));
    return true;
}

void StopOrders::expire(Time now, BookEvents& events) {
    while (expiries_.any_due(now.ns)) {
        const Alarm alarm = expiries_.pop();
        if (pool_[alarm.slot].arrival != alarm.arrival) continue;
        events.removed.push_back(removed(take(alarm.slot), Removal::expired));
    }
}

void StopOrders::trigger(Price last, std::vector<Order>& out) {
    for (const std::int64_t due : {last.value(), -last.value()}) {
        AlarmQueue& queue = by_trigger_[due > 0 ? 0 : 1];
        while (queue.any_due(due)) {
            const Alarm alarm = queue.pop();
            if (pool_[alarm.slot].arrival != alarm.arrival) continue;
            Order order = take(alarm.slot);
            order.type = order.type == OrderType::stop ? OrderType::market : OrderType::limit;
            out.push_back(order);
        }
    }
}

Order StopOrders::take(std::uint32_t slot) {
    Waiting& waiting = pool_[slot];
    digest_ -= hash_of(waiting.order, waiting.arrival);
    waiting.arrival = 0;
    --count_;
    vacant_.push_back(slot);
    return waiting.order;
}

}  // namespace crowdout::market
