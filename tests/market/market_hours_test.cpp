// SPDX-License-Identifier: Apache-2.0
#include "market/market_hours.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

/// Friday 10 October 2025, New York's clock (daylight saving, 4 h behind UTC).
Time new_york(int hours, int minutes) {
    return Time{} + day * day_number({2025, 10, 10}) + hour * (hours + 4) + minute * minutes;
}

struct Change {
    Time at;
    MarketPhase phase = MarketPhase::closed;

    friend bool operator==(const Change&, const Change&) = default;
};

/// Every event up to `end`, with the phase that follows it.
std::vector<Change> changes(MarketHours& hours, Time end) {
    std::vector<Change> result;
    while (hours.next_event() <= end) {
        const Time at = hours.advance().at;
        result.push_back({at, hours.phase()});
    }
    return result;
}

using Changes = std::vector<Change>;
using Outages = std::vector<Outage>;

}  // namespace

TEST_CASE("market hours: a day goes from closed through pre-open to continuous and back") {
    MarketHours hours{Session::us_equities, {}, new_york(8, 0)};
    CHECK(hours.phase() == MarketPhase::closed);
    CHECK(hours.next_change() == new_york(9, 30));
    CHECK(changes(hours, new_york(23, 0)) == Changes{{new_york(9, 25), MarketPhase::pre_open},
                                                     {new_york(9, 30), MarketPhase::continuous},
                                                     {new_york(16, 0), MarketPhase::closed}});
    CHECK(hours.next_event() == new_york(9, 25) + day * 3);
}

TEST_CASE("market hours: a market that never closes has days at midnight UTC") {
    MarketHours hours{Session::always, {}, new_york(19, 0)};
    CHECK(hours.phase() == MarketPhase::continuous);
    CHECK(hours.next_change() == never);
    const MarketHours::Turn turn = hours.advance();
    CHECK(turn.at == new_york(20, 0));
    CHECK(turn.day_begins);
    CHECK_FALSE(turn.session_ends);
    CHECK(hours.phase() == MarketPhase::continuous);
}

TEST_CASE("market hours: a day begins at the opening, and a session ends at the close") {
    MarketHours hours{Session::us_equities, {}, new_york(9, 26)};
    CHECK(hours.phase() == MarketPhase::pre_open);
    const MarketHours::Turn opening = hours.advance();
    CHECK(opening.day_begins);
    CHECK_FALSE(opening.session_ends);
    const MarketHours::Turn close = hours.advance();
    CHECK_FALSE(close.day_begins);
    CHECK(close.session_ends);
}

TEST_CASE("market hours: a halt ends after its time, or with the session") {
    MarketHours hours{Session::us_equities, {}, new_york(10, 0)};
    hours.halt(new_york(10, 0), minute * 5);
    CHECK(hours.phase() == MarketPhase::halted);
    CHECK(changes(hours, new_york(15, 0)) == Changes{{new_york(10, 5), MarketPhase::continuous}});

    hours.halt(new_york(15, 58), minute * 5);
    CHECK(changes(hours, new_york(20, 0)) == Changes{{new_york(16, 0), MarketPhase::closed}});
}

TEST_CASE("market hours: an outage outranks the session and the halt") {
    const std::vector<Outage> outages{{new_york(9, 0), new_york(9, 28)},
                                      {new_york(10, 2), new_york(10, 3)},
                                      {new_york(15, 0), new_york(17, 0)}};
    MarketHours hours{Session::us_equities, outages, new_york(9, 1)};
    CHECK(hours.phase() == MarketPhase::down);
    changes(hours, new_york(10, 0));
    CHECK(hours.phase() == MarketPhase::continuous);
    hours.halt(new_york(10, 0), minute * 5);
    CHECK(changes(hours, new_york(23, 0)) == Changes{{new_york(10, 2), MarketPhase::down},
                                                     {new_york(10, 3), MarketPhase::halted},
                                                     {new_york(10, 5), MarketPhase::continuous},
                                                     {new_york(15, 0), MarketPhase::down},
                                                     {new_york(16, 0), MarketPhase::down},
                                                     {new_york(17, 0), MarketPhase::closed}});
}

