// SPDX-License-Identifier: Apache-2.0
#include "tests/support/statistics.hpp"

#include <doctest/doctest.h>

namespace crowdout::test {

TEST_CASE("statistics: returns of a stride do not overlap") {
    const double e = std::exp(1.0);
    const std::vector<double> prices{1, e, e * e, e * e * e, 1};
    const std::vector<double> returns = log_returns(prices, 2);
    REQUIRE(returns.size() == 2);
    CHECK(returns[0] == doctest::Approx(2.0));
    CHECK(returns[1] == doctest::Approx(-2.0));
}

TEST_CASE("statistics: a fair coin has an excess kurtosis of minus two") {
    const std::vector<double> coin{1, -1, 1, -1};
    CHECK(mean(coin) == doctest::Approx(0.0));
    CHECK(central_moment(coin, 2) == doctest::Approx(1.0));
    CHECK(excess_kurtosis(coin) == doctest::Approx(-2.0));
}

// One step later three products of -1 meet four squares; two steps later, two of +1.
TEST_CASE("statistics: a series that alternates is its own opposite one step later") {
    const std::vector<double> series{1, -1, 1, -1};
    CHECK(autocorrelation(series, 0) == doctest::Approx(1.0));
    CHECK(autocorrelation(series, 1) == doctest::Approx(-0.75));
    CHECK(autocorrelation(series, 2) == doctest::Approx(0.5));
}

// The logarithms of the two largest over the third are 2 ln 2 and ln 2.
TEST_CASE("statistics: Hill's index by hand") {
    const std::vector<double> sample{-8, 4, 2, 1};
    CHECK(hill_index(sample, 0.5) == doctest::Approx(2.0 / (3.0 * std::log(2.0))));
}

TEST_CASE("statistics: Hill's index of a power law is its exponent") {
    std::vector<double> quantiles;
    for (int i = 1; i < 20'000; ++i) quantiles.push_back(std::pow(i / 20'000.0, -1.0 / 3.0));
    CHECK(hill_index(quantiles, 0.025) == doctest::Approx(3.0).epsilon(0.02));
}

TEST_CASE("statistics: the slope of a line is its slope") {
    const std::vector<double> x{0, 1, 2, 5};
    const std::vector<double> y{1, 3, 5, 11};
    CHECK(slope(x, y) == doctest::Approx(2.0));
}

// 1, 2, 3 have variance 1 with n - 1 in the denominator; a third of it is their mean's.
TEST_CASE("statistics: the standard error of a mean over runs") {
    const std::vector<double> runs{1, 2, 3};
    CHECK(estimate(runs).mean == doctest::Approx(2.0));
    CHECK(estimate(runs).error == doctest::Approx(std::sqrt(1.0 / 3.0)));
}

}  // namespace crowdout::test
