// SPDX-License-Identifier: Apache-2.0
#include "world/live_run.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "tests/support/small_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

constexpr int minutes = 200;

World crowd(const std::string& every = "1min") {
    return test::build_world(test::crowd_world, {"duration=200min", "record.every=" + every});
}

/// The frames of a run that nobody watches.
FilmStrip alone() {
    Pool pool{1};
    World world = crowd();
    FrameCamera camera{world};
    FilmStrip strip{camera.manifest()};
    for (int i = 0; i < minutes; ++i) {
        world.step(pool);
        if (camera.see(world)) strip.append(camera.frame());
    }
    return strip;
}

/// Refreshes until the run has nothing more to do.
void drain(LiveRun& run) {
    while (!run.source().finished()) {
        run.source().refresh();
        std::this_thread::yield();
    }
    run.source().refresh();
}

/// Refreshes until so many frames are there.
void await(LiveRun& run, std::uint64_t frames) {
    while (run.source().frames() < frames) {
        run.source().refresh();
        std::this_thread::yield();
    }
}

}  // namespace

TEST_CASE("live run: shows, frame by frame, the run that nobody watches") {
    FilmStrip expected = alone();
    LiveRun run{crowd(), 2, {}};
    run.run_until(market::never);
    drain(run);

    REQUIRE(run.source().frames() == minutes);
    for (std::uint64_t i = 0; i < minutes; i += 7) {
        CHECK(run.source().at(i).digest() == expected.at(i).digest());
    }
    const Trace& prices = run.source().history().books[0].rebased;
    const Trace& same = expected.history().books[0].rebased;
    REQUIRE(prices.size() == minutes);
    for (std::size_t i = 0; i < prices.size(); ++i) CHECK(prices.value(i) == same.value(i));
    CHECK(run.status().finished);
}

TEST_CASE("live run: goes as far as it may, and so many frames beyond") {
    LiveRun run{crowd(), 1, {}};
    const market::Time start = run.status().now;
    run.run_until(start + market::minute * 10);
    await(run, 10);
    run.go_on(1);
    await(run, 11);
    run.go_on(1);
    await(run, 12);

    while (!run.status().waiting) std::this_thread::yield();
    CHECK(run.status().now == start + market::minute * 12);
    CHECK(run.status().steps == 12);
    CHECK(!run.source().finished());
}

TEST_CASE("live run: a frame that stands for several steps is made whole") {
    LiveRun run{crowd("5min"), 1, {}};
    const market::Time start = run.status().now;
    run.run_until(start + market::minute * 5);
    await(run, 1);
    run.go_on(1);
    await(run, 2);
    run.go_on(2);
    await(run, 4);

    while (!run.status().waiting) std::this_thread::yield();
    CHECK(run.status().now == start + market::minute * 20);
}

TEST_CASE("live run: older frames come from the recording") {
    FilmStrip recorded = alone();
    LiveRun run{crowd(), 1, {}, 5, &recorded};
    run.run_until(market::never);
    drain(run);

    FilmStrip expected = alone();
    for (const std::uint64_t i : {199u, 193u, 192u, 191u, 3u, 198u, 0u, 199u, 70u}) {
        CHECK(run.source().at(i).digest() == expected.at(i).digest());
    }
    CHECK(run.source().first() == 0);
}

// Frames go by 64: of 200 with 5 to be kept, 128 would leave 72, so 192 go.
TEST_CASE("live run: without a recording older frames are given up") {
    LiveRun run{crowd(), 1, {}, 5};
    run.run_until(market::never);
    drain(run);
    CHECK(run.source().first() == 192);
    CHECK(run.source().at(192).frames == 193);
}

TEST_CASE("live run: any frame in memory is shown as it was, in any order") {
    FilmStrip expected = alone();
    LiveRun run{crowd(), 1, {}, 120};
    run.run_until(market::never);
    drain(run);
    REQUIRE(run.source().first() == 64);
    for (std::uint64_t i = minutes; i-- > 64;) {
        CHECK(run.source().at(i).digest() == expected.at(i).digest());
    }
    for (const std::uint64_t i : {64u, 127u, 128u, 199u, 65u, 129u, 192u, 191u}) {
        CHECK(run.source().at(i).digest() == expected.at(i).digest());
    }
}

TEST_CASE("live run: a shock happens in the step after, and is told of") {
    const auto shock = test::config_of(
        test::crowd_world, {"shocks=[{name: gift, at: 2026-01-05T00:30:00Z, kind: transfer, "
                            "from: bank, to: vault, amount: $5}]"});
    std::vector<std::uint64_t> told;
    LiveRun run{crowd(),
                1,
                {.on_frame = {},
                 .on_input =
                     [&](std::uint64_t steps, std::uint32_t, const std::string& text) {
                         told.push_back(steps);
                         CHECK(text == "as written");
                     },
                 .on_end = {}}};
    run.run_until(run.status().now + market::minute * 3);
    await(run, 3);
    CHECK(run.inject(shock->shocks.items[0], "as written"));
    run.run_until(market::never);
    drain(run);

    REQUIRE(told == std::vector<std::uint64_t>{3});
    const auto& events = run.source().at(3).frame.events;
    REQUIRE(events.size() == 1);
    CHECK(events[0].kind == static_cast<std::uint8_t>(EventKind::input));
    CHECK_FALSE(run.inject(shock->shocks.items[0], "too late"));
}

TEST_CASE("live run: what breaks it reaches the watcher") {
    LiveRun run{crowd(), 1, {.on_frame = [](const Frame&) { throw std::runtime_error{"full"}; }}};
    run.run_until(market::never);
    drain(run);
    CHECK_THROWS_WITH(run.rethrow(), "full");
}

TEST_CASE("live run: ends with a frame of the steps that none shows yet") {
    std::vector<std::uint64_t> steps;
    LiveRun run{test::build_world(test::crowd_world,
                                  {"record.every=10min", "steps=[1min]", "duration=13min"}),
                1,
                {.on_frame = [&](const Frame& frame) { steps.push_back(frame.head.step); }}};
    run.run_until(market::never);
    drain(run);
    run.source().refresh();

    CHECK(steps == std::vector<std::uint64_t>{10, 13});
    CHECK(run.source().frames() == 2);
    CHECK(run.source().finished());
}

// Goal: whoever waits for a frame sees it, however long it is and however slowly time goes by.
// Method: a moment after the opening is asked for, in frames of ten steps.
TEST_CASE("live run: a frame that has been begun is made whole") {
    LiveRun run{test::build_world(test::crowd_world, {"record.every=10min", "steps=[1min]"}), 1,
                LiveRun::Hooks{}};
    run.run_until(run.status().now + market::second);
    await(run, 1);
    while (!run.status().waiting) std::this_thread::yield();

    CHECK(run.status().steps == 10);
    CHECK(run.source().frames() == 1);
}

TEST_CASE("live run: may be left at any time") {
    LiveRun run{crowd(), 1, {}};
    run.run_until(market::never);
    await(run, 1);
    run.stop();
    CHECK(run.status().finished);
    CHECK(run.status().steps <= minutes);
}

}  // namespace crowdout::world
