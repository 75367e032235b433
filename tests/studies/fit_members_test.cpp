// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_members.hpp"

#include <doctest/doctest.h>

#include <string>

#include "studies/fit_findings.hpp"
#include "studies/fit_run.hpp"
#include "tests/support/fit_files.hpp"

namespace crowdout::studies {

namespace {

Ensemble ensemble_of(int jobs, const std::string& cache = {}) {
    return Ensemble{{.jobs = jobs, .cache = cache, .program = CROWDOUT_PROGRAM}};
}

bool always(const FitProgress&) {
    return true;
}

/// Thin books have wide spreads: from here the spread of the true world, as measured on seeds that
/// no test trains with, is to be found again.
constexpr std::string_view recovery = R"(
name: recovery
world: world.yaml
set: [duration=3h, "populations[makers].depth=$1"]
parameters:
  - {name: orders, field: "populations[crowd].limit_rate", range: [1k/d, 8k/d], scale: log,
     start: 6k/d}
targets:
  - {name: spread, measure: spread, of: COIN, summary: mean, from: 30min, every: 1min,
     between: [0bp, 1bp]}
training: {seeds: 4}
held_out: {seeds: 4, first_seed: 21}
evaluations: 14
surface: {slice: 0, grid: 0}
)";

}  // namespace

// Goal: a parameter is recovered from what it does. Method: the spread at 2000 orders a day is
// measured on seeds of their own, becomes the target, and is fitted from three times that rate.
TEST_CASE("fit members: a known parameter is found again from the spread that it makes") {
    if (!can_search()) return;
    const test::FitFolder folder{recovery};
    constexpr double truth = 2000.0 * 365;
    auto loaded = folder.load({"training.first_seed=101", "parameters[orders].start=2k/d"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    Ensemble ensemble = ensemble_of(2);
    FitMembers at_truth{*loaded.fit, ensemble, always};
    const auto known = at_truth(std::vector(1, loaded.fit->start()), FitSeeds::training);
    REQUIRE(known);
    const double spread = known->front().targets[0].judgement.interval.estimate;
    REQUIRE(spread > 0);

    const std::string low = std::to_string(spread * 1e4 * 0.95) + "bp";
    const std::string high = std::to_string(spread * 1e4 * 1.05) + "bp";
    loaded = folder.load({"targets[spread].between=[" + low + ", " + high + "]"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    FitMembers members{*loaded.fit, ensemble, always};
    const auto result = run_fit(*loaded.fit, std::ref(members));

    REQUIRE(result);
    CHECK(result->training_before.loss > 100);
    CHECK(result->training_after.loss < 1);  // within 10 % of the target
    const double found = loaded.fit->parameters[0].number(result->best[0]);
    CHECK(found > truth * 0.75);
    CHECK(found < truth / 0.75);
    REQUIRE(result->held_out_after);
    CHECK(result->held_out_after->loss != result->training_after.loss);
    CHECK(result->held_out_after->loss < result->held_out_before->loss);
}

TEST_CASE("fit members: the same for one job and three, and made once only") {
    if (!can_search()) return;
    const test::FitFolder folder{recovery};
    const auto loaded = folder.load(
        {"evaluations=4", "set=[duration=1h]", "targets[spread].tolerance=1bp", "surface.slice=3"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    const std::string cache = folder.folder().file("cache");

    Ensemble one = ensemble_of(1, cache);
    FitMembers alone{*loaded.fit, one, always};
    const auto first = run_fit(*loaded.fit, std::ref(alone));
    Ensemble three = ensemble_of(3);
    FitMembers together{*loaded.fit, three, always};
    const auto second = run_fit(*loaded.fit, std::ref(together));
    Ensemble again = ensemble_of(3, cache);
    FitMembers resumed{*loaded.fit, again, always};
    const auto third = run_fit(*loaded.fit, std::ref(resumed));

    REQUIRE(first);
    CHECK(fit_json(findings_of(*loaded.fit, *first)) ==
          fit_json(findings_of(*loaded.fit, *second)));
    CHECK(fit_json(findings_of(*loaded.fit, *first)) == fit_json(findings_of(*loaded.fit, *third)));
    CHECK(alone.progress().made == alone.progress().asked);
    CHECK(resumed.progress().made == 0);
    CHECK(resumed.progress().cached == resumed.progress().asked);
}

TEST_CASE("fit members: a lost member is counted, and a stop ends those under way") {
    const test::FitFolder folder{recovery};
    // More coins than there are: such a world cannot be.
    const auto loaded =
        folder.load({"parameters[orders].field=populations[crowd].owns.COIN",
                     "parameters[orders].range=[$1M, $1000B]", "parameters[orders].start=$900B"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    Ensemble ensemble = ensemble_of(2);
    FitMembers members{*loaded.fit, ensemble, always};

    const auto lost = members(std::vector(1, loaded.fit->start()), FitSeeds::training);
    REQUIRE(lost);
    CHECK(lost->front().members_lost == 4);
    CHECK(lost->front().undefined == 1);
    CHECK(members.progress().lost == 4);
    CHECK(members.first_loss().find("COIN") != std::string::npos);

    FitMembers stopped{*loaded.fit, ensemble, [](const FitProgress&) { return false; }};
    CHECK(!stopped(std::vector(1, loaded.fit->start()), FitSeeds::training));
    CHECK(ensemble.pending() == 0);
}

}  // namespace crowdout::studies
