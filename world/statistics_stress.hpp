// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "market/time.hpp"
#include "world/statistics_series.hpp"

/// How bad a crash was: falls, empty books and forced sales within a window of time.
namespace crowdout::world {

/// From a peak to the lowest price after it.
struct Fall {
    double share = 0;  ///< of the peak lost, 0 to 1
    double peak = missing;
    double trough = missing;
    market::Time peak_time;
    market::Time trough_time;
};

/// Largest fall from a peak to a trough at most `window` later.
///
/// Keeps the prices that could still be a peak: each higher than all after it. Of equal peaks the
/// later counts.
/// Cost: O(1) amortised a price; memory up to the prices of one window.
class RollingDrawdown {
public:
    explicit RollingDrawdown(market::Duration window = market::day) : window_{window} {}

    /// @param time   not before the last one.
    /// @param price  left out where it is missing or not above zero.
    void record(market::Time time, double price);

    [[nodiscard]] const Fall& now() const { return now_; }      ///< from the window's peak
    [[nodiscard]] const Fall& worst() const { return worst_; }  ///< ever; of equals the first

private:
    struct Point {
        market::Time time;
        double price = 0;
    };

    market::Duration window_;
    std::vector<Point> peaks_;  ///< falling; those before `first_` have left the window
    std::size_t first_ = 0;
    Fall now_;
    Fall worst_;
};

/// Share of a fall that was won back within `window` of its trough: (highest - trough) /
/// (peak - trough), above 1 where the price went beyond the peak, below 0 where it only fell on.
/// Missing where nothing fell, or no price follows the trough.
[[nodiscard]] double recovery_share(std::span<const market::Time> times,
                                    std::span<const double> prices, const Fall& fall,
                                    market::Duration window = market::day);

/// 1 - lowest depth of an event over the median of the span before it; below zero where the book
/// was never thinner.
///
/// @param before  notional within x % of the mid in the prior 24 h, a value a minute, USD.
/// @param during  the same in the event.
[[nodiscard]] double depth_loss(std::span<const double> before, std::span<const double> during);

/// Depth against the median of the `window` before it, as it goes.
///
/// Cost: O(log n) comparisons and a move of up to 8 n bytes a value, n being the values of a window
/// (1,440 minutes: half a microsecond).
class RollingDepthLoss {
public:
    explicit RollingDepthLoss(market::Duration window = market::day) : window_{window} {}

    /// @param time   not before the last one.
    /// @param depth  USD, a value a minute; a missing one (closed book) is left out.
    void record(market::Time time, double depth);

    [[nodiscard]] double now() const { return now_; }  ///< missing until half a window was seen
    [[nodiscard]] double worst() const { return worst_; }
    [[nodiscard]] market::Time worst_time() const { return worst_time_; }

private:
    struct Point {
        market::Time time;
        double depth = 0;
    };

    market::Duration window_;
    std::vector<Point> points_;  ///< by time; those before `first_` have left the window
    std::size_t first_ = 0;
    std::vector<double> sorted_;  ///< depths within the window, rising
    market::Time begin_ = market::never;
    double now_ = missing;
    double worst_ = missing;
    market::Time worst_time_;
};

/// Forced sales: how much in all, and how much of it came at once.
///
/// Cost: O(1) amortised a sale.
class ForcedSales {
public:
    explicit ForcedSales(market::Duration window = market::minute * 40) : window_{window} {}

    /// @param time      not before the last one.
    /// @param notional  USD; left out where it is missing or not above zero.
    void record(market::Time time, double notional);

    [[nodiscard]] double total() const { return total_; }
    /// Over open interest when the shock came. USD; missing where that is zero.
    [[nodiscard]] double share(double open_interest) const;
    /// Largest share of the total within any (t - window, t]; missing while the total is zero.
    [[nodiscard]] double concentration() const;
    [[nodiscard]] market::Time busiest_end() const { return busiest_end_; }

private:
    struct Sale {
        market::Time time;
        double total_before = 0;  ///< of all sales before this one
    };

    market::Duration window_;
    std::vector<Sale> sales_;  ///< those before `first_` have left the window
    std::size_t first_ = 0;
    double total_ = 0;
    double busiest_ = 0;
    market::Time busiest_end_;
};

}  // namespace crowdout::world
