// SPDX-License-Identifier: Apache-2.0
#include "viz/decimate.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace crowdout;
using market::Time;
using viz::PlotPoint;
using viz::Series;

namespace {

/// A walk with gaps; deterministic, without the library's distributions.
Series walk(std::size_t size, std::uint32_t seed) {
    Series series;
    std::uint32_t state = seed;
    double value = 100;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1'664'525 + 1'013'904'223;
        value += static_cast<double>(state >> 16) / 65'536 - 0.5;
        const Time time{static_cast<std::int64_t>(i) * 1000};
        (state >> 8) % 50 == 0 ? series.gap(time) : series.append(time, value);
    }
    return series;
}

std::vector<PlotPoint> decimated(const Series& series, std::int64_t from, std::int64_t to,
                                 std::size_t columns) {
    std::vector<PlotPoint> points;
    viz::decimate(series, Time{from}, Time{to}, columns, points);
    return points;
}

}  // namespace

TEST_CASE("decimate: few points are drawn as they are") {
    Series series;
    series.append(Time{0}, 5);
    series.append(Time{50}, 7);
    series.append(Time{100}, 6);

    const auto points = decimated(series, 0, 100, 10);

    REQUIRE(points.size() == 3);
    CHECK(points[1].column == 5);
    CHECK(points[1].value == 7);
    CHECK(points[2].column == 10);
}

TEST_CASE("decimate: a column has its lowest and its highest, in their order") {
    Series series;
    for (const double value : {3.0, 9.0, 5.0, 1.0, 4.0}) {
        series.append(Time{static_cast<std::int64_t>(series.size())}, value);
    }
    series.append(Time{1000}, 2);

    const auto points = decimated(series, 0, 1000, 10);

    REQUIRE(points.size() == 3);
    CHECK(points[0].value == 9);
    CHECK(points[1].value == 1);
    CHECK(points[2].value == 2);
}

TEST_CASE("decimate: the line goes on to either edge") {
    Series series;
    for (int i = 0; i < 10; ++i) series.append(Time{i * 100}, i);

    const auto points = decimated(series, 250, 450, 100);

    REQUIRE(points.size() == 4);
    CHECK(points.front().value == 2);
    CHECK(points.front().column == -25);
    CHECK(points.back().value == 5);
    CHECK(points.back().column == 125);
}

TEST_CASE("decimate: a gap breaks the line where it can be seen, and only there") {
    Series series;
    series.append(Time{0}, 1);
    series.gap(Time{10});
    series.append(Time{90}, 2);

    const auto seen = decimated(series, 0, 100, 100);
    REQUIRE(seen.size() == 3);
    CHECK(std::isnan(seen[1].value));

    const auto unseen = decimated(series, 0, 100'000, 100);
    REQUIRE(unseen.size() == 2);
    CHECK(unseen[0].value == 1);
    CHECK(unseen[1].value == 2);
}

TEST_CASE("decimate: 100,000 values cost two points a column, and none of the range is lost") {
    const Series series = walk(100'000, 3);
    for (const std::size_t columns : {1U, 7U, 640U, 1280U}) {
        const auto points = decimated(series, 0, 100'000'000, columns);

        CHECK(points.size() <= 2 * columns + 2);
        const world::Extremes all = series.extremes(0, series.size());
        double low = 1e9;
        double high = -1e9;
        for (const PlotPoint& point : points) {
            low = std::fmin(low, point.value);
            high = std::fmax(high, point.value);
        }
        CHECK(low == series.value(all.low_at));
        CHECK(high == series.value(all.high_at));
        for (std::size_t i = 1; i < points.size(); ++i) {
            REQUIRE(points[i - 1].column <= points[i].column);
        }
    }
}

TEST_CASE("decimate: nothing is drawn of nothing") {
    Series series;
    CHECK(decimated(series, 0, 100, 10).empty());
    series.gap(Time{0});
    series.gap(Time{1});
    CHECK(decimated(series, 5, 5, 10).empty());
    CHECK(decimated(series, 0, 100, 0).empty());
}
