// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "world/measures.hpp"
#include "world/world.hpp"

namespace crowdout::apps {

/// A world's accounts by sector, as reports and tables of flows show them.
///
/// Accounts of no sector (escrow, fees) form a last group, `exchanges`.
class Sectors {
public:
    explicit Sectors(const world::World& world);

    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] const std::string& name(std::size_t sector) const { return names_[sector]; }
    /// What people read: the label where the world gives one.
    [[nodiscard]] const std::string& label(std::size_t sector) const { return labels_[sector]; }
    /// By block of the ledger.
    [[nodiscard]] std::span<const std::uint16_t> of_block() const { return of_block_; }

    /// The number of the sector of this name; `size()` where there is none.
    [[nodiscard]] std::size_t find(const std::string& name) const;

    /// Dollars that a sector holds free, in all and beyond what it needs; USD.
    struct Cash {
        double total = 0;
        double idle = 0;  ///< world::idle_capital
    };
    /// One a sector. The bank's own account is left out: its balance is what it owes.
    [[nodiscard]] std::vector<Cash> cash(const world::World& world) const;

private:
    std::vector<std::string> names_;
    std::vector<std::string> labels_;
    std::vector<world::IdleHolder> holders_;  ///< whose cash can be idle
    std::vector<std::uint16_t> of_block_;
};

}  // namespace crowdout::apps
