// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"

namespace crowdout::world {

/// The names of a world's assets and accounts, in the order in which they are numbered.
///
/// It remembers which assets were asked for, so that a population's accounts get a column for
/// everything that its archetype was told to trade.
class NameTable final : public agents::Names {
public:
    std::vector<std::string> instruments;  ///< by InstrumentId; asset i + 1 is instrument i's
    std::vector<std::string> assets;       ///< further assets, numbered after the instruments'
    std::vector<std::string> accounts;     ///< by block of the ledger
    std::map<std::string, agents::HistoricalSeries, std::less<>> data;
    /// By name; the configuration that they were taken from owns them.
    std::vector<std::pair<std::string, const agents::OrderTape*>> tapes;

    [[nodiscard]] market::InstrumentId instrument(std::string_view name) const override;
    [[nodiscard]] market::AssetId asset(std::string_view name) const override;
    [[nodiscard]] market::AccountId account(std::string_view name,
                                            std::uint32_t member = 0) const override;
    [[nodiscard]] const agents::HistoricalSeries& series(std::string_view name) const override;
    [[nodiscard]] const agents::OrderTape& order_tape(std::string_view name) const override;

    [[nodiscard]] std::size_t asset_count() const { return 1 + instruments.size() + assets.size(); }
    /// Assets asked for since the last call, in the order of their numbers.
    [[nodiscard]] std::vector<market::AssetId> take_asked() const;

private:
    mutable std::set<market::AssetId> asked_;
};

}  // namespace crowdout::world
