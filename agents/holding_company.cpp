// SPDX-License-Identifier: Apache-2.0
#include "agents/holding_company.hpp"

namespace crowdout::agents {

void HoldingCompany::bind(Params& params, const Names& names) {
    params.CallTerms::bind(names);
}

Wake HoldingCompany::begin(const Params& params, State& state, const Genesis& genesis,
                           Random& random) {
    CallDesk::begin(params, state.calls, genesis.seen);
    return {.at = next_look(genesis.seen.now, params.execution.pace, random.uniform())};
}

Wake HoldingCompany::decide(const Params& params, State& state, const Observation& seen,
                            Random& random, Intents& intents) {
    CallDesk desk{params, state.calls, seen, intents};
    desk.answer_margin_call();
    desk.meet_calls();
    desk.raise_cash();
    desk.invest_surplus();
    return desk.next(random.uniform());
}

}  // namespace crowdout::agents
