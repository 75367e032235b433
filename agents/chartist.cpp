// SPDX-License-Identifier: Apache-2.0
#include "agents/chartist.hpp"

#include <algorithm>
#include <cmath>

#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Price;
using market::Rounding;
using market::Side;

constexpr double opening_rush = 1'800;  // seconds over which those who waited come; our choice

double mean_interval(const Chartist::Params& params, const Chartist::State& state) {
    return params.attention.wait(
        std::max(params.interval_min, params.interval * state.character.horizon));
}

Purse purse_of(const Chartist::Params& params, const Observation& seen) {
    const market::Instrument& instrument = seen.market.instrument(params.id);
    return {seen.cash(), instrument.to_whole_units(seen.free_lots(params.id)),
            seen.market.book(params.id).mid};
}

}  // namespace

void Chartist::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
}

Wake Chartist::begin(const Params& params, State& state, const Genesis& genesis, Random& random) {
    state.character = draw_character(params.beliefs, random);
    state.character.content = purse_of(params, genesis.seen).invested();
    const double wait = random.exponential() * mean_interval(params, state);
    return {.at = after(genesis.seen.now, wait)};
}

Wake Chartist::decide(const Params& params, State& state, const Observation& seen, Random& random,
                      Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    const double wait = random.exponential() * mean_interval(params, state);
    if (!book.accepts) {
        return {.at = after(std::max(book.next_change, after(seen.now, 1.0)),
                            std::min(wait, opening_rush * random.exponential()))};
    }
    if (!params.attention.acts(seen, params.id, random)) return {.at = after(seen.now, wait)};
    // What is tied up in the orders that it withdraws is free from its next decision on.
    for (const OpenOrder& order : seen.orders) intents.cancel(order);

    const market::Instrument& instrument = seen.market.instrument(params.id);
    const double eps = random.normal();
    const double u = random.uniform();
    const Forecast forecast = look_ahead(params.beliefs, state.character, instrument, book, eps);
    const Purse purse = purse_of(params, seen);
    const Wish wish = wish_for(forecast, state.character, purse, u);

    const Side side = wish.quantity > 0 ? Side::buy : Side::sell;
    const double most = params.order_max * purse.wealth() / std::max(wish.price, 1e-12);
    const double quantity = std::min(std::abs(wish.quantity), most);
    const Price limit =
        instrument.to_price(wish.price, side == Side::buy ? Rounding::floor : Rounding::ceil);
    const market::Quantity lots =
        std::min(instrument.to_lots(quantity), lots_within_means(seen, params.id, side, limit));
    if (lots.value() > 0) {
        intents.submit(params.id, resting_order(side, limit, lots, market::Cause::choice,
                                                after(seen.now, state.character.horizon)));
    }
    return {.at = after(seen.now, wait)};
}

}  // namespace crowdout::agents
