// SPDX-License-Identifier: Apache-2.0
#include "viz/series.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace crowdout::viz {
namespace {

constexpr std::size_t block = 16;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::size_t block_size(std::size_t level) {
    return std::size_t{1} << (4 * (level + 1));
}

}  // namespace

void Series::append(market::Time time, double value) {
    assert(times_.empty() || time.ns >= times_.back());
    times_.push_back(time.ns);
    values_.push_back(std::isfinite(value) ? value : not_a_number);
    // Each block that this point completes, from the smallest up.
    for (std::size_t level = 0; times_.size() % block_size(level) == 0; ++level) {
        if (levels_.size() == level) levels_.emplace_back();
        Extremes whole;
        if (level == 0) {
            for (std::size_t i = times_.size() - block; i < times_.size(); ++i) take(whole, i);
        } else {
            const auto& below = levels_[level - 1];
            for (std::size_t i = below.size() - block; i < below.size(); ++i) take(whole, below[i]);
        }
        levels_[level].push_back(whole);
    }
}

void Series::gap(market::Time time) {
    append(time, not_a_number);
}

void Series::truncate(std::size_t size) {
    if (size >= times_.size()) return;
    times_.resize(size);
    values_.resize(size);
    for (std::size_t level = 0; level < levels_.size(); ++level) {
        levels_[level].resize(size / block_size(level));
    }
}

bool Series::is_gap(std::size_t index) const {
    return std::isnan(values_[index]);
}

std::size_t Series::first_at(market::Time time) const {
    const auto at = std::lower_bound(times_.begin(), times_.end(), time.ns);
    return static_cast<std::size_t>(at - times_.begin());
}

double Series::value_at(market::Time time) const {
    const auto after = std::upper_bound(times_.begin(), times_.end(), time.ns);
    if (after == times_.begin()) return not_a_number;
    return values_[static_cast<std::size_t>(after - times_.begin()) - 1];
}

void Series::take(Extremes& found, std::size_t candidate) const {
    if (candidate == Extremes::none || is_gap(candidate)) return;
    const double value = values_[candidate];
    if (found.low_at == Extremes::none || value < values_[found.low_at]) found.low_at = candidate;
    if (found.high_at == Extremes::none || value > values_[found.high_at]) {
        found.high_at = candidate;
    }
}

void Series::take(Extremes& found, const Extremes& part) const {
    take(found, part.low_at);
    take(found, part.high_at);
}

Extremes Series::extremes(std::size_t first, std::size_t last) const {
    assert(first <= last && last <= size());
    Extremes found;
    // Points up to the next block, then blocks as large as fit, growing and shrinking again.
    while (first < last) {
        std::size_t level = 0;
        while (level < levels_.size() && first % block_size(level) == 0 &&
               first + block_size(level) <= last) {
            ++level;
        }
        if (level == 0) {
            take(found, first++);
        } else {
            take(found, levels_[level - 1][first / block_size(level - 1)]);
            first += block_size(level - 1);
        }
    }
    return found;
}

void decimate(const Series& series, market::Time from, market::Time to, std::size_t columns,
              std::vector<PlotPoint>& points) {
    points.clear();
    if (series.empty() || columns == 0 || !(from < to)) return;
    const auto span = static_cast<double>(to.ns - from.ns);
    const auto count = static_cast<double>(columns);
    const auto add = [&](std::size_t i) {
        const auto since = static_cast<double>(series.time(i).ns - from.ns);
        points.push_back({since / span * count, series.value(i)});
    };
    std::size_t first = series.first_at(from);
    if (first > 0) add(first - 1);
    for (std::size_t column = 0; column < columns && first < series.size(); ++column) {
        const double end = span * static_cast<double>(column + 1) / count;
        const market::Time until{from.ns + static_cast<std::int64_t>(std::ceil(end))};
        const std::size_t last = series.first_at(column + 1 == columns ? to : until);
        if (last == first) continue;
        const Extremes found = series.extremes(first, last);
        if (found.low_at == Extremes::none) {
            add(first);  // a gap: all of them are
        } else {
            add(std::min(found.low_at, found.high_at));
            if (found.low_at != found.high_at) add(std::max(found.low_at, found.high_at));
        }
        first = last;
    }
    if (first < series.size()) add(first);
}

}  // namespace crowdout::viz
