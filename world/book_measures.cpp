// SPDX-License-Identifier: Apache-2.0
#include "world/book_measures.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"
#include "market/calendar.hpp"

namespace crowdout::world {

using market::Duration;
using market::Time;

namespace {

constexpr double log_2 = 0.6931471805599453;
constexpr double half_pi = 1.5707963267948966;

constexpr Duration daily_grid = market::minute * 5;  // the usual grid of realised variance
constexpr double daily_half_life_days = 10;          // our choice: a fortnight of trading
constexpr Duration fast_half_life = market::second * 60;
// The mean age of what an exponential mean of this memory remembers.
constexpr Duration reference_memory = market::hour * 24;
constexpr double volume_memory_days = 20;
constexpr double season_memory_hours = 20;
constexpr double season_memory_days = 20;
constexpr double season_factor_max = 4;

/// How much of an exponential mean a span replaces.
double replaced(double span, double memory) {
    return -agents::expm1(-span / memory);
}

Duration times(Duration span, double factor) {
    return {market::to_whole(static_cast<double>(span.ns) * factor)};
}

}  // namespace

Duration trading_day(market::Session session) {
    switch (session) {
        case market::Session::always:
            return market::hour * 24;
        case market::Session::us_equities:
            return market::minute * 390;
        case market::Session::us_bonds:
            return market::hour * 9;
    }
    return market::day;
}

RealisedVariance::RealisedVariance(double opening, Duration trading_day, Duration grid,
                                   Duration half_life)
    : variance_{opening},
      bipower_{opening},
      day_seconds_{trading_day.seconds()},
      grid_seconds_{grid.seconds()},
      half_life_seconds_{half_life.seconds()} {}

void RealisedVariance::record(double log_return, Duration open) {
    pending_return_ += log_return;
    pending_seconds_ += open.seconds();
    if (pending_seconds_ <= 0 || pending_seconds_ < grid_seconds_) return;

    const double days = pending_seconds_ / day_seconds_;
    const double scaled = std::abs(pending_return_) / std::sqrt(days);
    const double weight = replaced(pending_seconds_, half_life_seconds_ / log_2);
    variance_ += weight * (scaled * scaled - variance_);
    if (last_scaled_ >= 0) bipower_ += weight * (half_pi * scaled * last_scaled_ - bipower_);
    last_scaled_ = scaled;
    pending_return_ = 0;
    pending_seconds_ = 0;
}

void RealisedVariance::interrupt() {
    pending_return_ = 0;
    pending_seconds_ = 0;
    last_scaled_ = -1;
}

Season::Season(double opening, Duration trading_day)
    : mean_{opening}, day_seconds_{trading_day.seconds()} {
    variance_.fill(opening);
}

std::size_t Season::hour_of(Time now) {
    const std::int64_t hour = now.ns / market::hour.ns;
    const auto today = static_cast<market::DayNumber>(hour / 24);
    const bool weekend = market::weekday(today) >= market::Weekday::saturday;
    return static_cast<std::size_t>(hour % 24) + (weekend ? 24 : 0);
}

void Season::record(Time now, double log_return, Duration open) {
    const double seconds = open.seconds();
    const double variance = log_return * log_return * day_seconds_ / seconds;
    double& of_hour = variance_[hour_of(now)];
    of_hour += replaced(seconds, season_memory_hours * 3600) * (variance - of_hour);
    mean_ += replaced(seconds, season_memory_days * day_seconds_) * (variance - mean_);
}

double Season::factor(Time now) const {
    const double of_hour = variance_[hour_of(now)];
    // A market that has not moved at all has no season.
    if (!(of_hour > 0 && mean_ > 0)) return 1;
    return std::clamp(of_hour / mean_, 1 / season_factor_max, season_factor_max);
}

void Toxicity::record(double bought, double sold, double bucket) {
    assert(bucket > 0 && bought >= 0 && sold >= 0);
    const double volume = bought + sold;
    if (volume <= 0) return;
    const double imbalance = (bought - sold) / volume;
    // More than all buckets at once leave no trace of what was before.
    double left = std::min(volume, static_cast<double>(buckets + 1) * bucket);
    while (filled_ + left >= bucket) {
        const double room = std::max(0.0, bucket - filled_);
        signed_ += room * imbalance;
        push(std::min(1.0, std::abs(signed_) / std::max(bucket, filled_)));
        left -= room;
        filled_ = 0;
        signed_ = 0;
    }
    filled_ += left;
    signed_ += left * imbalance;
}

void Toxicity::push(double imbalance) {
    ring_[oldest_] = imbalance;
    oldest_ = (oldest_ + 1) % buckets;
    // Summed afresh, so that rounding does not pile up over a run.
    sum_ = 0;
    for (const double one : ring_) sum_ += one;
}

BookMeasures::BookMeasures(market::Session session, double sigma_daily, double volume_daily,
                           double mid)
    : volume_daily_{volume_daily}, day_seconds_{trading_day(session).seconds()}, mid_{mid} {
    const Duration one_day = trading_day(session);
    const double variance = sigma_daily * sigma_daily;
    daily_ = {variance, one_day, daily_grid, times(one_day, daily_half_life_days)};
    fast_ = {variance, one_day, Duration{}, fast_half_life};
    reference_ = {variance, one_day, Duration{}, times(reference_memory, log_2)};
    season_ = {variance, one_day};
}

void BookMeasures::record(const BookStep& step) {
    assert(step.mid > 0);
    const bool open = step.open > Duration{};
    if (open && was_open_) {
        const double log_return = agents::log(step.mid / mid_);
        const double usual = log_return / std::sqrt(season_.factor(step.now));
        daily_.record(log_return, step.open);
        fast_.record(usual, step.open);
        reference_.record(usual, step.open);
        season_.record(step.now, log_return, step.open);
    } else if (!open) {
        daily_.interrupt();
    }
    if (open) {
        const double volume = step.bought + step.sold;
        const double days = step.open.seconds() / day_seconds_;
        if (volume_daily_ > 0) {
            toxicity_.record(step.bought, step.sold,
                             volume_daily_ / static_cast<double>(Toxicity::buckets));
        }
        volume_daily_ += replaced(days, volume_memory_days) * (volume / days - volume_daily_);
    }
    mid_ = step.mid;
    was_open_ = open;
}

void BookMeasures::show(agents::BookView& view) const {
    view.sigma_daily = sigma_daily();
    view.sigma_fast = sigma_fast();
    view.volume_daily = volume_daily();
    view.toxicity = toxicity();
}

double BookMeasures::sigma_daily() const {
    return std::sqrt(daily_.variance());
}

double BookMeasures::sigma_bipower() const {
    return std::sqrt(daily_.bipower());
}

double BookMeasures::sigma_fast() const {
    return std::sqrt(fast_.variance());
}

double BookMeasures::sigma_reference() const {
    return std::sqrt(reference_.variance());
}

}  // namespace crowdout::world
