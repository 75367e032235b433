// SPDX-License-Identifier: Apache-2.0
#include "agents/retail_trader.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/season.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::InstrumentId;
using market::Price;
using market::Quantity;
using market::Rounding;
using market::Side;
using market::Time;

constexpr std::size_t drawdown_days = 60;
constexpr double content_one = 65'535;

/// What a member is like, and stays. Single precision: a trait, not an account.
struct Nature {
    float fundamental = 0;
    float trend = 0;
    float noise = 0;
    float horizon = 0;  ///< seconds
    float opinion = 0;
    float nerves = 1;  ///< factor on h0
};

Nature draw_nature(const RetailTrader::Params& params, Random& random) {
    const Character character = draw_character(params.beliefs, random);
    Nature nature;
    nature.fundamental = static_cast<float>(character.fundamental);
    nature.trend = static_cast<float>(character.trend);
    nature.noise = static_cast<float>(character.noise);
    nature.horizon = static_cast<float>(character.horizon);
    nature.opinion = static_cast<float>(character.opinion);
    nature.nerves = static_cast<float>(random.lognormal(0.0, params.nerves_sigma));
    return nature;
}

/// The nature that `begin` drew: the same stream gives the same numbers.
Nature nature_of(const RetailTrader::Params& params, const Observation& seen) {
    Random random{seen.nature, seen.self.row(), Purpose::trait, 0};
    return draw_nature(params, random);
}

Character character_of(const RetailTrader::Params& params, const Nature& nature,
                       const RetailTrader::State& state, std::size_t i) {
    const double ratio = (1.0 + nature.fundamental) / (1.0 + std::abs(double{nature.trend}));
    return {.fundamental = nature.fundamental,
            .trend = nature.trend,
            .noise = nature.noise,
            .horizon = nature.horizon,
            .risk_aversion = params.beliefs.risk_aversion * ratio,
            .opinion = nature.opinion,
            .content = state.contents.at(i) / content_one};
}

/// Each of its favourites has its share of the cash.
Purse purse_of(const RetailTrader::Params& params, std::size_t i, const Observation& seen) {
    const InstrumentId id = params.ids[i];
    return {seen.cash() * params.shares[i],
            seen.market.instrument(id).to_whole_units(seen.free_lots(id)),
            seen.market.book(id).mid};
}

/// Fall from the highest daily close of the last 60 days, 0 to 1.
double drawdown(const BookView& book) {
    double high = book.mid;
    for (std::size_t d = 0; d < drawdown_days; ++d) {
        high = std::max(high, book.history->daily_close(d));
    }
    return 1.0 - book.mid / high;
}

/// Takes note of what was bought or sold since the last look, at the price it sees now.
void remember(RetailTrader::Memory& memory, double lots, double price) {
    if (lots > static_cast<double>(memory.lots)) {
        const double before = memory.lots;
        memory.cost = static_cast<float>(
            (before * static_cast<double>(memory.cost) + (lots - before) * price) / lots);
    }
    memory.lots = static_cast<float>(lots);
}

/// The next look: a Poisson clock that runs faster after a rise and at busy hours, and an alarm on
/// what it owns most of.
Wake next_look(const RetailTrader::Params& params, const Nature& nature, const Observation& seen,
               Random& random) {
    double rise = 0.0;
    double most = -1.0;
    Wake wake;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const BookView& book = seen.market.book(params.ids[i]);
        rise += params.shares[i] *
                std::max(0.0, book.mid / book.history->price_ago(market::day * 20) - 1.0);
        const double owned = seen.position_usd(params.ids[i]);
        if (owned <= most) continue;
        most = owned;
        wake.instrument = params.ids[i];
        const double alarm = std::min(0.9, params.alarm / static_cast<double>(nature.nerves));
        wake.below = book.mid * (1.0 - alarm);
        wake.above = book.mid * (1.0 + alarm);
    }
    const double factor = std::min(params.attention_max, 1.0 + params.attention_rise * rise);
    const double mean = market::year.seconds() / (params.attention * factor);

    // Thinning: moments at the busiest hour's rate, kept with the odds of their own hour. The mean
    // of the season is 0.625, which the rate makes up for.
    wake.at = seen.now;
    do {
        const double wait = random.exponential();
        wake.at = after(wake.at, wait * mean * 0.625);
    } while (wake.at != market::never && !random.bernoulli(RetailTrader::season(wake.at)));
    return wake;
}

void sell_out(const RetailTrader::Params& params, InstrumentId id, const Observation& seen,
              Intents& intents) {
    for (const OpenOrder& order : seen.orders) {
        if (order.instrument == id) intents.cancel(order);
    }
    const Price worst =
        worst_price(seen.market.instrument(id), seen.market.book(id), Side::sell, params.slippage);
    const Quantity lots = lots_within_means(seen, id, Side::sell, worst);
    if (lots.value() > 0) {
        intents.submit(id, taking_order(Side::sell, worst, lots, market::Cause::choice));
    }
}

