// SPDX-License-Identifier: Apache-2.0
#include "studies/run_sketch.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "market/time.hpp"
#include "tests/support/replay_film.hpp"

using namespace crowdout;
using studies::Periods;
using studies::RunSketch;

namespace {

/// One book that ticks in dollars, two sectors, and the group of escrow.
world::Manifest small_manifest() {
    world::Manifest manifest;
    manifest.world_name = "small";
    manifest.duration = market::day.ns;
    manifest.books.push_back({.name = "COIN", .usd_per_tick = 1});
    manifest.sectors.push_back({.name = "makers"});
    manifest.sectors.push_back({.name = "funds"});
    return manifest;
}

world::Frame frame_at(std::int64_t from, std::int64_t to, std::int64_t mid, std::int64_t volume) {
    world::Frame frame;
    frame.head.from = from;
    frame.head.to = to;
    frame.books.push_back({.book = 0, .mid_twice = 2 * mid, .volume = volume * 10'000});
    return frame;
}

}  // namespace

TEST_CASE("periods: amounts are joined to spans of a round length, and none is lost") {
    Periods periods{market::minute.ns, 2};
    const std::int64_t start = 100 * market::day.ns;
    for (std::int64_t i = 1; i <= 3 * 60; ++i) {
        periods.add(start + i * market::minute.ns, static_cast<std::size_t>(i % 2), 1);
    }

    const Periods::Table table = periods.table(start, start + 3 * market::hour.ns, 6);

    CHECK(table.span == 30 * market::minute.ns);
    CHECK(table.edges.size() == 7);
    CHECK(table.values[0] == std::vector<double>(6, 15));
    CHECK(table.values[1] == std::vector<double>(6, 15));
    // Days by powers of two where a run is long.
    CHECK(periods.table(start, start + 400 * market::day.ns, 180).span == 4 * market::day.ns);
}

TEST_CASE("run sketch: the deepest fall is below the highest price before it") {
    RunSketch sketch{small_manifest()};
    std::int64_t time = 0;
    for (const std::int64_t mid : {100, 120, 90, 110, 99}) {
        sketch.take(frame_at(time, time + market::hour.ns, mid, 10));
        time += market::hour.ns;
    }

    const RunSketch::Book& book = sketch.books()[0];
    CHECK(book.deepest == doctest::Approx(-0.25));
    CHECK(book.deepest_at == 3 * market::hour.ns);
    CHECK(book.mid.first().value == 100);
    CHECK(book.mid.last().value == 99);
    CHECK(book.volume == doctest::Approx(50));
    CHECK(sketch.frames() == 5);
}

TEST_CASE("run sketch: volatility is of days with trades, a year of 365 of them for a coin") {
    RunSketch sketch{small_manifest()};
    std::int64_t day = 0;
    // Log returns of 10 %, -10 %, 10 %; the shut day between counts for nothing.
    const double up = std::exp(0.1);
    for (const double mid : {1e6, 1e6 * up, 1e6, 1e6 * up}) {
        sketch.take(frame_at(day * market::day.ns, (day + 1) * market::day.ns,
                             static_cast<std::int64_t>(std::llround(mid)), 1));
        ++day;
        sketch.take(frame_at(day * market::day.ns, (day + 1) * market::day.ns, 1, 0));
        ++day;
    }

    // Mean 1/30; squares 0.0667^2 * 2 + 0.1333^2 = 0.02667; over 2: 0.013333; times 365: 4.8667.
    const auto volatility = sketch.books()[0].volatility(market::Session::always);
    REQUIRE(volatility.has_value());
    CHECK(*volatility == doctest::Approx(std::sqrt(4.8667)).epsilon(1e-4));
}

TEST_CASE("run sketch: cash at first is what there was before the first frame's payments") {
    RunSketch sketch{small_manifest()};
    world::Frame frame = frame_at(0, 10, 100, 0);
    frame.cash = {{.sector = 0, .cash = 70}, {.sector = 1, .cash = 30}};
    frame.flows = {{.from = 0, .to = 1, .reason = 0, .money = 20}};

    sketch.take(frame);

    CHECK(sketch.opening_cash() == std::vector<std::int64_t>{90, 10});
}

TEST_CASE("run sketch: of a recorded run it shows what the run's scene shows") {
    const test::ReplayFilm& film = test::busy_film();
    world::FilmStrip strip = film.strip();
    const world::Scene& scene = strip.at(strip.frames() - 1);

    RunSketch sketch{film.head.manifest};
    for (const world::Frame& frame : film.frames) sketch.take(frame);

    CHECK(sketch.flows() == scene.flows);
    CHECK(sketch.trades() == scene.trades);
    CHECK(sketch.events().size() == strip.history().events.size());
    double traded = 0;
    double by_cause = 0;
    for (const RunSketch::Book& book : sketch.books()) traded += book.volume;
    const Periods::Table table = sketch.volume().table(sketch.from(), sketch.to(), 100);
    for (const auto& values : table.values) {
        for (const double value : values) by_cause += value;
    }
    CHECK(traded > 0);
    CHECK(by_cause == doctest::Approx(traded).epsilon(1e-9));
}
