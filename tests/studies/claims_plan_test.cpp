// SPDX-License-Identifier: Apache-2.0
#include "studies/claims_plan.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::studies {

namespace {

/// A file of the crowd's world with more at its end.
std::string write_world(const apps::TestFolder& folder, const std::string& name,
                        const std::string& more) {
    return folder.write(name, std::string{test::crowd_world} + more);
}

void add(ClaimsPlan& plan, const std::string& file, const std::vector<std::string>& sets = {}) {
    const auto loaded = world::load_world(file, sets);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    plan.add(file, sets, loaded);
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

constexpr const char* two_ways = R"(
counterfactuals:
  - {name: calm, set: ["populations[crowd].market_rate=1k/d"]}
  - {name: unused, set: ["seed=3"]}
claims:
  - {name: up, says: a, measure: total_return, of: COIN, above: 0}
  - {name: also_up, says: b, measure: total_return, of: COIN, above: 1%}
  - {name: calmer, says: c, measure: volatility, of: COIN, horizon: 5min, minus: calm, above: 0}
  - {name: there, says: d, measure: total_return, of: COIN, in: calm, above: 0}
)";

}  // namespace

TEST_CASE("claims plan: claims share members and measures; an unused counterfactual has none") {
    const apps::TestFolder folder;
    ClaimsPlan plan;
    add(plan, write_world(folder, "a.yaml", two_ways));

    REQUIRE(plan.scenes.size() == 2);
    CHECK(plan.scenes[0].name == "crowd");
    CHECK(plan.scenes[0].measures.size() == 2);  // the return once, the volatility
    CHECK(plan.scenes[1].name == "crowd calm");
    CHECK(plan.scenes[1].measures.size() == 2);
    CHECK(plan.scenes[1].world != plan.scenes[0].world);
    REQUIRE(plan.claims.size() == 4);
    CHECK(plan.claims[0].here.measure == plan.claims[1].here.measure);
    CHECK(!plan.claims[0].there);
    CHECK(plan.claims[2].here.scene == 0);
    REQUIRE(plan.claims[2].there);
    CHECK(plan.claims[2].there->scene == 1);
    CHECK(plan.claims[3].here.scene == 1);
}

TEST_CASE("claims plan: what two worlds have in common is made once") {
    const apps::TestFolder folder;
    const std::string other = write_world(folder, "other.yaml", R"(
claims: [{name: up, says: a, measure: total_return, of: COIN, above: 0}]
)");
    const std::string world = write_world(folder, "world.yaml", R"(
seed: 2
counterfactuals: [{name: other, world: other.yaml, set: ["description=elsewhere"]}]
claims: [{name: more, says: a, measure: total_return, of: COIN, minus: other, above: 0}]
)");
    ClaimsPlan plan;
    add(plan, world);
    CHECK(plan.scenes.size() == 2);

    add(plan, other);

    REQUIRE(plan.scenes.size() == 2);
    CHECK(plan.claims[1].here.scene == plan.claims[0].there->scene);
    CHECK(plan.scenes[1].measures.size() == 1);
}

TEST_CASE("claims plan: a counterfactual's file lies beside the one that names it") {
    const apps::TestFolder folder;
    write_world(folder, "other.yaml", "");
    std::filesystem::create_directory(folder.file("inner"));
    write_world(folder, "base.yaml", R"(
counterfactuals: [{name: other, world: other.yaml}]
claims: [{name: more, says: a, measure: total_return, of: COIN, minus: other, above: 0}]
)");
    ClaimsPlan plan;
    add(plan, folder.write("inner/world.yaml", "extends: ../base.yaml\nduration: 1d\n"));

    CHECK(plan.scenes.size() == 2);
}

TEST_CASE("claims plan: values set for this time hold in counterfactuals of the same world") {
    const apps::TestFolder folder;
    ClaimsPlan plan;
    add(plan, write_world(folder, "a.yaml", two_ways), {"duration=1h"});

    for (const Scene& scene : plan.scenes) CHECK(contains(scene.world, "duration: 1h"));
}

}  // namespace crowdout::studies
