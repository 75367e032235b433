// SPDX-License-Identifier: Apache-2.0
#include "studies/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crowdout::studies {

namespace {

using world::Bounds;
using world::ClaimConfig;
using world::Interval;
using world::Judge;

constexpr double level_last = 0.95;
constexpr double level_early = 0.999;
constexpr double missing_share_max = 0.2;
constexpr double band_tail = 0.025;

bool has_ends(const Interval& interval) {
    return !std::isnan(interval.low) && !std::isnan(interval.high);
}

/// Where an interval lies against bounds that it must lie within.
Verdict against(const Bounds& bounds, const Interval& interval) {
    if (!has_ends(interval)) return Verdict::undecided;
    if (interval.low >= bounds.low && interval.high <= bounds.high) return Verdict::holds;
    if (interval.high < bounds.low || interval.low > bounds.high) return Verdict::fails;
    return Verdict::undecided;
}

std::uint64_t count_within(std::span<const double> values, const Bounds& bounds) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(values, [&](double value) { return bounds.contains(value); }));
}

Interval interval_of(const ClaimConfig& claim, std::span<const double> values, double level) {
    switch (claim.judge) {
        case Judge::mean:
            return world::mean_interval(values, level);
        case Judge::median:
            return world::median_interval(values, level);
        case Judge::share:
            return world::share_interval(count_within(values, world::bounds_of(claim)),
                                         values.size(), level);
        case Judge::band:
            break;
    }
    return {world::median(values), world::quantile(values, band_tail),
            world::quantile(values, 1 - band_tail)};
}

/// Whether the band of all members will meet the range, whatever those to come are: with so many
/// on the right side of each end, the quantile there can no longer lie on its wrong side.
bool meets_for_certain(std::span<const double> values, const Bounds& bounds,
                       std::size_t members_max) {
    const double rank = static_cast<double>(members_max - 1) * band_tail;
    const auto enough = static_cast<std::ptrdiff_t>(rank) + 2;
    const auto not_above =
        std::ranges::count_if(values, [&](double v) { return v <= bounds.high; });
    const auto not_below = std::ranges::count_if(values, [&](double v) { return v >= bounds.low; });
    return not_above >= enough && not_below >= enough;
}

Verdict verdict_of_band(const Interval& band, const Bounds& bounds) {
    const bool meets = band.low <= bounds.high && band.high >= bounds.low;
    return meets ? Verdict::holds : Verdict::fails;
}

}  // namespace

Bounds judged_bounds(const ClaimConfig& claim) {
    if (claim.judge == Judge::share) return {.low = claim.share, .high = 1};
    return world::bounds_of(claim);
}

world::MeasureUnit judged_unit(const ClaimConfig& claim) {
    return claim.judge == Judge::share ? world::MeasureUnit::ratio : world::unit_of(claim);
}

std::vector<std::size_t> looks(std::size_t members_max) {
    std::vector<std::size_t> all;
    for (const std::size_t early : {5U, 8U, 12U, 16U}) {
        if (early < members_max) all.push_back(early);
    }
    all.push_back(members_max);
    return all;
}

Judgement judge(const ClaimConfig& claim, std::span<const world::Measured> values,
                std::size_t members_max) {
    Judgement judgement{.members = values.size()};
    std::vector<double> there;
    std::string why_not;
    for (const world::Measured& value : values) {
        if (value.value)
            there.push_back(*value.value);
        else if (why_not.empty())
            why_not = value.why_not;
    }
    judgement.missing = values.size() - there.size();
    if (!there.empty()) judgement.interval = interval_of(claim, there, level_last);
    if (there.empty() || static_cast<double>(judgement.missing) >
                             missing_share_max * static_cast<double>(values.size())) {
        judgement.why = fmt::format("{} of {} members have no value: {}", judgement.missing,
                                    values.size(), why_not);
        return judgement;
    }

    const bool is_last = values.size() >= members_max;
    const Bounds bounds = judged_bounds(claim);
    const double level = is_last ? level_last : level_early;
    const Interval interval = is_last ? judgement.interval : interval_of(claim, there, level);
    if (claim.judge != Judge::band) {
        judgement.verdict = against(bounds, interval);
    } else if (is_last) {
        judgement.verdict = verdict_of_band(interval, bounds);
    } else if (meets_for_certain(there, bounds, members_max)) {
        judgement.verdict = Verdict::holds;
    }
    if (judgement.verdict == Verdict::undecided) {
        judgement.why = has_ends(interval) ? "the interval lies across a bound"
                                           : "too few members for an interval";
    }
    return judgement;
}

}  // namespace crowdout::studies
