// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "studies/run_sketch.hpp"

namespace crowdout::studies {

/// A stretch of time in which somebody had to sell: an account with less than a day of peace within
/// it, a sector with less than four hours (our choice).
///
/// Where a lender sold, the recording names the account and what had to go. What owners sold to
/// meet margin calls themselves, and engines for them, it knows by sector only.
struct ForcedSale {
    static constexpr std::uint32_t whole_sector = 0xffff'ffff;

    std::uint32_t account = whole_sector;  ///< market::AccountId::packed
    std::uint16_t sector = 0;
    std::int64_t begin = 0;  ///< ns since 1970: the first call, or the first frame with sales
    std::int64_t end = 0;    ///< the last
    /// What was sold; of an account the largest call: what had to go at once.
    double usd = 0;
    std::vector<std::uint16_t> books{};    ///< in which its sector sold by force; ascending
    std::optional<std::size_t> follows{};  ///< number of the sale it came after
};

/// Which forced sale came after which.
///
/// A sale follows an earlier one where that one began before it, ended at most a day before it
/// (our choice), sold in a market in which this one sold too, and the price of that market was
/// lower when this one began than when that one did. Of several it is the latest begun. So a
/// parent came first and could have been a cause; whether it was, a fork without it tells.
///
/// The markets of an account's sale are those in which its sector sold by force between the first
/// and an hour after the last call; these sales are then not counted a second time for the sector.
/// @return by beginning.
[[nodiscard]] std::vector<ForcedSale> forced_sales(const RunSketch& run);

}  // namespace crowdout::studies