TEST_CASE("market hours: what the clock alone leads to is known before it is turned") {
    const std::vector<Outage> outages{{new_york(11, 0), new_york(12, 0)},
                                      {new_york(12, 0), new_york(12, 30)}};
    MarketHours hours{Session::us_equities, outages, new_york(10, 0)};
    hours.halt(new_york(10, 0), minute * 5);
    const std::vector<std::pair<Time, MarketPhase>> expected{
        {new_york(10, 4), MarketPhase::halted},      {new_york(10, 5), MarketPhase::continuous},
        {new_york(10, 59), MarketPhase::continuous}, {new_york(11, 0), MarketPhase::down},
        {new_york(12, 0), MarketPhase::down},        {new_york(12, 30), MarketPhase::continuous},
        {new_york(16, 0), MarketPhase::closed}};
    for (const auto& each : expected) {
        const Time at = each.first;
        const MarketPhase phase = each.second;
        CAPTURE(at.ns);
        CHECK(hours.phase_at(at) == phase);
        const bool held = phase == MarketPhase::halted || phase == MarketPhase::down;
        CHECK((hours.held_until(at) != never) == held);
        MarketHours turned = hours;
        while (turned.next_event() <= at) turned.advance();
        CHECK(turned.phase() == phase);
    }
}

TEST_CASE("market hours: an outage holds a book until its end, and a halt until its own") {
    MarketHours hours{Session::us_equities, {{new_york(10, 3), new_york(10, 4)}}, new_york(10, 0)};
    CHECK(hours.held_until(new_york(10, 0)) == never);
    hours.halt(new_york(10, 0), minute * 5);
    CHECK(hours.held_until(new_york(10, 0)) == new_york(10, 5));
    CHECK(hours.held_until(new_york(10, 3)) == new_york(10, 4));
    CHECK(hours.held_until(new_york(10, 4)) == new_york(10, 5));
    CHECK(hours.held_until(new_york(10, 5)) == never);
}

TEST_CASE("market hours: an outage that nobody foresaw begins at its moment") {
    MarketHours hours{Session::us_equities, {}, new_york(9, 40)};
    hours.add_outage({new_york(10, 0), new_york(10, 30)}, new_york(9, 40));
    CHECK(hours.phase() == MarketPhase::continuous);
    CHECK(changes(hours, new_york(16, 0)) == Changes{{new_york(10, 0), MarketPhase::down},
                                                     {new_york(10, 30), MarketPhase::continuous},
                                                     {new_york(16, 0), MarketPhase::closed}});
}

TEST_CASE("market hours: an unforeseen outage becomes one with those that it touches") {
    const Outages known{{new_york(10, 0), new_york(10, 10)},
                        {new_york(11, 0), new_york(11, 10)},
                        {new_york(12, 0), new_york(12, 10)}};
    MarketHours hours{Session::us_equities, known, new_york(9, 40)};
    CHECK(changes(hours, new_york(10, 5)) == Changes{{new_york(10, 0), MarketPhase::down}});

    // It meets the one that runs and the one at 11, and leaves that of noon alone.
    hours.add_outage({new_york(10, 6), new_york(11, 0)}, new_york(10, 5));
    CHECK(hours.phase() == MarketPhase::down);
    CHECK(changes(hours, new_york(13, 0)) == Changes{{new_york(11, 10), MarketPhase::continuous},
                                                     {new_york(12, 0), MarketPhase::down},
                                                     {new_york(12, 10), MarketPhase::continuous}});
}

TEST_CASE("market hours: an unforeseen outage does not swallow a close that is due") {
    MarketHours hours{Session::us_equities, {}, new_york(9, 40)};
    hours.add_outage({new_york(16, 1), new_york(17, 0)}, new_york(16, 0));
    CHECK(changes(hours, new_york(18, 0)) == Changes{{new_york(16, 0), MarketPhase::closed},
                                                     {new_york(16, 1), MarketPhase::down},
                                                     {new_york(17, 0), MarketPhase::closed}});
}

TEST_CASE("market hours: knows the minutes after the opening and before the close") {
    // Begun in the middle of a session it still knows when that opened.
    MarketHours hours{Session::us_equities, {}, new_york(9, 40)};
    const Duration after = minute * 15;
    const Duration before = minute * 25;
    CHECK(hours.is_near_edge(new_york(9, 44), after, before));
    CHECK_FALSE(hours.is_near_edge(new_york(9, 45), after, before));
    CHECK_FALSE(hours.is_near_edge(new_york(15, 34), after, before));
    CHECK(hours.is_near_edge(new_york(15, 35), after, before));
    MarketHours always{Session::always, {}, new_york(9, 40)};
    CHECK_FALSE(always.is_near_edge(new_york(19, 59), after, before));
}

TEST_CASE("market hours: written and read again they go on alike") {
    MarketHours hours{Session::us_equities, {{new_york(12, 0), new_york(13, 0)}}, new_york(9, 40)};
    hours.halt(new_york(9, 41), minute * 5);
    ArchiveWriter writer;
    hours.archive(writer);
    MarketHours copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(reader.left() == 0);
    CHECK(changes(copy, new_york(20, 0)) == changes(hours, new_york(20, 0)));
}
