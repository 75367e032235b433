// SPDX-License-Identifier: Apache-2.0
#include "world/manifest_json.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/busy_world.hpp"
#include "tests/support/small_world.hpp"
#include "world/replay_error.hpp"
#include "world/replay_meta.hpp"

namespace crowdout::world {

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("manifest json: gives back every field") {
    Manifest manifest = manifest_of(test::build_world(test::busy_world));
    manifest.world_name = "a \"name\"\nwith 拉 and \\";
    manifest.books[1].usd_per_tick = 0.1 + 0.2;  // 17 digits
    manifest.seed = 0xffff'ffff'ffff'ffff;

    CHECK(read_manifest_json(manifest_json(manifest)) == manifest);
    CHECK(manifest.books.size() == 6);
}

TEST_CASE("manifest json: an unknown field is passed over, a missing one keeps its default") {
    const Manifest read = read_manifest_json(
        R"({"world_name": "w", "later": [{"x": 1}], "sectors": [{"name": "s", "mood": "good"}]})");

    CHECK(read.world_name == "w");
    REQUIRE(read.sectors.size() == 1);
    CHECK(read.sectors[0].name == "s");
    CHECK(read.books.empty());
}

TEST_CASE("manifest json: numbers that point nowhere are refused") {
    const std::string text = manifest_json(manifest_of(test::build_world(test::busy_world)));

    CHECK_THROWS_AS((void)read_manifest_json(replaced(text, "\"asset\": 1", "\"asset\": 99")),
                    ReplayError);
    CHECK_THROWS_AS((void)read_manifest_json(replaced(text, "\"sector\": 2", "\"sector\": 99")),
                    ReplayError);
    CHECK_THROWS_AS((void)read_manifest_json(replaced(text, "\"asset\": 1", "\"asset\": 70000")),
                    ReplayError);
    CHECK_THROWS_AS((void)read_manifest_json(replaced(text, "\"coin\"", "\"tulip\"")), ReplayError);
    CHECK_THROWS_AS((void)read_manifest_json(text.substr(0, text.size() / 2)), ReplayError);
    CHECK_THROWS_AS((void)read_manifest_json(""), ReplayError);
}

TEST_CASE("replay meta: gives back every field, and refuses a later format") {
    ReplayMeta meta{.version = "1.2.3", .compiler = "g++ 12 -O2", .back_end = "tbb"};
    meta.seed = 7;
    meta.steps = 12;
    meta.parent = "old run.mcap";
    meta.parent_step = 34;
    meta.checkpoint = "checkpoint";

    CHECK(read_meta_json(meta_json(meta)) == meta);
    CHECK_THROWS_WITH_AS((void)read_meta_json(R"({"format": 2, "version": "9"})"),
                         "byte 0: a replay of format 2, written by version 9; this program reads "
                         "formats up to 1",
                         ReplayError);
}

TEST_CASE("replay meta: an input keeps its lines") {
    const LiveInput input{.step = 5, .order = 2, .yaml = "kind: policy_rate\nrate: 6%/yr\n"};
    CHECK(read_input_json(input_json(input)) == input);
}

}  // namespace crowdout::world
