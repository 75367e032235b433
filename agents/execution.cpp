// SPDX-License-Identifier: Apache-2.0
#include "agents/execution.hpp"

#include <algorithm>

#include "agents/trading.hpp"
#include "market/calendar.hpp"

namespace crowdout::agents {

using market::Duration;
using market::Side;
using market::Time;

namespace {

/// Lots worth `usd`, within what is held and what the book takes in one order. The last child of
/// a sale is rounded up, so that what was wanted is raised to the last dollar.
market::Quantity lots_for(const Want& want, double usd, const Observation& seen) {
    const auto& instrument = seen.market.instrument(want.instrument);
    const double mid = seen.market.book(want.instrument).mid;
    market::Quantity lots = instrument.to_lots(usd / mid);
    if (want.side == Side::sell) {
        if (usd >= want.usd && instrument.to_whole_units(lots) * mid < usd) {
            lots += market::Quantity{1};
        }
        lots = std::min(lots, seen.free_lots(want.instrument));
    }
    return std::min(lots, instrument.lots_max);
}

}  // namespace

double open_days(const market::Instrument& instrument, Time from, Time to) {
    if (to <= from) return 0;
    const Duration open = market::open_time_between(instrument.session, from, to);
    return open.seconds() / open_seconds(instrument.session);
}

ParentOrder make_parent(std::size_t leg) {
    return {Time{}, static_cast<std::uint32_t>(leg), Working::nothing};
}

double work(const ExecutionTerms& terms, ParentOrder& parent, const Want& want,
            const Observation& seen, Intents& intents) {
    const Working side = want.side == Side::buy ? Working::purchase : Working::sale;
    if (parent.working != side) {
        parent.working = side;
        parent.number += static_cast<std::uint32_t>(legs_max);
        parent.last = std::max(parent.last, seen.now - std::max(terms.pace, seen.step));
    }
    const BookView& book = seen.market.book(want.instrument);
    if (!book.open || book.mid <= 0) return 0;

    const auto& instrument = seen.market.instrument(want.instrument);
    const double days = std::min(1.0, open_days(instrument, parent.last, seen.now));
    const double slice = std::min(want.usd, terms.participation_max * book.volume_daily * days);
    const market::Quantity lots = lots_for(want, slice, seen);
    const double sent = instrument.to_whole_units(lots) * book.mid;
    if (lots.value() == 0 || sent < std::min(terms.order_min, want.usd)) return 0;

    market::Order order;
    order.side = want.side;
    order.type = market::OrderType::market;
    order.time_in_force = market::TimeInForce::immediate_or_cancel;
    order.cause = want.cause;
    order.parent = parent.id();
    order.quantity = lots;
    order.limit =
        want.side == Side::buy
            ? instrument.to_price(book.mid * (1 + terms.concession_max), market::Rounding::ceil)
            : instrument.to_price(book.mid * (1 - terms.concession_max), market::Rounding::floor);
    intents.submit(want.instrument, order);
    parent.last = seen.now;
    return sent;
}

double buying_power(const ExecutionTerms& terms, double cash) {
    constexpr double fees = 0.002;
    return std::max(0.0, cash) / (1 + terms.concession_max + fees);
}

Time next_look(Time now, Duration pace, double u) {
    return now + Duration{market::to_whole(static_cast<double>(pace.ns) * (0.5 + u))};
}

Time or_after_opening(Time at, const Observation& seen, market::InstrumentId instrument) {
    const BookView& book = seen.market.book(instrument);
    if (book.open || book.next_change == market::never) return at;
    // A quarter of an hour (our choice) lets the opening auction find a price.
    return std::min(at, std::max(book.next_change, seen.now) + market::minute * 15);
}

}  // namespace crowdout::agents
