// SPDX-License-Identifier: Apache-2.0
#include "apps/sectors.hpp"

#include <algorithm>
#include <map>

#include "world/config.hpp"

namespace crowdout::apps {

namespace {

/// USD that a holder has at the opening, as its world file says.
double opening_cash(const world::Holdings& owns) {
    for (const auto& [asset, usd] : owns) {
        if (asset == "USD") return usd;
    }
    return 0;
}

}  // namespace

Sectors::Sectors(const world::World& world) {
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

    floors_.assign(names_.size(), 0);
    std::map<std::string, std::uint16_t> sector_of;
    const auto add = [&](const std::string& name, const std::string& sector,
                         const world::Holdings& owns) {
        const auto found = number.find(sector);
        if (found == number.end()) return;
        sector_of[name] = found->second;
        floors_[found->second] +=
            opening_cash(owns) * config.sectors.items[found->second].idle_floor;
    };
    for (const auto& each : config.institutions.items) add(each.name, each.sector, each.owns);
    for (const auto& each : config.populations.items) add(each.name, each.sector, each.owns);

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
    const market::AccountId bank = ledger.issuer(market::usd);
    std::vector<Cash> cash(names_.size());
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        market::Money sum;
        for (std::uint32_t row = 0; row < ledger.layout(block).rows; ++row) {
            const market::AccountId account{block, row};
            if (account != bank) sum += ledger.view(account).cash();
        }
        cash[of_block_[block]].total += static_cast<double>(sum.value()) / market::money_per_dollar;
    }
    for (std::size_t i = 0; i < cash.size(); ++i) {
        cash[i].idle = std::max(0.0, cash[i].total - floors_[i]);
    }
    return cash;
}

}  // namespace crowdout::apps