/// One order on what it happened to think of.
void trade(const RetailTrader::Params& params, const Nature& nature,
           const RetailTrader::State& state, std::size_t i, const Observation& seen, Random& random,
           Intents& intents) {
    const InstrumentId id = params.ids[i];
    const BookView& book = seen.market.book(id);
    const market::Instrument& instrument = seen.market.instrument(id);
    for (const OpenOrder& order : seen.orders) {
        if (order.instrument == id) intents.cancel(order);
    }

    const double eps = random.normal();
    const double u = random.uniform();
    const double loss_sold = random.uniform();
    const Character character = character_of(params, nature, state, i);
    const Forecast forecast = look_ahead(params.beliefs, character, instrument, book, eps);
    const Purse purse = purse_of(params, i, seen);
    const Wish wish = wish_for(forecast, character, purse, u);

    const Side side = wish.quantity > 0 ? Side::buy : Side::sell;
    const bool at_loss = book.mid < static_cast<double>(state.memories.at(i).cost);
    if (side == Side::sell && at_loss && loss_sold * params.disposition > 1.0) return;
    const double most = params.order_max * purse.wealth() / std::max(wish.price, 1e-12);
    const Price limit =
        instrument.to_price(wish.price, side == Side::buy ? Rounding::floor : Rounding::ceil);
    const Quantity lots = std::min(instrument.to_lots(std::min(std::abs(wish.quantity), most)),
                                   lots_within_means(seen, id, side, limit));
    if (lots.value() == 0) return;
    intents.submit(id, resting_order(side, limit, lots, market::Cause::choice,
                                     after(seen.now, character.horizon)));
}

}  // namespace

void RetailTrader::Params::check(Complaints& complaints) const {
    if (favourites.size() > favourites_max) complaints.error("favourites", "are more than four");
    double sum = 0.0;
    for (const auto& holding : favourites) sum += holding.second;
    if (!(sum > 0.0)) complaints.error("favourites", "have no weight");
}

void RetailTrader::bind(Params& params, const Names& names) {
    params.ids.clear();
    params.shares.clear();
    double sum = 0.0;
    for (const auto& holding : params.favourites) sum += holding.second;
    for (const auto& [instrument, weight] : params.favourites) {
        params.ids.push_back(names.instrument(instrument));
        params.shares.push_back(weight / sum);
    }
}

Wake RetailTrader::begin(const Params& params, State& state, const Genesis& genesis,
                         Random& random) {
    const Nature nature = draw_nature(params, random);
    state.looked = genesis.seen.now;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const auto lots = static_cast<double>(genesis.seen.position(params.ids[i]).value());
        remember(state.memories.at(i), lots, genesis.seen.market.book(params.ids[i]).mid);
        state.contents.at(i) =
            static_cast<std::uint16_t>(content_one * purse_of(params, i, genesis.seen).invested());
    }
    return next_look(params, nature, genesis.seen, random);
}

Wake RetailTrader::decide(const Params& params, State& state, const Observation& seen,
                          Random& random, Intents& intents) {
    const Nature nature = nature_of(params, seen);
    const double years = (seen.now - state.looked).years();
    bool could_trade = false;
    double thought = random.uniform();
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const InstrumentId id = params.ids[i];
        const BookView& book = seen.market.book(id);
        Memory& memory = state.memories.at(i);
        remember(memory, static_cast<double>(seen.position(id).value()), book.mid);

        // One draw each, whatever happens, so that one holding's luck is not another's.
        const double courage = random.uniform();
        const bool chosen = thought >= 0.0 && thought < params.shares[i];
        thought -= params.shares[i];
        if (!book.accepts) continue;
        could_trade = true;
        if (memory.lots > 0.0F) {
            const double loss = std::max(0.0, 1.0 - book.mid / static_cast<double>(memory.cost));
            const double hazard = panic_hazard(params, nature.nerves, drawdown(book), loss);
            if (courage < -expm1(-hazard * years)) {
                sell_out(params, id, seen, intents);
                continue;
            }
        }
        if (chosen) trade(params, nature, state, i, seen, random, intents);
    }
    if (could_trade) state.looked = seen.now;  // fear that finds the market closed is kept
    return next_look(params, nature, seen, random);
}

double RetailTrader::season(Time t) {
    return round_the_clock(t);
}

double RetailTrader::panic_hazard(const Params& params, double nerves, double drawdown,
                                  double loss) {
    return params.panic_rate * nerves *
           exp(params.panic_drawdown * drawdown + params.panic_loss * loss);
}

}  // namespace crowdout::agents
