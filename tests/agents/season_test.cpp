// SPDX-License-Identifier: Apache-2.0
#include "agents/season.hpp"

#include <doctest/doctest.h>

using namespace crowdout;
using agents::season;
using market::Session;
using market::Time;

namespace {

constexpr Time monday{std::int64_t{20'458} * market::day.ns};  // 2026-01-05, 00:00 UTC

/// Mean over a session that begins now, minute by minute.
double mean_over(Session session, market::Duration span) {
    const Time closes = monday + span;
    double sum = 0;
    int minutes = 0;
    for (Time t = monday + market::second * 30; t < closes; t = t + market::minute) {
        sum += season(session, t, closes);
        ++minutes;
    }
    return sum / minutes;
}

}  // namespace

TEST_CASE("season: shares are busy at both ends of a day, and the mean is one") {
    const Time closes = monday + market::minute * 390;
    CHECK(season(Session::us_equities, monday, closes) == doctest::Approx(2.0));
    CHECK(season(Session::us_equities, monday + market::minute * 195, closes) ==
          doctest::Approx(0.5));
    CHECK(season(Session::us_equities, closes, closes) == doctest::Approx(2.0));
    CHECK(mean_over(Session::us_equities, market::minute * 390) ==
          doctest::Approx(1.0).epsilon(1e-4));
}

TEST_CASE("season: before the bell it is as busy as at the bell") {
    const Time closes = monday + market::hour * 30;
    CHECK(season(Session::us_equities, monday, closes) == doctest::Approx(2.0));
    CHECK(season(Session::us_bonds, monday, closes) == doctest::Approx(1.0));
}

TEST_CASE("season: bonds are busiest in their second hour, and the mean is one") {
    const Time closes = monday + market::hour * 9;
    CHECK(season(Session::us_bonds, monday + market::minute * 90, closes) == doctest::Approx(1.5));
    CHECK(season(Session::us_bonds, closes, closes) == doctest::Approx(0.3));
    CHECK(mean_over(Session::us_bonds, market::hour * 9) == doctest::Approx(1.0));
}

TEST_CASE("season: round the clock the mean of a week is one, and weekends are quiet") {
    double sum = 0;
    for (int hour = 0; hour < 7 * 24; ++hour) {
        sum += season(Session::always, monday + market::hour * hour, market::never);
    }
    CHECK(sum / (7 * 24) == doctest::Approx(1.0));

    const Time friday_noon = monday + market::hour * (4 * 24 + 12);
    const double weekday = season(Session::always, friday_noon, market::never);
    CHECK(season(Session::always, friday_noon + market::day, market::never) ==
          doctest::Approx(weekday * 0.7 / 1.12));
}
