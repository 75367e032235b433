// SPDX-License-Identifier: Apache-2.0
#include "agents/ai_lab.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "market/calendar.hpp"
#include "toy_economy.hpp"

using namespace toy;

namespace {

/// A lab without revenue that has promised 36.5e9 a year (0.1e9 a day) for two years.
struct Case {
    Economy world;
    AiLab::Params params;
    AiLab::State state{};

    explicit Case(double cash) {
        world.add("anything", 1, 1);
        world.open(cash);
        params.revenue = 0;
        params.commitments = 73e9;
        params.path = {0.5, 0.5};
        params.suppliers.shares = {{"cloud", 0.8}, {"oracle", 0.2}};
        params.investors = {{"softbank", 30e9}, {"gulf", 10e9}};
        params.vendors = {{"chips", 5e9}};
        params.runway_min = market::day * 100;
        params.runway_target = market::day * 200;
        AiLab::bind(params, world);
        state = world.begin<AiLab>(params);
    }
    void run(std::int64_t days) { world.run<AiLab>(params, state, world.now + market::day * days); }
    double called(const char* name) {
        double sum = 0;
        for (const Obligation& call : world.receivables) {
            if (call.debtor == world.account(name)) sum += to_usd(call.amount);
        }
        return sum;
    }
};

}  // namespace

TEST_CASE("AI lab: revenue grows along the logistic curve, in any steps") {
    const AiLab::Params params;

    // Odds of 20 in 300 are 1 : 14; e^1.5 later 1 : 3.1238, and 300 / 4.1238 is 72.75.
    const double year = AiLab::grown(params, 20e9, 1);
    CHECK(year == doctest::Approx(300e9 / (1 + 14 * std::exp(-1.5))));
    CHECK(year == doctest::Approx(72.75e9).epsilon(1e-3));
    CHECK(AiLab::grown(params, AiLab::grown(params, 20e9, 0.4), 0.6) == doctest::Approx(year));
    CHECK(AiLab::grown(params, 0, 1) == 0);
}

TEST_CASE("AI lab: commitments follow their path across the years") {
    const AiLab::Params params;
    const auto half = market::Duration{market::year.ns / 2};

    // 3 and 5 % of 1.4e12 in the first two years, half of each from mid-year to mid-year.
    CHECK(AiLab::due_between(params, market::Duration{}, market::year) == doctest::Approx(42e9));
    CHECK(AiLab::due_between(params, half, market::year + half) == doctest::Approx(56e9));
    CHECK(AiLab::due_between(params, market::Duration{}, market::year * 9) ==
          doctest::Approx(1.4e12));
    CHECK(AiLab::due_between(params, market::year * 8, market::year * 9) == 0);
}

TEST_CASE("AI lab: commitments are paid day by day while there is cash") {
    Case c{20e9};
    c.run(50);
    CHECK(c.world.paid["cloud"] == doctest::Approx(4e9).epsilon(0.02));
    CHECK(c.world.paid["oracle"] == doctest::Approx(1e9).epsilon(0.02));

    c.run(200);  // day 250: the cash ended on day 200
    CHECK(c.world.paid["cloud"] + c.world.paid["oracle"] == doctest::Approx(20e9).epsilon(1e-6));
    CHECK(c.state.owed > 0);
}

TEST_CASE("AI lab: a short runway calls capital, pro rata, ten business days ahead") {
    Case c{5e9};  // 50 days of 100
    c.world.look<AiLab>(c.params, c.state);

    // 200 days cost 20e9; 15e9 are raised, 15 % of it from vendors.
    CHECK(c.called("chips") == doctest::Approx(2.25e9).epsilon(1e-6));
    CHECK(c.called("softbank") == doctest::Approx(12.75e9 * 0.75).epsilon(1e-6));
    CHECK(c.called("gulf") == doctest::Approx(12.75e9 * 0.25).epsilon(1e-6));
    // Ten business days after Monday evening in New York, 2025-12-01: 2025-12-15, 16:00 EST.
    REQUIRE(c.world.receivables.size() == 3);
    CHECK(c.world.receivables[0].due == monday + market::day * 13 + market::hour * 21);

    // What is on its way counts: no second call.
    c.run(10);
    CHECK(c.world.receivables.size() == 3);
}

