// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/busy_world.hpp"
#include "tests/support/small_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

struct Scene {
    const char* name;
    std::string_view text;
    std::vector<std::string> overrides;
    int steps;
};

/// What the golden file holds the digests of: books alone, the slow clock alone, and everything.
const std::vector<Scene>& scenes() {
    static const std::vector<Scene> all{
        {"crowd", test::crowd_world, {}, 120},
        {"quiet", test::quiet_world, {"steps=[6h]"}, 40},
        {"busy", test::busy_world, {}, 250},
    };
    return all;
}

std::vector<std::uint64_t> digests(World world, int threads, int steps) {
    Pool pool{threads};
    std::vector<std::uint64_t> result;
    for (int i = 0; i < steps; ++i) {
        world.step(pool);
        result.push_back(world.digest());
    }
    return result;
}

/// A line for every quarter of a scene: the first that differs says about when it went wrong.
std::string golden_lines() {
    std::string lines;
    for (const Scene& scene : scenes()) {
        const auto run = digests(test::build_world(scene.text, scene.overrides), 2, scene.steps);
        for (int quarter = 1; quarter <= 4; ++quarter) {
            const int step = scene.steps * quarter / 4;
            lines += fmt::format("{} {} {:016x}\n", scene.name, step,
                                 run[static_cast<std::size_t>(step) - 1]);
        }
    }
    return lines;
}

}  // namespace

TEST_SUITE("determinism") {
    TEST_CASE("world: the digest of every step is the same for any number of threads") {
        for (const Scene& scene : scenes()) {
            CAPTURE(scene.name);
            const World world = test::build_world(scene.text, scene.overrides);
            const auto alone = digests(world, 1, scene.steps);
            for (const int threads : {2, 3, 8}) {
                CAPTURE(threads);
                CHECK(digests(world, threads, scene.steps) == alone);
            }
        }
    }

    TEST_CASE("world: the digest kept up to date is that of the whole state, at every step") {
        Pool pool{2};
        for (const Scene& scene : scenes()) {
            CAPTURE(scene.name);
            World world = test::build_world(scene.text, scene.overrides);
            REQUIRE(world.digest() == world.digest_afresh());
            for (int i = 0; i < scene.steps; ++i) {
                world.step(pool);
                REQUIRE(world.digest() == world.digest_afresh());
            }
        }
    }

    TEST_CASE("world: the digest tells seeds apart from the first trade on") {
        const auto config = test::config_of(test::crowd_world);
        const auto one = digests(build(config, 1), 1, 10);
        CHECK(digests(build(config, 1), 1, 10) == one);
        CHECK(digests(build(config, 2), 1, 10) != one);
    }

    // Goal: what these worlds do changes only when somebody means it to, and is the same in every
    // build: -O0 and -O2, g++ and clang++, all three back ends of the loops.
    // Method: compare with the file that all of them read. Where a change is meant, run this test
    // once with CROWDOUT_WRITE_GOLDEN=1 and name old and new digests in the commit.
    TEST_CASE("world: runs give the digests in tests/golden") {
        const std::string path = std::string{CROWDOUT_SOURCE_DIR} + "/tests/golden/digests.txt";
        const std::string now = golden_lines();
        if (std::getenv("CROWDOUT_WRITE_GOLDEN") != nullptr) std::ofstream{path} << now;
        std::ifstream file{path};
        std::stringstream kept;
        kept << file.rdbuf();
        CHECK(kept.str() == now);
    }

}  // TEST_SUITE

}  // namespace crowdout::world
