// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "market/archive.hpp"
#include "tests/support/allocations.hpp"
#include "tests/support/busy_world.hpp"
#include "tests/support/small_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

/// Calls of operator new in `steps` steps that this world has taken before: its state is set back,
/// the memory of its steps is not. So what is counted is what every step asks for, and not that
/// more happened in one of them than ever before.
std::uint64_t allocations_of_warm(World world, int warm_up, int steps) {
    Pool pool{1};
    for (int i = 0; i < warm_up; ++i) world.step(pool);
    const std::string state = world.state();
    for (int i = 0; i < steps; ++i) world.step(pool);
    const std::uint64_t digest = world.digest();
    market::ArchiveReader reader{state};
    world.archive(reader);

    const std::uint64_t before = test::allocations();
    for (int i = 0; i < steps; ++i) world.step(pool);
    const std::uint64_t after = test::allocations();
    REQUIRE(world.digest() == digest);
    return after - before;
}

}  // namespace

TEST_CASE("world: a warm step of random orders allocates nothing") {
    CHECK(allocations_of_warm(test::build_world(test::crowd_world), 60, 200) == 0);
}

TEST_CASE("world: nor does one in which every archetype acts, a day and a quarter ending") {
    CHECK(allocations_of_warm(test::build_world(test::busy_world), 60, 700) == 0);
}

// Goal: the counter sees what it is meant to see.
TEST_CASE("world: the first step of a copy does allocate") {
    World world = test::build_world(test::crowd_world);
    Pool pool{1};
    for (int i = 0; i < 60; ++i) world.step(pool);
    World copy = world;
    const std::uint64_t before = test::allocations();
    copy.step(pool);
    CHECK(test::allocations() > before);
}

}  // namespace crowdout::world
