// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "studies/fit.hpp"
#include "tests/support/fit_files.hpp"
#include "world/schema.hpp"

namespace crowdout::studies {

namespace {

/// What is wrong with the fit once `set` is laid over it.
std::string mistakes(const std::vector<std::string>& set) {
    const test::FitFolder folder;
    const LoadedFit loaded = folder.load(set);
    CHECK(!loaded.fit);
    return loaded.text();
}

bool contains(const std::string& text, const std::string& part) {
    const bool there = text.find(part) != std::string::npos;
    if (!there) MESSAGE(text);
    return there;
}

}  // namespace

TEST_CASE("fit file: parameters begin where the world is") {
    const test::FitFolder folder;
    const LoadedFit loaded = folder.load();
    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    const Fit& fit = *loaded.fit;

    // The world has 1000 orders a day and 10 minutes: ln 5 of ln 25, and 9 of 20.
    REQUIRE(fit.start().size() == 2);
    CHECK(fit.start()[0] == doctest::Approx(0.5));
    CHECK(fit.start()[1] == doctest::Approx(0.45));
    CHECK(fit.assignments(fit.start()) ==
          std::vector<std::string>{"populations[crowd].limit_rate=365000/yr",
                                   "populations[crowd].lifetime=600s"});
    CHECK(fit.parameters[1].text(0) == "60s");
    CHECK(fit.parameters[1].text(1) == "1260s");
    // Six digits: 60 s + 20 min / 3 is 460 s, and a third of ln 25 is 2.92402.
    CHECK(fit.parameters[1].number(1.0 / 3) == 460);
    CHECK(fit.parameters[0].number(1.0 / 3) / 365 == doctest::Approx(584.804).epsilon(1e-5));
}

TEST_CASE("fit file: a target's tolerance is half its range, or what is said") {
    const test::FitFolder folder;
    const auto one = folder.load();
    const auto other = folder.load({"claims[tight].tolerance=5bp", "claims[tight].weight=2"});

    REQUIRE_MESSAGE(one.fit, one.text());
    REQUIRE_MESSAGE(other.fit, other.text());
    CHECK(one.fit->targets[0].tolerance == doctest::Approx(0.0001));
    CHECK(one.fit->targets[0].weight == 1);
    CHECK(other.fit->targets[0].tolerance == doctest::Approx(0.0005));
    CHECK(other.fit->targets[0].weight == 2);
    CHECK(one.fit->training.claims.size() == 1);
    CHECK(one.fit->held_out.claims.size() == 2);
}

TEST_CASE("fit file: a measure of its own is a target like a claim") {
    const test::FitFolder folder;
    const auto loaded =
        folder.load({"targets=[{name: vol, measure: volatility, of: COIN, horizon: 30min, between: "
                     "[1%, 3%], judge: share}]"});

    REQUIRE_MESSAGE(loaded.fit, loaded.text());
    REQUIRE(loaded.fit->targets.size() == 2);
    CHECK(loaded.fit->targets[1].claim.name == "vol");
    CHECK(loaded.fit->targets[1].tolerance == doctest::Approx(0.1));  // of 80 to 100 % of seeds
}

TEST_CASE("fit file: what is wrong with a parameter stands at its place") {
    CHECK(contains(mistakes({"parameters[orders].field=populations[crowd].limit_rat"}),
                   "at parameters[orders].field\n"));
    CHECK(contains(mistakes({"parameters[orders].field=populations[crowd].limit_rat"}),
                   "did you mean 'limit_rate'"));
    CHECK(contains(mistakes({"parameters[orders].field=populations[mob].limit_rate"}), "mob"));
    CHECK(contains(mistakes({"parameters[orders].field=populations[crowd].sector"}),
                   "takes no number"));
    CHECK(contains(mistakes({"parameters[orders].range=[5k/d, 200/d]"}), "does not rise"));
    CHECK(contains(mistakes({"parameters[orders].range=[0/d, 5k/d]"}), "ratios need ends above"));
    CHECK(contains(mistakes({"parameters[orders].range=[200/d]"}), "range"));
    CHECK(contains(mistakes({"parameters[orders].range=[$1, 5k/d]"}), "range[0]"));
    CHECK(contains(mistakes({"parameters[orders].start=6k/d"}), "lies outside the range"));
    CHECK(contains(mistakes({"parameters[orders].range=[2k/d, 5k/d]"}),
                   "the world has 365000/yr, which lies outside of it"));
    CHECK(contains(mistakes({"parameters[lifetime].range=[0s, 21min]"}),
                   "in crowd: populations[crowd].lifetime: '0' is out of range\n  at "
                   "parameters[lifetime].range[0]"));
    CHECK(contains(mistakes({"parameters[lifetime].field=populations.crowd.limit_rate",
                             "parameters[lifetime].range=[200/d, 5k/d]"}),
                   "is moved by 'orders' already"));
}

TEST_CASE("fit file: what is wrong with a target stands at its place") {
    CHECK(contains(mistakes({"claims=[{name: tigth}]"}), "did you mean 'tight'"));
    CHECK(contains(mistakes({"held_out.claims=[deap]"}), "did you mean 'deep'"));
    CHECK(contains(mistakes({"held_out.claims=[tight]"}), "so it is not held out"));
    CHECK(contains(mistakes({"claims=[{name: deep}]", "held_out.claims=[]"}),
                   "no width that could serve as a tolerance"));
    CHECK(contains(mistakes({"claims[tight].tolerance=$5"}),
                   "the unit does not fit: spread is a share, such as 12% or 25bp\n  at "
                   "claims[tight].tolerance"));
    CHECK(contains(mistakes({"claims[tight].tolerance=0"}), "is not above 0"));
    CHECK(contains(mistakes({"claims=[]"}), "has nothing to meet"));
    CHECK(
        contains(mistakes({"targets=[{name: t, measure: spread, of: CION, below: 1bp}]"}), "CION"));
    CHECK(contains(mistakes({"targets=[{name: t, measure: spread, of: COIN, from: 3h, below: "
                             "1bp, tolerance: 1bp}]"}),
                   "lies not before the end of the run\n  at targets[t].from"));
    CHECK(contains(mistakes({"targets=[{name: t, measure: spread, of: COIN}]"}), "has no bound"));
}

TEST_CASE("fit file: seeds of training are never held out, and something is evaluated") {
    CHECK(contains(mistakes({"held_out.first_seed=3"}),
                   "training and held-out seeds overlap: 1 to 3 and 3 to 4"));
    CHECK(contains(mistakes({"training.seeds=0"}), "training.seeds"));
    CHECK(contains(mistakes({"evaluations=0"}), "evaluations"));
    CHECK(contains(mistakes({"evaluatoins=5"}), "did you mean 'evaluations'"));
    CHECK(contains(mistakes({"world=wrold.yaml"}), "wrold.yaml"));
    CHECK(contains(mistakes({"world=''"}), "names no file"));
    const test::FitFolder folder;
    CHECK(folder.load({"held_out.first_seed=4"}).fit);
}

TEST_CASE("fit file: of a world that is wrong nobody knows the names") {
    const std::string text = mistakes(
        {"set=[duration=2x]", "targets=[{name: t, measure: spread, of: COIN, below: 1bp}]"});

    CHECK(contains(text, "the world 'world.yaml' has 1 mistake"));
    CHECK(contains(text, "duration"));
    CHECK(text.find("COIN") == std::string::npos);
}

TEST_CASE("fit schema: the one beside the worlds is current") {
    const std::string schema = world::json_schema(fit_type(), "A fit of Crowdout");
    std::ifstream file{CROWDOUT_SOURCE_DIR "/configs/schema/fit.schema.json"};
    const std::string committed{std::istreambuf_iterator<char>{file}, {}};

    CHECK_MESSAGE(committed == schema,
                  "build/release/crowdout schema --fit --output configs/schema/fit.schema.json");
}

// A counterfactual that says what a parameter says would be overruled by it.
TEST_CASE("fit file: a parameter leaves alone what a claim's counterfactual sets") {
    const std::vector<std::string> against_calm{"claims=[{name: livelier, tolerance: 1%}]"};
    const test::FitFolder folder;
    const auto apart = folder.load(against_calm);
    REQUIRE_MESSAGE(apart.fit, apart.text());
    CHECK(apart.fit->training.scenes.size() == 2);

    std::vector<std::string> same = against_calm;
    same.emplace_back("parameters[orders].field=populations[crowd].market_rate");
    same.emplace_back("parameters[orders].range=[10k/d, 100k/d]");
    CHECK(contains(mistakes(same), "the counterfactual 'calm' of claim 'livelier' sets it too"));
}

}  // namespace crowdout::studies
