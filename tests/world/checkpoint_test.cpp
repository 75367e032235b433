// SPDX-License-Identifier: Apache-2.0
#include "world/checkpoint.hpp"

#include <doctest/doctest.h>

#include "market/archive.hpp"
#include "tests/support/small_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

std::string refusal(std::string_view bytes) {
    try {
        (void)load_checkpoint(bytes);
    } catch (const market::ArchiveError& error) {
        return error.what();
    }
    return "none";
}

World run(World world, int steps) {
    Pool pool{1};
    for (int i = 0; i < steps; ++i) world.step(pool);
    return world;
}

}  // namespace

// Goal: an interruption leaves no trace, wherever it comes.
// Method: keep the state after each of some steps of a busy world, go on from it in a world built
// from nothing but the bytes, and compare every later digest.
TEST_CASE("checkpoint: a resumed run is the uninterrupted one, digest by digest") {
    Pool pool{1};
    World world = test::build_world(test::crowd_world);
    std::vector<std::uint64_t> digests;
    std::vector<std::string> kept;
    constexpr int steps = 60;
    for (int i = 0; i < steps; ++i) {
        if (i % 13 == 0) kept.push_back(save_checkpoint(world));
        world.step(pool);
        digests.push_back(world.digest());
    }

    for (std::size_t at = 0; at < kept.size(); ++at) {
        World resumed = load_checkpoint(kept[at]);
        for (std::size_t i = at * 13; i < digests.size(); ++i) {
            resumed.step(pool);
            REQUIRE(resumed.digest() == digests[i]);
        }
        CHECK(resumed.totals().fills == world.totals().fills);
        CHECK(resumed.totals().turns == world.totals().turns);
        CHECK(resumed.audit_afresh() == "");
        // Not byte by byte: what lies between the members of a plain struct is nobody's state.
        CHECK(save_checkpoint(resumed).size() == save_checkpoint(world).size());
    }
}

TEST_CASE("checkpoint: contracts, payments and news go on where they stopped") {
    Pool pool{1};
    World world = run(test::build_world(test::quiet_world, {"steps=[6h]"}), 6);
    World resumed = load_checkpoint(save_checkpoint(world));
    // Across the end of a quarter and of a month, with their dividends and interest.
    for (int i = 0; i < 12; ++i) {
        world.step(pool);
        resumed.step(pool);
        REQUIRE(resumed.digest() == world.digest());
    }
    CHECK(save_checkpoint(resumed) == save_checkpoint(world));
}

TEST_CASE("checkpoint: the world file that it carries reads back to the same world") {
    const auto config = test::config_of(test::crowd_world, {"populations[makers].count=3"});
    const World world = build(config, 99);

    const std::string text = checkpoint_world_text(save_checkpoint(world));

    const World again = build(test::config_of(text), 99);
    CHECK(again.digest() == world.digest());
    CHECK(again.config().populations[1].count == 3);
    CHECK(checkpoint_world_text(save_checkpoint(again)) == text);
}

TEST_CASE("checkpoint: a resumed world has the seed it was run with and shows its prices") {
    const World world = run(build(test::config_of(test::crowd_world), 77), 20);
    const World resumed = load_checkpoint(save_checkpoint(world));
    const market::InstrumentId coin{0};
    CHECK(resumed.seed() == 77);
    CHECK(resumed.now() == world.now());
    CHECK(resumed.view(coin).bid == *world.market(coin).book().best_bid());
    CHECK(resumed.view(coin).history == nullptr);
}

TEST_CASE("checkpoint: what is not whole is refused in words") {
    const std::string good = save_checkpoint(run(test::build_world(test::quiet_world), 1));
    REQUIRE(refusal(good) == "none");

    CHECK(refusal("") == "this is no checkpoint of this version");
    CHECK(refusal("name: a world, but no state\n") == "this is no checkpoint of this version");
    std::string older = good;
    older[older.find('\n') - 1] = '1';
    CHECK(refusal(older) == "this is no checkpoint of this version");
    CHECK(refusal(good.substr(0, 40)) == "the checkpoint ends too early");
    CHECK(refusal(good.substr(0, good.size() - 1)) ==
          "the checkpoint has been cut, or something was added to it");
    CHECK(refusal(good + "x") == "the checkpoint has been cut, or something was added to it");

    // A bit of the text, of the middle and of the last byte of the state.
    for (const std::size_t at : {std::size_t{300}, good.size() / 2, good.size() - 1}) {
        std::string damaged = good;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        CHECK(refusal(damaged) == "the checkpoint is damaged");
    }
    // Its digest says that it is another state.
    std::string another = good;
    another[good.find('\n') + 1 + 8] ^= 1;
    CHECK(refusal(another) == "the checkpoint does not give the state that was saved");
}

TEST_CASE("checkpoint: other values set on top are another world") {
    const std::string bytes = save_checkpoint(test::build_world(test::crowd_world));
    CHECK_THROWS_WITH_AS(
        (void)load_checkpoint(
            bytes, test::config_of(test::crowd_world, {"venues[exchange].taker_fee=6bp"})),
        "the checkpoint is of another world, or of other values set on top of it",
        market::ArchiveError);
}

}  // namespace crowdout::world
