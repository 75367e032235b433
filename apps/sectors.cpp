// SPDX-License-Identifier: Apache-2.0
#include "apps/sectors.hpp"

#include <algorithm>
#include <map>

#include "world/capital_gauge.hpp"
#include "world/config.hpp"

namespace crowdout::apps {

Sectors::Sectors(const world::World& world) : holders_{world::idle_holders(world)} {
    const world::WorldConfig& config = world.config();
    std::map<std::string, std::uint16_t> number;
    for (const auto& sector : config.sectors.items) {
        number[sector.name] = static_cast<std::uint16_t>(names_.size());
        names_.push_back(sector.name);
        labels_.push_back(sector.label.empty() ? sector.name : sector.label);
    }
    const auto exchanges = static_cast<std::uint16_t>(names_.size());
    names_.emplace_back("exchanges");
    labels_.emplace_back("held for orders");

    std::map<std::string, std::uint16_t> sector_of;
    const auto add = [&](const std::string& name, const std::string& sector) {
        const auto found = number.find(sector);
        if (found != number.end()) sector_of[name] = found->second;
    };
    for (const auto& each : config.institutions.items) add(each.name, each.sector);
    for (const auto& each : config.populations.items) add(each.name, each.sector);

    const market::Ledger& ledger = world.economy().ledger;
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        const auto found = sector_of.find(ledger.layout(block).name);
        of_block_.push_back(found == sector_of.end() ? exchanges : found->second);
    }
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
