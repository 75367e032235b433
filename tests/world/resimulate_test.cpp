// SPDX-License-Identifier: Apache-2.0
#include "world/resimulate.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/replay_film.hpp"
#include "world/checkpoint.hpp"
#include "world/diagnostic.hpp"
#include "world/live_input.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

const std::vector<LiveInput> shocks{
    {.step = 20, .order = 0, .yaml = "{kind: policy_rate, rate: 8%/yr}"},
    {.step = 20, .order = 1, .yaml = "{name: gone, kind: outage, venue: offshore, lasts: 10min}"},
    {.step = 45, .order = 2, .yaml = "kind: transfer\nfrom: people\nto: state\namount: $5M\n"}};

struct Recorded {
    test::ReplayFilm film;
    std::vector<LiveInput> inputs;

    [[nodiscard]] ReplayFile replay() const {
        MemorySink sink;
        ReplayWriter writer{sink, film.head};
        auto next = inputs.begin();
        for (const Frame& frame : film.frames) {
            for (; next != inputs.end() && next->step < frame.head.step; ++next) writer.add(*next);
            writer.add(frame);
            if (writer.frames() % 16 == 0) writer.flush();
        }
        writer.close();
        return test::replay_of(sink.bytes());
    }
};

/// 80 steps of the busy world with the three shocks.
Recorded record(const std::vector<std::string>& overrides = {}, std::uint64_t begin = 0) {
    Pool pool{1};
    World world = test::build_world(test::busy_world, overrides);
    for (std::uint64_t i = 0; i < begin; ++i) world.step(pool);
    Recorded recorded{.film = {.head = test::replay_head(world), .frames = {}}, .inputs = {}};
    if (begin > 0) {
        recorded.film.head.meta.checkpoint = checkpoint_attachment;
        recorded.film.head.checkpoint = save_checkpoint(world);
    }
    FrameCamera camera{world};
    for (std::uint64_t i = begin; i < 80; ++i) {
        for (const LiveInput& shock : shocks) {
            if (shock.step != world.steps()) continue;
            inject(world, shock);
            recorded.inputs.push_back(shock);
        }
        world.step(pool);
        if (camera.see(world)) recorded.film.frames.push_back(camera.frame());
    }
    return recorded;
}

Resimulation again(ReplayFile& replay, int threads) {
    Pool pool{threads};
    return resimulate(replay, pool, [](double) { return true; });
}

}  // namespace

TEST_SUITE("determinism") {
    TEST_CASE("resimulate: a run with shocks from outside is the same on any number of threads") {
        const Recorded recorded = record();
        ReplayFile replay = recorded.replay();
        REQUIRE(replay.inputs().size() == 3);
        for (const int threads : {1, 2, 3}) {
            const Resimulation result = again(replay, threads);
            CHECK(result.frames == 80);
            CHECK_FALSE(result.divergence);
        }
    }

    TEST_CASE("resimulate: a recording that begins later starts from its checkpoint") {
        const Recorded recorded = record({}, 30);
        REQUIRE(recorded.inputs.size() == 1);
        ReplayFile replay = recorded.replay();
        CHECK(replay.meta().steps == 30);
        const Resimulation result = again(replay, 2);
        CHECK(result.frames == 50);
        CHECK_FALSE(result.divergence);
    }

    TEST_CASE("resimulate: frames may be further apart than steps") {
        ReplayFile replay = record({"record.every=17min"}).replay();
        REQUIRE(replay.frames() < 40);
        CHECK_FALSE(again(replay, 1).divergence);
    }

    TEST_CASE("resimulate: without a shock the runs part in the step that it came before") {
        Recorded recorded = record();
        recorded.inputs.pop_back();  // the one before step 46
        ReplayFile replay = recorded.replay();
        const Resimulation result = again(replay, 1);
        REQUIRE(result.divergence);
        CHECK(result.frames == 46);
        CHECK(result.divergence->frame == 45);
        CHECK(result.divergence->steps_from == 45);
        CHECK(result.divergence->step == 46);
        CHECK(result.divergence->phase == "macro");  // where shocks happen
    }
}

TEST_CASE("resimulate: the first mark that differs names the phase") {
    Recorded recorded = record();
    Frame& frame = recorded.film.frames[9];
    frame.head.digest ^= 1;
    frame.marks[3].mark = static_cast<std::uint16_t>(frame.marks[3].mark ^ 1);
    frame.marks[5].mark = static_cast<std::uint16_t>(frame.marks[5].mark ^ 1);
    ReplayFile replay = recorded.replay();
    const Resimulation result = again(replay, 1);
    REQUIRE(result.divergence);
    CHECK(result.divergence->step == 10);
    CHECK(result.divergence->phase == "match");
    CHECK(result.divergence->digest_recorded == (result.divergence->digest_computed ^ 1));
}

TEST_CASE("resimulate: a world or checkpoint of no use is damage, not a crash") {
    Recorded recorded = record();
    recorded.film.head.world = "name: [";
    ReplayFile no_world = recorded.replay();
    CHECK_THROWS_AS((void)world_of(no_world), ReplayError);
    recorded.film.head.meta.checkpoint = checkpoint_attachment;
    recorded.film.head.checkpoint = "crowdout";
    ReplayFile no_checkpoint = recorded.replay();
    CHECK_THROWS_AS((void)world_of(no_checkpoint), ReplayError);
}

TEST_CASE("live input: is read as strictly as a world file") {
    const World world = test::build_world(test::busy_world);
    const auto read = [&](const std::string& yaml) {
        return read_live_shock(yaml, world.config(), world.now());
    };
    CHECK(read("{kind: policy_rate, rate: 6%/yr}").name == "input");
    CHECK(read("{name: hike, kind: policy_rate, rate: 6%/yr}").name == "hike");
    CHECK(read("{kind: policy_rate, rate: 6%/yr, at: 2031-01-01}").at == world.now());
    const auto message = [&](const std::string& yaml) -> std::string {
        try {
            (void)read(yaml);
            return "";
        } catch (const InvalidWorld& invalid) {
            return invalid.what();
        }
    };
    CHECK(message("{kind: outage, venue: offshort}").find("offshore") != std::string::npos);
    CHECK(message("{kind: policy_rate, rat: 6%/yr}").find("rate") != std::string::npos);
    CHECK(message("{kind: flood}").find("E0161") != std::string::npos);
    CHECK(message("[").find("input:1:") != std::string::npos);
    CHECK(!message("").empty());
}

}  // namespace crowdout::world