TEST_CASE("AI lab: it never calls more than was promised") {
    Case c{0};
    c.params.commitments = 730e9;
    c.run(100);

    CHECK(c.called("softbank") == doctest::Approx(30e9));
    CHECK(c.called("gulf") == doctest::Approx(10e9));
    CHECK(c.called("chips") == doctest::Approx(5e9));
}

TEST_CASE("AI lab: calls that stay unmet scale the commitments down, once in 60 days") {
    Case c{30e9};
    c.world.receivables.push_back({.id = 1,
                                   .kind = ObligationKind::capital_call,
                                   .debtor = c.world.account("gulf"),
                                   .creditor = c.world.self,
                                   .amount = market::Money{10'000},
                                   .due = monday});
    c.run(58);
    CHECK(c.state.scale == 1);
    c.run(10);
    CHECK(c.state.scale == doctest::Approx(0.75));
    const double paid = c.world.paid["cloud"];
    c.run(40);
    CHECK(c.world.paid["cloud"] - paid == doctest::Approx(0.75 * 0.08e9 * 40).epsilon(0.03));
    c.run(20);
    CHECK(c.state.scale == doctest::Approx(0.75 * 0.75));
}

TEST_CASE("AI lab: hourly and daily steps pay and call the same") {
    double paid[2] = {0, 0};
    double calls[2] = {0, 0};
    for (const bool daily : {false, true}) {
        Case c{15e9};
        c.world.step = daily ? market::day : market::hour;
        c.run(100);
        paid[daily] = c.world.paid["cloud"];
        calls[daily] = c.called("softbank");
    }
    CHECK(paid[1] == doctest::Approx(paid[0]).epsilon(0.02));
    CHECK(calls[1] == doctest::Approx(calls[0]).epsilon(0.02));
}

TEST_CASE("AI lab: its state has no padding") {
    CHECK(sizeof(AiLab::State) == 16 * 8 + 6 * 8);
}

TEST_CASE("AI lab: its spending on compute follows a series of the past, where it has one") {
    // Goal: 73e9 a year for 40 days, then 146e9: days of 0.2e9 and 0.4e9. Method: cash for all of
    // it, so that nothing is called; the path's 0.1e9 a day has no part.
    Case c{200e9};
    c.params.compute_series = "compute";
    c.world.data["compute"] =
        HistoricalSeries{{{monday, 73e9}, {monday + market::day * 40, 146e9}}};
    AiLab::bind(c.params, c.world);

    c.run(39);
    CHECK(c.world.paid["cloud"] == doctest::Approx(0.8 * 0.2e9 * 39).epsilon(0.03));

    c.run(21);
    CHECK(c.world.paid["cloud"] == doctest::Approx(0.8 * (0.2e9 * 40 + 0.4e9 * 20)).epsilon(0.03));
    CHECK(c.called("softbank") == 0);
}

TEST_CASE("AI lab: what it calls hangs on what is known, not on what is to come") {
    // Goal: no look-ahead in its plans. Method: 30e9 of cash last 150 days at the 73e9 a year that
    // are known, though a row in 50 days says ten times as much.
    Case c{30e9};
    c.params.compute_series = "compute";
    c.world.data["compute"] =
        HistoricalSeries{{{monday, 73e9}, {monday + market::day * 50, 730e9}}};
    AiLab::bind(c.params, c.world);

    c.run(45);  // 21e9 are left: 105 days, above the 100 at which it calls
    CHECK(c.called("softbank") == 0);

    c.run(6);
    CHECK(c.called("softbank") > 0);
}
