// SPDX-License-Identifier: Apache-2.0
#include "world/replay_file.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/replay_film.hpp"
#include "tests/support/split_mix.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

void check_same(const Trace& a, const Trace& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a.time(i) == b.time(i));
        CHECK(a.is_gap(i) == b.is_gap(i));
        if (!a.is_gap(i)) CHECK(a.value(i) == b.value(i));
    }
}

void check_same_history(const History& a, const History& b) {
    CHECK(a.time == b.time);
    REQUIRE(a.books.size() == b.books.size());
    for (std::size_t book = 0; book < a.books.size(); ++book) {
        check_same(a.books[book].rebased, b.books[book].rebased);
        check_same(a.books[book].drawdown, b.books[book].drawdown);
    }
    for (std::size_t i = 0; i < a.gauges.size(); ++i) {
        check_same(a.gauges[i].values, b.gauges[i].values);
    }
    for (std::size_t i = 0; i < a.idle_peaks.size(); ++i) {
        check_same(a.idle_peaks[i], b.idle_peaks[i]);
    }
    REQUIRE(a.events.size() == b.events.size());
    for (std::size_t i = 0; i < a.events.size(); ++i) {
        CHECK(a.events[i].frame == b.events[i].frame);
        CHECK(a.events[i].row == b.events[i].row);
    }
}

}  // namespace

TEST_CASE("replay file: shows what a film of the run shows, forwards, backwards and anywhere") {
    const test::ReplayFilm& film = test::busy_film();
    const std::vector<std::uint64_t> expected = film.digests();
    ReplayFile replay = test::replay_of(film.bytes());

    CHECK(replay.finished());
    CHECK(replay.manifest() == film.head.manifest);
    REQUIRE(replay.frames() == 250);
    for (std::uint64_t i = 0; i < 250; ++i) CHECK(replay.at(i).digest() == expected[i]);
    for (std::uint64_t i = 250; i-- > 0;) CHECK(replay.at(i).digest() == expected[i]);
    test::SplitMix64 random{1};
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t index = static_cast<std::uint64_t>(random.below(250));
        CHECK(replay.at(index).digest() == expected[index]);
    }
    CHECK(replay.troubles().empty());
}

TEST_CASE("replay file: segments of any length show the same, and the same history") {
    const test::ReplayFilm& film = test::busy_film();
    const std::vector<std::uint64_t> expected = film.digests();
    const FilmStrip strip = film.strip();
    for (const std::size_t every : {std::size_t{1}, std::size_t{7}, std::size_t{250}}) {
        ReplayFile replay = test::replay_of(film.bytes(every));
        REQUIRE(replay.frames() == 250);
        for (std::uint64_t i = 0; i < 250; i += 3) CHECK(replay.at(i).digest() == expected[i]);
        check_same_history(replay.history(), strip.history());
    }
}

TEST_CASE("replay file: every table has rows in this test") {
    std::size_t rows[16] = {};
    for (const Frame& frame : test::busy_film().frames) {
        std::size_t table = 0;
        Frame::tables([&](std::string_view, TableKind, auto member) {
            rows[table++] += (frame.*member).size();
        });
    }
    for (std::size_t table = 0; table < 13; ++table) CHECK(rows[table] > 0);
}

TEST_CASE("replay file: frames come back as they were, rows in their order") {
    const test::ReplayFilm& film = test::busy_film();
    ReplayFile replay = test::replay_of(film.bytes());
    int same = 0;
    for (std::uint64_t i = 0; i < 250; ++i) {
        // The first of a segment has complete state tables; `at` is compared above.
        if (i % 64 == 0) continue;
        CHECK(replay.frame(i) == film.frames[i]);
        ++same;
    }
    CHECK(same == 246);
}

TEST_CASE("replay file: rows in any order keep it") {
    test::ReplayFilm film = test::busy_film();
    film.frames.resize(10);
    for (Frame& frame : film.frames) {
        std::ranges::reverse(frame.trades);
        std::ranges::reverse(frame.flows);
        std::ranges::reverse(frame.fills);
    }
    ReplayFile replay = test::replay_of(film.bytes(5));
    for (std::uint64_t i = 1; i < 5; ++i) CHECK(replay.frame(i) == film.frames[i]);
}

TEST_CASE("replay file: follows a file that grows") {
    const test::ReplayFilm& film = test::busy_film();
    MemorySink sink;
    ReplayWriter writer{sink, film.head};
    auto source = std::make_unique<MemorySource>(sink.bytes());
    MemorySource& growing = *source;
    std::size_t given = sink.bytes().size();
    ReplayFile replay{std::move(source)};
    const std::vector<std::uint64_t> expected = film.digests();

    CHECK(replay.frames() == 0);
    CHECK_FALSE(replay.refresh());
    for (std::uint64_t i = 0; i < 100; ++i) {
        writer.add(film.frames[i]);
        if (i % 20 == 19) writer.flush();
        // The file grows by any number of bytes, not by whole records.
        const std::size_t there = sink.bytes().size();
        for (const std::size_t upto : {given + (there - given) / 2, there}) {
            growing.append(ByteSpan{sink.bytes()}.subspan(given, upto - given));
            given = upto;
            replay.refresh();
        }
        REQUIRE(replay.frames() == (i + 1) / 20 * 20);
        if (replay.frames() == 0) continue;
        CHECK(replay.at(replay.frames() - 1).digest() == expected[replay.frames() - 1]);
        CHECK(replay.history().frames() == replay.frames());
        CHECK_FALSE(replay.finished());
    }
    writer.close();
    growing.append(ByteSpan{sink.bytes()}.subspan(given));
    CHECK_FALSE(replay.refresh());  // no more frames
    CHECK(replay.finished());
    CHECK(replay.troubles().empty());
}

