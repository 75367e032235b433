// SPDX-License-Identifier: Apache-2.0
#include "apps/sectors.hpp"

#include <algorithm>

#include "world/capital_gauge.hpp"
#include "world/manifest.hpp"

namespace crowdout::apps {

Sectors::Sectors(const world::World& world) : holders_{world::idle_holders(world)} {
    const world::Manifest manifest = world::manifest_of(world);
    for (const auto& sector : manifest.sectors) {
        names_.push_back(sector.name);
        labels_.push_back(sector.label);
    }
    labels_.back() = "held for orders";  // beside the names of people and firms: no name
    for (const auto& block : manifest.blocks) of_block_.push_back(block.sector);
}

std::size_t Sectors::find(const std::string& name) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
}

std::vector<Sectors::Cash> Sectors::cash(const world::World& world) const {
    const market::Ledger& ledger = world.economy().ledger;
    const auto dollars = [](market::Money money) {
        return static_cast<double>(money.value()) / market::money_per_dollar;
    };
    std::vector<Cash> cash(names_.size());
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        if (block == ledger.issuer(market::usd).block()) continue;
        cash[of_block_[block]].total += dollars(ledger.cash(block));
    }
    for (const world::IdleHolder& holder : holders_) {
        cash[of_block_[holder.block]].idle += dollars(world::idle_capital(ledger, {&holder, 1}));
    }
    return cash;
}

}  // namespace crowdout::apps
