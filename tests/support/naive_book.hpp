// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "market/order_book.hpp"
#include "market/order_hash.hpp"

namespace crowdout::test {

using namespace market;

/// The rules of `OrderBook` in the plainest words: an oracle, with no thought for speed.
///
/// Queues are lists in maps, an order is found by looking at all of them, and every total is
/// counted afresh. Tickets have slot 0.
class NaiveBook {
public:
    explicit NaiveBook(std::uint32_t capacity = OrderBook::capacity_default)
        : capacity_{capacity} {}

    void submit(const Order& order, BookEvents& events) {
        if (order.post_only && crosses(order.side, order.limit)) {
            return refuse(order, order.quantity, Removal::refused, Reject::post_only_would_take,
                          events);
        }
        if (order.time_in_force == TimeInForce::fill_or_kill && !fills_whole(order)) {
            return refuse(order, order.quantity, Removal::refused, Reject::fill_or_kill_short,
                          events);
        }
        Quantity left = order.quantity;
        while (left > Quantity{0} && crosses(order.side, order.limit)) {
            RestingOrder& maker = first(opposite(order.side));
            if (maker.owner == order.owner) {
                if (order.self_trade != SelfTrade::cancel_incoming) {
                    remove(maker.ticket.id, Removal::self_trade, events);
                }
                if (order.self_trade != SelfTrade::cancel_resting) {
                    return refuse(order, left, Removal::self_trade, Reject::none, events);
                }
                continue;
            }
            const Quantity lots = std::min(left, maker.left);
            left -= lots;
            const Price buyer_limit = order.side == Side::buy ? order.limit : maker.limit;
            events.fills.push_back({maker.ticket.id, order.id, maker.owner, order.owner,
                                    maker.parent, order.parent, order.side, maker.cause,
                                    order.cause, false, maker.limit, buyer_limit, lots,
                                    maker.left - lots, left});
            take(maker.ticket.id, lots);
        }
        if (left == Quantity{0}) return;
        if (order.type == OrderType::market || order.time_in_force != TimeInForce::good_till_time) {
            return refuse(order, left, Removal::unfilled, Reject::none, events);
        }
        rest(order, left, events);
    }

    bool cancel(OrderId id, AccountId owner, BookEvents& events) {
        const auto resting = find(id);
        if (!resting || resting->owner != owner) return false;
        remove(id, Removal::cancelled, events);
        return true;
    }

    Reject replace(OrderId id, AccountId owner, Price limit, Quantity left, BookEvents& events) {
        if (left <= Quantity{0}) return Reject::bad_quantity;
        if (limit <= Price{0}) return Reject::bad_price;
        const auto old = find(id);
        if (!old || old->owner != owner) return Reject::unknown_order;
        if (old->post_only && crosses(old->side, limit)) return Reject::post_only_would_take;
        if (limit == old->limit && left <= old->left) {
            events.removed.push_back(
                {id, owner, old->side, Removal::replaced, Reject::none, true, limit, old->left});
            if (left < old->left) take(id, old->left - left);
            events.rested.push_back({{id, 0}, owner, old->side, old->cause, limit, left});
            return Reject::none;
        }
        remove(id, Removal::replaced, events);
        Order order = order_of(*old);
        order.limit = limit;
        order.quantity = left;
        submit(order, events);
        return Reject::none;
    }

    void reduce(OrderId id, Quantity by) { take(id, by); }

    void expire(Time now, BookEvents& events) {
        std::vector<RestingOrder> due;
        for (const RestingOrder& order : orders()) {
            if (order.expiry != never && order.expiry <= now) due.push_back(order);
        }
        std::sort(due.begin(), due.end(), [](const RestingOrder& a, const RestingOrder& b) {
            return std::pair{a.expiry, a.arrival} < std::pair{b.expiry, b.arrival};
        });
        for (const RestingOrder& order : due) remove(order.ticket.id, Removal::expired, events);
    }

    void collect(const Order& order, BookEvents& events) { rest(order, order.quantity, events); }

    void uncross(Price price, BookEvents& events) {
        while (!queues(Side::buy).empty() && !queues(Side::sell).empty() &&
               first(Side::buy).limit >= price && first(Side::sell).limit <= price) {
            RestingOrder& buy = first(Side::buy);
            RestingOrder& sell = first(Side::sell);
            RestingOrder& taker = buy.arrival > sell.arrival ? buy : sell;
            RestingOrder& maker = buy.arrival > sell.arrival ? sell : buy;
            if (buy.owner == sell.owner) {
                remove(taker.ticket.id, Removal::self_trade, events);
                continue;
            }
            const Quantity lots = std::min(buy.left, sell.left);
            const OrderId taker_id = taker.ticket.id;
            const OrderId maker_id = maker.ticket.id;
            events.fills.push_back({maker_id, taker_id, maker.owner, taker.owner, maker.parent,
                                    taker.parent, taker.side, maker.cause, taker.cause, true, price,
                                    buy.limit, lots, maker.left - lots, taker.left - lots});
            take(taker_id, lots);
            take(maker_id, lots);
        }
    }

