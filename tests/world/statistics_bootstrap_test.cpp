// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_bootstrap.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "agents/random.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_regression.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

std::vector<double> autoregression(std::size_t count, double phi, std::uint64_t seed) {
    agents::Random random{seed, 0, agents::Purpose::trait, 0};
    std::vector<double> series(count);
    double x = 0;
    for (double& value : series) value = x = phi * x + random.normal();
    return series;
}

double mean_of(std::span<const double> series) {
    return mean(series);
}

}  // namespace

TEST_CASE("bootstrap: blocks run on, round the end, and fill the series") {
    constexpr std::size_t count = 103;
    constexpr std::size_t block = 10;
    for (std::uint32_t resample = 0; resample < 50; ++resample) {
        const std::vector<std::size_t> positions = resampled_positions(count, block, 1, resample);
        REQUIRE(positions.size() == count);
        for (std::size_t i = 0; i < count; ++i) {
            REQUIRE(positions[i] < count);
            if (i % block != 0) CHECK(positions[i] == (positions[i - 1] + 1) % count);
        }
    }
}

TEST_CASE("bootstrap: a draw depends on seed and resample alone") {
    CHECK(resampled_positions(50, 5, 1, 3) == resampled_positions(50, 5, 1, 3));
    CHECK(resampled_positions(50, 5, 1, 3) != resampled_positions(50, 5, 1, 4));
    CHECK(resampled_positions(50, 5, 1, 3) != resampled_positions(50, 5, 2, 3));
    CHECK(resampled_positions(0, 5, 1, 0).empty());
}

// Each position is drawn once in the mean: a circle has no ends that are drawn less.
TEST_CASE("bootstrap: every value is drawn equally often") {
    constexpr std::uint32_t resamples = 4'000;
    std::vector<int> times(20, 0);
    for (std::uint32_t i = 0; i < resamples; ++i) {
        for (const std::size_t position : resampled_positions(20, 7, 5, i)) ++times[position];
    }
    const auto [least, most] = std::minmax_element(times.begin(), times.end());
    CHECK(*least > 0.93 * resamples);
    CHECK(*most < 1.07 * resamples);
}

// Of independent values the interval of the mean is the normal law's.
TEST_CASE("bootstrap: the mean of independent values") {
    const std::vector<double> series = autoregression(400, 0, 1);
    const Moments sample = moments(series);

    const Interval interval = bootstrap_interval(series, {}, mean_of);

    CHECK(interval.estimate == mean(series));
    CHECK(interval.high - interval.low == Approx(2 * 1.96 * sample.standard_error()).epsilon(0.08));
    CHECK(interval.low < interval.estimate);
    CHECK(interval.high > interval.estimate);
}

// The mean of an autoregression varies sqrt((1 + phi) / (1 - phi)) = 3 times more than independent
// values would let it; blocks of 50 see nearly all of that, blocks of one nothing.
TEST_CASE("bootstrap: blocks keep memory") {
    const std::vector<double> series = autoregression(3'000, 0.8, 2);
    const double naive = 2 * 1.96 * moments(series).standard_error();

    const Interval single = bootstrap_interval(series, {.block = 1}, mean_of);
    const Interval blocks = bootstrap_interval(series, {.block = 50}, mean_of);

    CHECK((single.high - single.low) / naive == Approx(1.0).epsilon(0.08));
    CHECK((blocks.high - blocks.low) / naive > 2.4);
    CHECK((blocks.high - blocks.low) / naive < 3.4);
}

TEST_CASE("bootstrap: pairs stay pairs") {
    const std::vector<double> x = autoregression(200, 0, 3);
    std::vector<double> y = x;
    for (double& value : y) value = 3 * value + 1;

    const Interval interval = bootstrap_interval(
        x, y, {.block = 5, .resamples = 50}, [](auto a, auto b) { return fit_line(a, b).slope; });

    CHECK(interval.low == Approx(3.0));
    CHECK(interval.high == Approx(3.0));
}

TEST_CASE("bootstrap: a statistic that is never defined has no interval") {
    const Interval interval = bootstrap_interval(std::vector<double>{1, 2}, {.resamples = 10},
                                                 [](auto) { return missing; });
    CHECK(is_missing(interval.low));
    CHECK(is_missing(bootstrap_interval({}, {.resamples = 10}, mean_of).estimate));
}

}  // namespace crowdout::world
