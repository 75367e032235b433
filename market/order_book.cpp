// SPDX-License-Identifier: Apache-2.0
#include "market/order_book.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::market {

namespace {

/// Appends what `make` returns, made where it stays: the conversion in `InPlace` is elided.
///
/// Made on the stack and copied, an event would be loaded in wider words than it was stored in, and
/// wait for the stores to retire; emptied in its place and then filled, it would be written twice.
template <class Event, class Make>
[[gnu::always_inline]] inline void append(std::vector<Event>& events, const Make& make) {
    struct InPlace {
        const Make& make;
        explicit operator Event() const { return make(); }
    };
    events.emplace_back(InPlace{make});
}

/// At which price escrow was taken for the buyer of a trade. Chosen by mask: what side takes is as
/// good as random, and a branch on it would be mispredicted every second time.
[[nodiscard]] Price escrowed_at(const Order& taker, Price price) {
    const std::int64_t buys = static_cast<std::int64_t>(taker.side) - 1;  // all bits, or none
    return Price{(taker.limit.value() & buys) | (price.value() & ~buys)};
}

/// @return `no_index`: it does not rest.
[[gnu::noinline]] std::uint32_t refuse(const Order& order, std::int64_t left, Removal why,
                                       Reject reject, BookEvents& events) {
    append(events.removed, [&] {
        return Removed{.id = order.id,
                       .owner = order.owner,
                       .side = order.side,
                       .why = why,
                       .reject = reject,
                       .rested = false,
                       .limit = order.limit,
                       .left = Quantity{left}};
    });
    return no_index;
}

}  // namespace

[[gnu::flatten]] std::uint32_t OrderBook::submit(const Order& order, BookEvents& events) {
    assert(order.type == OrderType::limit || order.type == OrderType::market);
    assert(order.id != OrderId{0} && order.quantity > Quantity{0});
    assert(order.limit >= Price{0});

    std::int64_t left = order.quantity.value();
    if (crosses(order.side, order.limit)) {
        if (order.post_only) {
            return refuse(order, left, Removal::refused, Reject::post_only_would_take, events);
        }
        if (order.time_in_force == TimeInForce::fill_or_kill && !can_fill(order)) {
            return refuse(order, left, Removal::refused, Reject::fill_or_kill_short, events);
        }
        left = match(order, events);
        if (left == 0) return no_index;
    } else if (order.time_in_force == TimeInForce::fill_or_kill) {
        return refuse(order, left, Removal::refused, Reject::fill_or_kill_short, events);
    }
    if (order.type == OrderType::market || order.time_in_force != TimeInForce::good_till_time) {
        return refuse(order, left, Removal::unfilled, Reject::none, events);
    }
    return rest(order, left, events);
}

/// @return lots still to be dealt with; 0 also where the order ended on meeting its owner.
[[gnu::flatten, gnu::noinline]] std::int64_t OrderBook::match(const Order& order,
                                                              BookEvents& events) {
    const Side maker_side = opposite(order.side);
    PriceLadder& makers = ladders_[at(maker_side)];
    const std::int64_t worst = reach(order.side, order.limit);
    std::int64_t left = order.quantity.value();
    while (left > 0 && makers.best_key() <= worst) {
        const std::uint32_t level = makers.best();
        const std::uint32_t slot = makers[level].head;
        const QueuedOrder& maker = pool_[slot];
        pool_.prefetch(maker.next);
        if (maker.owner == order.owner) {
            if (!meet_self(order, slot, events)) continue;
            refuse(order, left, Removal::self_trade, Reject::none, events);
            return 0;
        }
        const std::int64_t maker_lots = maker.left;
        const std::int64_t lots = std::min(left, maker_lots);
        const Price price{flip(maker_side, makers.best_key())};
        left -= lots;
        append(events.fills, [&] {
            return Fill{.maker_order = maker.id,
                        .taker_order = order.id,
                        .maker = maker.owner,
                        .taker = order.owner,
                        .maker_parent = maker.parent,
                        .taker_parent = order.parent,
                        .taker_side = order.side,
                        .maker_cause = maker.cause(),
                        .taker_cause = order.cause,
                        .auction = false,
                        .price = price,
                        .buyer_limit = escrowed_at(order, price),
                        .quantity = Quantity{lots},
                        .maker_left = Quantity{maker_lots - lots},
                        .taker_left = Quantity{left}};
        });
        take(slot, lots, maker_side, level);
    }
    return left;
}

/// @return true where the incoming order ends.
[[gnu::noinline]] bool OrderBook::meet_self(const Order& order, std::uint32_t slot,
                                            BookEvents& events) {
    if (order.self_trade != SelfTrade::cancel_incoming) {
        remove(slot, Removal::self_trade, events);
    }
    return order.self_trade != SelfTrade::cancel_resting;
}

