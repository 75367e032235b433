// SPDX-License-Identifier: Apache-2.0
#include "agents/stressed_sale.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

using namespace crowdout::agents;

namespace {

/// A note, a large share, a coin: $10m of each; a day's capacity of $6m each.
constexpr std::array<SaleCandidate, 3> holdings{
    SaleCandidate{.usd = 10e6, .capacity = 6e6, .sigma = 0.005, .volume = 1e11, .conviction = 0.1},
    SaleCandidate{.usd = 10e6, .capacity = 6e6, .sigma = 0.02, .volume = 1e10, .conviction = 0.3},
    SaleCandidate{.usd = 10e6, .capacity = 6e6, .sigma = 0.04, .volume = 1e9, .conviction = 0.2}};

}  // namespace

TEST_CASE("stressed sale: the cost of a sale is the square-root law and half the spread") {
    const SaleCandidate candidate{.sigma = 0.02, .volume = 1e10, .half_spread = 0.0001};
    CHECK(candidate.cost(1e8) == doctest::Approx(0.002 + 0.0001));  // 2 % x sqrt(1 %)
    CHECK(candidate.margin() == doctest::Approx(2.33 * 0.02 * std::sqrt(5.0)));
}

TEST_CASE("stressed sale: each mode has its order, each holding its capacity") {
    // Costs at $8m: 0.005 sqrt(8e-5), 0.02 sqrt(8e-4), 0.04 sqrt(8e-3): the note is the cheapest.
    const SalePlan liquid = plan_sale(holdings, SaleMode::liquidity_first, 8e6);
    CHECK(liquid[0] == 6e6);
    CHECK(liquid[1] == 2e6);
    CHECK(liquid[2] == 0);
    // Margin over cost: 5.2 sqrt(V / q) for all, so volume decides: the note again.
    CHECK(plan_sale(holdings, SaleMode::margin_efficient, 5e6)[0] == 5e6);
    const SalePlan belief = plan_sale(holdings, SaleMode::conviction, 8e6);
    CHECK(belief[0] == 6e6);
    CHECK(belief[2] == 2e6);
    CHECK(belief[1] == 0);
}

TEST_CASE("stressed sale: pro rata sells the same fraction, and fills up where capacity binds") {
    const SalePlan even = plan_sale(holdings, SaleMode::pro_rata, 9e6);
    for (std::size_t i = 0; i < 3; ++i) CHECK(even[i] == doctest::Approx(3e6));

    auto uneven = holdings;
    uneven[0].capacity = 1e6;
    const SalePlan plan = plan_sale(uneven, SaleMode::pro_rata, 9e6);
    CHECK(plan[0] == doctest::Approx(1e6));
    CHECK(plan[1] == doctest::Approx(4e6));
    CHECK(plan[2] == doctest::Approx(4e6));
}

TEST_CASE("stressed sale: what is beyond all capacity waits") {
    for (const SaleMode mode : {SaleMode::liquidity_first, SaleMode::margin_efficient,
                                SaleMode::conviction, SaleMode::pro_rata}) {
        const SalePlan plan = plan_sale(holdings, mode, 25e6);
        CHECK(plan[0] + plan[1] + plan[2] == doctest::Approx(18e6));
    }
}
