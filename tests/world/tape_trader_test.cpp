// SPDX-License-Identifier: Apache-2.0
// A tape trader in a whole world; what it sends is tested beside it, in tests/agents.
#include "agents/tape_trader.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/world_probe.hpp"
#include "world/checkpoint.hpp"
#include "world/field_printer.hpp"
#include "world/fork.hpp"

namespace crowdout::world {

namespace {

using market::Reject;
using market::Side;

constexpr std::string_view head = "time,side,size,price,kind\\n";

/// The quiet world from 13:00 on, and a tape in it; `\\n` between rows, as YAML has it.
std::string taped_world(const std::string& rows, const std::string& more = "") {
    return std::string{test::quiet_world} +
           "  - {name: player, sector: all, archetype: tape_trader, instrument: COIN, tape: past,\n"
           "     owns: {USD: $1k, COIN: $1k}" +
           more + "}\ntapes:\n  - {name: past, table: \"" + std::string{head} + rows + "\"}\n";
}

WorldProbe probe_of(const std::string& text) {
    return WorldProbe{test::build_world(text)};
}

/// `step` of every order whose arrival lies in steps so far, one row each.
constexpr std::string_view three_days =
    "2026-03-30T13:05:00Z,buy,0.5,100,limit\\n2026-03-30T18:00:00Z,sell,0.5,,\\n"
    "2026-03-31T09:00:00Z,buy,1,99.5,limit\\n2026-03-31T09:00:00Z,sell,1,100.5,limit\\n"
    "2026-04-01T09:00:00Z,buy,2,,\\n";

std::vector<std::uint64_t> digests_of(World world, int steps) {
    Pool pool{1};
    std::vector<std::uint64_t> digests;
    for (int i = 0; i < steps; ++i) {
        world.step(pool);
        digests.push_back(world.digest());
    }
    return digests;
}

}  // namespace

TEST_CASE("tape trader: trades on its own account, at what its book charges") {
    WorldProbe probe = probe_of(taped_world("2026-03-30T13:05:00Z,buy,0.5,100,limit\\n"));
    const auto player = probe.account("player");
    const std::int64_t cash = probe.balance(player, "USD");
    const std::int64_t coins = probe.balance(player, "COIN");
    probe.send("COIN", probe.order(probe.account("hands", 0), Side::sell, 10'000, 100));
    probe.step();

    // 50 lots of 0.01 at $100 are $50, and 5 bp of them 2.5 cents.
    CHECK(probe.balance(player, "USD") == cash - 500'000 - 250);
    CHECK(probe.balance(player, "COIN") == coins + 5'000);
    CHECK(probe.world().audit_afresh() == "");
}

TEST_CASE("tape trader: what its account cannot back is refused, counted, and passed over") {
    WorldProbe probe =
        probe_of(taped_world("2026-03-30T13:01:00Z,buy,10.01,100,limit\\n"   // $1,001 and more
                             "2026-03-30T13:02:00Z,sell,10.01,100,limit\\n"  // of 10 coins
                             "2026-03-30T13:03:00Z,sell,0.009,100,limit\\n"  // less than a lot
                             "2026-03-30T13:04:00Z,sell,1,100,limit\\n"));   // this one waits
    const auto player = probe.account("player");
    probe.step();

    const auto refused = [&](Reject why) { return probe.world().refusals(player.block(), why); };
    CHECK(refused(Reject::insufficient_cash) == 1);
    CHECK(refused(Reject::insufficient_holding) == 1);
    CHECK(refused(Reject::bad_quantity) == 1);
    CHECK(probe.rejects(Reject::bad_quantity) == 1);
    CHECK(probe.world().refusals(probe.account("hands").block(), Reject::bad_quantity) == 0);
    REQUIRE(probe.open_orders(player).size() == 1);
    CHECK(probe.open_orders(player)[0].left == market::Quantity{100});

    const World resumed = load_checkpoint(save_checkpoint(probe.world()));
    CHECK(resumed.refusals(player.block(), Reject::insufficient_cash) == 1);
}

TEST_CASE("tape trader: a refusal by the book is counted with its owner too") {
    WorldProbe probe = probe_of(taped_world("2026-03-30T13:05:00Z,buy,1,100,post_only\\n"));
    probe.send("COIN", probe.order(probe.account("hands", 0), Side::sell, 10'000, 100));
    probe.step();
    CHECK(probe.world().refusals(probe.account("player").block(), Reject::post_only_would_take) ==
          1);
}

TEST_CASE("tape trader: it is awake in the steps of its orders only") {
    WorldProbe with = probe_of(taped_world(std::string{three_days}));
    WorldProbe without = probe_of(taped_world("2027-03-30,buy,1,,\\n"));
    const market::Time end = with.world().now() + market::day * 3;
    with.run_until(end);
    without.run_until(end);
    CHECK(with.world().totals().turns == without.world().totals().turns + 4);  // two come at once
}

// Goal: nothing that is later on the tape can be seen in the run.
// Method: the same world with the tape cut after its second order is the same run until the third.
TEST_CASE("tape trader: does not look ahead") {
    const std::string all{three_days};
    const std::string cut = all.substr(0, all.find("2026-03-31"));
    const auto whole = digests_of(test::build_world(taped_world(all)), 60);
    const auto short_tape = digests_of(test::build_world(taped_world(cut)), 60);

    // The clock steps by half an hour: the 40th step ends at 09:00 on the second day.
    for (std::size_t i = 0; i < 40; ++i) REQUIRE(whole[i] == short_tape[i]);
    CHECK(whole[40] != short_tape[40]);
}

// Goal: a tape travels with its world. Method: go on from a checkpoint, and from the world in full
// as a recording carries it; neither has a file to read.
TEST_CASE("tape trader: a run goes on from its bytes alone") {
    Pool pool{1};
    World world = test::build_world(taped_world(std::string{three_days}));
    const auto digests = digests_of(world, 140);
    for (int i = 0; i < 20; ++i) world.step(pool);
    const auto resumed = digests_of(load_checkpoint(save_checkpoint(world)), 120);
    CHECK(resumed == std::vector<std::uint64_t>(digests.begin() + 20, digests.end()));

    const std::string text = print_resolved(world_type(), &world.config());
    const auto config = test::config_of(text);
    CHECK(config->tapes[0].orders == world.config().tapes[0].orders);
    CHECK(digests_of(build(config), 140) == digests);
}

TEST_CASE("tape trader: a fork goes on with its own tape, and orders of the past do not return") {
    Pool pool{1};
    World world = test::build_world(taped_world(std::string{three_days}));
    for (int i = 0; i < 20; ++i) world.step(pool);  // 23:00
    const auto other = test::config_of(
        taped_world("2026-03-30T13:05:00Z,buy,1,,\\n2026-03-30T14:00:00Z,buy,1,,\\n"
                    "2026-03-30T22:00:00Z,buy,1,,\\n2026-03-30T23:10:00Z,sell,10.5,100,limit\\n"));
    WorldProbe probe{fork(world, other, world.seed())};
    const std::uint64_t turns = probe.world().totals().turns;
    probe.run_until(probe.world().now() + market::day);

    const std::uint32_t block = probe.account("player").block();
    CHECK(probe.world().refusals(block, Reject::insufficient_holding) == 1);
    CHECK(probe.world().totals().turns > turns);
}

}  // namespace crowdout::world
