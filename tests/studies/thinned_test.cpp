// SPDX-License-Identifier: Apache-2.0
#include "studies/thinned.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace crowdout;
using studies::Point;
using studies::Thinned;

namespace {

/// Goes up and down, with one peak and one trough of a single point.
double wave(std::int64_t i) {
    if (i == 33'333) return 1e6;
    if (i == 77'777) return -1e6;
    return static_cast<double>(i % 97);
}

}  // namespace

TEST_CASE("thinned: few points are kept as they are") {
    Thinned series{4};
    for (std::int64_t i = 0; i < 4; ++i) series.add(i, static_cast<double>(10 - i));

    CHECK(series.points() == std::vector<Point>{{0, 10}, {1, 9}, {2, 8}, {3, 7}});
}

TEST_CASE("thinned: of many points the ends, the peak and the trough are kept") {
    Thinned series{64};
    for (std::int64_t i = 0; i < 100'000; ++i) series.add(i, wave(i));

    for (const auto& points : {series.points(), series.points(10)}) {
        CHECK(points.front() == Point{0, 0});
        CHECK(points.back() == Point{99'999, wave(99'999)});
        CHECK(std::ranges::find(points, Point{33'333, 1e6}) != points.end());
        CHECK(std::ranges::find(points, Point{77'777, -1e6}) != points.end());
        CHECK(std::ranges::is_sorted(points, {}, &Point::time));
    }
    CHECK(series.points().size() <= 130);
    CHECK(series.points(10).size() <= 22);
    CHECK(series.count() == 100'000);
}

TEST_CASE("thinned: what is no number is left out") {
    Thinned series{4};
    series.add(1, std::numeric_limits<double>::quiet_NaN());
    CHECK(series.empty());
    series.add(2, 5);
    series.add(3, std::numeric_limits<double>::infinity());
    CHECK(series.points() == std::vector<Point>{{2, 5}});
}
