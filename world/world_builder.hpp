// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "world/builder.hpp"
#include "world/payments.hpp"

namespace crowdout::world {

/// Makes a world in the order in which its parts need each other.
class Builder {
public:
    Builder(std::shared_ptr<const WorldConfig> config, std::uint64_t seed)
        : config_{*config}, names_{name_table(*config)} {
        world_.config_ = std::move(config);
        world_.seed_ = seed;
    }

    /// @throws ImpossibleWorld
    World make();

private:
    void list_instruments();
    market::Instrument instrument_of(const InstrumentConfig& config, std::size_t at) const;
    void make_populations();
    void open_accounts();
    std::vector<market::AssetId> all_assets() const;
    void endow();
    void hand_out(const std::string& holder, const std::string& asset, double usd);
    void hand_out_rest(const InstrumentConfig& instrument);
    market::AccountId source_of(market::AssetId asset) const;
    void give(market::AccountId holder, market::AssetId asset, market::Units units);
    market::Units units_worth(market::AssetId asset, double usd) const;
    void open_books();
    std::vector<market::Outage> outages_of(const std::string& venue) const;
    void open_credit();
    void open_economy();
    [[nodiscard]] double opening_policy_rate() const;
    void open_fund(std::size_t at);
    void open_valuation(std::size_t at);
    Party party(const std::string& name) const;
    void wake_everyone();

    const WorldConfig& config_;
    std::string in_hand_;  // path of what is being made: blamed where its figures overflow
    NameTable names_;
    World world_;
    std::vector<double> usd_per_unit_;                   // by asset
    std::vector<std::vector<market::AssetId>> columns_;  // by population
    std::vector<std::vector<std::int64_t>> wealth_;      // by population: weights of the members
};

}  // namespace crowdout::world
