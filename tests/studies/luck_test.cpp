// SPDX-License-Identifier: Apache-2.0
#include "studies/luck.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace crowdout;
using studies::Draw;
using studies::mean_over_seeds;

TEST_CASE("luck: one point has Student's interval") {
    const std::vector<Draw> runs{{0, 1, 3}, {0, 2, 4}, {0, 3, 8}};

    const world::Interval found = mean_over_seeds(runs);

    const world::Interval student = world::mean_interval(std::vector<double>{3, 4, 8});
    CHECK(found.estimate == doctest::Approx(student.estimate));
    CHECK(found.low == doctest::Approx(student.low));
    CHECK(found.high == doctest::Approx(student.high));
}

TEST_CASE("luck: a seed is one draw, at however many points it is run") {
    std::vector<Draw> runs;
    for (std::size_t point = 0; point < 100; ++point) {
        const auto level = static_cast<double>(point);
        for (const double value : {3, 4, 8}) {
            runs.push_back({point, static_cast<std::uint64_t>(value), level + value});
        }
    }

    const world::Interval found = mean_over_seeds(runs);

    const world::Interval one = world::mean_interval(std::vector<double>{3, 4, 8});
    CHECK(found.estimate == doctest::Approx(49.5 + one.estimate));
    CHECK(found.high - found.low == doctest::Approx(one.high - one.low));
}

TEST_CASE("luck: luck that the points do not share is many draws") {
    // Seed 1 is above at one point and below at the other: their means are the same.
    const std::vector<Draw> runs{{0, 1, 1}, {0, 2, -1}, {1, 1, 9}, {1, 2, 11}};

    const world::Interval found = mean_over_seeds(runs);

    CHECK(found.estimate == 5);
    CHECK(found.low == doctest::Approx(5));
    CHECK(found.high == doctest::Approx(5));
}

TEST_CASE("luck: a run that is missing takes nothing from the luck of its point") {
    const std::vector<Draw> runs{{0, 1, 1}, {0, 2, 2}, {0, 3, 3}, {1, 1, 10}, {1, 2, 12}};

    const world::Interval found = mean_over_seeds(runs);

    // r = -sqrt(3/2) - sqrt(2), sqrt(2) and sqrt(3/2); t of two degrees is 4.3027.
    const double a = std::sqrt(1.5);
    const double b = std::sqrt(2.0);
    const double reach = 4.302652729911 * std::sqrt((a + b) * (a + b) + b * b + a * a) / 5;
    CHECK(found.estimate == doctest::Approx(5.6));
    CHECK(found.high - found.estimate == doctest::Approx(reach));
}

TEST_CASE("luck: without a second seed there is no interval") {
    CHECK(std::isnan(mean_over_seeds({}).estimate));
    const std::vector<Draw> points{{0, 1, 1}, {1, 1, 5}};
    CHECK(mean_over_seeds(points).estimate == 3);
    CHECK(std::isnan(mean_over_seeds(points).low));
    const std::vector<Draw> lost{{0, 1, 1}, {0, 2, 2}, {1, 1, 3}};
    CHECK(mean_over_seeds(lost).estimate == 2);
    CHECK(std::isnan(mean_over_seeds(lost).high));
}
