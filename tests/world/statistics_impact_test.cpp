// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_impact.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace crowdout::world {

namespace {

using doctest::Approx;

/// Two orders of each size about the law move = 0.8 size^exponent, one above it, one below.
std::vector<ParentOrder> orders_of_law(double exponent) {
    std::vector<ParentOrder> orders;
    for (int i = 0; i <= 12; ++i) {
        const double size = std::pow(10.0, -4 + i / 4.0);
        const double move = 0.8 * std::pow(size, exponent);
        orders.push_back({size, 1.5 * move});
        orders.push_back({size, 0.5 * move});
    }
    return orders;
}

}  // namespace

// Decades from 0.01: sizes 0.01 and 0.04 share a bin, whose middle is 0.02.
TEST_CASE("impact: orders of about one size share a bin") {
    const std::vector<ParentOrder> orders{{0.04, 3}, {0.5, 7},     {0.01, 1},      {0, 100},
                                          {-1, 100}, {missing, 9}, {0.01, missing}};

    const std::vector<ImpactBin> curve = impact_curve(orders, 1);

    REQUIRE(curve.size() == 2);
    CHECK(curve[0].count == 2);
    CHECK(curve[0].size == Approx(0.02));
    CHECK(curve[0].move == Approx(2.0));
    CHECK(curve[0].error == Approx(1.0));  // deviation sqrt 2 over sqrt 2
    CHECK(curve[1].count == 1);
    CHECK(curve[1].size == Approx(0.5));
    CHECK(is_missing(curve[1].error));
}

TEST_CASE("impact: a power of ten begins a bin") {
    std::vector<ParentOrder> orders;
    for (const double size : {0.001, 0.002, 0.01, 0.02, 0.1, 900.0, 1'000.0, 2'000.0}) {
        orders.push_back({size, 1});
    }
    const std::vector<ImpactBin> curve = impact_curve(orders, 1);
    REQUIRE(curve.size() == 5);
    CHECK(curve[0].count == 2);
    CHECK(curve[1].count == 2);
    CHECK(curve[2].count == 1);
    CHECK(curve[3].count == 1);
    CHECK(curve[4].count == 2);
}

TEST_CASE("impact: the law that the orders follow is found") {
    for (const double exponent : {0.5, 0.6}) {
        const ImpactLaw law = impact_law(impact_curve(orders_of_law(exponent)));

        CHECK(law.bins == 13);
        CHECK(law.exponent == Approx(exponent).epsilon(1e-10));
        CHECK(law.exponent_error < 1e-10);
        CHECK(law.prefactor == Approx(0.8).epsilon(1e-9));
    }
}

// For a square root the two prefactors agree; for 0.6 the root's is 0.8 size^0.1 at the middle of
// the sizes, 10^-2.5.
TEST_CASE("impact: the square root's prefactor is taken where the orders are") {
    CHECK(impact_law(impact_curve(orders_of_law(0.5))).prefactor_root == Approx(0.8));
    CHECK(impact_law(impact_curve(orders_of_law(0.6))).prefactor_root ==
          Approx(0.8 * std::pow(10.0, -0.25)));
}

TEST_CASE("impact: bins with too few orders, or moved against, have no logarithm to fit") {
    const std::vector<ImpactBin> curve{{.size = 0.01, .move = 0.1, .error = 0.01, .count = 9},
                                       {.size = 0.04, .move = 0.2, .error = 0.01, .count = 9},
                                       {.size = 0.10, .move = -0.1, .error = 0.2, .count = 9},
                                       {.size = 0.20, .move = 5.0, .error = 0.2, .count = 1}};

    const ImpactLaw law = impact_law(curve);

    CHECK(law.bins == 2);
    CHECK(law.left_out == 1);
    CHECK(law.exponent == Approx(0.5));
    CHECK(is_missing(law.exponent_error));
    CHECK(is_missing(impact_law({}).exponent));
    CHECK(is_missing(impact_law({}).prefactor_root));
}

// The second order has no last price: there the first stands alone, 2 of its 4.
TEST_CASE("impact: what is left of the peak as time goes by") {
    const std::vector<std::vector<double>> paths{{4, 3, 2}, {2, 1, missing}, {missing, 9, 9}};

    const std::vector<double> decay = impact_decay(paths);

    REQUIRE(decay.size() == 3);
    CHECK(decay[0] == 1);
    CHECK(decay[1] == Approx(4.0 / 6.0));
    CHECK(decay[2] == Approx(0.5));
    CHECK(is_missing(impact_decay(std::vector<std::vector<double>>{{-1, 1}})[0]));
    CHECK(impact_decay({}).empty());
}

}  // namespace crowdout::world
