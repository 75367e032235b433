// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_charts.hpp"

#include <doctest/doctest.h>

#include "market/time.hpp"

using namespace crowdout;
using world::EventKind;
using world::Frame;

namespace {

world::Manifest manifest() {
    world::Manifest all;
    all.books = {{.name = "COIN", .usd_per_tick = 1}};
    all.series = {{.name = "idle_capital", .unit = "usd"}};
    all.shocks = {"hack"};
    return all;
}

/// A frame an hour with these mids, USD; 0 is a book without a price.
world::History history(const std::vector<std::int64_t>& mids) {
    world::History all{manifest()};
    for (std::size_t i = 0; i < mids.size(); ++i) {
        Frame frame;
        frame.head.to = market::hour.ns * static_cast<std::int64_t>(i + 1);
        frame.books = {{.book = 0, .mid_twice = 2 * mids[i]}};
        if (i == 2) frame.series = {{.series = 0, .value = 5'000'000}};
        all.append(frame);
    }
    return all;
}

}  // namespace

TEST_CASE("panel charts: a gauge is known by its name") {
    const world::Manifest names = manifest();
    const world::History all = history({1, 1, 1});
    const world::Trace* idle = viz::gauge_named(names, all, "idle_capital");
    REQUIRE(idle != nullptr);
    CHECK(idle->value(2) == 500);
    CHECK(viz::gauge_named(names, all, "policy_rate") == nullptr);
}

TEST_CASE("panel charts: shocks and halts are marked, and the moment shown is the last mark") {
    world::History all = history({1, 1});
    Frame frame;
    frame.head.to = market::hour.ns * 3;
    frame.books = {{.book = 0, .mid_twice = 2}};
    frame.events = {{.kind = static_cast<std::uint8_t>(EventKind::shock), .reference = 0},
                    {.kind = static_cast<std::uint8_t>(EventKind::redemption), .reference = 0},
                    {.kind = static_cast<std::uint8_t>(EventKind::halt), .book = 0}};
    all.append(frame);
    const viz::Theme& colors = viz::theme(viz::ThemeName::dark);

    const world::Manifest names = manifest();
    const auto marks = viz::chart_events(names, all, 1, colors);

    REQUIRE(marks.size() == 3);
    CHECK(marks[0].label == "hack");
    CHECK(marks[0].time == market::Time{} + market::hour * 3);
    CHECK(marks[1].label == "COIN");
    CHECK(marks[1].color == colors.warning);
    CHECK(marks[2].time == market::Time{} + market::hour * 2);
}

TEST_CASE("panel charts: the past is drawn from the run's own price on, and no further than it") {
    world::Manifest names = manifest();
    const auto hour = [](std::int64_t count) { return market::hour.ns * count; };
    names.overlays = {
        {.name = "then",
         .source = "a table",
         .book = 0,
         .times = {hour(1), hour(2), hour(4), hour(9)},
         .values = {7, 10, 15, 20}},
        {.name = "held", .series = 0, .times = {hour(1), hour(3)}, .values = {400, 600}}};
    viz::PastLines past;
    // The coin has no price in the first hour, then 50, 60: the second is 120 of its first.
    past.follow(names, history({0, 50, 60}), viz::Language::english);

    REQUIRE(past.lines().size() == 2);
    const viz::PastLines::Past& price = past.lines()[0];
    CHECK(price.legend == "then (past, from the run's price on; a table)");
    REQUIRE(price.line.size() == 1);
    CHECK(price.line.time(0).ns == hour(2));
    CHECK(price.line.value(0) == 100);
    CHECK(past.lines()[1].legend == "held (past)");
    CHECK(past.lines()[1].line.size() == 2);
    CHECK(past.lines()[1].line.value(1) == 600);

    past.follow(names, history({0, 50, 60, 60}), viz::Language::chinese);
    REQUIRE(past.lines()[0].line.size() == 2);
    CHECK(past.lines()[0].line.value(1) == 150);
    CHECK(past.lines()[0].legend == "then (历史，自运行价格起; a table)");
}
