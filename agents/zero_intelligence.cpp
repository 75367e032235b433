// SPDX-License-Identifier: Apache-2.0
#include "agents/zero_intelligence.hpp"

#include <algorithm>

#include "agents/numeric.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Price;
using market::Side;
using market::Time;

/// Events per second of one member: both sides' orders, and each resting order's cancellation.
struct Rates {
    double market = 0;
    double limit = 0;
    double cancel = 0;

    [[nodiscard]] double total() const { return market + limit + cancel; }
};

Rates rates_of(const ZeroIntelligence::Params& params, const ZeroIntelligence::State& state) {
    const double both_sides = 2.0 * state.share / market::year.seconds();
    return {both_sides * params.market_rate,
            both_sides * params.limit_rate * static_cast<double>(params.band),
            static_cast<double>(state.resting) / params.lifetime};
}

void market_order(const ZeroIntelligence::Params& params, const Observation& seen, double u,
                  market::Quantity size, Intents& intents) {
    const Side side = u < 0.5 ? Side::buy : Side::sell;
    const Price worst = worst_price(seen.market.instrument(params.id), seen.market.book(params.id),
                                    side, params.slippage);
    intents.submit(params.id, taking_order(side, worst, size, market::Cause::choice));
}

void limit_order(const ZeroIntelligence::Params& params, const Observation& seen, double u,
                 market::Quantity size, Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    const Side side = u < 0.5 ? Side::buy : Side::sell;
    const double place = u < 0.5 ? 2.0 * u : 2.0 * u - 1.0;
    const auto ticks = std::min(static_cast<std::int64_t>(place * static_cast<double>(params.band)),
                                params.band - 1);

    // Where the opposite side is empty, the last price stands for its best.
    const Price opposite = side == Side::buy ? book.ask : book.bid;
    const std::int64_t from = (opposite.value() > 0 ? opposite : book.last).value();
    const std::int64_t limit = side == Side::buy ? from - 1 - ticks : from + 1 + ticks;
    if (limit < 1) return;  // the band reaches below zero: nobody bids there
    intents.submit(params.id, resting_order(side, Price{limit}, size, market::Cause::choice));
}

/// @param first  where the intents of this call begin.
void cancel(const Observation& seen, std::size_t k, std::size_t first, Intents& intents) {
    if (k >= seen.orders.size()) return;  // filled since, or sent within this step
    const OpenOrder& chosen = seen.orders[k];
    for (std::size_t i = first; i < intents.orders.size(); ++i) {
        const Intent& earlier = intents.orders[i];
        if (earlier.kind == IntentKind::cancel && earlier.order.id == chosen.ticket.id) return;
    }
    intents.cancel(chosen);
}

double spread_of(const ZeroIntelligence::Params& params, double level, double slope) {
    const double mu = params.market_rate / market::year.seconds();  // in orders: s0 is one
    const double alpha = params.limit_rate / market::year.seconds();
    return mu / alpha * (level + slope * pow(1.0 / (params.lifetime * mu), 0.75));
}

}  // namespace

void ZeroIntelligence::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
}

Wake ZeroIntelligence::begin(const Params& params, State& state, const Genesis& genesis,
                             Random& random) {
    state.share = 1.0 / static_cast<double>(genesis.members);
    const double rate = rates_of(params, state).total();
    return {.at = after(genesis.seen.now, random.exponential() / rate)};
}

Wake ZeroIntelligence::decide(const Params& params, State& state, const Observation& seen,
                              Random& random, Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    if (!book.open) {
        const Time opening = std::max(book.next_change, after(seen.now, 1.0));
        const double wait = random.exponential() / rates_of(params, state).total();
        return {.at = after(opening, wait)};
    }
    const market::Quantity size = seen.market.instrument(params.id).to_lots(params.order_size);
    const Time end = seen.market.now + seen.step;
    const std::size_t first = intents.orders.size();
    std::uint64_t sent = 0;

    for (Time t = seen.now;;) {
        // The clock ran with `resting` orders. To cancel one that is gone by now is a void event:
        // thinning, which is exact because the number only falls between own events.
        const Rates rates = rates_of(params, state);
        const std::size_t before = intents.orders.size();
        const double u = random.uniform() * rates.total();
        if (u < rates.market) {
            market_order(params, seen, u / rates.market, size, intents);
        } else if (u < rates.market + rates.limit) {
            limit_order(params, seen, (u - rates.market) / rates.limit, size, intents);
            ++sent;
        } else {
            const double place = (u - rates.market - rates.limit) / rates.cancel;
            cancel(seen, static_cast<std::size_t>(place * static_cast<double>(state.resting)),
                   first, intents);
        }
        if (intents.orders.size() > before) intents.orders.back().arrival = t;

        state.resting = seen.orders.size() + sent;
        t = after(t, random.exponential() / rates_of(params, state).total());
        if (t >= end) return {.at = t};
    }
}

double ZeroIntelligence::predicted_spread(const Params& params) {
    return spread_of(params, 0.432, 1.11);
}

double ZeroIntelligence::quoted_spread(const Params& params) {
    return spread_of(params, 0.28, 1.86);
}

}  // namespace crowdout::agents