/// Whether `order` would fill in full: a rehearsal of `match`.
[[gnu::noinline]] bool OrderBook::can_fill(const Order& order) const {
    const PriceLadder& makers = ladders_[at(opposite(order.side))];
    const std::int64_t worst = reach(order.side, order.limit);
    std::int64_t left = order.quantity.value();
    for (std::uint32_t level = makers.best(); level != no_index && makers.key(level) <= worst;
         level = makers.next(level)) {
        for (std::uint32_t slot = makers[level].head; slot != no_index; slot = pool_[slot].next) {
            if (pool_[slot].owner == order.owner) {
                if (order.self_trade != SelfTrade::cancel_resting) return false;
                continue;
            }
            left -= pool_[slot].left;
            if (left <= 0) return true;
        }
    }
    return false;
}

[[gnu::flatten]] bool OrderBook::cancel(Ticket ticket, AccountId owner, BookEvents& events) {
    if (!pool_.holds(ticket) || pool_[ticket.slot].owner != owner) return false;
    remove(ticket.slot, Removal::cancelled, events);
    return true;
}

Reject OrderBook::replace(Ticket ticket, AccountId owner, Price limit, Quantity left,
                          BookEvents& events) {
    if (left <= Quantity{0}) return Reject::bad_quantity;
    if (limit <= Price{0}) return Reject::bad_price;
    if (!pool_.holds(ticket) || pool_[ticket.slot].owner != owner) return Reject::unknown_order;
    QueuedOrder& old = pool_[ticket.slot];
    if (old.post_only() && crosses(old.side(), limit)) return Reject::post_only_would_take;

    if (limit == limit_of(old) && left.value() <= old.left) {
        events.removed.push_back({.id = old.id,
                                  .owner = old.owner,
                                  .side = old.side(),
                                  .why = Removal::replaced,
                                  .reject = Reject::none,
                                  .rested = true,
                                  .limit = limit,
                                  .left = Quantity{old.left}});
        if (left.value() < old.left) take(ticket.slot, old.left - left.value());
        events.rested.push_back({ticket, old.owner, old.side(), old.cause(), limit, left});
        return Reject::none;
    }
    const Order order{.id = old.id,
                      .owner = old.owner,
                      .parent = old.parent,
                      .side = old.side(),
                      .self_trade = old.self_trade(),
                      .cause = old.cause(),
                      .post_only = old.post_only(),
                      .limit = limit,
                      .stop = Price{},
                      .quantity = left,
                      .expiry = old.expiry};
    remove(ticket.slot, Removal::replaced, events);
    submit(order, events);
    return Reject::none;
}

void OrderBook::reduce(Ticket ticket, Quantity by) {
    assert(pool_.holds(ticket));
    assert(by > Quantity{0} && by.value() <= pool_[ticket.slot].left);
    take(ticket.slot, by.value());
}

void OrderBook::expire(Time now, BookEvents& events) {
    while (expiries_.any_due(now.ns)) {
        const Alarm alarm = expiries_.pop();
        if (is_live(alarm)) remove(alarm.slot, Removal::expired, events);
    }
}

void OrderBook::collect(const Order& order, BookEvents& events) {
    assert(order.type == OrderType::limit && order.id != OrderId{0});
    rest(order, order.quantity.value(), events);
}

void OrderBook::uncross(Price price, BookEvents& events) {
    const auto at_or_better = [&](Side side) {
        return ladders_[at(side)].best_key() <= flip(side, price.value());
    };
    while (at_or_better(Side::buy) && at_or_better(Side::sell)) {
        const std::uint32_t buy = ladders_[0][ladders_[0].best()].head;
        const std::uint32_t sell = ladders_[1][ladders_[1].best()].head;
        if (pool_[buy].owner == pool_[sell].owner) {
            const bool buy_is_later = pool_[buy].arrival > pool_[sell].arrival;
            remove(buy_is_later ? buy : sell, Removal::self_trade, events);
        } else {
            trade(buy, sell, price, events);
        }
    }
}

/// One execution between two resting orders, of which the later counts as the taker.
void OrderBook::trade(std::uint32_t buy, std::uint32_t sell, Price price, BookEvents& events) {
    const bool buy_is_later = pool_[buy].arrival > pool_[sell].arrival;
    const QueuedOrder& taker = pool_[buy_is_later ? buy : sell];
    const QueuedOrder& maker = pool_[buy_is_later ? sell : buy];
    const std::int64_t lots = std::min(taker.left, maker.left);
    events.fills.push_back({.maker_order = maker.id,
                            .taker_order = taker.id,
                            .maker = maker.owner,
                            .taker = taker.owner,
                            .maker_parent = maker.parent,
                            .taker_parent = taker.parent,
                            .taker_side = taker.side(),
                            .maker_cause = maker.cause(),
                            .taker_cause = taker.cause(),
                            .auction = true,
                            .price = price,
                            .buyer_limit = limit_of(pool_[buy]),
                            .quantity = Quantity{lots},
                            .maker_left = Quantity{maker.left - lots},
                            .taker_left = Quantity{taker.left - lots}});
    take(buy, lots);
    take(sell, lots);
}

