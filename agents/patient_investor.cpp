// SPDX-License-Identifier: Apache-2.0
#include "agents/patient_investor.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Price;
using market::Quantity;
using market::Rounding;
using market::Side;

/// A new reservation price around `centre`: density 2 x / reach^2 on the distance x.
///
/// The side is that of the larger of the two, cash and holding, each with its probability, so that
/// who has sold becomes a buyer.
void think(const PatientInvestor::Params& params, PatientInvestor::State& state,
           const Observation& seen, double centre, Random& random) {
    const double cash = cash_with_orders(seen);
    const double holding = seen.position_usd(params.id);
    const double distance = params.reach * std::sqrt(random.uniform());
    state.sells = random.uniform() * (cash + holding) < holding ? 1 : 0;
    state.reservation = centre * exp(state.sells == 1 ? distance : -distance);
    state.value = seen.market.book(params.id).value;
}

/// Moves the reservation price by what it makes of the news since it last looked.
void hear_news(const PatientInvestor::Params& params, PatientInvestor::State& state,
               const BookView& book) {
    if (book.value > 0.0 && state.value > 0.0) {
        state.reservation *= exp(params.news * log(book.value / state.value));
    }
    state.value = book.value;
}

/// Whether news has left its order behind: more than half of `reveal` from its price; our choice.
bool is_outdated(const PatientInvestor::Params& params, const PatientInvestor::State& state,
                 const Observation& seen) {
    const market::Instrument& instrument = seen.market.instrument(params.id);
    for (const OpenOrder& order : seen.orders) {
        const double off = log(state.reservation / instrument.to_usd(order.limit));
        if (std::abs(off) > 0.5 * params.reveal) return true;
    }
    return false;
}

/// Where the price must come to be worth another look: an order is posted at `reveal` and withdrawn
/// at twice that, so that a price that trembles costs no message. A seller's price lies above the
/// market, a buyer's below; one who has posted looks the other way.
Wake watch(const PatientInvestor::Params& params, const PatientInvestor::State& state,
           const Observation& seen, Random& random) {
    const double wait = random.exponential() / params.rethink * market::year.seconds();
    Wake wake{.at = after(seen.now, wait), .instrument = params.id};
    const double near = exp(state.posted == 1 ? 2.0 * params.reveal : params.reveal);
    const double edge = state.sells == 1 ? state.reservation / near : state.reservation * near;
    (state.sells != state.posted ? wake.above : wake.below) = edge;
    return wake;
}

}  // namespace

void PatientInvestor::bind(Params& params, const Names& names) {
    params.id = names.instrument(params.instrument);
}

Wake PatientInvestor::begin(const Params& params, State& state, const Genesis& genesis,
                            Random& random) {
    think(params, state, genesis.seen, genesis.seen.market.book(params.id).mid, random);
    return watch(params, state, genesis.seen, random);
}

Wake PatientInvestor::decide(const Params& params, State& state, const Observation& seen,
                             Random& random, Intents& intents) {
    const BookView& book = seen.market.book(params.id);
    if (!book.accepts) {
        return {.at = after(std::max(book.next_change, seen.now), 60.0 * random.exponential())};
    }
    hear_news(params, state, book);
    const Side waiting = state.sells == 1 ? Side::sell : Side::buy;
    const auto near = [&](double widths) {
        return std::abs(log(book.mid / state.reservation)) <= widths * params.reveal ||
               (waiting == Side::sell ? book.mid > state.reservation
                                      : book.mid < state.reservation);
    };

    if (state.posted == 1 && seen.orders.empty()) {  // filled: what is left waits elsewhere
        state.posted = 0;
        think(params, state, seen, book.mid, random);
        return watch(params, state, seen, random);
    }
    if (state.posted == 1) {
        const bool outdated = is_outdated(params, state, seen);
        if (!near(2.0) || outdated) {
            for (const OpenOrder& order : seen.orders) intents.cancel(order);
            state.posted = 0;
        }
        if (state.posted == 1 && params.withdraw > 0.0 && random.bernoulli(params.withdraw)) {
            for (const OpenOrder& order : seen.orders) intents.cancel(order);
            state.posted = 0;
            think(params, state, seen, book.mid, random);
        }
        Wake wake = watch(params, state, seen, random);
        if (outdated) wake.at = std::min(wake.at, seen.now + seen.step);  // to post it anew
        return wake;
    }
    if (!near(1.0)) {
        if (random.bernoulli(params.recentre)) think(params, state, seen, book.mid, random);
        return watch(params, state, seen, random);
    }

    const market::Instrument& instrument = seen.market.instrument(params.id);
    const Price limit = instrument.to_price(
        state.reservation, waiting == Side::buy ? Rounding::floor : Rounding::ceil);
    const Quantity means = lots_within_means(seen, params.id, waiting, limit);
    const Quantity lots{
        market::to_whole(std::ceil(params.portion * static_cast<double>(means.value())))};
    if (lots.value() == 0) {  // nothing left on this side: it becomes an owner of the other
        think(params, state, seen, book.mid, random);
        return watch(params, state, seen, random);
    }
    intents.submit(params.id, resting_order(waiting, limit, lots, market::Cause::choice));
    state.posted = 1;
    return watch(params, state, seen, random);
}

}  // namespace crowdout::agents
