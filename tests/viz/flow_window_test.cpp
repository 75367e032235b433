// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_window.hpp"

#include <doctest/doctest.h>

#include "market/posting.hpp"
#include "market/time.hpp"
#include "tests/support/torn_strip.hpp"

using namespace crowdout;
using viz::FlowSpan;
using world::Frame;
using world::MoneyRow;
using world::TradedRow;

namespace {

constexpr std::uint8_t capex = static_cast<std::uint8_t>(market::Reason::capex);

/// A frame a day: on day d, sector 0 spends d and sells d lots in book 0 for 10 d.
world::FilmStrip days(int count) {
    world::Manifest manifest;
    manifest.sectors.resize(2);
    world::FilmStrip strip{manifest};
    for (int day = 1; day <= count; ++day) {
        Frame frame;
        frame.head.from = market::day.ns * (day - 1);
        frame.head.to = market::day.ns * day;
        frame.flows = {{.from = 0, .to = 1, .reason = capex, .money = day}};
        frame.trades = {
            {.book = 0, .sector = 0, .cause = 5, .side = 1, .money = 10 * day, .lots = day}};
        strip.append(frame);
    }
    return strip;
}

}  // namespace

TEST_CASE("flow window: trades between two moments are the later less the earlier") {
    const std::vector<TradedRow> then{
        {.book = 0, .sector = 1, .cause = 0, .side = 0, .money = 40, .lots = 4},
        {.book = 2, .sector = 0, .cause = 0, .side = 0, .money = 9, .lots = 1}};
    const std::vector<TradedRow> now{
        {.book = 0, .sector = 1, .cause = 0, .side = 0, .money = 100, .lots = 9},
        {.book = 0, .sector = 1, .cause = 0, .side = 1, .money = 7, .lots = 1},
        {.book = 2, .sector = 0, .cause = 0, .side = 0, .money = 9, .lots = 1}};

    const std::vector<TradedRow> between = viz::trades_between(now, then);

    REQUIRE(between.size() == 2);
    CHECK(between[0] ==
          TradedRow{.book = 0, .sector = 1, .cause = 0, .side = 0, .money = 60, .lots = 5});
    CHECK(between[1] == now[1]);
}

TEST_CASE("flow window: a window ends with the moment and begins where its name says") {
    world::FilmStrip strip = days(40);
    const world::History& history = strip.history();

    // Frame 39 ends on day 40; a week before that is the end of day 33, frame 32.
    CHECK(viz::frame_before(history, 39, FlowSpan::week) == 32);
    CHECK(viz::frame_before(history, 39, FlowSpan::day) == 38);
    CHECK(viz::frame_before(history, 39, FlowSpan::month) == 9);
    CHECK(viz::frame_before(history, 39, FlowSpan::all) == viz::no_frame);
    CHECK(viz::frame_before(history, 3, FlowSpan::week) == viz::no_frame);
}

TEST_CASE("flow window: sums are those of the frames in it") {
    world::FilmStrip strip = days(40);
    viz::FlowWindows windows;

    // Days 34 to 40: 34 + 35 + ... + 40 = 7 * 37 = 259.
    const viz::FlowSums& week = *windows.sums(strip, 39, FlowSpan::week);
    REQUIRE(week.flows.size() == 1);
    CHECK(week.flows[0].money == 259);
    REQUIRE(week.trades.size() == 1);
    CHECK(week.trades[0].money == 2590);
    CHECK(week.trades[0].lots == 259);

    // All of the first ten: 55. Then the same window again, from what is kept.
    CHECK(windows.sums(strip, 9, FlowSpan::all)->flows[0].money == 55);
    CHECK(windows.sums(strip, 39, FlowSpan::week)->flows[0].money == 259);
    CHECK(strip.at(39).frame.head.to == market::day.ns * 40);
}

TEST_CASE("flow window: a fine film asks for a 32nd of a window's frames") {
    world::Manifest manifest;
    world::History history{manifest};
    for (int hour = 1; hour <= 24 * 60; ++hour) {
        Frame frame;
        frame.head.to = market::hour.ns * hour;
        history.append(frame);
    }
    std::size_t changes = 0;
    std::size_t last = viz::no_frame;
    for (std::size_t index = 1000; index < 1168; ++index) {  // a week of hours
        const std::size_t before = viz::frame_before(history, index, FlowSpan::week);
        CHECK(before + 168 <= index);
        CHECK(before + 168 + 168 / 32 >= index);
        changes += before != last ? 1 : 0;
        last = before;
    }
    CHECK(changes <= 35);
}

TEST_CASE("flow window: where the moment before it is lost, its sums are unknown") {
    test::TornStrip torn{days(40), 30, 33};  // frame 32 is the last before the week
    viz::FlowWindows windows;

    CHECK(windows.sums(torn, 39, FlowSpan::week) == nullptr);
    CHECK(windows.moment(torn, 32) == nullptr);
    CHECK(torn.refused() == 1);
    REQUIRE(windows.sums(torn, 39, FlowSpan::all) != nullptr);
    CHECK(windows.sums(torn, 39, FlowSpan::all)->flows[0].money == 820);  // 40 * 41 / 2
    REQUIRE(windows.sums(torn, 38, FlowSpan::day) != nullptr);
    CHECK(windows.sums(torn, 38, FlowSpan::day)->flows[0].money == 39);
}
