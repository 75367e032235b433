// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/population.hpp"
#include "world/economy.hpp"
#include "world/open_orders.hpp"
#include "world/receivables.hpp"

namespace crowdout::world {

/// What the agents of one chunk see: the frozen snapshot, and each its own accounts.
class Eyes final : public agents::ObservationSource {
public:
    Eyes(const agents::Snapshot& snapshot, const Economy& economy, const OpenOrders& open_orders,
         const Receivables& receivables, market::Duration step)
        : snapshot_{snapshot},
          economy_{economy},
          open_orders_{open_orders},
          receivables_{receivables},
          step_{step} {}

    [[nodiscard]] agents::Observation observe(market::AccountId self,
                                              market::Time at) const override {
        return {.now = at,
                .step = step_,
                .self = self,
                .market = snapshot_,
                .own = economy_.ledger.view(self),
                .orders = open_orders_.of(self),
                .obligations = economy_.obligations.of(self),
                .credit = economy_.credit_of(self, at),
                .receivables = receivables_.of(self)};
    }

    void prefetch(market::AccountId self) const override {
        open_orders_.prefetch(self);
        economy_.ledger.prefetch(self);
    }

private:
    const agents::Snapshot& snapshot_;
    const Economy& economy_;
    const OpenOrders& open_orders_;
    const Receivables& receivables_;
    market::Duration step_;
};

}  // namespace crowdout::world
