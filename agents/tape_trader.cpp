// SPDX-License-Identifier: Apache-2.0
#include "agents/tape_trader.hpp"

#include <algorithm>
#include <cmath>

#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::OrderType;
using market::Price;
using market::Quantity;
using market::Side;
using market::Time;
using market::TimeInForce;

/// A price or a size written in decimals hits its tick or lot to within rounding: 0.03 / 0.01 is
/// 2.9999999999999996. Our choice: ten times what a double can be off at the largest price.
constexpr double whole_within = 1e-6;
constexpr double countable_max = 9e15;  ///< whole numbers that a double can tell apart

/// When an order comes in this world; `never` where that is after the end of time.
Time moment(const TapeTrader::Params& params, const TapeOrder& order) {
    Time at;
    const bool beyond = __builtin_add_overflow(order.time.ns, params.shift.ns, &at.ns);
    return beyond ? market::never : at;
}

/// Rounded to the buyer's or the seller's advantage: nobody's limit gets worse by our tick.
Price limit_of(const market::Instrument& instrument, const TapeTrader::Params& params,
               const TapeOrder& order, const BookView& book) {
    const double usd =
        params.orders->relative ? book.mid * (1.0 + order.price * 1e-4) : order.price;
    const double ticks = std::min(usd / instrument.usd_per_tick, countable_max);
    const double whole = order.side == Side::buy ? std::floor(ticks + whole_within)
                                                 : std::ceil(ticks - whole_within);
    return Price{std::max<std::int64_t>(1, market::to_whole(whole))};
}

Quantity lots_of(const market::Instrument& instrument, const TapeTrader::Params& params,
                 const TapeOrder& order) {
    const double lots = order.size * params.scale / instrument.whole_per_lot;
    return Quantity{market::to_whole(std::min(lots + whole_within, countable_max))};
}

/// What is not tradable, as less than a lot, is sent too: to be refused is to be counted.
market::Order order_of(const TapeTrader::Params& params, const TapeOrder& taped, Time at,
                       const Observation& seen) {
    const market::Instrument& instrument = seen.market.instrument(params.id);
    const BookView& book = seen.market.book(params.id);
    const Quantity lots = lots_of(instrument, params, taped);
    const TapeOrderKind kind = params.at_market ? TapeOrderKind::market : taped.kind;
    if (kind == TapeOrderKind::market) {
        const Price worst = worst_price(instrument, book, taped.side, params.slippage);
        return taking_order(taped.side, worst, lots, taped.cause);
    }
    const Price limit = limit_of(instrument, params, taped, book);
    market::Order order =
        resting_order(taped.side, limit, lots, taped.cause, after(at, params.lifetime.seconds()));
    order.post_only = kind == TapeOrderKind::post_only;
    if (kind == TapeOrderKind::immediate_or_cancel) {
        order.time_in_force = TimeInForce::immediate_or_cancel;
    } else if (kind == TapeOrderKind::fill_or_kill) {
        order.time_in_force = TimeInForce::fill_or_kill;
    }
    return order;
}

/// Passes over what came before `now`. @return when the next order comes.
Wake wait(const TapeTrader::Params& params, TapeTrader::State& state, Time now) {
    const auto& orders = params.orders->orders;
    while (state.next < orders.size() && moment(params, orders[state.next]) < now) ++state.next;
    return {.at = state.next < orders.size() ? moment(params, orders[state.next]) : market::never};
}

}  // namespace

void TapeTrader::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
    params.orders = &names.order_tape(params.tape);
    if (params.begin && !params.orders->orders.empty()) {
        params.shift = *params.begin - params.orders->orders.front().time;
    }
}

Wake TapeTrader::begin(const Params& params, State& state, const Genesis& genesis, Random&) {
    return wait(params, state, genesis.seen.now);
}

Wake TapeTrader::decide(const Params& params, State& state, const Observation& seen, Random&,
                        Intents& intents) {
    const auto& orders = params.orders->orders;
    const Time end = seen.market.now + seen.step;
    // Only a fork that was given another tape has anything left behind it.
    Wake wake = wait(params, state, seen.market.now);
    while (wake.at < end) {
        intents.submit(params.id, order_of(params, orders[state.next], wake.at, seen));
        intents.orders.back().arrival = wake.at;
        ++state.next;
        wake = wait(params, state, seen.market.now);
    }
    return wake;
}

}  // namespace crowdout::agents
