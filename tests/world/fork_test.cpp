// SPDX-License-Identifier: Apache-2.0
#include "world/fork.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

World busy_world() {
    Pool pool{1};
    World world = test::build_world(test::crowd_world);
    for (int i = 0; i < 15; ++i) world.step(pool);
    return world;
}

/// Steps after which the two first differ, or `limit`.
int first_difference(World a, World b, int limit) {
    Pool pool{1};
    for (int i = 0; i < limit; ++i) {
        if (a.digest() != b.digest()) return i;
        a.step(pool);
        b.step(pool);
    }
    return limit;
}

}  // namespace

TEST_CASE("fork: a copy goes the same way") {
    const World world = busy_world();
    CHECK(first_difference(world, world, 20) == 20);
}

TEST_CASE("fork: a copy outlives and ignores its origin") {
    auto origin = std::make_unique<World>(busy_world());
    Pool pool{1};
    World copy = *origin;
    const std::uint64_t kept = copy.digest();
    for (int i = 0; i < 5; ++i) origin->step(pool);
    const std::uint64_t expected = origin->digest();
    CHECK(copy.digest() == kept);
    origin.reset();

    for (int i = 0; i < 5; ++i) copy.step(pool);

    CHECK(copy.digest() == expected);
    CHECK(copy.audit_afresh() == "");
}

TEST_CASE("fork: under the same settings and seed it is the same run") {
    const World world = busy_world();
    const World same = fork(world, test::config_of(test::crowd_world), world.seed());
    CHECK(first_difference(world, same, 20) == 20);
}

TEST_CASE("fork: another seed is other luck from here on") {
    const World world = busy_world();
    const World other = fork(world, test::config_of(test::crowd_world), world.seed() + 1);
    CHECK(other.digest() == world.digest());
    CHECK(other.seed() == world.seed() + 1);
    CHECK(first_difference(world, other, 20) == 1);
}

TEST_CASE("fork: another parameter is another future of the same present") {
    const World world = busy_world();
    const World wide = fork(
        world, test::config_of(test::crowd_world, {"populations[crowd].band=300"}), world.seed());
    CHECK(wide.digest() == world.digest());
    CHECK(first_difference(world, wide, 20) == 1);
}

// Goal: the difference between two runs is the shock alone.
// Method: a transfer between two bystanders in half an hour: until then nothing differs.
TEST_CASE("fork: a shock to come changes nothing before its date") {
    const World world = busy_world();  // 00:15
    const World shocked =
        fork(world,
             test::config_of(test::crowd_world,
                             {"shocks=[{name: gift, at: 2026-01-05T00:25:00Z, kind: transfer, "
                              "from: bank, to: vault, amount: $5}]"}),
             world.seed());
    CHECK(first_difference(world, shocked, 20) == 10);
}

// Goal: a fork whose clock runs finer draws the same numbers for the same dates.
// Method: members that act once a day on average, at dates that their own luck sets. The decisions
// of one step of ten minutes are found again in ten steps of a minute.
TEST_CASE("fork: a finer clock sees the same luck") {
    const std::vector<std::string> rare{
        "populations[crowd].market_rate=300/d", "populations[crowd].limit_rate=3/d",
        "populations[crowd].latency=0s", "steps=[10min]", "populations[makers].interval=100d"};
    const World coarse = test::build_world(test::crowd_world, rare);
    std::vector<std::string> finer = rare;
    finer.emplace_back("steps=[1min]");
    const World fine = fork(coarse, test::config_of(test::crowd_world, finer), coarse.seed());
    Pool pool{1};
    World a = coarse;
    World b = fine;
    for (int i = 0; i < 6; ++i) a.step(pool);
    for (int i = 0; i < 60; ++i) b.step(pool);

    REQUIRE(a.now() == b.now());
    CHECK(a.totals().turns > 20);
    CHECK(a.totals().turns == b.totals().turns);
    CHECK(a.totals().orders == b.totals().orders);
}

TEST_CASE("fork: other accounts or instruments are no future of this world") {
    const World world = busy_world();
    for (const char* set :
         {"populations[crowd].count=601", "instruments[COIN].lot=0.1",
          "venues[exchange].taker_fee=6bp", "instruments[COIN].session=us_bonds"}) {
        CHECK_THROWS_AS((void)fork(world, test::config_of(test::crowd_world, {set}), 1),
                        ImpossibleWorld);
    }
}

}  // namespace crowdout::world
