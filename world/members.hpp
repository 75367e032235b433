// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "market/ledger.hpp"
#include "world/apportion.hpp"
#include "world/payments.hpp"

namespace crowdout::world {

/// All accounts of the name that one of them stands for: a population's members, or the one of an
/// institution.
[[nodiscard]] inline Party all_members(const market::Ledger& ledger, market::AccountId named) {
    return {named.block(), 0, ledger.layout(named.block()).rows};
}

/// Divides a sum among them in equal parts: `each(account, units)`.
void divide_equally(const Party& party, market::Units total, auto&& each) {
    for (std::uint32_t i = 0; i < party.count; ++i) {
        each(party.account(i), market::Units{equal_share(total.value(), party.count, i)});
    }
}

}  // namespace crowdout::world
