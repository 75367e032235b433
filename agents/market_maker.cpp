// SPDX-License-Identifier: Apache-2.0
#include "agents/market_maker.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/quote_ladder.hpp"
#include "agents/quoting.hpp"
#include "agents/sampling.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Price;
using market::Quantity;
using market::Rounding;
using market::Side;
using market::Time;

constexpr double ramp_first = 0.05;  // share of its size with which it returns; our choice
constexpr double profit_memory = 1.0 / 20;
constexpr double lean_max = 0.05;  // a bound on what it takes for its own doing; our choice

/// What trading has made of its cash, in USD: the inventory that it keeps as a matter of business
/// is hedged elsewhere, and a move of its price is no result.
double result(const MarketMaker::Params& params, const MarketMaker::State& state,
              const Observation& seen) {
    const market::Instrument& instrument = seen.market.instrument(params.id);
    const market::Quantity excess = seen.position(params.id) - market::Quantity{state.home};
    return cash_with_orders(seen) +
           instrument.to_whole_units(excess) * seen.market.book(params.id).mid;
}

/// Rolls the marks against which losses and profits are counted.
void keep_marks(MarketMaker::State& state, Time now, double result_now) {
    if (now - state.midnight >= market::day) {
        const double profit = result_now - state.result_midnight;
        state.profit_daily += profit_memory * (profit - state.profit_daily);
        state.result_midnight = result_now;
        state.midnight = now;
    }
    if (now - state.marked >= market::minute * 5) {
        state.result_marked = result_now;
        state.marked = now;
    }
}

bool loss_ends_quoting(const MarketMaker::Params& params, const MarketMaker::State& state,
                       double result_now) {
    const double stop =
        std::max(params.loss_multiple * state.profit_daily, params.loss_min * state.result_marked);
    return state.result_marked - result_now > stop;
}

/// Share of its size that it quotes so long after an absence: 70 % after `recovery`.
double ramp(const MarketMaker::Params& params, const MarketMaker::State& state, Time now) {
    if (state.back == Time{}) return 1.0;
    return std::clamp(0.7 * (now - state.back).seconds() / params.recovery, ramp_first, 1.0);
}

/// Lots beyond what it wants to own.
double excess_lots(const MarketMaker::Params& params, const MarketMaker::State& state,
                   const Observation& seen) {
    return static_cast<double>(seen.position(params.id).value() - state.home);
}

/// USD of the first level when calm.
double first_level(const MarketMaker::Params& params, const MarketMaker::State& state) {
    double weights = 0.0;
    double weight = 1.0;
    for (std::int64_t i = 0; i < params.levels; ++i, weight *= params.size_growth) {
        weights += weight;
    }
    return state.depth / weights;
}

/// Distances of its best quotes from the fair price, fractions.
Quotes best_quotes(const MarketMaker::Params& params, const MarketMaker::State& state,
                   const Observation& seen) {
    const BookView& book = seen.market.book(params.id);
    const double whole = seen.market.instrument(params.id).whole_per_lot;
    const double first_usd = first_level(params, state);
    const double decay = 1.0 / params.fill_distance;
    return stationary_quotes(
        {.risk_aversion = params.risk_aversion * decay,
         .sigma = book.sigma_fast,
         .decay = decay,
         .intensity = std::max(1.0, params.volume_share * book.volume_daily / first_usd)},
        excess_lots(params, state, seen) * whole * book.mid / first_usd);
}

/// The mid, less what its own leaning has made of it.
///
/// A maker that owns the best quotes sees its own skew in the mid. Were it to lean again from there
/// at every look, the price would slide as fast as it looks. So it adds back its lean for each side
/// of the touch that is its own, and gives that up over `acceptance`: what nobody contradicts is
/// the market's price. How fast prices then move does not depend on the step.
double fair_price(const MarketMaker::Params& params, const MarketMaker::State& state,
                  const Observation& seen) {
    const BookView& book = seen.market.book(params.id);
    bool own_bid = false;
    bool own_ask = false;
    for (const OpenOrder& order : seen.orders) {
        if (order.side == Side::buy && order.limit == book.bid) own_bid = true;
        if (order.side == Side::sell && order.limit == book.ask) own_ask = true;
    }
    const double share = (own_bid ? 0.5 : 0.0) + (own_ask ? 0.5 : 0.0);
    const double held_to = exp(-(seen.now - state.looked).seconds() / params.acceptance);
    return book.mid * (1.0 + share * state.lean * held_to);
}

