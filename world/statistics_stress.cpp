// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_stress.hpp"

#include <algorithm>
#include <cassert>

#include "world/statistics_interval.hpp"
#include "world/statistics_multiplier.hpp"

namespace crowdout::world {

namespace {

/// Forgets what lies before `first` once that is half of all: O(1) a value in the end.
template <class Item>
void forget(std::vector<Item>& items, std::size_t& first) {
    if (2 * first <= items.size()) return;
    items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(first));
    first = 0;
}

double middle(const std::vector<double>& sorted) {
    const std::size_t half = sorted.size() / 2;
    if (sorted.size() % 2 == 1) return sorted[half];
    return sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2;
}

}  // namespace

void RollingDrawdown::record(market::Time time, double price) {
    if (is_missing(price) || price <= 0) return;
    // A price at or above earlier ones lasts longer and falls further: they are no peaks any more.
    while (peaks_.size() > first_ && peaks_.back().price <= price) peaks_.pop_back();
    peaks_.push_back({time, price});
    while (time - peaks_[first_].time > window_) ++first_;
    const Point& peak = peaks_[first_];
    now_ = {.share = 1 - price / peak.price,
            .peak = peak.price,
            .trough = price,
            .peak_time = peak.time,
            .trough_time = time};
    if (now_.share > worst_.share || is_missing(worst_.peak)) worst_ = now_;
    forget(peaks_, first_);
}

double recovery_share(std::span<const market::Time> times, std::span<const double> prices,
                      const Fall& fall, market::Duration window) {
    assert(times.size() == prices.size());
    if (!(fall.peak > fall.trough)) return missing;
    double highest = missing;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i] <= fall.trough_time || times[i] - fall.trough_time > window) continue;
        if (is_missing(prices[i])) continue;
        highest = is_missing(highest) ? prices[i] : std::max(highest, prices[i]);
    }
    return (highest - fall.trough) / (fall.peak - fall.trough);
}

double depth_loss(std::span<const double> before, std::span<const double> during) {
    const std::vector<double> depths = present(during);
    if (depths.empty()) return missing;
    const double lowest = *std::min_element(depths.begin(), depths.end());
    return 1 - ratio(lowest, median(before));
}

void RollingDepthLoss::record(market::Time time, double depth) {
    if (is_missing(depth)) return;
    begin_ = std::min(begin_, time);
    for (; first_ < points_.size() && time - points_[first_].time > window_; ++first_) {
        sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), points_[first_].depth));
    }
    const bool known = !sorted_.empty() && (time - begin_) * 2 >= window_;
    now_ = known ? 1 - ratio(depth, middle(sorted_)) : missing;
    if (!is_missing(now_) && !(now_ <= worst_)) {
        worst_ = now_;
        worst_time_ = time;
    }
    points_.push_back({time, depth});
    sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), depth), depth);
    forget(points_, first_);
}

void ForcedSales::record(market::Time time, double notional) {
    if (is_missing(notional) || notional <= 0) return;
    sales_.push_back({time, total_});
    total_ += notional;
    while (time - sales_[first_].time >= window_) ++first_;
    const double recent = total_ - sales_[first_].total_before;
    if (recent > busiest_) {
        busiest_ = recent;
        busiest_end_ = time;
    }
    forget(sales_, first_);
}

double ForcedSales::share(double open_interest) const {
    return ratio(total_, open_interest);
}

double ForcedSales::concentration() const {
    return ratio(busiest_, total_);
}

}  // namespace crowdout::world
