// SPDX-License-Identifier: Apache-2.0
#include "world/manifest.hpp"

#include <algorithm>
#include <map>

#include "world/config.hpp"
#include "world/world.hpp"

namespace crowdout::world {

namespace {

void add_sectors(const WorldConfig& config, Manifest& manifest,
                 std::map<std::string, std::uint16_t>& number) {
    for (const SectorConfig& sector : config.sectors) {
        number[sector.name] = static_cast<std::uint16_t>(manifest.sectors.size());
        manifest.sectors.push_back({
            .name = sector.name,
            .label = sector.label.empty() ? sector.name : sector.label,
            .label_zh = sector.label_zh.empty() ? sector.label : sector.label_zh,
            .role = std::string{funding_role_names[static_cast<std::size_t>(sector.role)]},
            .is_intermediary = sector.is_intermediary,
        });
    }
    manifest.sectors.push_back({.name = "exchanges",
                                .label = "Held for orders",
                                .label_zh = "挂单占用",
                                .role = "other",
                                .is_intermediary = true});
}

void add_blocks(const WorldConfig& config, const market::Ledger& ledger,
                const std::map<std::string, std::uint16_t>& number, Manifest& manifest) {
    const auto other = static_cast<std::uint16_t>(manifest.sectors.size() - 1);
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        manifest.blocks.push_back({.name = ledger.layout(block).name,
                                   .archetype = {},
                                   .sector = other,
                                   .members = ledger.layout(block).rows});
    }
    std::size_t block = 1;  // institutions come first, then populations, then escrow
    const auto describe = [&](const std::string& sector, std::string_view archetype) {
        Manifest::Block& each = manifest.blocks[block++];
        each.sector = number.at(sector);
        each.archetype = archetype;
    };
    for (const auto& each : config.institutions) describe(each.sector, {});
    for (const auto& each : config.populations) describe(each.sector, each.archetype.tag());
}

void add_series(Manifest& manifest) {
    for (const Manifest::Series& each : world_series()) {
        if (each.book == Manifest::Series::no_book) {
            manifest.series.push_back(each);
            continue;
        }
        for (std::uint16_t book = 0; book < manifest.books.size(); ++book) {
            manifest.series.push_back({each.name, each.unit, book});
        }
    }
}

}  // namespace

std::span<const Manifest::Series> world_series() {
    static const std::vector<Manifest::Series> series{
        {"policy_rate", "rate"},        {"government_yield", "rate"}, {"credit_yield", "rate"},
        {"equity_premium", "rate"},     {"idle_capital", "usd"},      {"funding_gap", "usd"},
        {"funding_demand", "usd"},      {"funding_saving", "usd"},    {"funding_credit", "usd"},
        {"flow_multiplier", "ratio", 0}};
    return series;
}

Manifest manifest_of(const World& world) {
    const WorldConfig& config = world.config();
    const market::Ledger& ledger = world.economy().ledger;
    Manifest manifest;
    manifest.world_name = config.name;
    manifest.description = config.description;
    manifest.description_zh = config.description_zh;
    manifest.seed = world.seed();
    manifest.start = config.start.ns;
    manifest.duration = config.duration.ns;

    manifest.assets.push_back({"USD", 1.0 / market::money_per_dollar});
    for (const market::Instrument& each : world.instruments()) {
        manifest.books.push_back({.name = each.name,
                                  .kind = each.kind,
                                  .session = each.session,
                                  .usd_per_tick = each.usd_per_tick,
                                  .whole_per_lot = each.whole_per_lot,
                                  .money_per_tick_lot = each.money_per_tick_lot,
                                  .asset = static_cast<std::uint16_t>(index(each.asset))});
        manifest.assets.push_back(
            {each.name, each.whole_per_lot / static_cast<double>(each.units_per_lot)});
    }
    for (const AssetConfig& each : config.assets) {
        manifest.assets.push_back({each.name, each.unit});
    }
    std::map<std::string, std::uint16_t> number;
    add_sectors(config, manifest, number);
    add_blocks(config, ledger, number, manifest);
    add_series(manifest);
    for (const ShockConfig& each : config.shocks) manifest.shocks.push_back(each.name);
    manifest.sources = config.sources;
    manifest.overlays = overlays_of(config, manifest);
    return manifest;
}

}  // namespace crowdout::world
