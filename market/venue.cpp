// SPDX-License-Identifier: Apache-2.0
#include "market/venue.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "market/hash.hpp"

namespace crowdout::market {

namespace {

/// How far ahead of the message in hand the book is told what comes: enough for a load from memory,
/// few enough for the first-level cache.
constexpr std::size_t prefetch_ahead = 8;
constexpr std::size_t prefetch_neighbours_ahead = 4;

Ticket ticket_of(const Message& message) {
    return {message.order.id, message.slot};
}

void return_order(const Order& order, Removal why, Reject reject, BookEvents& events) {
    events.removed.push_back({.id = order.id,
                              .owner = order.owner,
                              .side = order.side,
                              .why = why,
                              .reject = reject,
                              .rested = false,
                              .limit = order.limit,
                              .left = order.quantity});
}

void refuse(const Message& message, Reject reject, BookEvents& events) {
    return_order(message.order, Removal::refused, reject, events);
    if (message.kind == MessageKind::cancel) events.removed.back().left = Quantity{0};
}

bool is_stop(const Order& order) {
    return order.type == OrderType::stop || order.type == OrderType::stop_limit;
}

bool may_rest(const Order& order) {
    return order.type == OrderType::limit && order.time_in_force == TimeInForce::good_till_time;
}

/// What is left of a resting order, as it would be sent again with another limit and quantity.
Order resent(const RestingOrder& resting, const Order& wanted) {
    Order order = wanted;
    order.parent = resting.parent;
    order.side = resting.side;
    order.type = OrderType::limit;
    order.time_in_force = TimeInForce::good_till_time;
    order.self_trade = resting.self_trade;
    order.cause = resting.cause;
    order.post_only = resting.post_only;
    order.expiry = resting.expiry;
    return order;
}

}  // namespace

Market::Market(const Instrument& instrument, TradingRules rules, Price reference, Time start,
               std::uint32_t book_capacity)
    : book_{book_capacity},
      stops_{book_capacity},
      hours_{instrument.session, rules.outages, start},
      rules_{std::move(rules)},
      reference_{reference, rules_.band.window, start},
      throttle_{rules_.throttle},
      guard_{rules_.protection},
      session_{instrument.session},
      lots_max_{instrument.lots_max} {
    statistics_.last = reference;
    statistics_.close = reference;
    renew_band(start);
}

void Market::process(std::span<const Message> queue, Time from, Time to, BookEvents& events) {
    assert(from < to);
    fills_seen_ = events.fills.size();
    rested_seen_ = events.rested.size();
    guard_.begin_step(statistics_.last);
    advance(from, events);
    for (std::size_t i = 0; i < queue.size(); ++i) {
        // An order that is new names slot 0: a hint for nothing costs less than a branch.
        book_.prefetch(queue[std::min(i + prefetch_ahead, queue.size() - 1)].slot);
        book_.prefetch_neighbours(
            queue[std::min(i + prefetch_neighbours_ahead, queue.size() - 1)].slot);
        const Message& message = queue[i];
        assert(message.arrival >= from && message.arrival < to);
        assert(i == 0 || message.arrival >= queue[i - 1].arrival);
        advance(message.arrival, events);
        handle(message, events);
        follow_up(message.arrival, events);
    }
    advance(to - Duration{1}, events);
}

bool Market::accepts() const {
    const MarketPhase at = phase();
    return at != MarketPhase::down && (at != MarketPhase::closed || rules_.queue_while_closed);
}

std::uint64_t Market::digest() const {
    std::uint64_t h = mix(book_.digest()) + stops_.digest();
    for (const std::int64_t fact :
         {statistics_.last.value(), statistics_.open.value(), statistics_.high.value(),
          statistics_.low.value(), statistics_.volume.value(), hours_.next_event().ns,
          static_cast<std::int64_t>(phase()), reference_.value().value(), band_.lower.value(),
          band_.upper.value()}) {
        h = mix(h ^ static_cast<std::uint64_t>(fact));
    }
    return h;
}

/// Lets everything happen that is due at or before `to`.
void Market::advance(Time to, BookEvents& events) {
    while (hours_.next_event() <= to) {
        const MarketPhase before = phase();
        const Time at = hours_.next_event();
        book_.expire(at, events);
        stops_.expire(at, events);
        const MarketHours::Turn turn = hours_.advance();
        if (turn.day_begins) begin_day();
        if (turn.session_ends) auction_.return_immediate(book_, events);
        if (phase() != MarketPhase::continuous || before == MarketPhase::continuous) continue;
        const auto cross = auction_.uncross(statistics_.last, book_, events);
        if (cross) {
            ++statistics_.auctions;
            guard_.begin_step(cross->price);
        }
        if (rules_.band.action != BandAction::off) {
            reference_.reset(cross ? cross->price : statistics_.last, at);
            renew_band(at);
        }
        follow_up(at, events);
    }
    book_.expire(to, events);
    stops_.expire(to, events);
}

void Market::handle(const Message& message, BookEvents& events) {
    if (const Reject reject = objection(message); reject != Reject::none) {
        return refuse(message, reject, events);
    }
    if (message.kind == MessageKind::cancel) return cancel(message, events);
    if (message.kind == MessageKind::replace) return replace(message, events);
    if (is_stop(message.order)) return stops_.add(message.order, events);
    enter(message.order, message.arrival, events);
}

/// Why a message is not even looked at, in the order of `Reject`.
Reject Market::objection(const Message& message) {
    const bool down = phase() == MarketPhase::down;
    if (message.kind == MessageKind::cancel) return down ? Reject::halted : Reject::none;
    const Order& order = message.order;
    if (order.quantity <= Quantity{0} || order.quantity > lots_max_) return Reject::bad_quantity;
    const bool sells_at_any_price =
        order.side == Side::sell && order.limit == Price{0} &&
        (order.type == OrderType::market || order.type == OrderType::stop);
    if (order.limit <= Price{0} && !sells_at_any_price) return Reject::bad_price;
    if (is_stop(order) && order.stop <= Price{0}) return Reject::bad_price;
    if (rules_.band.action == BandAction::reject) {
        renew_band(message.arrival);
        if (order.type == OrderType::limit && is_beyond_band(order.side, order.limit)) {
            return Reject::bad_price;
        }
    }
    if (phase() == MarketPhase::closed && !rules_.queue_while_closed) return Reject::session_closed;
    if (down) return Reject::halted;
    return throttle_.admit(order.owner, message.arrival) ? Reject::none : Reject::throttled;
}

void Market::cancel(const Message& message, BookEvents& events) {
    const Ticket ticket = ticket_of(message);
    const AccountId owner = message.order.owner;
    if (book_.cancel(ticket, owner, events) || stops_.cancel(ticket, owner, events)) return;
    refuse(message, Reject::unknown_order, events);
}

/// In its book a replaced order may trade, and so only in continuous trading within the band;
/// elsewhere it is taken out and enters anew.
void Market::replace(const Message& message, BookEvents& events) {
    const Order& wanted = message.order;
    const Ticket ticket = ticket_of(message);
    const auto resting = book_.find(ticket);
    if (!resting || resting->owner != wanted.owner) {
        return refuse(message, Reject::unknown_order, events);
    }
    const bool keeps_place = wanted.limit == resting->limit && wanted.quantity <= resting->left;
    const Order order = resent(*resting, wanted);
    if (keeps_place || (phase() == MarketPhase::continuous &&
                        (rules_.band.action == BandAction::off || order.post_only))) {
        const Reject reject =
            book_.replace(ticket, wanted.owner, wanted.limit, wanted.quantity, events);
        if (reject != Reject::none) refuse(message, reject, events);
        return;
    }
    book_.cancel(ticket, wanted.owner, events);
    events.removed.back().why = Removal::replaced;
    enter(order, message.arrival, events);
}

/// An order that is no stop, or no longer: to the book, or to wait for an auction.
void Market::enter(const Order& order, Time at, BookEvents& events) {
    if (phase() == MarketPhase::continuous) return match(order, at, events);
    if (order.time_in_force == TimeInForce::fill_or_kill) {
        const Reject reject =
            phase() == MarketPhase::halted ? Reject::halted : Reject::session_closed;
        return return_order(order, Removal::refused, reject, events);
    }
    auction_.collect(order, book_, events);
}

void Market::match(const Order& order, Time at, BookEvents& events) {
    if (rules_.band.action == BandAction::off || order.post_only) {
        book_.submit(order, events);
        return;
    }
    renew_band(at);
    const bool buys = order.side == Side::buy;
    const bool halts = rules_.band.action == BandAction::halt;
    const auto crosses = [&] {
        const auto best = book_.best(opposite(order.side));
        return best && (buys ? *best <= order.limit : *best >= order.limit);
    };
    // What rests on the far side of the band, left there as the band moved away.
    const auto best = book_.best(opposite(order.side));
    const bool starts_outside = best && (buys ? *best < band_.lower : *best > band_.upper);
    if (halts && starts_outside && crosses()) return halt(order, at, events);
    if (!is_beyond_band(order.side, order.limit)) {
        book_.submit(order, events);
        return;
    }

    Order rest = order;
    rest.quantity = match_within(order, buys ? band_.upper : band_.lower, events);
    if (rest.quantity == Quantity{0}) return;
    if (crosses()) {
        if (halts) return halt(rest, at, events);
    } else if (may_rest(rest)) {
        book_.submit(rest, events);
        return;
    }
    return_order(rest, Removal::unfilled, Reject::none, events);
}

/// Trades up to `edge`. @return lots that are still to be dealt with.
Quantity Market::match_within(const Order& order, Price edge, BookEvents& events) {
    const std::size_t fills = events.fills.size();
    const std::size_t removed = events.removed.size();
    Order inside = order;
    inside.limit = edge;
    if (order.time_in_force == TimeInForce::good_till_time) {
        inside.time_in_force = TimeInForce::immediate_or_cancel;
    }
    book_.submit(inside, events);
    if (order.side == Side::buy) {  // escrow was taken at the limit that the owner gave
        for (std::size_t i = fills; i < events.fills.size(); ++i) {
            events.fills[i].buyer_limit = order.limit;
        }
    }
    if (events.removed.size() == removed || events.removed.back().id != order.id) {
        return Quantity{0};
    }
    Removed& back = events.removed.back();
    back.limit = order.limit;
    if (back.why != Removal::unfilled) return Quantity{0};
    const Quantity left = back.left;
    events.removed.pop_back();
    return left;
}

/// Stops trading on an order that would trade outside the band; it waits for the auction.
void Market::halt(const Order& order, Time at, BookEvents& events) {
    hours_.halt(at, rules_.halt);
    ++statistics_.halts;
    if (may_rest(order)) return auction_.collect(order, book_, events);
    const bool all_or_nothing = order.time_in_force == TimeInForce::fill_or_kill;
    return_order(order, all_or_nothing ? Removal::refused : Removal::unfilled,
                 all_or_nothing ? Reject::halted : Reject::none, events);
}

/// What follows from the trades since the last call, until nothing more does.
void Market::follow_up(Time at, BookEvents& events) {
    for (std::size_t next = 0;;) {
        for (; fills_seen_ < events.fills.size(); ++fills_seen_) {
            const Fill& fill = events.fills[fills_seen_];
            record(fill);
            const std::size_t before = triggered_.size();
            stops_.trigger(fill.price, triggered_);
            for (std::size_t i = before; i < triggered_.size(); ++i) {
                return_order(triggered_[i], Removal::triggered, Reject::none, events);
                events.removed.back().rested = true;
            }
        }
        if (rules_.protection.is_on()) {
            for (; rested_seen_ < events.rested.size(); ++rested_seen_) {
                guard_.note(events.rested[rested_seen_], book_);
            }
            guard_.withdraw(book_, events);
        }
        if (next == triggered_.size()) break;
        const Order order = triggered_[next++];
        enter(order, at, events);
    }
    triggered_.clear();
}

void Market::record(const Fill& fill) {
    MarketStatistics& s = statistics_;
    s.last = fill.price;
    if (s.open == Price{0}) s.open = s.high = s.low = fill.price;
    s.high = std::max(s.high, fill.price);
    s.low = std::min(s.low, fill.price);
    s.volume += fill.quantity;
    s.tick_lots += static_cast<Int128>(fill.price.value()) * fill.quantity.value();
    ++s.trades;
    if (rules_.band.action != BandAction::off) reference_.record(fill.price);
    guard_.note(fill);
}

void Market::begin_day() {
    MarketStatistics& s = statistics_;
    s.close = s.last;
    s.open = s.high = s.low = Price{0};
    s.volume = Quantity{0};
    s.tick_lots = 0;
}

/// The band as it is at `at`: it moves with the reference only, a tenth of a window at a time.
void Market::renew_band(Time at) {
    const PriceBand& rule = rules_.band;
    if (rule.action == BandAction::off) return;
    reference_.renew(at);
    const std::int64_t middle = reference_.value().value();
    if (middle == 0) return;
    const bool wide = hours_.is_near_edge(at, rule.wide_at_open, rule.wide_at_close);
    const RateR9 width = std::min(wide ? 2 * rule.width : rule.width, r9_one - 1);
    band_.lower = Price{muldiv(middle, r9_one - width, r9_one, Rounding::ceil)};
    band_.upper = Price{muldiv(middle, r9_one + width, r9_one, Rounding::floor)};
}

bool Market::is_beyond_band(Side side, Price limit) const {
    return side == Side::buy ? limit > band_.upper : limit < band_.lower;
}

}  // namespace crowdout::market