    /// All orders: the buy side, then the sell side, each in price-time order.
    [[nodiscard]] std::vector<RestingOrder> orders() const {
        std::vector<RestingOrder> all;
        for (auto level = buys_.rbegin(); level != buys_.rend(); ++level) {
            all.insert(all.end(), level->second.begin(), level->second.end());
        }
        for (const auto& [price, queue] : sells_) all.insert(all.end(), queue.begin(), queue.end());
        return all;
    }

    [[nodiscard]] std::optional<RestingOrder> find(OrderId id) const {
        for (const RestingOrder& order : orders()) {
            if (order.ticket.id == id) return order;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::uint64_t digest() const {
        std::uint64_t sum = 0;
        for (const RestingOrder& order : orders()) {
            sum += identity_hash(order_of(order), order.arrival) *
                   static_cast<std::uint64_t>(order.left.value());
        }
        return sum;
    }

    static Order order_of(const RestingOrder& resting) {
        Order order;
        order.id = resting.ticket.id;
        order.owner = resting.owner;
        order.parent = resting.parent;
        order.side = resting.side;
        order.self_trade = resting.self_trade;
        order.cause = resting.cause;
        order.post_only = resting.post_only;
        order.limit = resting.limit;
        order.quantity = resting.left;
        order.expiry = resting.expiry;
        return order;
    }

private:
    using Queues = std::map<Price, std::list<RestingOrder>>;

    Queues& queues(Side side) { return side == Side::buy ? buys_ : sells_; }
    [[nodiscard]] const Queues& queues(Side side) const {
        return side == Side::buy ? buys_ : sells_;
    }

    /// The order with priority on a side that is not empty.
    RestingOrder& first(Side side) {
        return side == Side::buy ? buys_.rbegin()->second.front() : sells_.begin()->second.front();
    }

    [[nodiscard]] bool crosses(Side side, Price limit) const {
        if (queues(opposite(side)).empty()) return false;
        return side == Side::buy ? sells_.begin()->first <= limit : buys_.rbegin()->first >= limit;
    }

    /// Tries it on a copy.
    [[nodiscard]] bool fills_whole(const Order& order) const {
        NaiveBook copy = *this;
        Order trial = order;
        trial.time_in_force = TimeInForce::immediate_or_cancel;
        BookEvents events;
        copy.submit(trial, events);
        Quantity filled;
        for (const Fill& fill : events.fills) filled += fill.quantity;
        return filled == order.quantity;
    }

    static void refuse(const Order& order, Quantity left, Removal why, Reject reject,
                       BookEvents& events) {
        events.removed.push_back(
            {order.id, order.owner, order.side, why, reject, false, order.limit, left});
    }

    void rest(const Order& order, Quantity left, BookEvents& events) {
        if (orders().size() >= capacity_) {
            return refuse(order, left, Removal::refused, Reject::queue_full, events);
        }
        queues(order.side)[order.limit].push_back({{order.id, 0},
                                                   order.owner,
                                                   order.parent,
                                                   order.side,
                                                   order.cause,
                                                   order.self_trade,
                                                   order.post_only,
                                                   order.limit,
                                                   left,
                                                   order.expiry,
                                                   ++arrivals_});
        events.rested.push_back(
            {{order.id, 0}, order.owner, order.side, order.cause, order.limit, left});
    }

    void take(OrderId id, Quantity lots) {
        const RestingOrder where = find(id).value();
        auto& queue = queues(where.side).at(where.limit);
        const auto order = std::find_if(queue.begin(), queue.end(),
                                        [&](const RestingOrder& o) { return o.ticket.id == id; });
        order->left -= lots;
        if (order->left > Quantity{0}) return;
        queue.erase(order);
        if (queue.empty()) queues(where.side).erase(where.limit);
    }

    void remove(OrderId id, Removal why, BookEvents& events) {
        const RestingOrder order = find(id).value();
        events.removed.push_back(
            {id, order.owner, order.side, why, Reject::none, true, order.limit, order.left});
        take(id, order.left);
    }

    Queues buys_;
    Queues sells_;
    std::uint64_t arrivals_ = 0;
    std::uint32_t capacity_;
};

}  // namespace crowdout::test