/// Where the side's levels should stand, best first, without regard to means.
QuoteLadder wanted_levels(const MarketMaker::Params& params, const MarketMaker::State& state,
                          const Observation& seen, const Quotes& quotes, double fair, Side side) {
    const BookView& book = seen.market.book(params.id);
    const market::Instrument& instrument = seen.market.instrument(params.id);
    const int levels = static_cast<int>(params.levels);

    const double first_usd = first_level(params, state);
    const double excess = excess_lots(params, state, seen);
    const double excess_usd = excess * instrument.whole_per_lot * book.mid;

    // Room shrinks on the side that would add to the inventory; the other may always unload.
    const bool adds = (side == Side::buy) == (excess > 0);
    const double inventory_share =
        adds ? excess_usd / std::max(1.0, params.inventory_max * book.volume_daily) : 0.0;
    const double factor =
        ramp(params, state, seen.now) *
        size_factor(inventory_share, book.sigma_fast / std::max(1e-12, book.sigma_daily),
                    book.toxicity, state.volatility_aversion, params.toxicity_aversion);

    QuoteLadder ladder;
    const double first_gap = level_gap(levels, params.spacing, params.reach);
    double gap = first_gap;
    double usd = first_usd * factor;
    for (int i = 0; i < levels; ++i, gap *= params.spacing, usd *= params.size_growth) {
        const double distance = (side == Side::buy ? quotes.bid : quotes.ask) + (gap - first_gap);
        const double price = fair * (side == Side::buy ? 1.0 - distance : 1.0 + distance);
        if (!(price > 0.0)) continue;
        Price limit =
            instrument.to_price(price, side == Side::buy ? Rounding::floor : Rounding::ceil);
        // A maker never takes: at the nearest it stands one tick behind the opposite best.
        if (side == Side::buy && book.ask.value() > 0) {
            limit = std::min(limit, book.ask - Price{1});
        } else if (side == Side::sell) {
            limit = std::max(limit, book.bid + Price{1});
        }
        if (limit.value() < 1) continue;
        const Quantity lots = std::min(instrument.to_lots(usd / book.mid), instrument.lots_max);
        const double off = params.requote * std::abs(distance) * book.mid / instrument.usd_per_tick;
        ladder.add({limit, lots, market::to_whole(off)});
    }
    return ladder;
}

}  // namespace

Distribution MarketMaker::Params::etas() {
    Distribution distribution{0.3};
    distribution.kind = Distribution::Kind::lognormal;
    distribution.b = 0.5;
    return distribution;
}

void MarketMaker::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
}

Wake MarketMaker::begin(const Params& params, State& state, const Genesis& genesis,
                        Random& random) {
    state.depth = sample(params.depth, random);
    state.volatility_aversion = sample(params.volatility_aversion, random);
    state.home = genesis.seen.position(params.id).value();
    state.result_marked = result(params, state, genesis.seen);
    state.result_midnight = state.result_marked;
    state.marked = genesis.seen.now;
    state.midnight = genesis.seen.now;
    return {.at = after(genesis.seen.now, random.uniform() * params.interval)};
}

Wake MarketMaker::decide(const Params& params, State& state, const Observation& seen, Random&,
                         Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    if (!book.accepts) return {.at = std::max(book.next_change, after(seen.now, params.interval))};
    if (state.back > seen.now) return {.at = state.back};  // a late fill does not call it back

    const double result_now = result(params, state, seen);
    if (loss_ends_quoting(params, state, result_now)) {
        for (const OpenOrder& order : seen.orders) intents.cancel(order);
        state.back = after(seen.now, params.absence);
        state.result_marked = result_now;
        state.marked = state.back;
        return {.at = state.back};
    }
    keep_marks(state, seen.now, result_now);

    const Quotes quotes = best_quotes(params, state, seen);
    const double fair = fair_price(params, state, seen);
    QuoteLadder bids = wanted_levels(params, state, seen, quotes, fair, Side::buy);
    QuoteLadder asks = wanted_levels(params, state, seen, quotes, fair, Side::sell);
    state.lean = std::clamp((quotes.bid - quotes.ask) / 2.0, -lean_max, lean_max);
    state.looked = seen.now;
    // A hundredth is kept back, so that the moves of one round fit in whatever order they come.
    bids.limit_cost(seen.market.instrument(params.id), 0.99 * cash_with_orders(seen));
    asks.limit_lots(seen.position(params.id));
    requote(seen, params.id, Side::buy, bids, params.resize, intents);
    requote(seen, params.id, Side::sell, asks, params.resize, intents);
    return {.at = after(seen.now, params.interval)};
}

}  // namespace crowdout::agents
