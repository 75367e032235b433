// SPDX-License-Identifier: Apache-2.0
#include "world/claim.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/small_world.hpp"
#include "world/checkpoint.hpp"
#include "world/field_printer.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

/// The crowd with claims of every form.
const std::string claims_text = R"(
counterfactuals:
  - {name: many, set: ["populations[makers].count=4"]}
claims:
  - {name: range, says: "A & B: \"so\".", says_zh: "如此", row: H4, tier: A, measure: drawdown,
     of: COIN, within: 24h, between: [10%, 18%]}
  - {name: least, says: S., measure: correlation, of: COIN, with: COIN, window: 20h, horizon: 1h,
     when: stress, above: 0.4, judge: share, share: 75%}
  - {name: less, says: S., measure: total_return, of: COIN, from: 2h, until: 30h, minus: many,
     below: 0}
  - {name: fewer, says: S., measure: depth, of: COIN, over: many, below: 60%, judge: band}
  - {name: dollars, says: S., measure: depth, of: COIN, in: many, above: $3k, known_failure: No.}
)";

ClaimConfig claim_named(const WorldConfig& config, std::string_view name) {
    const ClaimConfig* found = config.claims.find(name);
    REQUIRE(found != nullptr);
    return *found;
}

Measured value(double x) {
    return {.value = x, .why_not = {}, .within_run_95 = {}};
}
Measured nothing(const std::string& why) {
    return {.value = {}, .why_not = why, .within_run_95 = {}};
}

std::string crowd_with_claims() {
    return std::string{test::crowd_world} + claims_text;
}

}  // namespace

TEST_CASE("claims: bounds are in the unit of what is claimed") {
    const auto config = test::config_of(crowd_with_claims());
    const auto bounds = [&](std::string_view name) {
        return bounds_of(claim_named(*config, name));
    };
    const auto unit = [&](std::string_view name) { return unit_of(claim_named(*config, name)); };

    CHECK(bounds("range").low == 0.1);
    CHECK(bounds("range").high == 0.18);
    CHECK(bounds("range").contains(0.18));
    CHECK_FALSE(bounds("range").contains(0.181));
    CHECK(bounds("least").contains(1e300));
    CHECK(bounds("less").contains(-1e300));
    CHECK(bounds("dollars").low == 3'000);
    CHECK(unit("range") == MeasureUnit::ratio);
    CHECK(unit("least") == MeasureUnit::number);
    CHECK(unit("dollars") == MeasureUnit::usd);
    CHECK(unit("fewer") == MeasureUnit::ratio);  // dollars over dollars
}

TEST_CASE("claims: the value is here, here less there, or here over there") {
    const auto config = test::config_of(crowd_with_claims());
    const ClaimConfig here = claim_named(*config, "range");
    const ClaimConfig less = claim_named(*config, "less");
    const ClaimConfig over = claim_named(*config, "fewer");

    CHECK(claimed(here, value(3), nothing("not run")).value == 3);
    CHECK(claimed(less, value(3), value(5)).value == -2);
    CHECK(claimed(over, value(3), value(5)).value == doctest::Approx(0.6));
    CHECK(claimed(less, nothing("no price"), value(5)).why_not == "no price");
    CHECK(claimed(less, value(3), nothing("no price")).why_not == "in many: no price");
    CHECK(claimed(over, value(3), value(0)).why_not == "it is 0 in many");
}

TEST_CASE("claims: printed in full they read back to themselves") {
    const auto config = test::config_of(crowd_with_claims());
    const std::string full = print_resolved(world_type(), config.get());
    const auto again = load_world_text("full.yaml", full);
    CHECK(again.text() == "");
    CHECK(print_resolved(world_type(), &again.config) == full);
    CHECK(again.config.claims.size() == 5);
    CHECK(again.config.claims[0].says == "A & B: \"so\".");
}

// Goal: claims are no part of the run.
TEST_CASE("claims: a run with them is the run without") {
    Pool pool{1};
    World plain = test::build_world(test::crowd_world);
    World claiming = test::build_world(crowd_with_claims());
    for (int i = 0; i < 30; ++i) {
        plain.step(pool);
        claiming.step(pool);
    }
    CHECK(plain.digest() == claiming.digest());
    World resumed = load_checkpoint(save_checkpoint(claiming));
    for (int i = 0; i < 10; ++i) {
        plain.step(pool);
        resumed.step(pool);
    }
    CHECK(plain.digest() == resumed.digest());
}

// The world makes steps of a minute.
TEST_CASE("claims: a horizon finer than the steps is questioned, not refused") {
    const auto warnings = [](const std::string& horizon) {
        const auto loaded = load_world_text(
            "crowd.yaml", std::string{test::crowd_world} +
                              "claims: [{name: c, says: S., measure: kurtosis, of: COIN, above: 0, "
                              "horizon: " +
                              horizon + "}]\n");
        CHECK(loaded.report.ok());
        return loaded.report.warning_count();
    };
    CHECK(warnings("1min") == 0);
    CHECK(warnings("30s") == 1);
}

TEST_CASE("counterfactuals: a file is relative to the one that names it") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path{CROWDOUT_BINARY_DIR} / "counterfactual_test";
    fs::create_directories(folder / "parts");
    std::ofstream{folder / "base.yaml"} << test::crowd_world;
    std::ofstream{folder / "other.yaml"} << "name: other\nextends: base.yaml\n";
    std::ofstream{folder / "parts" / "said.yaml"}
        << "counterfactuals:\n  - {name: other, world: ../other.yaml}\n"
           "  - {name: fewer, set: [\"populations[makers].count=1\"]}\n";
    std::ofstream{folder / "world.yaml"}
        << "name: world\nextends: base.yaml\ninclude: [parts/said.yaml]\n";
    const std::string file = (folder / "world.yaml").string();

    const auto loaded = load_world(file);
    CHECK(loaded.text() == "");
    REQUIRE(loaded.config.counterfactuals.size() == 2);
    CHECK(counterfactual_file(loaded, file, loaded.config.counterfactuals[0]) ==
          (folder / "other.yaml").string());
    CHECK(counterfactual_file(loaded, file, loaded.config.counterfactuals[1]) == file);

    // What is set on top of the world holds in the others too, where it may be wrong.
    std::ofstream{folder / "other.yaml"}
        << "name: other\nextends: base.yaml\nshocks: [{name: s, "
           "at: 2026-01-05T01:00Z, kind: outage, venue: exchange}]\n";
    const auto longer = load_world(file, {"shocks=[]", "duration=1d"});
    CHECK(longer.text() == "");
    fs::remove_all(folder);
}

}  // namespace crowdout::world
