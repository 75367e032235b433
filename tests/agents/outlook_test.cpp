// SPDX-License-Identifier: Apache-2.0
#include "agents/outlook.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "toy_economy.hpp"

using namespace toy;

TEST_CASE("outlook: each asset starts from its own market rate") {
    Economy world;
    const auto id = world.add("asset", 100, 1e9);
    world.open(0);
    const Snapshot& market = world.observe().market;
    const auto near = [](double x) { return doctest::Approx(x).epsilon(1e-12); };

    CHECK(expected_return({.earns = Earns::government}, market, id) == near(0.04));
    CHECK(expected_return({.earns = Earns::credit, .premium = 0.01}, market, id) == near(0.06));
    CHECK(expected_return({.earns = Earns::equity, .beta = 2}, market, id) == near(0.10));
    CHECK(expected_return({.earns = Earns::cash, .premium = 0.05}, market, id) == near(0.09));
}

TEST_CASE("outlook: a price under value adds its pull") {
    Economy world;
    const auto id = world.add("asset", 80, 1e9);
    world.book(id).value = 100;
    world.open(0);
    const Snapshot& market = world.observe().market;

    CHECK(expected_return({.earns = Earns::government, .pull = 0.2}, market, id) ==
          doctest::Approx(0.04 + 0.2 * std::log(1.25)).epsilon(1e-12));
}

TEST_CASE("outlook: pending calls over the own idle cash raise the hurdle") {
    const Hurdle hurdle{.premium = 0.01, .shadow_slope = 0.05, .pressure_max = 5, .width = 0.02};
    const RatesView rates{.policy = 0.04};

    CHECK(cash_pressure(hurdle, 0, 0) == 0);
    CHECK(cash_pressure(hurdle, 30, 60) == 0.5);
    CHECK(cash_pressure(hurdle, 30, 1) == 5);
    CHECK(cash_pressure(hurdle, 30, 0) == 5);
    CHECK(hurdle_rate(hurdle, rates, 0) == doctest::Approx(0.05));
    CHECK(hurdle_rate(hurdle, rates, 0.5) == doctest::Approx(0.075));

    CHECK(willingness(hurdle, 0.05, 0.05) == 0);
    CHECK(willingness(hurdle, 0.06, 0.05) == doctest::Approx(0.5));
    CHECK(willingness(hurdle, 0.09, 0.05) == 1);
    CHECK(willingness(hurdle, 0.04, 0.05) == 0);
}
