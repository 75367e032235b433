// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/intent.hpp"

namespace crowdout::agents {

/// Whole ledger units of dollars in a sum of USD, rounded down; 0 where it is negative.
[[nodiscard]] inline market::Units to_units(double usd) {
    return market::Units{market::to_whole(std::max(0.0, usd) * market::money_per_dollar)};
}

[[nodiscard]] inline double to_usd(market::Money money) {
    return static_cast<double>(money.value()) / market::money_per_dollar;
}

/// Names and the share of a payment that each receives; of a population all members, in equal
/// parts.
class Payees {
public:
    using Shares = std::vector<std::pair<std::string, double>>;

    Shares shares;  ///< as the world file has them; they need not add up to 1

    void bind(const Names& names) {
        accounts_.clear();
        for (const auto& [name, share] : shares) accounts_.push_back(names.account(name));
    }

    [[nodiscard]] std::size_t size() const { return accounts_.size(); }
    [[nodiscard]] market::AccountId account(std::size_t i) const { return accounts_[i]; }
    [[nodiscard]] double share(std::size_t i) const { return shares[i].second; }
    [[nodiscard]] double share_total() const {
        double total = 0;
        for (const auto& entry : shares) total += entry.second;
        return total;
    }

    /// Pays each its share of `usd`, rounded down.
    /// @return USD paid in all.
    double pay(double usd, market::Reason reason, Intents& intents) const {
        double paid = 0;
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            Instruction instruction;
            instruction.kind = InstructionKind::pay;
            instruction.reason = reason;
            instruction.counterparty = accounts_[i];
            instruction.amount = to_units(usd * shares[i].second);
            if (instruction.amount.value() == 0) continue;
            intents.instruct(instruction);
            paid += to_usd(market::Money{instruction.amount.value()});
        }
        return paid;
    }

private:
    std::vector<market::AccountId> accounts_;
};

/// An instruction about the own account: draw, repay, issue or retire.
[[nodiscard]] inline Instruction make_instruction(InstructionKind kind, market::Units amount,
                                                  market::AssetId asset = market::usd) {
    Instruction instruction;
    instruction.kind = kind;
    instruction.amount = amount;
    instruction.asset = asset;
    return instruction;
}

/// USD of capital that has been called and not paid yet.
[[nodiscard]] inline double called_and_open(const Observation& seen) {
    double sum = 0;
    for (const Obligation& call : seen.receivables) {
        if (call.kind == ObligationKind::capital_call) sum += to_usd(call.amount);
    }
    return sum;
}

/// Pays `usd` of an obligation.
[[nodiscard]] inline Instruction make_payment(const Obligation& obligation, double usd) {
    Instruction instruction;
    instruction.kind = InstructionKind::meet;
    instruction.reason =
        obligation.kind == ObligationKind::capital_call ? market::Reason::capital_calls
        : obligation.kind == ObligationKind::redemption ? market::Reason::redemptions
                                                        : market::Reason::capex;
    instruction.counterparty = obligation.creditor;
    instruction.amount = std::min(to_units(usd), market::Units{obligation.amount.value()});
    instruction.due = obligation.due;
    instruction.reference = obligation.id;
    return instruction;
}

}  // namespace crowdout::agents
