// SPDX-License-Identifier: Apache-2.0
#include "world/economy.hpp"

namespace crowdout::world {

using market::AccountId;
using market::Time;

std::optional<market::LoanId> Economy::line_of(AccountId account) const {
    const auto debts = loans.debts_of(account);
    if (debts.empty()) return std::nullopt;
    return debts.front().loan;
}

agents::CreditView Economy::credit_of(AccountId account, Time now) const {
    if (loans.open_count() == 0) return {};
    const auto line = line_of(account);
    if (!line) return {};
    return {market::Money{loans.owed(*line, now).value()},
            market::Money{loans[*line].terms.limit.value()},
            static_cast<double>(loans.rate(*line)) / market::r9_one};
}

}  // namespace crowdout::world
