// SPDX-License-Identifier: Apache-2.0
#include "viz/time_window.hpp"

#include <doctest/doctest.h>

using namespace crowdout;
using market::Time;
using viz::TimeWindow;

namespace {

Time hours(std::int64_t count) {
    return Time{} + market::hour * count;
}

TimeWindow window_of(std::int64_t from, std::int64_t to) {
    TimeWindow window;
    window.set_extent(hours(from), hours(to));
    return window;
}

}  // namespace

TEST_CASE("time window: it begins with all there is, and grows with it") {
    TimeWindow window = window_of(0, 10);
    window.set_extent(hours(0), hours(20));
    CHECK(window.from() == hours(0));
    CHECK(window.to() == hours(20));
}

TEST_CASE("time window: what is zoomed at keeps its place") {
    TimeWindow window = window_of(0, 100);
    window.zoom(hours(25), 0.5);
    CHECK(window.from() == hours(12) + market::minute * 30);
    CHECK(window.to() == hours(62) + market::minute * 30);
    CHECK(window.share_of(hours(25)) == doctest::Approx(0.25));

    window.zoom(hours(25), 1000);
    CHECK(window.from() == hours(0));
    CHECK(window.to() == hours(100));
}

TEST_CASE("time window: zoomed at its end it follows the newest, panned away it stays") {
    TimeWindow window = window_of(0, 100);
    window.zoom(hours(100), 0.1);
    window.set_extent(hours(0), hours(150));
    CHECK(window.from() == hours(140));
    CHECK(window.to() == hours(150));

    window.pan(market::hour * -50);
    window.set_extent(hours(0), hours(200));
    CHECK(window.from() == hours(90));

    window.pan(market::hour * 10'000);
    window.set_extent(hours(0), hours(210));
    CHECK(window.to() == hours(210));
}

TEST_CASE("time window: it never leaves what there is") {
    TimeWindow window = window_of(10, 20);
    window.zoom(hours(11), 0.5);
    window.pan(market::hour * -100);
    CHECK(window.from() == hours(10));
    CHECK(window.to() == hours(15));

    window.set_extent(hours(10), hours(12));  // the run was taken back
    CHECK(window.from() == hours(10));
    CHECK(window.to() == hours(12));
}

TEST_CASE("time window: zooming in ends at ten seconds") {
    TimeWindow window = window_of(0, 100);
    for (int i = 0; i < 1000; ++i) window.zoom(hours(50), 0.5);
    CHECK(window.to() - window.from() == market::second * 10);
}