TEST_CASE("replay file: an input comes back with its lines") {
    const test::ReplayFilm& film = test::busy_film();
    const LiveInput first{.step = 3, .order = 0, .yaml = "kind: outage\nvenue: floor\n"};
    const LiveInput second{.step = 3, .order = 1, .yaml = "{kind: policy_rate, rate: 6%/yr}"};
    MemorySink sink;
    ReplayWriter writer{sink, film.head};
    writer.add(film.frames[0]);
    writer.add(first);
    writer.add(second);
    writer.add(film.frames[1]);
    writer.close();

    ReplayFile replay = test::replay_of(sink.bytes());
    REQUIRE(replay.inputs().size() == 2);
    CHECK(replay.inputs()[0] == first);
    CHECK(replay.inputs()[1] == second);
    CHECK(replay.frames() == 2);
}

// Goal: an input takes nothing from the frames around it, wherever in a segment it comes.
// Method: segments of several lengths; before each frame in turn, and behind the last, an input.
TEST_CASE("replay file: an input may come before any frame of a segment") {
    test::ReplayFilm film = test::busy_film();
    film.frames.resize(12);
    const std::vector<std::uint64_t> expected = film.digests();
    const LiveInput input{.step = 3, .order = 0, .yaml = "{kind: policy_rate, rate: 6%/yr}"};
    for (const std::size_t every : {std::size_t{1}, std::size_t{3}, std::size_t{5}}) {
        for (std::size_t place = 0; place <= film.frames.size(); ++place) {
            CAPTURE(every);
            CAPTURE(place);
            MemorySink sink;
            ReplayWriter writer{sink, film.head};
            for (std::size_t i = 0; i < film.frames.size(); ++i) {
                if (i == place) writer.add(input);
                writer.add(film.frames[i]);
                if (i % every == every - 1) writer.flush();
            }
            if (place == film.frames.size()) writer.add(input);
            writer.close();

            ReplayFile replay = test::replay_of(sink.bytes());
            REQUIRE(replay.frames() == film.frames.size());
            for (std::size_t i = 0; i < 12; ++i) CHECK(replay.at(i).digest() == expected[i]);
            CHECK(replay.inputs().size() == 1);
            CHECK(replay.container().verify());
            CHECK(replay.troubles().empty());
        }
    }
}

TEST_CASE("replay file: numbers that point nowhere are refused, other segments stay") {
    test::ReplayFilm film = test::busy_film();
    film.frames.resize(30);
    SUBCASE("a book of the series") {
        film.frames[15].events = {{.kind = 0, .book = 99}};
    }
    SUBCASE("a missing book") {
        film.frames[15].books.pop_back();
    }
    SUBCASE("a sector without cash") {
        film.frames[15].cash.pop_back();
    }
    SUBCASE("a kind of event") {
        film.frames[15].events = {{.kind = 200}};
    }
    SUBCASE("a time before the last") {
        film.frames[15].head.to = film.frames[13].head.to;
    }
    SUBCASE("a time that cannot be subtracted from") {
        film.frames[19].head.to = std::numeric_limits<std::int64_t>::max();
    }
    ReplayFile replay = test::replay_of(film.bytes(10));

    CHECK(replay.frames() == 20);
    CHECK(replay.at(10).frames == 21);  // the eleventh frame there is the run's 21st
    CHECK(replay.troubles().size() == 1);
    CHECK(replay.gaps().size() == 1);
}

TEST_CASE("replay file: a detail that points nowhere refuses its frames only") {
    test::ReplayFilm film = test::busy_film();
    film.frames.resize(30);
    SUBCASE("sector") {
        film.frames[15].flows.push_back({.from = 99});
    }
    SUBCASE("asset") {
        film.frames[15].holdings = {{.sector = 0, .asset = 4000}};
    }
    SUBCASE("account") {
        film.frames[15].fills = {{.maker = 0, .taker = 0xffff'fff0}};
    }
    SUBCASE("reason") {
        film.frames[15].flows.push_back({.reason = 77});
    }
    SUBCASE("width") {
        film.frames[15].ladders = {{.width = 0}};
    }
    ReplayFile replay = test::replay_of(film.bytes(10));

    REQUIRE(replay.frames() == 30);
    CHECK(replay.at(9).frames == 10);
    CHECK_THROWS_AS((void)replay.at(12), ReplayError);
    CHECK(replay.at(5).frames == 6);
    CHECK(replay.head(12).step == film.frames[12].head.step);
    CHECK(replay.at(5).frames == 6);
    CHECK(replay.head(12).step == film.frames[12].head.step);
}

TEST_CASE("replay file: without charts it has all the frames and an empty history") {
    const test::ReplayFilm& film = test::busy_film();
    ReplayFile replay{std::make_unique<MemorySource>(film.bytes()), false};
    CHECK(replay.frames() == 250);
    CHECK(replay.history().frames() == 0);
    CHECK(replay.at(77).digest() == film.digests()[77]);
}

TEST_CASE("replay file: what is no replay of ours is refused") {
    MemorySink sink;
    McapWriter other{sink, {.profile = "ros2", .library = "x"}};
    other.close();
    CHECK_THROWS_AS((void)test::replay_of(sink.bytes()), ReplayError);
    CHECK_THROWS_AS((void)test::replay_of({}), ReplayError);
    test::ReplayFilm film = test::busy_film();
    film.head.meta.format = replay_format + 1;
    CHECK_THROWS_AS((void)test::replay_of(film.bytes()), ReplayError);
}

}  // namespace crowdout::world
