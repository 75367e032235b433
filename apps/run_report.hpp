// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <vector>

#include "apps/sectors.hpp"
#include "apps/table.hpp"

namespace crowdout::apps {

/// What a run leaves to be read: prices, who sold, cash, and where the dollars for AI came from.
class RunReport {
public:
    /// @param world  as of the run's first step.
    explicit RunReport(const world::World& world);

    /// Once after every step: follows highs and the falls below them. Cost: O(instruments).
    void follow(const world::World& world);
    void print(const world::World& world, std::ostream& out, bool color) const;

private:
    struct Track {
        double first = 0;
        double high = 0;
        double drawdown = 0;  ///< deepest fall below the highest price before it; a share
    };

    [[nodiscard]] Table prices(const world::World& world) const;
    [[nodiscard]] Table sellers(const world::World& world) const;
    [[nodiscard]] Table cash(const world::World& world) const;
    [[nodiscard]] static Table refusals(const world::World& world);
    [[nodiscard]] Table capex(const world::World& world) const;

    Sectors sectors_;
    std::vector<Track> tracks_;  // by instrument
    std::vector<Sectors::Cash> opening_cash_;
    // For the trace of capex the bank is a group of its own, after the sectors: what it pays is new
    // money and has no earlier owner.
    std::vector<std::uint16_t> group_of_block_;
    std::vector<market::Money> opening_by_group_;
    world::FlowMatrix opening_flows_;
};

}  // namespace crowdout::apps
