// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/names.hpp"
#include "world/claim.hpp"
#include "world/statistics_interval.hpp"

namespace crowdout::studies {

enum class Verdict : std::uint8_t {
    holds,      ///< the whole interval lies within the claim's bounds
    fails,      ///< it lies outside
    undecided,  ///< part of it does, or there is none
};
inline constexpr std::array<std::string_view, 3> verdict_names{"holds", "fails", "undecided"};
constexpr agents::EnumNames enum_names(Verdict) {
    return {verdict_names.data(), verdict_names.size()};
}

/// What became of a claim, and from what.
struct Judgement {
    Verdict verdict = Verdict::undecided;
    world::Interval interval{};  ///< the estimate with its 95 % interval; `missing` where none
    std::size_t members = 0;     ///< looked at
    std::size_t missing = 0;     ///< of them: without a value
    std::string why{};           ///< where it is undecided
};

/// What a claim's judged number must lie in, and its unit: the members' share within the bounds
/// where `judge` is share, a value of the measure elsewhere.
[[nodiscard]] world::Bounds judged_bounds(const world::ClaimConfig& claim);
[[nodiscard]] world::MeasureUnit judged_unit(const world::ClaimConfig& claim);

/// After how many members a claim is looked at: at 5, 8, 12 and 16, then once all have been made.
[[nodiscard]] std::vector<std::size_t> looks(std::size_t members_max);

/// Holds the members' values against a claim's bounds, as its `judge` says:
///
/// * mean: Student's interval; median: between order statistics;
/// * share: Wilson's interval of the share of members within the bounds, against `share`;
/// * band: the members' 2.5 to 97.5 % quantiles need only meet the range.
///
/// The last look is at 95 %, those before it at 99.9 %: looking often then costs next to nothing
/// of the last look's level (Haybittle 1971, Br. J. Radiology 44, 793; Peto et al. 1976, Br. J.
/// Cancer 34, 585). A band is said to hold early only where no further member can undo it.
/// Where more than a fifth of the members have no value there is no verdict (our choice).
/// @param values       by seed, those of the members that a look takes in.
/// @param members_max  at the last look.
[[nodiscard]] Judgement judge(const world::ClaimConfig& claim,
                              std::span<const world::Measured> values, std::size_t members_max);

}  // namespace crowdout::studies
