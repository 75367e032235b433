// SPDX-License-Identifier: Apache-2.0
#include "agents/pecking_order.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace crowdout::agents;

TEST_CASE("pecking order: cash, Treasuries, bonds, buyback, projects, capex, in that order") {
    const FirmMeans means{.cash = 1,
                          .treasuries = 2,
                          .placed = 3,
                          .debt_room = 4,
                          .buyback = 5,
                          .spv_room = 6,
                          .capex = 7};

    struct Row {
        double need, cash, treasuries, placed, bonds, buyback_cut, spv, capex_cut, unmet;
    };
    for (const Row& row : {Row{-5, 0, 0, 0, 0, 0, 0, 0, 0}, Row{1, 1, 0, 0, 0, 0, 0, 0, 0},
                           Row{2, 1, 1, 0, 0, 0, 0, 0, 0}, Row{5, 1, 2, 2, 0, 0, 0, 0, 0},
                           Row{10, 1, 2, 3, 4, 0, 0, 0, 0}, Row{12, 1, 2, 3, 4, 2, 0, 0, 0},
                           Row{17, 1, 2, 3, 4, 5, 2, 0, 0}, Row{28, 1, 2, 3, 4, 5, 6, 7, 0},
                           Row{30, 1, 2, 3, 4, 5, 6, 7, 2}}) {
        const FirmFunding funding = fund_firm(row.need, means);
        CHECK(funding.cash == row.cash);
        CHECK(funding.treasuries == row.treasuries);
        CHECK(funding.placed == row.placed);
        CHECK(funding.bonds == row.bonds);
        CHECK(funding.buyback_cut == row.buyback_cut);
        CHECK(funding.spv == row.spv);
        CHECK(funding.capex_cut == row.capex_cut);
        CHECK(funding.unmet == row.unmet);
    }
}

TEST_CASE("pecking order: a firm below its means' floor or above its debt gets nothing from them") {
    const FirmFunding funding = fund_firm(3, {.cash = -2, .debt_room = -9, .buyback = 1});

    CHECK(funding.cash == 0);
    CHECK(funding.bonds == 0);
    CHECK(funding.buyback_cut == 1);
    CHECK(funding.unmet == 2);
}

TEST_CASE("capex rule: grows with the return, falls with the cost of capital and the spread") {
    const CapexRule rule{
        .growth_plan = 0.08, .return_weight = 1.5, .spread_weight = 0.05, .hurdle = 0.02};
    const auto near = [](double x) { return doctest::Approx(x).epsilon(1e-12); };

    CHECK(capex_log_growth(rule, 0.11, 0.09, 0) == near(0.08));
    CHECK(capex_log_growth(rule, 0.14, 0.09, 0) == near(0.08 + 1.5 * 0.03));
    CHECK(capex_log_growth(rule, 0.11, 0.10, 0) == near(0.08 - 1.5 * 0.01));
    // ORCL's 48 bp in autumn 2025: 0.05 x 0.48.
    CHECK(capex_log_growth(rule, 0.11, 0.09, 0.0048) == near(0.08 - 0.024));
}

TEST_CASE("capex rule: a quarter moves it by no more than -25 % and +30 %") {
    CHECK(std::exp(capex_log_growth({}, 0.9, 0.05, 0)) == doctest::Approx(1.30));
    CHECK(std::exp(capex_log_growth({}, -0.9, 0.05, 0)) == doctest::Approx(0.75));
}

TEST_CASE("cost of capital: equity and taxed debt by their weights") {
    // 0.9 (4 % + 1.1 x 3 %) + 0.1 (4 % + 1 %) 0.79
    CHECK(cost_of_capital(0.9, 0.04, 0.03, 1.1, 0.01, 0.21) == doctest::Approx(0.06965));
}
