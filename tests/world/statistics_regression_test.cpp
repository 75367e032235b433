// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_regression.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "tests/world/data_columns.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

const std::vector<double> ones(16, 1.0);

}  // namespace

// Source: NIST/ITL Statistical Reference Datasets, certified values.
TEST_CASE("regression: NIST's Norris") {
    const std::vector<std::vector<double>> columns = test::columns_of("norris.txt");

    const LineFit fit = fit_line(columns[1], columns[0]);

    CHECK(fit.count == 36);
    CHECK(fit.intercept == Approx(-0.262323073774029).epsilon(1e-11));
    CHECK(fit.slope == Approx(1.00211681802045).epsilon(1e-14));
    CHECK(fit.intercept_error == Approx(0.232818234301152).epsilon(1e-12));
    CHECK(fit.slope_error == Approx(0.429796848199937e-3).epsilon(1e-12));
    CHECK(fit.residual_deviation == Approx(0.884796396144373).epsilon(1e-12));
    CHECK(fit.r_squared == Approx(0.999993745883712).epsilon(1e-14));
}

// Source: NIST/ITL Statistical Reference Datasets, certified values. The columns nearly depend on
// each other: of sixteen digits about nine are left.
TEST_CASE("regression: NIST's Longley") {
    const std::vector<std::vector<double>> data = test::columns_of("longley.txt");
    std::vector<std::vector<double>> columns(data.begin() + 1, data.end());
    columns.insert(columns.begin(), ones);
    const std::array<double, 7> estimates{-3482258.63459582, 15.0618722713733,  -0.0358191792925910,
                                          -2.02022980381683, -1.03322686717359, -0.0511041056535807,
                                          1829.15146461355};
    const std::array<double, 7> errors{890420.383607373,  84.9149257747669,  0.0334910077722432,
                                       0.488399681651699, 0.214274163161675, 0.226073200069370,
                                       455.478499142212};

    const PlaneFit fit = fit_plane(columns, data[0]);

    REQUIRE(fit.coefficients.size() == 7);
    for (std::size_t i = 0; i < 7; ++i) {
        CHECK(fit.coefficients[i] == Approx(estimates.at(i)).epsilon(1e-8));
        CHECK(fit.errors[i] == Approx(errors.at(i)).epsilon(1e-8));
    }
    CHECK(fit.residual_deviation == Approx(304.854073561965).epsilon(1e-10));
    CHECK(fit.r_squared == Approx(0.995479004577296).epsilon(1e-12));
}

// Source: Anscombe (1973): the same line, errors and share explained for four unlike sets.
TEST_CASE("regression: Anscombe's quartet") {
    const std::vector<std::vector<double>> sets = test::columns_of("anscombe.txt");
    const std::array<std::array<std::size_t, 2>, 4> pairs{{{0, 1}, {0, 2}, {0, 3}, {4, 5}}};
    for (const auto& [x, y] : pairs) {
        const LineFit fit = fit_line(sets[x], sets[y]);
        CHECK(std::abs(fit.intercept - 3.00) < 0.005);
        CHECK(std::abs(fit.slope - 0.500) < 0.0005);
        CHECK(std::abs(fit.slope_error - 0.118) < 0.0005);
        CHECK(std::abs(fit.r_squared - 0.667) < 0.0015);
        CHECK(correlation(sets[x], sets[y]) == Approx(std::sqrt(fit.r_squared)).epsilon(1e-13));
    }
    CHECK(correlation(sets[0], sets[1]) == Approx(0.81642).epsilon(1e-5));
}

TEST_CASE("regression: a line of two columns is the plane's") {
    const std::vector<std::vector<double>> norris = test::columns_of("norris.txt");
    const LineFit line = fit_line(norris[1], norris[0]);

    const std::vector<std::vector<double>> columns{std::vector<double>(36, 1.0), norris[1]};
    const PlaneFit plane = fit_plane(columns, norris[0]);

    REQUIRE(plane.coefficients.size() == 2);
    CHECK(plane.coefficients[0] == Approx(line.intercept).epsilon(1e-10));
    CHECK(plane.coefficients[1] == Approx(line.slope).epsilon(1e-13));
    CHECK(plane.errors[0] == Approx(line.intercept_error).epsilon(1e-10));
    CHECK(plane.errors[1] == Approx(line.slope_error).epsilon(1e-10));
}

