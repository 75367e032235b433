// SPDX-License-Identifier: Apache-2.0
#include "agents/sovereign_fund.hpp"

#include <algorithm>

namespace crowdout::agents {

namespace {

void spend_at_home(const SovereignFund::Params& params, SovereignFund::State& state, CallDesk& desk,
                   Intents& intents) {
    const double month = params.spending / 12;
    state.spending_owed =
        std::min(state.spending_owed + params.spending * desk.years_since_last(), month);
    const double paid = desk.spend(std::min(state.spending_owed, desk.idle()));
    (void)params.spending_to.pay(paid, market::Reason::sales, intents);
    state.spending_owed -= paid;
}

}  // namespace

void SovereignFund::bind(Params& params, const Names& names) {
    params.CallTerms::bind(names);
    params.spending_to.bind(names);
}

Wake SovereignFund::begin(const Params& params, State& state, const Genesis& genesis,
                          Random& random) {
    state.spending_owed = 0;
    CallDesk::begin(params, state.calls, genesis.seen);
    return {.at = next_look(genesis.seen.now, params.execution.pace, random.uniform())};
}

Wake SovereignFund::decide(const Params& params, State& state, const Observation& seen,
                           Random& random, Intents& intents) {
    CallDesk desk{params, state.calls, seen, intents};
    desk.answer_margin_call();
    desk.meet_calls();
    spend_at_home(params, state, desk, intents);
    desk.raise_cash();
    desk.invest_surplus();
    return desk.next(random.uniform());
}

}  // namespace crowdout::agents
