// SPDX-License-Identifier: Apache-2.0
#include "agents/miner.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

using market::Duration;

namespace {

constexpr Duration time_max{market::day.ns * 7};  ///< made up for, at most

/// USD of coins to sell now: what is not kept, by its time constant, or what the bill asks for.
double wanted(const Miner::Params& params, const Miner::State& state, const Observation& seen,
              double cash) {
    const double mid = seen.market.book(params.coin_id).mid;
    const double coins =
        seen.market.instrument(params.coin_id).to_whole_units(seen.position(params.coin_id));
    const Duration since = std::min(seen.now - state.sold, time_max);
    const double share = -expm1(-since.years() / params.sell_within.years());
    const double spare = std::max(0.0, coins - state.reserve) * mid * share;
    const double bill = params.energy_per_coin * params.output * params.cash_ahead.days();
    return std::min(coins * mid, std::max(spare, state.energy_owed + bill - cash));
}

}  // namespace

void Miner::bind(Params& params, const Names& names) {
    params.coin_id = names.instrument(params.coin);
    params.energy_to.bind(names);
}

Wake Miner::begin(const Params& params, State& state, const Genesis& genesis, Random& random) {
    const Observation& seen = genesis.seen;
    state = {};
    state.reserve =
        seen.market.instrument(params.coin_id).to_whole_units(seen.position(params.coin_id));
    state.last = state.sold = seen.now;
    state.sale = make_parent(0);
    return {.at = next_look(seen.now, params.execution.pace, random.uniform())};
}

Wake Miner::decide(const Params& params, State& state, const Observation& seen, Random& random,
                   Intents& intents) {
    const double days = (seen.now - state.last).days();
    state.last = seen.now;
    state.reserve += params.kept * params.output * days;
    state.energy_owed += params.energy_per_coin * params.output * days;

    const double cash = std::max(0.0, seen.cash());
    const double paid =
        params.energy_to.pay(std::min(cash, state.energy_owed), market::Reason::mining, intents);
    state.energy_owed -= paid;
    const double usd = wanted(params, state, seen, cash - paid);
    if (usd >= params.execution.order_min) {
        const double sent =
            work(params.execution, state.sale,
                 {params.coin_id, market::Side::sell, market::Cause::choice, usd}, seen, intents);
        if (sent > 0) state.sold = seen.now;
    }
    return {.at = next_look(seen.now, params.execution.pace, random.uniform())};
}

}  // namespace crowdout::agents
