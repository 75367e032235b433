// SPDX-License-Identifier: Apache-2.0
#include "world/builder.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

#include "agents/sampling.hpp"
#include "world/catalogue.hpp"
#include "world/eyes.hpp"
#include "world/world_builder.hpp"

namespace crowdout::world {

using market::AssetId;

NameTable name_table(const WorldConfig& config) {
    NameTable names;
    for (const auto& instrument : config.instruments) names.instruments.push_back(instrument.name);
    for (const auto& asset : config.assets) names.assets.push_back(asset.name);
    names.accounts.emplace_back("[escrow]");  // block 0; brackets: no file can name it
    for (const auto& institution : config.institutions) names.accounts.push_back(institution.name);
    for (const auto& population : config.populations) names.accounts.push_back(population.name);
    for (const auto& series : config.data) names.data.emplace(series.name, series.history);
    for (const auto& tape : config.tapes) names.tapes.emplace_back(tape.name, &tape.orders);
    return names;
}

World build(std::shared_ptr<const WorldConfig> config) {
    const auto seed = static_cast<std::uint64_t>(config->seed);
    return build(std::move(config), seed);
}

World build(std::shared_ptr<const WorldConfig> config, std::uint64_t seed) {
    return Builder{std::move(config), seed}.make();
}

World Builder::make() try {
    list_instruments();
    make_populations();
    open_accounts();
    endow();
    open_books();
    open_credit();
    open_economy();
    wake_everyone();
    world_.opening_cash_ = world_.count_cash();
    world_.escrowed_.resize(world_.opening_cash_.size());
    return std::move(world_);
} catch (const std::overflow_error&) {
    throw ImpossibleWorld{in_hand_, "its figures are too large, or too finely divided, to count"};
}

/// Populations come before their accounts: what an archetype asks for decides the columns.
void Builder::make_populations() {
    std::uint32_t first = 0;
    std::ignore = names_.take_asked();
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        const PopulationConfig& config = config_.populations[at];
        in_hand_ = "populations[" + config.name + "]";
        auto population =
            make_population(config.archetype, static_cast<std::uint32_t>(config.count), names_);
        population->name = config.name;
        population->seed = agents::stream_key(world_.seed_, config.name);
        population->block = static_cast<std::uint32_t>(1 + config_.institutions.size() + at);
        population->represents = config.represents;

        std::set<AssetId> columns{market::usd};
        for (const AssetId asset : names_.take_asked()) columns.insert(asset);
        for (const auto& [asset, usd] : config.owns) columns.insert(names_.asset(asset));
        for (const auto& asset : config.trades) columns.insert(names_.asset(asset));
        for (const auto& asset : config_.assets) {
            if (asset.issuer == config.name) columns.insert(names_.asset(asset.name));
        }
        for (const auto& instrument : config_.instruments) {
            if (instrument.mint_to == config.name) columns.insert(names_.asset(instrument.name));
            if (instrument.issuer == config.name) columns.insert(names_.asset(instrument.name));
        }
        std::ignore = names_.take_asked();
        columns_.emplace_back(columns.begin(), columns.end());

        std::vector<std::int64_t>& weights = wealth_.emplace_back();
        for (std::uint32_t member = 0; member < population->members; ++member) {
            agents::Random random{population->seed, member, agents::Purpose::trait, 1};
            const double draw = std::max(0.0, agents::sample(config.wealth, random));
            weights.push_back(market::to_whole(std::min(draw, 1e9) * 1e6));
        }
        world_.first_agent_.push_back(first);
        world_.latency_.push_back(config.latency);
        first += population->members;
        world_.populations_.emplace_back(std::move(population));
    }
    world_.first_agent_.push_back(first);
    world_.agents_total_ = first;
}

void Builder::open_accounts() {
    world_.economy_.ledger = market::Ledger{names_.asset_count()};
    market::Ledger& ledger = world_.economy_.ledger;
    world_.population_of_block_.assign(names_.accounts.size(), 0);
    const auto open = [&](const std::string& name, std::uint32_t rows,
                          std::vector<AssetId> columns) {
        ledger.add_block({name, rows, std::move(columns)});
        world_.open_orders_.add_block(rows);
    };
    open("[escrow]", static_cast<std::uint32_t>(config_.instruments.size()), all_assets());
    for (const auto& institution : config_.institutions) open(institution.name, 1, all_assets());
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        world_.population_of_block_[world_.populations_[at]->block] =
            static_cast<std::uint32_t>(at);
        open(config_.populations[at].name, world_.populations_[at]->members, columns_[at]);
    }

    ledger.set_issuer(market::usd, names_.account(config_.bank));
    for (const auto& instrument : config_.instruments) {
        ledger.set_issuer(names_.asset(instrument.name), names_.account(instrument.issuer));
    }
    for (const auto& asset : config_.assets) {
        ledger.set_issuer(names_.asset(asset.name), names_.account(asset.issuer));
    }
    for (const auto& instrument : config_.instruments) {
        const auto venue = std::ranges::find(config_.venues, instrument.venue, &VenueConfig::name);
        world_.fee_accounts_.push_back(names_.account(venue->operated_by));
    }
}

std::vector<AssetId> Builder::all_assets() const {
    std::vector<AssetId> all;
    for (std::uint16_t asset = 0; asset < names_.asset_count(); ++asset)
        all.push_back(AssetId{asset});
    return all;
}

/// Everybody draws its character and says when it first wakes.
void Builder::wake_everyone() {
    for (std::size_t book = 0; book < world_.markets_.size(); ++book) {
        world_.view_book(book, world_.now());
    }
    const agents::Snapshot snapshot{world_.now(), world_.instruments_, world_.views_,
                                    world_.rates_};
    Receivables receivables;
    receivables.refresh(world_.economy_.obligations);
    const Eyes eyes{snapshot, world_.economy_, world_.open_orders_, receivables,
                    config_.steps.front()};
    for (std::size_t at = 0; at < world_.populations_.size(); ++at) {
        agents::PopulationBase& population = *world_.populations_[at];
        in_hand_ = "populations[" + config_.populations[at].name + "]";
        std::vector<agents::Turn> everyone(population.members);
        for (std::uint32_t member = 0; member < population.members; ++member) {
            everyone[member].member = member;
            everyone[member].at = world_.now();
        }
        population.begin(eyes, everyone);
        for (std::uint32_t member = 0; member < population.members; ++member) {
            const std::uint32_t agent = world_.first_agent_[at] + member;
            world_.calendar_.set(agent, everyone[member].next.at);
            world_.alarms_.set(agent, everyone[member].next);
        }
        world_.agents_digest_ += population.digest_afresh();
    }
    for (agents::BookView& view : world_.views_) view.history = nullptr;
}

}  // namespace crowdout::world
