// SPDX-License-Identifier: Apache-2.0
#include "agents/long_term_holder.hpp"

#include <algorithm>
#include <cmath>

#include "agents/execution.hpp"
#include "agents/numeric.hpp"
#include "agents/payees.hpp"
#include "agents/sampling.hpp"
#include "market/calendar.hpp"

namespace crowdout::agents {

using market::Quantity;
using market::Rounding;
using market::Side;
using market::Time;

namespace {

using Params = LongTermHolder::Params;
using State = LongTermHolder::State;

/// No rung nearer to mid than this (our choice): ladders wait, they do not trade.
constexpr double nearest = 0.005;

bool is_weekend(Time time) {
    const auto on = static_cast<market::DayNumber>(time.ns / market::day.ns);
    return market::weekday(on) >= market::Weekday::saturday;
}

void rest(const Params& params, const Observation& seen, Side side, double price, Quantity lots,
          Intents& intents) {
    const auto& coin = seen.market.instrument(params.coin_id);
    if (lots.value() == 0) return;
    market::Order order;
    order.side = side;
    order.post_only = true;
    order.limit = coin.to_price(price, side == Side::buy ? Rounding::floor : Rounding::ceil);
    order.quantity = std::min(lots, coin.lots_max);
    intents.submit(params.coin_id, order);
}

void offer(const Params& params, const State& state, const Observation& seen, Intents& intents) {
    const auto& coin = seen.market.instrument(params.coin_id);
    const double lowest = std::max(state.cost * (1 + params.gain_min),
                                   seen.market.book(params.coin_id).mid * (1 + nearest));
    const double coins = coin.to_whole_units(seen.free_lots(params.coin_id));
    for (std::int64_t rung = 0; rung < params.sale_rungs; ++rung) {
        const double steps = static_cast<double>(rung) + 1 + state.offset;
        const double price = state.reference * (1 + params.sale_spacing * steps);
        if (price < lowest) continue;
        rest(params, seen, Side::sell, price, coin.to_lots(coins * params.sale_share), intents);
    }
}

void bid(const Params& params, const State& state, const Observation& seen, Intents& intents) {
    const auto& coin = seen.market.instrument(params.coin_id);
    const double highest = seen.market.book(params.coin_id).mid * (1 - nearest);
    const double share = params.bid_share * (is_weekend(seen.now) ? params.weekend_share : 1);
    const auto rungs = static_cast<double>(params.bid_rungs);
    for (std::int64_t rung = 0; rung < params.bid_rungs; ++rung) {
        const double way = (static_cast<double>(rung) + state.offset) / rungs;
        const double distance = params.bid_near + (params.bid_far - params.bid_near) * way;
        const double price = std::min(highest, state.reference * (1 - distance));
        const double fee = 1 + static_cast<double>(std::max(coin.maker_fee, coin.taker_fee)) * 1e-9;
        rest(params, seen, Side::buy, price,
             coin.to_lots(seen.cash() * share / rungs / (price * fee)), intents);
    }
}

bool is_stale(const Params& params, const State& state, const Observation& seen) {
    const double moved = std::abs(state.reference / state.placed_reference - 1);
    return seen.now - state.placed >= params.refresh || moved > params.stale_move;
}

}  // namespace

Distribution Params::median_cost() {
    Distribution cost{0.45};
    cost.kind = Distribution::Kind::lognormal;
    cost.b = 0.6;
    return cost;
}

void Params::check(Complaints& complaints) const {
    if (bid_near > bid_far) complaints.error("bid_near", "lies beyond bid_far");
}

void LongTermHolder::bind(Params& params, const Names& names) {
    params.coin_id = names.instrument(params.coin);
}

Wake LongTermHolder::begin(const Params& params, State& state, const Genesis& genesis,
                           Random& random) {
    const Time now = genesis.seen.now;
    const double mid = genesis.seen.market.book(params.coin_id).mid;
    state = {};
    state.cost = mid * sample(params.cost, random);
    state.offset = random.uniform();
    state.reference = state.placed_reference = mid;
    state.last = now;
    return {.at = next_look(now, params.refresh, random.uniform() - 0.5)};
}

Wake LongTermHolder::decide(const Params& params, State& state, const Observation& seen,
                            Random& random, Intents& intents) {
    const BookView& book = seen.market.book(params.coin_id);
    const double years = (seen.now - state.last).years();
    state.last = seen.now;
    state.reference -= (book.mid - state.reference) * expm1(-years / params.follow_within.years());

    const Time later =
        next_look(seen.now, market::Duration{params.refresh.ns / 2}, random.uniform());
    if (!seen.orders.empty() && !is_stale(params, state, seen)) return {.at = later};
    if (!seen.orders.empty()) {
        for (const OpenOrder& order : seen.orders) intents.cancel(order);
        return {.at = seen.now + seen.step};
    }
    if (!book.accepts) return {.at = or_after_opening(later, seen, params.coin_id)};
    offer(params, state, seen, intents);
    bid(params, state, seen, intents);
    state.placed = seen.now;
    state.placed_reference = state.reference;
    return {.at = later};
}

}  // namespace crowdout::agents
