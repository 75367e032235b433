// SPDX-License-Identifier: Apache-2.0
#include "world/measure_together.hpp"

#include <algorithm>
#include <array>

#include "world/statistics_interval.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_regression.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

double summarised(std::span<const double> values, Summary summary) {
    const std::vector<double> known = present(values);
    if (known.empty()) return missing;
    switch (summary) {
        case Summary::mean:
            return mean(known);
        case Summary::median:
            return median(known);
        case Summary::low:
            return quantile(known, 0.05);
        case Summary::high:
            return quantile(known, 0.95);
        case Summary::least:
            return *std::ranges::min_element(known);
        case Summary::most:
            return *std::ranges::max_element(known);
        case Summary::last:
            return known.back();
    }
    return missing;
}

void Correlation::check(agents::Complaints& complaints) const {
    if (window.ns > 0 && window.ns < 4 * horizon.ns) {
        complaints.error("window", "holds fewer than four returns of the horizon");
    }
    if (window.ns == 0 && basis == Basis::levels) {
        complaints.error("basis", "levels are compared within windows; say how long they are");
    }
}

void Correlation::need(TrackNeeds& needs) const {
    need_prices(needs, of, horizon);
    need_prices(needs, with, horizon);
}

Measured Correlation::evaluate(const TrackView& view) const {
    return window.ns == 0 ? over_all(view) : over_windows(view);
}

Measured Correlation::over_all(const TrackView& view) const {
    const std::array books{view.book(of), view.book(with)};
    const auto returns = view.returns(books, horizon);
    const Pairs pairs = complete_pairs(returns[0], returns[1]);
    const double value = correlation(pairs.x, pairs.y);
    Measured result = measured(value, "there are too few returns, or one of the two did not move");
    const Interval interval = fisher_interval(value, pairs.x.size());
    if (!is_missing(interval.low)) result.within_run_95 = {interval.low, interval.high};
    return result;
}

/// A window of so many days holds the trading days in it: 30 days of a share are 21 returns. One
/// ends with each day, however short the horizon.
Measured Correlation::over_windows(const TrackView& view) const {
    const std::array books{view.book(of), view.book(with)};
    const SampleGrid grid = view.grid(books, horizon);
    const std::vector<double> x = values_on(view, grid, books[0]);
    const std::vector<double> y = values_on(view, grid, books[1]);
    std::vector<double> values;
    std::size_t begin = 0;
    for (std::size_t end = 0; end < grid.moments.size(); ++end) {
        const market::Time now = grid.moments[end];
        if (now == market::never) continue;
        const bool day_goes_on =
            (end + 1) % grid.per_day != 0 && grid.moments[end + 1] != market::never;
        const bool is_whole = now - window >= view.begin();
        if (day_goes_on || !is_whole || !view.counts(now.ns)) continue;
        while (grid.moments[begin] == market::never || grid.moments[begin] <= now - window) ++begin;
        const std::size_t count = end + 1 - begin;
        values.push_back(
            correlation(std::span{x}.subspan(begin, count), std::span{y}.subspan(begin, count)));
    }
    return measured(summarised(values, summary),
                    values.empty() ? "no window of that length lies within the days that count"
                                   : "one of the two did not move in any window");
}

/// Prices at the grid's moments, or the returns that end there; missing over night.
std::vector<double> Correlation::values_on(const TrackView& view, const SampleGrid& grid,
                                           std::size_t book) const {
    const std::vector<double> levels = view.levels(book, grid, horizon);
    if (basis == Basis::levels) return levels;
    std::vector<double> moves{missing};
    for (const double move : log_returns(levels)) {
        const bool is_over_night = !grid.is_joined && moves.size() % grid.per_day == 0;
        moves.push_back(is_over_night ? missing : move);
    }
    return moves;
}

void BetaAsymmetry::need(TrackNeeds& needs) const {
    need_prices(needs, of, horizon);
    need_prices(needs, with, horizon);
}

Measured BetaAsymmetry::evaluate(const TrackView& view) const {
    const std::array books{view.book(of), view.book(with)};
    const auto returns = view.returns(books, horizon);
    const AsymmetricBeta beta = asymmetric_beta(returns[1], returns[0]);
    return measured(beta.down.slope / beta.up.slope,
                    "there are fewer than three falls or rises of " + with);
}

}  // namespace crowdout::world
