// SPDX-License-Identifier: Apache-2.0
#include "viz/series.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace crowdout;
using market::Time;
using viz::Extremes;
using viz::PlotPoint;
using viz::Series;

namespace {

const double nothing = std::nan("");

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

Extremes naive(const Series& series, std::size_t first, std::size_t last) {
    Extremes found;
    for (std::size_t i = first; i < last; ++i) {
        if (series.is_gap(i)) continue;
        const bool none = found.low_at == Extremes::none;
        if (none || series.value(i) < series.value(found.low_at)) found.low_at = i;
        if (none || series.value(i) > series.value(found.high_at)) found.high_at = i;
    }
    return found;
}

std::vector<PlotPoint> decimated(const Series& series, std::int64_t from, std::int64_t to,
                                 std::size_t columns) {
    std::vector<PlotPoint> points;
    viz::decimate(series, Time{from}, Time{to}, columns, points);
    return points;
}

}  // namespace

// Goal: the blocks never change what is found. Method: every kind of part of a long series against
// a plain loop, also after the end has been cut off and grown again.
TEST_CASE("series: extremes by blocks are those of a loop") {
    Series series = walk(5000, 1);
    for (int round = 0; round < 2; ++round) {
        std::uint32_t state = 7;
        for (int i = 0; i < 2000; ++i) {
            state = state * 1'664'525 + 1'013'904'223;
            const std::size_t a = (state >> 8) % (series.size() + 1);
            state = state * 1'664'525 + 1'013'904'223;
            const std::size_t b = (state >> 8) % (series.size() + 1);
            const Extremes fast = series.extremes(std::min(a, b), std::max(a, b));
            const Extremes slow = naive(series, std::min(a, b), std::max(a, b));
            REQUIRE(fast.low_at == slow.low_at);
            REQUIRE(fast.high_at == slow.high_at);
        }
        series.truncate(777);
        for (int i = 0; i < 900; ++i) series.append(Time{5'000'000 + i}, 50 + i % 300);
    }
}

TEST_CASE("series: few points are drawn as they are") {
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

TEST_CASE("series: a column has its lowest and its highest, in their order") {
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

TEST_CASE("series: the line goes on to either edge") {
    Series series;
    for (int i = 0; i < 10; ++i) series.append(Time{i * 100}, i);

    const auto points = decimated(series, 250, 450, 100);

    REQUIRE(points.size() == 4);
    CHECK(points.front().value == 2);
    CHECK(points.front().column == -25);
    CHECK(points.back().value == 5);
    CHECK(points.back().column == 125);
}

TEST_CASE("series: a gap breaks the line where it can be seen, and only there") {
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

TEST_CASE("series: 100,000 points cost two a column, and none of the range is lost") {
    const Series series = walk(100'000, 3);
    for (const std::size_t columns : {1U, 7U, 640U, 1280U}) {
        const auto points = decimated(series, 0, 100'000'000, columns);

        CHECK(points.size() <= 2 * columns + 2);
        const Extremes all = series.extremes(0, series.size());
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

TEST_CASE("series: what holds at a time is the last before it") {
    Series series;
    series.append(Time{10}, 1);
    series.append(Time{20}, 2);
    series.gap(Time{30});

    CHECK(std::isnan(series.value_at(Time{9})));
    CHECK(series.value_at(Time{10}) == 1);
    CHECK(series.value_at(Time{29}) == 2);
    CHECK(std::isnan(series.value_at(Time{35})));
    CHECK(series.first_at(Time{11}) == 1);
    CHECK(series.first_at(Time{99}) == 3);
}

TEST_CASE("series: infinities are gaps, and nothing is drawn of nothing") {
    Series series;
    CHECK(decimated(series, 0, 100, 10).empty());
    series.append(Time{0}, std::numeric_limits<double>::infinity());
    series.append(Time{1}, nothing);
    CHECK(series.is_gap(0));
    CHECK(series.extremes(0, 2).low_at == Extremes::none);
    CHECK(decimated(series, 5, 5, 10).empty());
    CHECK(decimated(series, 0, 100, 0).empty());
}
