// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "studies/fit_findings.hpp"
#include "tests/support/fit_files.hpp"
#include "world/json_fields.hpp"

namespace crowdout::studies {

namespace {

/// A market without a market: the spread in bp is 5 plus what a quadratic in the parameters' shares
/// says, and half a bp more on seeds that are held out.
class Quadratic {
public:
    explicit Quadratic(const Fit& fit) : fit_{fit} {}

    std::optional<std::vector<FitOutcome>> operator()(std::span<const std::vector<double>> points,
                                                      FitSeeds seeds) {
        ++calls;
        if (calls > calls_max) return std::nullopt;
        const bool is_training = seeds == FitSeeds::training;
        const ClaimsPlan& plan = is_training ? fit_.training : fit_.held_out;
        std::vector<FitOutcome> outcomes;
        for (const std::vector<double>& at : points) {
            const double off = (at[0] - 0.7) * (at[0] - 0.7) + (at[1] - 0.3) * (at[1] - 0.3);
            const double spread = (6 + 30 * off + (is_training ? 0 : 0.5)) * 1e-4;
            const world::Measured value{.value = spread, .why_not = {}, .within_run_95 = {}};
            outcomes.push_back(
                outcome_of(fit_, plan, std::vector(plan.claims.size(), std::vector(3, value))));
        }
        evaluated += points.size();
        return outcomes;
    }

    std::size_t calls = 0;
    std::size_t calls_max = 1'000;
    std::size_t evaluated = 0;

private:
    const Fit& fit_;
};

Fit quadratic_fit(const std::vector<std::string>& more = {}) {
    const test::FitFolder folder;
    // Down to the bottom: the range is met nowhere, but at 0.7 and 0.3 nearly so.
    std::vector<std::string> sets{"evaluations=80"};
    sets.insert(sets.end(), more.begin(), more.end());
    auto loaded = folder.load(sets);
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    // The tolerance is 1 bp, the range ends at 5.9 bp.
    loaded.fit->targets[0].claim.between->back().value = 5.9e-4;
    loaded.fit->training.claims[0].claim.between->back().value = 5.9e-4;
    loaded.fit->held_out.claims[0].claim.between->back().value = 5.9e-4;
    return *std::move(loaded.fit);
}

}  // namespace

// At the start (0.5, 0.45) off is 0.0625, so the spread lies 1.975 bp above the range; at the
// bottom 0.1 bp, and 0.6 bp on held-out seeds.
TEST_CASE("fit: a quadratic is followed to its bottom, and held-out seeds tell another loss") {
    if (!can_search()) return;
    const Fit fit = quadratic_fit();
    Quadratic quadratic{fit};

    const auto result = run_fit(fit, std::ref(quadratic));

    REQUIRE(result);
    CHECK(result->is_whole);
    CHECK(result->best[0] == doctest::Approx(0.7).epsilon(0.02));
    CHECK(result->best[1] == doctest::Approx(0.3).epsilon(0.05));
    CHECK(result->training_before.loss == doctest::Approx(1.975 * 1.975));
    CHECK(result->training_after.loss == doctest::Approx(0.01).epsilon(0.2));
    REQUIRE(result->held_out_after);
    CHECK(result->held_out_before->loss == doctest::Approx(2.475 * 2.475));
    CHECK(result->held_out_after->loss == doctest::Approx(0.36).epsilon(0.05));
    CHECK(result->path.front().at == result->start);
    CHECK(result->end == SearchEnd::converged);
}

TEST_CASE("fit: around the best the loss is a valley, along each parameter and over two") {
    if (!can_search()) return;
    const Fit fit = quadratic_fit({"surface={slice: 5, grid: 3, reach: 20%}"});
    Quadratic quadratic{fit};

    const auto result = run_fit(fit, std::ref(quadratic));

    REQUIRE(result);
    REQUIRE(result->slices.size() == 2);
    for (const FitSlice& slice : result->slices) {
        CHECK(slice.points.size() >= 5);  // the best itself may stand between two others
        CHECK(std::ranges::is_sorted(
            slice.points, {}, [&](const FitPoint& point) { return point.at[slice.parameter]; }));
        const auto least = std::ranges::min_element(slice.points, {}, &FitPoint::loss);
        CHECK(least->at == result->best);
    }
    REQUIRE(result->grid.size() == 9);
    CHECK(result->grid[0].at[1] < result->grid[1].at[1]);
    CHECK(result->grid[0].at[0] == result->grid[1].at[0]);
    CHECK(result->grid[8].at[0] == doctest::Approx(result->best[0] + 0.2));
    // What was known is not asked for again.
    CHECK(quadratic.evaluated <= result->path.size() + 8 + 9 + 2);
}

TEST_CASE("fit: a stop keeps the best so far, and what came before it") {
    if (!can_search()) return;
    const Fit fit = quadratic_fit();
    Quadratic early{fit};
    early.calls_max = 0;
    CHECK(!run_fit(fit, std::ref(early)));

    Quadratic late{fit};
    late.calls_max = 6;
    const auto result = run_fit(fit, std::ref(late));
    REQUIRE(result);
    CHECK(!result->is_whole);
    CHECK(result->end == SearchEnd::stopped);
    CHECK(result->path.size() == 6);
    CHECK(!result->held_out_before);
    CHECK(result->slices.empty());
    const auto least = std::ranges::min_element(result->path, {}, &FitPoint::loss);
    CHECK(result->best == least->at);
    CHECK(result->training_after.loss == least->loss);
}

TEST_CASE("fit: a start without any estimate is refused, since nothing leads anywhere") {
    if (!can_search()) return;
    const Fit fit = quadratic_fit();
    const FitEvaluator blind = [&](std::span<const std::vector<double>> points, FitSeeds) {
        const world::Measured none{.value = {}, .why_not = "no trade", .within_run_95 = {}};
        return std::optional{std::vector(
            points.size(), outcome_of(fit, fit.training, std::vector(1, std::vector(3, none))))};
    };

    CHECK_THROWS_WITH_AS((void)run_fit(fit, blind),
                         "at the start no target has an estimate; 'tight': 3 of 3 members have no "
                         "value: no trade",
                         FitError);
}

TEST_CASE("fit: its JSON is JSON, in the units of the fields") {
    if (!can_search()) return;
    const Fit fit = quadratic_fit({"surface={slice: 3, grid: 2}"});
    Quadratic quadratic{fit};
    const auto result = run_fit(fit, std::ref(quadratic));
    REQUIRE(result);

    const world::Node root = world::parse_json("fit", fit_json(findings_of(fit, *result)));

    REQUIRE(root.find("parameters") != nullptr);
    const world::Node& lifetime = root.find("parameters")->items[1];
    CHECK(lifetime.find("name")->text == "lifetime");
    CHECK(lifetime.find("unit")->text == "s");
    CHECK(lifetime.find("start")->text == "600");
    CHECK(lifetime.find("greatest")->text == "1260");
    CHECK(root.find("held_out")->find("after")->find("claims")->items.size() == 1);
    CHECK(root.find("path")->items.size() == result->path.size());
    CHECK(root.find("grid")->items.size() == 4);
}

TEST_CASE("fit: members are counted before they are made") {
    // 80 points, 9 on each of two slices, 25 on the grid; 3 seeds, and 2 points on 2 held out.
    CHECK(members_max(quadratic_fit()) == (80 + 18 + 25) * 3 + 4);
}

}  // namespace crowdout::studies
