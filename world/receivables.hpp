// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/obligations.hpp"

namespace crowdout::world {

/// The open obligations by whom they are owed to: what the obligation book, which is by debtor,
/// shows a creditor. Made before agents look, so that looking is a search and no scan.
class Receivables {
public:
    /// Lists the book again, if it has changed since the last time.
    /// Cost: O(open log open) when it has.
    void refresh(const ObligationBook& book);

    /// Those of one creditor, by due date, then id. Valid until the next refresh.
    [[nodiscard]] std::span<const agents::Obligation> of(market::AccountId creditor) const;

private:
    std::vector<agents::Obligation> open_;  ///< by creditor, due, id
    std::uint64_t digest_ = 0;              ///< of the book that is listed; an empty one's is 0
};

}  // namespace crowdout::world
