// SPDX-License-Identifier: Apache-2.0
#include "viz/time_window.hpp"

#include <algorithm>
#include <cmath>

namespace crowdout::viz {
namespace {

using market::Duration;
using market::Time;

constexpr Duration shortest = market::second * 10;  // two steps of the finest clock (our choice)

}  // namespace

void TimeWindow::set_extent(Time first, Time last) {
    first_ = first;
    last_ = std::max(first, last);
    if (all_) {
        from_ = first_;
        to_ = last_;
    } else if (follows_) {
        place(last_ - (to_ - from_), to_ - from_);
    } else {
        place(from_, to_ - from_);
    }
}

void TimeWindow::show_all() {
    all_ = follows_ = true;
    from_ = first_;
    to_ = last_;
}

void TimeWindow::zoom(Time at, double factor) {
    if (empty() || !(factor > 0)) return;
    const auto old_length = static_cast<double>((to_ - from_).ns);
    const double longest = static_cast<double>((last_ - first_).ns);
    const double least = std::min(static_cast<double>(shortest.ns), longest);
    const double length = std::clamp(old_length * factor, least, longest);
    const double share = static_cast<double>((at - from_).ns) / old_length;
    const Time from{at.ns - static_cast<std::int64_t>(std::llround(length * share))};
    place(from, Duration{std::llround(length)});
    all_ = length >= longest;
    follows_ = to_ >= last_;
}

void TimeWindow::pan(Duration by) {
    if (all_ || empty()) return;
    place(from_ + by, to_ - from_);
    follows_ = to_ >= last_;
}

Time TimeWindow::at_share(double share) const {
    return from_ + Duration{std::llround(static_cast<double>((to_ - from_).ns) * share)};
}

double TimeWindow::share_of(Time time) const {
    if (empty()) return 0;
    return static_cast<double>((time - from_).ns) / static_cast<double>((to_ - from_).ns);
}

/// Inside what there is.
void TimeWindow::place(Time from, Duration length) {
    length = std::min(length, last_ - first_);
    from_ = std::clamp(from, first_, last_ - length);
    to_ = from_ + length;
}

}  // namespace crowdout::viz
