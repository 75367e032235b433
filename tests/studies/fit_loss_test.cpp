// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_loss.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/fit_files.hpp"

namespace crowdout::studies {

namespace {

world::ClaimConfig spread_claim() {
    const auto all = world::measures();
    const auto entry = std::ranges::find(all, "spread", &world::CatalogueEntry::tag);
    world::ClaimConfig claim;
    claim.measure.entry = &*entry;
    claim.measure.params = entry->params->make();
    return claim;
}

world::ClaimConfig between(double low, double high, world::Judge judge = world::Judge::mean) {
    world::ClaimConfig claim = spread_claim();
    claim.between = {{low, agents::Dimension::number}, {high, agents::Dimension::number}};
    claim.judge = judge;
    return claim;
}

Judgement judged(double estimate, double low, double high) {
    return {.interval = {.estimate = estimate, .low = low, .high = high}, .members = 10};
}

std::vector<world::Measured> measured(const std::vector<double>& values) {
    std::vector<world::Measured> all;
    for (const double value : values) {
        all.push_back({.value = value, .why_not = {}, .within_run_95 = {}});
    }
    return all;
}

const world::Measured none{.value = {}, .why_not = "no trade", .within_run_95 = {}};

}  // namespace

TEST_CASE("fit loss: distance is counted in tolerances from the nearer end of the range") {
    CHECK(distance_of(between(1, 3), 0.5, judged(2, 0, 9)) == 0.0);
    CHECK(distance_of(between(1, 3), 0.5, judged(3, 0, 9)) == 0.0);
    CHECK(distance_of(between(1, 3), 0.5, judged(4, 0, 9)) == 2.0);
    CHECK(distance_of(between(1, 3), 0.5, judged(0, 0, 9)) == 2.0);
    world::ClaimConfig above = spread_claim();
    above.above = world::Bound{1, agents::Dimension::number};
    CHECK(distance_of(above, 2, judged(100, 0, 200)) == 0.0);
    CHECK(distance_of(above, 2, judged(-3, -4, 200)) == 2.0);
}

TEST_CASE("fit loss: a band is as far as its nearer end, a share as the seeds that it lacks") {
    const auto band = between(1, 3, world::Judge::band);
    CHECK(distance_of(band, 0.5, judged(9, 2.9, 12)) == 0.0);
    CHECK(distance_of(band, 0.5, judged(9, 4, 12)) == 2.0);
    auto share = between(1, 3, world::Judge::share);
    share.share = 0.8;
    CHECK(distance_of(share, 0.1, judged(0.9, 0.5, 1)) == 0.0);
    CHECK(*distance_of(share, 0.1, judged(0.6, 0.5, 0.7)) == doctest::Approx(2));
}

// Means 5.5 bp and 8 bp against 4 to 6 bp with a tolerance of 1 bp: 0, and 2 squared, twice.
TEST_CASE("fit loss: it is the weighted sum of squared distances") {
    const test::FitFolder folder;
    const auto loaded = folder.load({"claims[tight].weight=2"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    const Fit& fit = *loaded.fit;

    const std::vector<std::vector<world::Measured>> inside{measured({0.0005, 0.0006})};
    const std::vector<std::vector<world::Measured>> outside{measured({0.0007, 0.0009})};

    CHECK(outcome_of(fit, fit.training, inside).loss == 0);
    const FitOutcome far = outcome_of(fit, fit.training, outside);
    CHECK(far.loss == doctest::Approx(8));
    CHECK(far.targets[0].judgement.interval.estimate == doctest::Approx(0.0008));
    CHECK(far.undefined == 0);
}

TEST_CASE("fit loss: a target without an estimate costs the penalty, and is counted") {
    const test::FitFolder folder;
    const auto loaded = folder.load({"penalty=7"});
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    const Fit& fit = *loaded.fit;

    // One of five may be missing, two may not.
    auto one_gone = measured({0.0008, 0.0008, 0.0008, 0.0008});
    one_gone.push_back(none);
    auto two_gone = measured({0.0008, 0.0008, 0.0008});
    two_gone.insert(two_gone.end(), 2, none);

    const FitOutcome known = outcome_of(fit, fit.training, std::vector(1, one_gone));
    CHECK(known.loss == doctest::Approx(4));
    CHECK(known.undefined == 0);
    const FitOutcome unknown = outcome_of(fit, fit.training, std::vector(1, two_gone));
    CHECK(unknown.loss == 7);
    CHECK(unknown.undefined == 1);
    CHECK(!unknown.targets[0].distance);
}

TEST_CASE("fit loss: claims that are only looked at have no part in it") {
    const test::FitFolder folder;
    const auto loaded = folder.load();
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    const Fit& fit = *loaded.fit;

    const std::vector<std::vector<world::Measured>> values{measured({0.0005, 0.0005}),
                                                           measured({1, 1})};
    const FitOutcome outcome = outcome_of(fit, fit.held_out, values);

    CHECK(outcome.loss == 0);
    REQUIRE(outcome.others.size() == 1);
    CHECK(outcome.others[0].judgement.verdict == Verdict::fails);  // $1 is not above $1000
}

}  // namespace crowdout::studies
