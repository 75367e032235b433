// SPDX-License-Identifier: Apache-2.0
#include "world/trace.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace crowdout::world {
namespace {

constexpr std::size_t block = 16;
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

std::size_t block_size(std::size_t level) {
    return std::size_t{1} << (4 * (level + 1));
}

}  // namespace

void Trace::append(market::Time time, double value) {
    assert(empty() || time.ns >= times_.back());
    assert(points_max_ % 4 == 0);
    if (empty()) take_memory();
    if (open_ == group_) settle();
    const float number = std::isfinite(value) ? static_cast<float>(value) : not_a_number;
    ++open_;
    times_.push_back(time.ns);
    values_.push_back(number);
    if (group_ > 2) thin_open();
}

/// All that it may ever need, and written to: pages that were only reserved would come one by one
/// while the trace fills, and a process that is watched for hours would seem to leak.
void Trace::take_memory() {
    times_.assign(points_max_ + 3, 0);
    values_.assign(points_max_ + 3, 0);
    times_.clear();
    values_.clear();
}

void Trace::gap(market::Time time) {
    append(time, static_cast<double>(not_a_number));
}

void Trace::clear() {
    *this = Trace{points_max_};
}

/// Of the open group: its lowest, its highest and its newest stay, in their order.
void Trace::thin_open() {
    const std::size_t newest = size() - 1;
    const Pair pair = pair_of(settled_, newest + 1);
    std::size_t end = settled_;
    for (std::size_t i = settled_; i <= newest; ++i) {
        if (i != pair.first && i != pair.second && i != newest) continue;
        times_[end] = times_[i];
        values_[end] = values_[i];
        ++end;
    }
    times_.resize(end);
    values_.resize(end);
}

/// The open group is whole: two points of it stay.
void Trace::settle() {
    if (group_ > 2) {
        keep_pair(settled_, size(), settled_);
        times_.resize(settled_ + 2);
        values_.resize(settled_ + 2);
    }
    settled_ += 2;
    open_ = 0;
    add_blocks(settled_);
    if (settled_ == points_max_) halve();
}

/// Makes each two groups one.
void Trace::halve() {
    for (std::size_t from = 0, to = 0; from < settled_; from += 4, to += 2) {
        keep_pair(from, from + 4, to);
    }
    settled_ /= 2;
    group_ *= 2;
    times_.resize(settled_);
    values_.resize(settled_);
    for (auto& level : levels_) level.clear();
    for (std::size_t points = 2; points <= settled_; points += 2) add_blocks(points);
}

/// The lowest and the highest of some points in their order. Where they are one, it and the last.
Trace::Pair Trace::pair_of(std::size_t first, std::size_t last) const {
    Extremes found;
    for (std::size_t i = first; i < last; ++i) take(found, static_cast<std::uint32_t>(i));
    if (found.low_at == Extremes::none) return {first, last - 1};
    if (found.low_at == found.high_at)
        return {found.low_at, is_gap(last - 1) ? found.low_at : last - 1};
    return {std::min(found.low_at, found.high_at), std::max(found.low_at, found.high_at)};
}

void Trace::keep_pair(std::size_t first, std::size_t last, std::size_t to) {
    const Pair pair = pair_of(first, last);
    const std::int64_t times[] = {times_[pair.first], times_[pair.second]};
    const float values[] = {values_[pair.first], values_[pair.second]};
    if (to + 1 == size()) {
        times_.push_back(0);
        values_.push_back(0);
    }
    std::copy_n(times, 2, times_.begin() + static_cast<std::ptrdiff_t>(to));
    std::copy_n(values, 2, values_.begin() + static_cast<std::ptrdiff_t>(to));
}

/// Adds each block that is whole with so many points, from the smallest up.
void Trace::add_blocks(std::size_t points) {
    for (std::size_t level = 0; points % block_size(level) == 0; ++level) {
        if (levels_.size() == level) {
            levels_.emplace_back().reserve(points_max_ / block_size(level));
        }
        Extremes whole;
        if (level == 0) {
            for (std::size_t i = points - block; i < points; ++i) {
                take(whole, static_cast<std::uint32_t>(i));
            }
        } else {
            const auto& below = levels_[level - 1];
            for (std::size_t i = below.size() - block; i < below.size(); ++i) take(whole, below[i]);
        }
        levels_[level].push_back(whole);
    }
}

bool Trace::is_gap(std::size_t index) const {
    return std::isnan(values_[index]);
}

std::size_t Trace::first_at(market::Time time) const {
    const auto at = std::lower_bound(times_.begin(), times_.end(), time.ns);
    return static_cast<std::size_t>(at - times_.begin());
}

double Trace::value_at(market::Time time) const {
    const auto after = std::upper_bound(times_.begin(), times_.end(), time.ns);
    if (after == times_.begin()) return static_cast<double>(not_a_number);
    return value(static_cast<std::size_t>(after - times_.begin()) - 1);
}

void Trace::take(Extremes& found, std::uint32_t candidate) const {
    if (candidate == Extremes::none || is_gap(candidate)) return;
    const float value = values_[candidate];
    if (found.low_at == Extremes::none || value < values_[found.low_at]) found.low_at = candidate;
    if (found.high_at == Extremes::none || value > values_[found.high_at]) {
        found.high_at = candidate;
    }
}

void Trace::take(Extremes& found, const Extremes& part) const {
    take(found, part.low_at);
    take(found, part.high_at);
}

Extremes Trace::extremes(std::size_t first, std::size_t last) const {
    assert(first <= last && last <= size());
    const auto has_block = [&](std::size_t level) {
        return level < levels_.size() && first % block_size(level) == 0 &&
               first + block_size(level) <= last &&
               first / block_size(level) < levels_[level].size();
    };
    Extremes found;
    // Points up to the next block, then blocks as large as fit, growing and shrinking again.
    while (first < last) {
        std::size_t level = 0;
        while (has_block(level)) ++level;
        if (level == 0) {
            take(found, static_cast<std::uint32_t>(first++));
        } else {
            take(found, levels_[level - 1][first / block_size(level - 1)]);
            first += block_size(level - 1);
        }
    }
    return found;
}

}  // namespace crowdout::world