// Weighted means 1 and 1.5; sums of squares 2 and of products 4; residuals 0.5, -0.5, 0.5.
TEST_CASE("regression: weights by hand") {
    const std::vector<double> x{0, 1, 2, 9, 9, missing};
    const std::vector<double> y{0, 1, 4, 9, 9, 1};
    const std::vector<double> weights{1, 2, 1, 0, missing, 1};

    const LineFit fit = fit_line(x, y, weights);

    CHECK(fit.count == 3);
    CHECK(fit.slope == Approx(2.0));
    CHECK(fit.intercept == Approx(-0.5));
    CHECK(fit.residual_deviation == Approx(1.0));
    CHECK(fit.slope_error == Approx(std::sqrt(0.5)));
    CHECK(fit.intercept_error == Approx(std::sqrt(0.75)));
}

TEST_CASE("regression: errors do not mind the weights' unit") {
    const std::vector<std::vector<double>> norris = test::columns_of("norris.txt");
    const LineFit plain = fit_line(norris[1], norris[0]);

    const LineFit weighted = fit_line(norris[1], norris[0], std::vector<double>(36, 250.0));

    CHECK(weighted.slope == Approx(plain.slope).epsilon(1e-13));
    CHECK(weighted.slope_error == Approx(plain.slope_error).epsilon(1e-11));
    CHECK(weighted.intercept_error == Approx(plain.intercept_error).epsilon(1e-11));
}

TEST_CASE("regression: what the data do not define is missing") {
    const std::vector<double> constant{0.1, 0.1, 0.1};
    const std::vector<double> rising{1, 2, 4};
    CHECK(is_missing(fit_line(constant, rising).slope));
    CHECK(is_missing(correlation(constant, rising)));
    CHECK(is_missing(correlation(rising, constant)));
    CHECK(is_missing(fit_line({}, {}).slope));
    const LineFit two = fit_line(std::vector<double>{1, 2}, std::vector<double>{3, 5});
    CHECK(two.slope == Approx(2.0));
    CHECK(two.intercept == Approx(1.0));
    CHECK(is_missing(two.slope_error));
    const std::vector<std::vector<double>> twins{rising, rising};
    CHECK(fit_plane(twins, rising).coefficients.empty());
    CHECK(fit_plane({}, rising).coefficients.empty());
    const std::vector<std::vector<double>> exact{{1, 1}, {1, 2}};
    const PlaneFit through = fit_plane(exact, std::vector<double>{3, 5});
    CHECK(through.coefficients[1] == Approx(2.0));
    CHECK(is_missing(through.errors[1]));
}

// Down days (-2, -6), (-1, -3) lie on slope 3; up days (1, 0.5), (3, 1.5) on slope 0.5.
TEST_CASE("regression: an asset that falls more with its index than it rises") {
    const std::vector<double> index{-2, 1, 0, -1, 3, missing};
    const std::vector<double> asset{-6, 0.5, 100, -3, 1.5, 7};

    const AsymmetricBeta beta = asymmetric_beta(index, asset);

    CHECK(beta.down.slope == Approx(3.0));
    CHECK(beta.down.count == 2);
    CHECK(beta.up.slope == Approx(0.5));
    CHECK(beta.up.count == 2);
}

// Deviations of the ranks: -1.5 0 0 1.5 and -1.5 0.5 -0.5 1.5.
TEST_CASE("regression: Spearman's correlation shares ranks among equals") {
    const std::vector<double> x{10, 20, 20, 700, missing};
    const std::vector<double> y{-5, 2, 1, 3, 9};

    CHECK(ranks(x)[1] == 2.5);
    CHECK(ranks(x)[3] == 4);
    CHECK(is_missing(ranks(x)[4]));
    CHECK(rank_correlation(x, y) == Approx(4.5 / std::sqrt(22.5)));
}

// Source: the textbook example of IQ against hours of television: 1 - 6 * 194 / 990 = -29/165.
TEST_CASE("regression: Spearman's correlation as published") {
    const std::vector<double> iq{106, 86, 100, 101, 99, 103, 97, 113, 112, 110};
    const std::vector<double> hours{7, 0, 27, 50, 28, 29, 20, 12, 6, 17};
    CHECK(rank_correlation(iq, hours) == Approx(-29.0 / 165.0).epsilon(1e-14));
}

TEST_CASE("regression: the order of falls that a scenario predicts, and its opposite") {
    const std::vector<double> predicted{1, 2, 3, 4};
    CHECK(rank_correlation(std::vector<double>{-0.4, -0.3, -0.1, 0.02}, predicted) == Approx(1.0));
    CHECK(rank_correlation(std::vector<double>{3, 2, 1, 0}, predicted) == Approx(-1.0));
}

}  // namespace crowdout::world
