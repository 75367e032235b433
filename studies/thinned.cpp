// SPDX-License-Identifier: Apache-2.0
#include "studies/thinned.hpp"

#include <algorithm>
#include <cmath>

namespace crowdout::studies {

Thinned::Group Thinned::joined(const Group& a, const Group& b) {
    return {.low = b.low.value < a.low.value ? b.low : a.low,
            .high = b.high.value > a.high.value ? b.high : a.high};
}

void Thinned::add(std::int64_t time, double value) {
    if (!std::isfinite(value)) return;
    last_ = {time, value};
    if (count_ == 0) first_ = last_;
    if (count_ % stride_ != 0) {
        groups_.back() = joined(groups_.back(), {last_, last_});
    } else if (groups_.size() < groups_max_) {
        groups_.push_back({last_, last_});
    } else {
        for (std::size_t i = 0; i < groups_.size(); i += 2) {
            groups_[i / 2] = joined(groups_[i], groups_[i + 1]);
        }
        groups_.resize(groups_.size() / 2);
        stride_ *= 2;
        groups_.push_back({last_, last_});
    }
    ++count_;
}

std::vector<Point> Thinned::points() const {
    return points_of(groups_);
}

std::vector<Point> Thinned::points(std::size_t groups) const {
    const std::size_t together = (groups_.size() + groups - 1) / groups;
    if (together <= 1) return points_of(groups_);
    std::vector<Group> fewer;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        if (i % together == 0) {
            fewer.push_back(groups_[i]);
        } else {
            fewer.back() = joined(fewer.back(), groups_[i]);
        }
    }
    return points_of(fewer);
}

/// The ends of the series are its first and its last point, whatever their values.
std::vector<Point> Thinned::points_of(const std::vector<Group>& groups) const {
    std::vector<Point> points;
    if (count_ == 0) return points;
    points.push_back(first_);
    for (const Group& group : groups) {
        const auto [early, late] = std::minmax(
            group.low, group.high, [](const Point& a, const Point& b) { return a.time < b.time; });
        for (const Point& point : {early, late}) {
            if (point.time > points.back().time) points.push_back(point);
        }
    }
    if (last_.time > points.back().time) points.push_back(last_);
    return points;
}

}  // namespace crowdout::studies
