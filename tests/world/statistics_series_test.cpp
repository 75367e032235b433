// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_series.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace crowdout::world {

namespace {

using doctest::Approx;
using market::day;
using market::hour;
using market::Time;

constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("series: a grid sees the last value at or before each of its moments") {
    const std::vector<Time> times{Time{10}, Time{20}, Time{20}, Time{30}};
    const std::vector<double> values{1, 2, 3, 4};
    const std::vector<Time> grid{Time{9}, Time{10}, Time{20}, Time{29}, Time{40}, Time{41}};

    const std::vector<double> sampled = on_grid(times, values, grid, market::Duration{10});

    REQUIRE(sampled.size() == 6);
    CHECK(is_missing(sampled[0]));  // nothing seen yet
    CHECK(sampled[1] == 1);
    CHECK(sampled[2] == 3);  // the later of two at one moment
    CHECK(sampled[3] == 3);
    CHECK(sampled[4] == 4);
    CHECK(is_missing(sampled[5]));  // eleven old, and ten are allowed
}

// A coin trades day and night, a share for the first hours of weekdays: both at the share's closes.
TEST_CASE("series: markets of different hours meet at the closes") {
    std::vector<Time> hours;
    std::vector<double> coin;
    for (int i = 0; i < 72; ++i) {
        hours.push_back(Time{} + hour * i);
        coin.push_back(100.0 + i);
    }
    const std::vector<Time> closes{Time{} + hour * 16, Time{} + day + hour * 16};

    const std::vector<double> returns = log_returns(on_grid(hours, coin, closes, hour));

    REQUIRE(returns.size() == 1);
    CHECK(returns[0] == Approx(std::log(140.0 / 116.0)).epsilon(1e-14));
}

TEST_CASE("series: returns of a stride do not overlap") {
    const double e = std::exp(1.0);
    const std::vector<double> levels{1, e, e * e, e * e * e, 1};

    const std::vector<double> returns = log_returns(levels, 2);

    REQUIRE(returns.size() == 2);
    CHECK(returns[0] == Approx(2.0));
    CHECK(returns[1] == Approx(-2.0));
    CHECK(log_returns(levels, 5).empty());
    CHECK(log_returns({}).empty());
}

TEST_CASE("series: a return lacks where either of its ends does") {
    const std::vector<double> levels{1, missing, 2, 4, 0, 8, -1, -2, infinite, 2, 2};

    const std::vector<double> returns = log_returns(levels);

    REQUIRE(returns.size() == 10);
    for (const std::size_t i : {0U, 1U, 3U, 4U, 5U, 6U, 7U, 8U}) CHECK(std::isnan(returns[i]));
    CHECK(returns[2] == Approx(std::log(2.0)));
    CHECK(returns[9] == 0);
}

TEST_CASE("series: sizes and signs keep what is missing in its place") {
    const std::vector<double> series{-2, 0, missing, 3};

    const std::vector<double> sizes = magnitudes(series);
    const std::vector<double> directions = signs(series);

    CHECK(sizes[0] == 2);
    CHECK(sizes[1] == 0);
    CHECK(is_missing(sizes[2]));
    CHECK(directions[0] == -1);
    CHECK(directions[1] == 0);
    CHECK(is_missing(directions[2]));
    CHECK(directions[3] == 1);
    CHECK(present(series) == std::vector<double>{-2, 0, 3});
}

TEST_CASE("series: a pair is complete where neither value is missing") {
    const std::vector<double> x{1, missing, 3, 4, 5};
    const std::vector<double> y{10, 20, missing, infinite, 50};

    const Pairs pairs = complete_pairs(x, y);

    CHECK(pairs.x == std::vector<double>{1, 5});
    CHECK(pairs.y == std::vector<double>{10, 50});
}

// Three days of three slots: mean sizes 3, 1 and 2 about a mean of 2.
TEST_CASE("series: a season is a slot's mean size over that of all") {
    const std::vector<double> series{2, -1, 2, -4, 1, -2, 3, 1, 2};

    const std::vector<double> season = intraday_season(series, 3);
    const std::vector<double> flat = without_season(series, season);

    CHECK(season == std::vector<double>{1.5, 0.5, 1.0});
    CHECK(flat[0] == Approx(4.0 / 3.0));
    CHECK(flat[1] == Approx(-2.0));
    CHECK(flat[8] == Approx(2.0));
    const std::vector<double> again = intraday_season(flat, 3);
    for (const double factor : again) CHECK(factor == Approx(1.0));
}

TEST_CASE(
    "series: a slot without values has the season of the day, one without size divides none") {
    const std::vector<double> series{4, missing, 0, 4, missing, 0};

    const std::vector<double> season = intraday_season(series, 3);

    CHECK(season == std::vector<double>{2, 1, 0});
    CHECK(is_missing(without_season(series, season)[2]));
}

// The mean square of 3, 1, -1, 1 is 3; with a decay of one half s^2 is 3, 6, 3.5, 2.25.
TEST_CASE("series: volatility is what the past foretells") {
    const std::vector<double> returns{3, 1, missing, -1, 1};

    const std::vector<double> scaled = over_volatility(returns, 0.5);

    CHECK(scaled[0] == Approx(3.0 / std::sqrt(3.0)));
    CHECK(scaled[1] == Approx(1.0 / std::sqrt(6.0)));
    CHECK(is_missing(scaled[2]));
    CHECK(scaled[3] == Approx(-1.0 / std::sqrt(3.5)));
    CHECK(scaled[4] == Approx(1.0 / std::sqrt(2.25)));
    for (const double x : over_volatility(std::vector<double>{0, 0}, 0.5)) CHECK(is_missing(x));
}

}  // namespace crowdout::world
