// SPDX-License-Identifier: Apache-2.0
#include "studies/verdict.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/random.hpp"
#include "tests/support/small_world.hpp"
#include "world/claim.hpp"

namespace crowdout::studies {

namespace {

using world::ClaimConfig;
using world::Measured;

/// A claim about a return, with bounds and judge as given.
ClaimConfig claim_with(const std::string& terms) {
    const auto config = test::config_of(
        test::crowd_world,
        {"claims=[{name: c, says: s, measure: total_return, of: COIN, " + terms + "}]"});
    return config->claims[0];
}

std::vector<Measured> measured(const std::vector<double>& values) {
    std::vector<Measured> all;
    for (const double value : values) all.push_back({value, "", {}});
    return all;
}

std::vector<Measured> lacking(std::size_t missing, std::size_t there) {
    std::vector<Measured> all(missing, Measured{{}, "no trades", {}});
    for (std::size_t i = 0; i < there; ++i) all.push_back({0.1, "", {}});
    return all;
}

Verdict last_verdict(const ClaimConfig& claim, const std::vector<double>& values) {
    return judge(claim, measured(values), values.size()).verdict;
}

/// What early looks make of a claim, as a run of claims does: the first that decides it.
Verdict looked_at(const ClaimConfig& claim, const std::vector<Measured>& values) {
    for (const std::size_t members : looks(values.size())) {
        const auto judged = judge(claim, std::span{values}.first(members), values.size()).verdict;
        if (judged != Verdict::undecided) return judged;
    }
    return Verdict::undecided;
}

}  // namespace

TEST_CASE("verdict: claims are looked at early, and once more when all members are there") {
    CHECK(looks(20) == std::vector<std::size_t>{5, 8, 12, 16, 20});
    CHECK(looks(12) == std::vector<std::size_t>{5, 8, 12});
    CHECK(looks(3) == std::vector<std::size_t>{3});
}

// 1, 2, 3, 4, 5: mean 3, s = sqrt(2.5), t of 4 degrees at 97.5 % is 2.776445: 3 -+ 1.963243.
TEST_CASE("verdict: a mean is held against bounds with Student's interval") {
    const std::vector<double> values{1, 2, 3, 4, 5};

    const Judgement judged = judge(claim_with("above: 103.6%"), measured(values), 5);
    CHECK(judged.interval.estimate == doctest::Approx(3));
    CHECK(judged.interval.low == doctest::Approx(3 - 1.963243).epsilon(1e-6));
    CHECK(judged.interval.high == doctest::Approx(3 + 1.963243).epsilon(1e-6));
    CHECK(judged.members == 5);

    CHECK(last_verdict(claim_with("above: 103.6%"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("above: 103.8%"), values) == Verdict::undecided);
    CHECK(last_verdict(claim_with("below: 496.4%"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("above: 496.4%"), values) == Verdict::fails);
    CHECK(last_verdict(claim_with("below: 103.6%"), values) == Verdict::fails);
    CHECK(last_verdict(claim_with("between: [103.6%, 496.4%]"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("between: [200%, 400%]"), values) == Verdict::undecided);
    CHECK(last_verdict(claim_with("between: [500%, 600%]"), values) == Verdict::fails);
}

TEST_CASE("verdict: an exact zero of every member is within bounds that end at zero") {
    CHECK(last_verdict(claim_with("between: [0, 0]"), {0, 0, 0, 0}) == Verdict::holds);
    CHECK(last_verdict(claim_with("above: 1%"), {0, 0, 0, 0}) == Verdict::fails);
}

TEST_CASE("verdict: one member has no interval of its mean") {
    const Judgement judged = judge(claim_with("above: 0"), measured({1}), 1);

    CHECK(judged.verdict == Verdict::undecided);
    CHECK(judged.interval.estimate == 1);
    CHECK(judged.why == "too few members for an interval");
}

// The median of ten lies between the 2nd and the 9th of them with 97.9 % (Conover, table A3).
TEST_CASE("verdict: a median is held against bounds between order statistics") {
    const std::vector<double> values{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 100};

    CHECK(last_verdict(claim_with("judge: median, between: [20%, 90%]"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("judge: median, between: [21%, 90%]"), values) ==
          Verdict::undecided);
    CHECK(last_verdict(claim_with("judge: median, above: 91%"), values) == Verdict::fails);
}

// Wilson's interval of 9 of 10 is 0.5958 to 0.9821 (z = 1.959964).
TEST_CASE("verdict: a share of members is held against Wilson's interval") {
    const std::vector<double> values{1, 1, 1, 1, 1, 1, 1, 1, 1, -1};

    const Judgement judged = judge(claim_with("judge: share, above: 0"), measured(values), 10);
    CHECK(judged.interval.estimate == doctest::Approx(0.9));
    CHECK(judged.interval.low == doctest::Approx(0.5958).epsilon(1e-3));
    CHECK(judged.interval.high == doctest::Approx(0.9821).epsilon(1e-3));

    CHECK(last_verdict(claim_with("judge: share, share: 59%, above: 0"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("judge: share, share: 60%, above: 0"), values) ==
          Verdict::undecided);
    CHECK(last_verdict(claim_with("judge: share, share: 99%, above: 0"), values) == Verdict::fails);
}

// Of 0, 1, ... 20 the 2.5 % and 97.5 % quantiles are 0.5 and 19.5 (type 7: h = 20 p).
TEST_CASE("verdict: a band need only meet the range") {
    std::vector<double> values;
    for (int i = 0; i <= 20; ++i) values.push_back(i);

    CHECK(last_verdict(claim_with("judge: band, above: 1949%"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("judge: band, above: 1951%"), values) == Verdict::fails);
    CHECK(last_verdict(claim_with("judge: band, below: 51%"), values) == Verdict::holds);
    CHECK(last_verdict(claim_with("judge: band, below: 49%"), values) == Verdict::fails);
}

// Goal: a band that is said to hold early holds at the end, whatever comes. Method: with two
// members on the right side of each end, the rest as far off as they can be.
TEST_CASE("verdict: a band holds early only where nothing can undo it") {
    const ClaimConfig claim = claim_with("judge: band, between: [100%, 200%]");
    std::vector<double> values{1.5, 1.5, -9, -9, -9};

    CHECK(judge(claim, measured(values), 20).verdict == Verdict::holds);
    values.resize(20, -9);
    CHECK(last_verdict(claim, values) == Verdict::holds);

    CHECK(judge(claim, measured({1.5, -9, -9, -9, -9}), 20).verdict == Verdict::undecided);
    CHECK(judge(claim, measured({-9, -9, -9, -9, -9}), 20).verdict == Verdict::undecided);
}

TEST_CASE("verdict: more than a fifth without a value is none, with the reason") {
    const ClaimConfig claim = claim_with("above: 0");

    CHECK(judge(claim, lacking(1, 4), 5).verdict == Verdict::holds);
    const Judgement judged = judge(claim, lacking(2, 7), 9);
    CHECK(judged.verdict == Verdict::undecided);
    CHECK(judged.missing == 2);
    CHECK(judged.why == "2 of 9 members have no value: no trades");
    CHECK(judge(claim, lacking(3, 0), 3).verdict == Verdict::undecided);
    CHECK(judge(claim, {}, 5).verdict == Verdict::undecided);
}

TEST_CASE("verdict: an early look asks for more than the last one") {
    const ClaimConfig claim = claim_with("above: 103.6%");

    // At 99.9 % Student's t of 4 degrees is 8.610: 3 - 6.09 is below the bound.
    CHECK(judge(claim, measured({1, 2, 3, 4, 5}), 20).verdict == Verdict::undecided);
    CHECK(judge(claim, measured({3, 3.1, 3, 3.1, 3}), 20).verdict == Verdict::holds);
}

// Goal: early stopping keeps the level of the last look, and hardly ever says other than 20
// members would. Method: 4,000 tables of 20 normal members whose true mean lies a hair outside the
// bound, where a wrong verdict is likeliest: `holds` would be wrong, in 2.5 % of tables without
// early looks; then with the truth well inside.
TEST_CASE("verdict: early stopping does not spoil it") {
    const ClaimConfig claim = claim_with("above: 0");
    constexpr int tables = 4000;
    for (const double truth : {-1e-9, 1.5}) {
        CAPTURE(truth);
        int wrong = 0;
        int contradictions = 0;
        int early = 0;
        for (std::uint32_t table = 0; table < tables; ++table) {
            agents::Random random{1, table, agents::Purpose::trait, 0};
            std::vector<Measured> values(20);
            for (Measured& value : values) value.value = truth + random.normal();

            const Verdict with_looks = looked_at(claim, values);
            const Verdict without = judge(claim, values, 20).verdict;
            wrong += with_looks == (truth < 0 ? Verdict::holds : Verdict::fails);
            contradictions += with_looks != without && without != Verdict::undecided &&
                              with_looks != Verdict::undecided;
            early += judge(claim, std::span{values}.first(16), 20).verdict != Verdict::undecided;
        }
        CHECK(wrong < tables * 35 / 1000);  // 2.5 % + four looks at 0.05 %, and chance
        CHECK(contradictions == 0);
        if (truth > 0) CHECK(early > tables / 2);
    }
}

}  // namespace crowdout::studies
