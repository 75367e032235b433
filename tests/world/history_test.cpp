// SPDX-License-Identifier: Apache-2.0
#include "world/history.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace crowdout::world {

namespace {

Manifest one_book() {
    Manifest manifest;
    manifest.books = {{.name = "COIN", .usd_per_tick = 0.5}};
    manifest.sectors = {{.name = "one"}, {.name = "two"}};
    manifest.series = {{"policy_rate", "rate"}, {"idle_capital", "usd"}};
    return manifest;
}

/// Ends at `hour` with this mid, in ticks; 0 is a book without a price.
Frame frame(std::int64_t hour, std::int64_t mid, std::int64_t idle_usd = 0) {
    Frame f;
    f.head.to = market::hour.ns * hour;
    f.books = {{.book = 0, .mid_twice = 2 * mid}};
    f.cash = {{.sector = 0, .idle = 10'000 * idle_usd}, {.sector = 1}};
    return f;
}

market::Time at(std::int64_t hour) {
    return market::Time{} + market::hour * hour;
}

}  // namespace

TEST_CASE("history: prices begin at 100, and a fall is counted from the highest so far") {
    History history{one_book()};
    std::int64_t hour = 0;
    for (const std::int64_t mid : {0, 200, 250, 150, 300}) history.append(frame(++hour, mid));

    const History::Book& book = history.books[0];
    CHECK(history.frames() == 5);
    REQUIRE(book.rebased.size() == 5);
    CHECK(book.rebased.is_gap(0));
    CHECK(book.rebased.value(1) == 100);
    CHECK(book.rebased.value(2) == 125);
    CHECK(book.rebased.value(3) == 75);
    CHECK(book.usd(75) == 75);  // 150 ticks of half a dollar
    CHECK(book.first == 100);
    CHECK(book.highest == 150);
    CHECK(book.drawdown.value(2) == 0);
    CHECK(book.drawdown.value(3) == doctest::Approx(-0.4));
    CHECK(book.drawdown.value(4) == 0);
}

TEST_CASE("history: a gauge shows nothing before its first reading, and then its last") {
    History history{one_book()};
    history.append(frame(1, 1));
    Frame read = frame(2, 1);
    read.series = {{.series = 0, .value = 36'000'000}, {.series = 1, .value = 5'000'000}};
    history.append(read);
    history.append(frame(3, 1));

    CHECK(history.gauges[0].values.is_gap(0));
    CHECK(history.gauges[0].values.value(2) == doctest::Approx(0.036));
    CHECK(history.gauges[1].values.value(1) == 500);
    CHECK(history.gauges[1].first == 500);
}

TEST_CASE("history: the most idle cash so far, at any moment") {
    History history{one_book()};
    std::int64_t hour = 0;
    for (const std::int64_t idle : {3, 7, 5, 9}) history.append(frame(++hour, 1, idle));

    CHECK(history.idle_peaks[0].size() == 3);
    CHECK(history.idle_peaks[0].value_at(at(1)) == 3);
    CHECK(history.idle_peaks[0].value_at(at(3)) == 7);
    CHECK(history.idle_peaks[0].value_at(at(4)) == 9);
    CHECK(std::isnan(history.idle_peaks[1].value_at(at(4))));  // there never was any
}

TEST_CASE("history: an event knows its frame") {
    History history{one_book()};
    history.append(frame(1, 1));
    Frame next = frame(2, 1);
    next.events = {{.kind = 0, .reference = 4}};
    history.append(next);

    REQUIRE(history.events.size() == 1);
    CHECK(history.events[0].frame == 1);
    CHECK(history.events[0].row.reference == 4);
}

TEST_CASE("history: 200,000 frames take no more room than 8,192 points a line") {
    History history{one_book()};
    for (std::int64_t hour = 1; hour <= 200'000; ++hour) {
        history.append(frame(hour, 100 + hour % 977, hour));
    }

    CHECK(history.frames() == 200'000);
    CHECK(history.time.stretches() == 1);
    CHECK(history.books[0].rebased.size() <= Trace::points_max + 3);
    CHECK(history.books[0].drawdown.size() <= Trace::points_max + 3);
    CHECK(history.gauges[0].values.size() <= Trace::points_max + 3);
    CHECK(history.idle_peaks[0].size() <= Trace::points_max + 3);
    CHECK(history.books[0].highest == 538);  // (100 + 976) / 2
    // Rising figures lose a group's inner points only: 64 frames.
    CHECK(history.idle_peaks[0].value_at(at(100'000)) >= 100'000 - 64);
    CHECK(history.idle_peaks[0].value_at(at(100'000)) <= 100'000);
}

}  // namespace crowdout::world
