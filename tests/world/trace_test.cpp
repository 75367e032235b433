// SPDX-License-Identifier: Apache-2.0
#include "world/trace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/allocations.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::world {

namespace {

using market::Time;

/// A walk with gaps.
Trace walk(std::int64_t values, std::size_t points = Trace::points_max) {
    Trace series{points};
    test::SplitMix64 random{1};
    double value = 100;
    for (std::int64_t i = 0; i < values; ++i) {
        value += static_cast<double>(random.below(1000)) / 1000 - 0.5;
        random.one_in(50) ? series.gap(Time{i}) : series.append(Time{i}, value);
    }
    return series;
}

Extremes naive(const Trace& series, std::size_t first, std::size_t last) {
    Extremes found;
    for (auto i = static_cast<std::uint32_t>(first); i < last; ++i) {
        if (series.is_gap(i)) continue;
        const bool none = found.low_at == Extremes::none;
        if (none || series.value(i) < series.value(found.low_at)) found.low_at = i;
        if (none || series.value(i) > series.value(found.high_at)) found.high_at = i;
    }
    return found;
}

std::vector<double> values_of(const Trace& series) {
    std::vector<double> values;
    for (std::size_t i = 0; i < series.size(); ++i) values.push_back(series.value(i));
    return values;
}

}  // namespace

// Goal: the blocks never change what is found. Method: every kind of part of a long series, as it
// is and thinned, against a plain loop.
TEST_CASE("trace: extremes by blocks are those of a loop") {
    for (const Trace& series : {walk(5000), walk(5001, 2048), walk(100'000)}) {
        test::SplitMix64 random{7};
        const auto points = static_cast<std::int64_t>(series.size()) + 1;
        for (int i = 0; i < 2000; ++i) {
            const auto a = static_cast<std::size_t>(random.below(points));
            const auto b = static_cast<std::size_t>(random.below(points));
            const Extremes fast = series.extremes(std::min(a, b), std::max(a, b));
            const Extremes slow = naive(series, std::min(a, b), std::max(a, b));
            REQUIRE(fast.low_at == slow.low_at);
            REQUIRE(fast.high_at == slow.high_at);
        }
    }
}

TEST_CASE("trace: what holds at a time is the last before it") {
    Trace series;
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

TEST_CASE("trace: infinities are gaps") {
    Trace series;
    series.append(Time{0}, std::numeric_limits<double>::infinity());
    series.append(Time{1}, std::nan(""));
    CHECK(series.is_gap(0));
    CHECK(series.extremes(0, 2).low_at == Extremes::none);
    series.clear();
    CHECK(series.empty());
}

// Goal: a chart that is watched for hours asks for no more memory than in its first minute.
// Method: enough values to halve the points five times, blocks of three levels among them.
TEST_CASE("trace: all memory is taken within the first few blocks") {
    Trace series;
    for (std::int64_t i = 0; i < 5000; ++i) series.append(Time{i}, static_cast<double>(i % 100));
    const std::uint64_t before = test::allocations();
    for (std::int64_t i = 5000; i < 200'000; ++i) {
        series.append(Time{i}, static_cast<double>(i % 100));
    }
    CHECK(test::allocations() == before);
    CHECK(series.group() == 64);
}

// By hand, for 8 points. The ninth value makes groups of four: of 1 5 2 3 stay 1 and 5, of 9 8 7 4
// stay 9 and 4. Of the group that is open, 6 2 7 5, stay its lowest, its highest and its newest.
TEST_CASE("trace: a full one keeps the lowest and the highest of each group, in their order") {
    Trace series{8};
    const std::vector<double> values{1, 5, 2, 3, 9, 8, 7, 4, 6, 2, 7, 5, 0};
    const auto take = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            series.append(Time{static_cast<std::int64_t>(i)}, values[i]);
        }
        return values_of(series);
    };

    CHECK(take(0, 8) == std::vector<double>{1, 5, 2, 3, 9, 8, 7, 4});
    CHECK(take(8, 9) == std::vector<double>{1, 5, 9, 4, 6});
    CHECK(series.group() == 4);
    CHECK(take(9, 10) == std::vector<double>{1, 5, 9, 4, 6, 2});
    CHECK(take(10, 11) == std::vector<double>{1, 5, 9, 4, 2, 7});
    CHECK(take(11, 12) == std::vector<double>{1, 5, 9, 4, 2, 7, 5});
    CHECK(take(12, 13) == std::vector<double>{1, 5, 9, 4, 2, 7, 0});
    CHECK(series.time(4) == Time{9});
    CHECK(series.time(5) == Time{10});
}

TEST_CASE("trace: a long gap stays one when it is thinned, a short one does not") {
    Trace series{8};
    for (std::int64_t i = 0; i < 64; ++i) {
        const bool is_gap = i == 5 || (i >= 16 && i < 32);
        is_gap ? series.gap(Time{i}) : series.append(Time{i}, 1);
    }
    series.append(Time{64}, 1);

    REQUIRE(series.group() == 32);  // 0-31 and 32-63
    for (std::int64_t i = 64; i-- > 0;) CHECK(series.value_at(Time{i}) == 1);

    Trace longer{8};
    for (std::int64_t i = 0; i < 9; ++i) {
        i < 4 ? longer.gap(Time{i}) : longer.append(Time{i}, 1);
    }
    CHECK(longer.is_gap(0));
    CHECK(longer.is_gap(1));
    CHECK(longer.value(2) == 1);
}

TEST_CASE("trace: 200,000 values take bounded room, and no peak is lost") {
    Trace series;
    test::SplitMix64 random{3};
    double value = 0;
    double low = 0;
    double high = 0;
    for (std::int64_t i = 0; i < 200'000; ++i) {
        value += static_cast<double>(random.below(65) - 32) / 16;  // exact in a float
        low = std::min(low, value);
        high = std::max(high, value);
        // A needle, a value wide: what a mean would hide.
        const double shown = i == 123'457 ? 1'000'000 : value;
        series.append(Time{i}, shown);
        REQUIRE(series.size() <= Trace::points_max + 3);
        REQUIRE(series.time(series.size() - 1) == Time{i});
        REQUIRE(series.value(series.size() - 1) == shown);
    }

    const Extremes all = series.extremes(0, series.size());
    CHECK(series.time(all.high_at) == Time{123'457});
    CHECK(series.value(all.high_at) == 1'000'000);
    CHECK(series.value(all.low_at) == low);
    double highest = low;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (i != all.high_at) highest = std::max(highest, series.value(i));
    }
    CHECK(highest == high);
    CHECK(series.group() == 64);  // 200,000 / 64 is below 4,096, / 32 is not
    for (std::size_t i = 1; i < series.size(); ++i) {
        REQUIRE(series.time(i - 1) < series.time(i));
    }
}

}  // namespace crowdout::world
