// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "agents/observation.hpp"
#include "market/ledger.hpp"
#include "market/loan.hpp"
#include "world/flow_of_funds.hpp"
#include "world/obligations.hpp"

namespace crowdout::world {

/// Who owns what and who owes whom: the ledger, the contracts, and where money went.
struct Economy {
    market::Ledger ledger;
    market::LoanBook loans;
    ObligationBook obligations;
    FlowMatrix flows;

    /// Carries out a movement and notes it in the flow matrix. Must succeed (Ledger::post).
    void post(const market::Posting& posting) {
        ledger.post(posting);
        flows.record(posting);
    }

    /// The first line of an account: nothing drawn and nothing to draw where it has none.
    [[nodiscard]] agents::CreditView credit_of(market::AccountId account, market::Time now) const;
    [[nodiscard]] std::optional<market::LoanId> line_of(market::AccountId account) const;
};

}  // namespace crowdout::world
