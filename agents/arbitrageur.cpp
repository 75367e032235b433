// SPDX-License-Identifier: Apache-2.0
#include "agents/arbitrageur.hpp"

#include <algorithm>

#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

Parity parity_of(const Arbitrageur::Params& params) {
    return {.package = params.second_id,
            .bridge = params.bridge_id,
            .parts = {&params.first_id, 1},
            .units = {&params.units, 1}};
}

}  // namespace

void Arbitrageur::bind(Params& params, const Names& names) {
    params.first_id = names.instrument(params.first);
    params.second_id = names.instrument(params.second);
    if (!params.bridge.empty()) params.bridge_id = names.instrument(params.bridge);
}

Wake Arbitrageur::begin(const Params& params, State& state, const Genesis& genesis,
                        Random& random) {
    state.home = home_of(parity_of(params), genesis.seen);
    state.looked = genesis.seen.now;
    return {.at = after(genesis.seen.now, random.uniform() * params.terms.interval)};
}

Wake Arbitrageur::decide(const Params& params, State& state, const Observation& seen, Random&,
                         Intents& intents) {
    const Parity parity = parity_of(params);
    // After a night or a pause it starts afresh: at most a minute's worth of patience is owed.
    const double seconds =
        std::min((seen.now - state.looked).seconds(), std::max(60.0, seen.step.seconds()));
    state.looked = seen.now;
    const auto session = seen.market.instrument(params.second_id).session;
    close_gap(params.terms, parity, state.home, seconds / open_seconds(session), seen, intents);

    market::Time next = after(seen.now, params.terms.interval);
    for (const market::InstrumentId id : {params.first_id, params.second_id}) {
        const BookView& book = seen.market.book(id);
        if (!book.open) next = std::max(next, book.next_change);
    }
    return {.at = next};
}

}  // namespace crowdout::agents
