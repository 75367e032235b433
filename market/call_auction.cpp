// SPDX-License-Identifier: Apache-2.0
#include "market/call_auction.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::market {

namespace {

Quantity distance(Price a, Price b) {
    return Quantity{a > b ? (a - b).value() : (b - a).value()};
}

Quantity magnitude(Quantity q) {
    return q < Quantity{0} ? -q : q;
}

bool is_better(const Cross& a, const Cross& b, Price reference) {
    if (a.volume != b.volume) return a.volume > b.volume;
    if (magnitude(a.imbalance) != magnitude(b.imbalance)) {
        return magnitude(a.imbalance) < magnitude(b.imbalance);
    }
    return distance(a.price, reference) < distance(b.price, reference);
}

}  // namespace

std::optional<Cross> find_cross(std::span<const PriceLevel> bids, std::span<const PriceLevel> asks,
                                Price reference) {
    if (bids.empty() || asks.empty() || bids[0].price < asks[0].price) return std::nullopt;
    const Price lowest = asks[0].price;
    const Price highest = bids[0].price;
    while (bids.back().price < lowest) bids = bids.first(bids.size() - 1);
    Quantity bought;  // lots whose limit is the price or more
    Quantity sold;    // lots whose limit is the price or less
    for (const PriceLevel& bid : bids) bought += bid.quantity;

    // Between two limits nothing changes, so one price of each such interval stands for it.
    std::optional<Cross> best;
    for (Price from = lowest; from <= highest;) {
        while (!asks.empty() && asks[0].price <= from) {
            sold += asks[0].quantity;
            asks = asks.subspan(1);
        }
        while (!bids.empty() && bids.back().price < from) {
            bought -= bids.back().quantity;
            bids = bids.first(bids.size() - 1);
        }
        Price to = bids.back().price;
        if (!asks.empty()) to = std::min(to, asks[0].price - Price{1});
        const Cross here{std::clamp(reference, from, to), std::min(bought, sold), bought - sold};
        if (!best || is_better(here, *best, reference)) best = here;
        from = to + Price{1};
    }
    return best;
}

void CallAuction::collect(const Order& order, OrderBook& book, BookEvents& events) {
    assert(order.type == OrderType::limit || order.type == OrderType::market);
    assert(order.time_in_force != TimeInForce::fill_or_kill);
    Order waiting = order;
    waiting.type = OrderType::limit;
    waiting.limit = std::max(order.limit, Price{1});  // a seller at any price
    const std::size_t before = events.rested.size();
    book.collect(waiting, events);
    if (events.rested.size() == before) return;  // the book is full
    const bool may_rest =
        order.type == OrderType::limit && order.time_in_force == TimeInForce::good_till_time;
    if (!may_rest) immediate_.push_back({events.rested.back().ticket, order.owner});
}

std::optional<Cross> CallAuction::uncross(Price reference, OrderBook& book, BookEvents& events) {
    const std::optional<Cross> first = cross_of(book, reference);
    for (std::optional<Cross> cross = first; cross; cross = cross_of(book, cross->price)) {
        book.uncross(cross->price, events);
    }
    return_immediate(book, events);
    return first;
}

void CallAuction::return_immediate(OrderBook& book, BookEvents& events) {
    for (const Immediate& order : immediate_) {
        if (book.cancel(order.ticket, order.owner, events)) {
            events.removed.back().why = Removal::unfilled;
        }
    }
    immediate_.clear();
}

std::optional<Cross> CallAuction::cross_of(const OrderBook& book, Price reference) {
    const std::optional<Price> bid = book.best_bid();
    const std::optional<Price> ask = book.best_ask();
    if (!bid || !ask || *bid < *ask) return std::nullopt;
    const std::span<const PriceLevel> bids = crossing_levels(book, Side::buy, bids_);
    const std::span<const PriceLevel> asks = crossing_levels(book, Side::sell, asks_);
    return find_cross(bids, asks, reference);
}

/// The levels of one side that reach the other's best, and perhaps some more.
std::span<const PriceLevel> CallAuction::crossing_levels(const OrderBook& book, Side side,
                                                         std::vector<PriceLevel>& buffer) const {
    const Price other = *book.best(opposite(side));
    const auto reaches = [&](Price price) {
        return side == Side::buy ? price >= other : price <= other;
    };
    if (buffer.empty()) buffer.resize(64);
    for (;;) {
        const std::size_t count = book.levels(side, buffer);
        if (count < buffer.size() || !reaches(buffer.back().price)) {
            return std::span{buffer}.first(count);
        }
        buffer.resize(buffer.size() * 2);
    }
}

}  // namespace crowdout::market