std::uint32_t OrderBook::rest(const Order& order, std::int64_t left, BookEvents& events) {
    if (orders_ >= capacity_) {
        return refuse(order, left, Removal::refused, Reject::queue_full, events);
    }
    assert(order.limit > Price{0} && left > 0);
    const std::uint32_t slot = pool_.add();
    PriceLadder& ladder = ladders_[at(order.side)];
    const std::uint32_t level_at = ladder.open(flip(order.side, order.limit.value()));
    Level& level = ladder[level_at];
    if (level.tail == no_index) {
        level.head = slot;
    } else {
        pool_[level.tail].next = slot;
    }
    QueuedOrder& queued = pool_[slot];
    queued.id = order.id;
    queued.left = left;
    queued.identity = identity_hash(order, ++arrivals_);
    queued.arrival = arrivals_;
    queued.expiry = order.expiry;
    queued.next = no_index;
    queued.prev = level.tail;
    queued.level = level_at;
    queued.owner = order.owner;
    queued.parent = order.parent;
    queued.kinds = pack_kinds(order);
    level.tail = slot;
    level.quantity += left;
    lots_[at(order.side)] += left;
    digest_ += queued.identity * static_cast<std::uint64_t>(left);
    ++orders_;
    if (order.expiry != never) set_alarm(slot);
    append(events.rested, [&] {
        return Rested{.ticket = {order.id, slot},
                      .owner = order.owner,
                      .side = order.side,
                      .cause = order.cause,
                      .limit = order.limit,
                      .left = Quantity{left}};
    });
    return slot;
}

[[gnu::noinline]] void OrderBook::set_alarm(std::uint32_t slot) {
    const QueuedOrder& order = pool_[slot];
    ++expiring_;
    expiries_.push({.due = order.expiry.ns, .arrival = order.arrival, .slot = slot}, expiring_,
                   [this](const Alarm& alarm) { return is_live(alarm); });
}

/// Whether the order for which an alarm was set still rests.
bool OrderBook::is_live(const Alarm& alarm) const {
    const QueuedOrder& order = pool_[alarm.slot];
    return order.id != free_slot && order.arrival == alarm.arrival;
}

/// Takes lots off a resting order, which is gone when none is left.
void OrderBook::take(std::uint32_t slot, std::int64_t lots) {
    take(slot, lots, pool_[slot].side(), pool_[slot].level);
}

/// The same, for whoever knows where the order is: what is passed need not be loaded again.
void OrderBook::take(std::uint32_t slot, std::int64_t lots, Side side, std::uint32_t level_at) {
    QueuedOrder& order = pool_[slot];
    PriceLadder& ladder = ladders_[at(side)];
    Level& level = ladder[level_at];
    const std::int64_t left = order.left - lots;
    digest_ -= order.identity * static_cast<std::uint64_t>(lots);
    lots_[at(side)] -= lots;
    level.quantity -= lots;
    order.left = left;
    if (left == 0) unlink(slot, side, level_at);
}

/// Takes an order, whose lots are no longer counted anywhere, out of its queue.
void OrderBook::unlink(std::uint32_t slot, Side side, std::uint32_t level_at) {
    const QueuedOrder& order = pool_[slot];
    PriceLadder& ladder = ladders_[at(side)];
    Level& level = ladder[level_at];
    const std::uint32_t next = order.next;
    const std::uint32_t prev = order.prev;
    (prev == no_index ? level.head : pool_[prev].next) = next;
    (next == no_index ? level.tail : pool_[next].prev) = prev;
    if (prev == no_index && next == no_index) ladder.close(level_at);
    if (order.expiry != never) --expiring_;
    --orders_;
    pool_.remove(slot);
}

void OrderBook::remove(std::uint32_t slot, Removal why, BookEvents& events) {
    const QueuedOrder& order = pool_[slot];
    const Side side = order.side();
    const std::uint32_t level = order.level;
    const std::int64_t left = order.left;
    append(events.removed, [&] {
        return Removed{.id = order.id,
                       .owner = order.owner,
                       .side = side,
                       .why = why,
                       .reject = Reject::none,
                       .rested = true,
                       .limit = Price{flip(side, ladders_[at(side)].key(level))},
                       .left = Quantity{left}};
    });
    ladders_[at(side)][level].quantity -= left;
    lots_[at(side)] -= left;
    digest_ -= order.identity * static_cast<std::uint64_t>(left);
    unlink(slot, side, level);
}

Price OrderBook::limit_of(const QueuedOrder& order) const {
    return Price{flip(order.side(), ladders_[at(order.side())].key(order.level))};
}

}  // namespace crowdout::market
