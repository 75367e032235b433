// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "agents/observation.hpp"
#include "market/instrument.hpp"
#include "market/time.hpp"

namespace crowdout::world {

/// How long a session is open on a full day: the "day" of every daily figure of a book.
[[nodiscard]] market::Duration trading_day(market::Session session);

/// What a book did in one step.
struct BookStep {
    market::Time now;       ///< the end of the step
    market::Duration open;  ///< how long the book was open in it; 0 where it was not
    double mid = 0;         ///< at the end, USD per whole
    double bought = 0;      ///< by takers, USD
    double sold = 0;        ///< by takers, USD
};

/// Variance of log returns per trading day, an exponential mean over open time.
///
/// A return over the open time dt counts as r^2 / dt for as long as dt: steps of any length give
/// the same expectation. Returns are summed up to at least `grid` of open time first, so that the
/// bounce between bid and ask does not count as volatility.
class RealisedVariance {
public:
    RealisedVariance() = default;
    /// @param opening    what is believed before anything is seen.
    /// @param half_life  in open time.
    RealisedVariance(double opening, market::Duration trading_day, market::Duration grid,
                     market::Duration half_life);

    void record(double log_return, market::Duration open);
    /// The book was closed: what was begun before counts no more.
    void interrupt();

    [[nodiscard]] double variance() const { return variance_; }
    /// The same without jumps: pi / 2 |r_i| |r_i-1| in place of r_i^2.
    /// Source: Barndorff-Nielsen & Shephard (2004), J. Financial Econometrics 2.
    [[nodiscard]] double bipower() const { return bipower_; }

private:
    double variance_ = 0;
    double bipower_ = 0;
    double day_seconds_ = 1;
    double grid_seconds_ = 0;
    double half_life_seconds_ = 1;
    double pending_return_ = 0;
    double pending_seconds_ = 0;
    double last_scaled_ = -1;  ///< |r| / sqrt(days) of the cell before; negative where none
};

/// How much livelier than usual the hours of the day are: variance over its mean, by hour (UTC),
/// weekdays and weekends apart.
///
/// Each hour's variance is remembered over about 20 of its kind, the mean over 20 days of open
/// time (our choice: a month); the factor stays within 1/4 and 4.
class Season {
public:
    Season() = default;
    /// @param opening  variance per trading day, believed of every hour.
    Season(double opening, market::Duration trading_day);

    void record(market::Time now, double log_return, market::Duration open);
    [[nodiscard]] double factor(market::Time now) const;

private:
    static constexpr std::size_t hours = 48;
    [[nodiscard]] static std::size_t hour_of(market::Time now);

    std::array<double, hours> variance_{};
    double mean_ = 0;
    double day_seconds_ = 1;
};

/// Order-flow toxicity: |bought - sold| over volume, the mean of 50 buckets of equal volume.
///
/// A bucket is a 50th of a day's volume. A step that fills several gives each the same imbalance,
/// so what trades both ways inside a step is not seen. Buckets not yet filled count as balanced.
/// Source: Easley, Lopez de Prado & O'Hara (2012), Review of Financial Studies 25 (VPIN).
class Toxicity {
public:
    static constexpr std::size_t buckets = 50;

    /// @param bucket  USD, greater than zero.
    void record(double bought, double sold, double bucket);
    /// 0 (balanced) to 1 (one-sided).
    [[nodiscard]] double value() const { return sum_ / static_cast<double>(buckets); }

private:
    void push(double imbalance);

    std::array<double, buckets> ring_{};
    double sum_ = 0;
    double filled_ = 0;
    double signed_ = 0;
    std::uint64_t oldest_ = 0;
};

/// Everything measured of one book, step by step: what `BookView` shows besides prices.
///
/// Overnight returns are not in it: the first return after a closed book belongs to no open time.
class BookMeasures {
public:
    BookMeasures() = default;
    /// @param sigma_daily   opening estimate, per trading day.
    /// @param volume_daily  opening estimate, USD.
    BookMeasures(market::Session session, double sigma_daily, double volume_daily, double mid);

    void record(const BookStep& step);
    void show(agents::BookView& view) const;

    [[nodiscard]] double sigma_daily() const;
    [[nodiscard]] double sigma_bipower() const;    ///< the same without jumps
    [[nodiscard]] double sigma_fast() const;       ///< half-life 60 s of open time, less season
    [[nodiscard]] double sigma_reference() const;  ///< what `sigma_fast` was over 24 open hours
    [[nodiscard]] double volume_daily() const { return volume_daily_; }
    [[nodiscard]] double toxicity() const { return toxicity_.value(); }

    template <class Archive>
    void archive(Archive& a) {
        a(daily_, fast_, reference_, season_, toxicity_, volume_daily_, day_seconds_, mid_,
          was_open_);
    }

private:
    RealisedVariance daily_;
    RealisedVariance fast_;
    RealisedVariance reference_;
    Season season_;
    Toxicity toxicity_;
    double volume_daily_ = 0;
    double day_seconds_ = 1;
    double mid_ = 0;
    bool was_open_ = false;
};

}  // namespace crowdout::world
