// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_log.hpp"

#include <doctest/doctest.h>

#include "market/ids.hpp"
#include "market/time.hpp"

using namespace crowdout;
using viz::Language;
using world::EventKind;
using world::EventRow;

namespace {

std::uint8_t code(EventKind kind) {
    return static_cast<std::uint8_t>(kind);
}

/// A frame a day.
world::History days(const std::vector<std::vector<EventRow>>& events) {
    world::History history{world::Manifest{}};
    for (std::size_t day = 0; day < events.size(); ++day) {
        world::Frame frame;
        frame.head.to = market::day.ns * static_cast<std::int64_t>(day + 1);
        frame.events = events[day];
        history.append(frame);
    }
    return history;
}

std::vector<viz::LogLine> lines_until(const world::History& history, std::size_t index,
                                      market::Duration within) {
    std::vector<viz::LogLine> lines;
    viz::extend_lines(lines, history, 0, index, within);
    return lines;
}

}  // namespace

TEST_CASE("panel log: what happens to one and the same within a time is one line") {
    const EventRow paid{.kind = code(EventKind::redemption), .reference = 3, .amount = 10};
    const EventRow other{.kind = code(EventKind::redemption), .reference = 4, .amount = 7};
    const world::History history = days({{paid}, {paid, other}, {}, {paid}, {paid}});

    const auto lines = lines_until(history, 4, market::day * 3);

    // The first three payments lie within three days of the first; the fourth does not.
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].row.reference == 4);
    CHECK(lines[0].count == 1);
    CHECK(lines[1].count == 3);
    CHECK(lines[1].row.amount == 30);
    CHECK(lines[1].first == 0);
    CHECK(lines[1].last == 3);
    CHECK(lines[2].count == 1);
    CHECK(lines[2].last == 4);
}

TEST_CASE("panel log: nothing of what comes after the moment is told") {
    const world::History history =
        days({{{.kind = code(EventKind::halt), .book = 0}}, {{.kind = code(EventKind::halt)}}});

    CHECK(lines_until(history, 0, market::day).size() == 1);
    CHECK(lines_until(history, 1, market::day).size() == 2);
}

TEST_CASE("panel log: the clock's steps are no events of the economy") {
    const world::History history = days({{{.kind = code(EventKind::finer_steps), .reference = 1},
                                          {.kind = code(EventKind::coarser_steps)}}});
    CHECK(lines_until(history, 0, market::day).empty());
}

TEST_CASE("panel log: events say whom they are about, in both languages") {
    world::Manifest manifest;
    manifest.books = {{.name = "BTC"}};
    manifest.sectors = {{.name = "funds", .label = "Hedge funds", .label_zh = "对冲基金"}};
    manifest.blocks = {{.name = "none"}, {.name = "big_fund"}};
    manifest.shocks = {"hack"};
    const auto words = [&](const EventRow& row, Language language = Language::english) {
        return viz::sentence(row, manifest, language);
    };
    CHECK(words({.kind = code(EventKind::shock), .reference = 0}) == "Shock: hack");
    CHECK(words({.kind = code(EventKind::input), .reference = 2}) == "Injected shock 2");
    CHECK(words({.kind = code(EventKind::halt), .book = 0}) == "BTC is halted");
    CHECK(words({.kind = code(EventKind::outage), .book = 0}) == "BTC cannot be reached");
    CHECK(words({.kind = code(EventKind::resume), .book = 0}) == "BTC trades again");
    CHECK(words({.kind = code(EventKind::forced_sale),
                 .account = market::AccountId{1, 5}.packed()}) == "Lenders sell for big_fund");
    CHECK(words({.kind = code(EventKind::write_off), .reference = 0}) == "Losses on Hedge funds");
    CHECK(words({.kind = code(EventKind::capital_call), .reference = 0}) ==
          "Hedge funds paid a capital call");
    CHECK(words({.kind = code(EventKind::redemption), .reference = 0}, Language::chinese) ==
          "对冲基金 支付赎回");
    CHECK(words({.kind = code(EventKind::finer_steps), .reference = 1}) ==
          "The clock runs finer (1)");
    CHECK(words({.kind = code(EventKind::coarser_steps), .reference = 0}) ==
          "The clock runs coarser (0)");
    // Rows of a newer version, or of another world, are shown as numbers rather than refused.
    CHECK(words({.kind = 99}) == "99");
    CHECK(words({.kind = code(EventKind::redemption), .reference = 8}) == "8 paid redemptions");
}

TEST_CASE("panel log: a line leads to the account, the book or the sector that it speaks of") {
    using viz::Picked;
    world::Manifest manifest;
    manifest.books = {{.name = "BTC"}, {.name = "ETH"}};
    manifest.sectors = {{.name = "funds"}, {.name = "banks"}};
    manifest.blocks = {{.name = "none"}, {.name = "crowd", .members = 9}};
    manifest.shocks = {"hack"};
    const std::uint32_t fifth = market::AccountId{1, 5}.packed();
    const auto subject = [&](const EventRow& row) { return viz::subject_of(row, manifest); };

    for (const EventKind kind : {EventKind::halt, EventKind::outage, EventKind::resume}) {
        CHECK(subject({.kind = code(kind), .book = 1}) == Picked{Picked::Kind::book, 1});
        CHECK(subject({.kind = code(kind), .book = 2}) == std::nullopt);
    }
    for (const EventKind kind :
         {EventKind::write_off, EventKind::capital_call, EventKind::redemption}) {
        CHECK(subject({.kind = code(kind), .reference = 1}) == Picked{Picked::Kind::sector, 1});
        CHECK(subject({.kind = code(kind), .reference = 2}) == std::nullopt);
    }
    const std::uint8_t forced = code(EventKind::forced_sale);
    CHECK(subject({.kind = forced, .account = fifth}) == Picked{Picked::Kind::account, fifth});
    CHECK(subject({.kind = forced, .account = market::AccountId{2, 0}.packed()}) == std::nullopt);
    // These are about the world as a whole, or of a newer version.
    CHECK(subject({.kind = code(EventKind::shock), .reference = 0}) == std::nullopt);
    CHECK(subject({.kind = code(EventKind::input), .reference = 0}) == std::nullopt);
    CHECK(subject({.kind = 99}) == std::nullopt);
}

TEST_CASE("panel log: a line about several members leads to the last of them") {
    const auto sale = [](std::uint32_t member) {
        return EventRow{.kind = code(EventKind::forced_sale),
                        .account = market::AccountId{1, member}.packed(),
                        .amount = 5};
    };
    const auto lines = lines_until(days({{sale(3)}, {sale(8)}}), 1, market::day * 7);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].row.account == market::AccountId{1, 8}.packed());
    CHECK(lines[0].row.amount == 10);
}

TEST_CASE("panel log: lines that are gone on with are those made at once") {
    const auto paid = [](std::uint32_t sector) {
        return EventRow{.kind = code(EventKind::redemption), .reference = sector, .amount = 1};
    };
    const world::History history = days({{paid(1)}, {paid(2)}, {paid(1), paid(3)}, {paid(2)}, {}});
    std::vector<viz::LogLine> lines;
    std::size_t next = 0;
    for (std::size_t frame = 0; frame < 5; ++frame) {
        next = viz::extend_lines(lines, history, next, frame, market::day * 2);
    }

    const auto at_once = lines_until(history, 4, market::day * 2);
    CHECK(next == 5);
    REQUIRE(lines.size() == at_once.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(lines[i].row == at_once[i].row);
        CHECK(lines[i].count == at_once[i].count);
        CHECK(lines[i].last == at_once[i].last);
    }
}
