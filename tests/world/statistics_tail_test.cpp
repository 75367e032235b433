// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_tail.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "agents/random.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

/// Quantiles of P(X > x) = x^-index at i / (count + 1).
std::vector<double> pareto_quantiles(int count, double index) {
    std::vector<double> values;
    for (int i = 1; i <= count; ++i) {
        values.push_back(std::pow(i / (count + 1.0), -1.0 / index));
    }
    return values;
}

}  // namespace

// The logarithms of the two largest over the third are 2 ln 2 and ln 2.
TEST_CASE("tail: Hill's index by hand") {
    const std::vector<double> sample{-8, 4, missing, 2, 1};

    const TailIndex tail = hill_index(sample, 0.5);

    CHECK(tail.count == 2);
    CHECK(tail.index == Approx(2.0 / (3.0 * std::log(2.0))));
    CHECK(tail.error == Approx(tail.index / std::sqrt(2.0)));
}

// Of exact quantiles the sum over i <= k of ln(X_i / X_k+1) is (k ln(k + 1) - ln k!) / index.
TEST_CASE("tail: Hill's index of Pareto's quantiles is known for every k") {
    for (const double index : {1.5, 3.0}) {
        for (const TailIndex& tail : hill_plot(pareto_quantiles(20'000, index))) {
            const auto k = static_cast<double>(tail.count);
            const double expected = index * k / (k * std::log(k + 1) - std::lgamma(k + 1));
            CHECK(tail.index == Approx(expected).epsilon(1e-10));
            CHECK(tail.index == Approx(index).epsilon(0.03));
        }
    }
}

TEST_CASE("tail: the plot runs from one to five percent") {
    const std::vector<TailIndex> plot = hill_plot(pareto_quantiles(1'000, 3));
    REQUIRE(plot.size() == 9);
    CHECK(plot.front().share == 0.01);
    CHECK(plot.front().count == 10);
    CHECK(plot[3].share == 0.025);
    CHECK(plot[3].index == hill_index(pareto_quantiles(1'000, 3)).index);
    CHECK(plot.back().count == 50);
}

// Goal: the standard error is what it says.
TEST_CASE("tail: the index lies within two errors of the truth in 95 of 100 samples") {
    int within_two = 0;
    for (std::uint32_t sample = 0; sample < 200; ++sample) {
        agents::Random random{7, sample, agents::Purpose::trait, 0};
        std::vector<double> values(3'000);
        for (double& x : values) x = random.pareto(1.0, 3.0) * (random.bernoulli(0.5) ? 1 : -1);
        const TailIndex tail = hill_index(values, 0.05);
        within_two += std::abs(tail.index - 3.0) < 2 * tail.error ? 1 : 0;
    }
    CHECK(within_two > 0.92 * 200);
    CHECK(within_two < 0.98 * 200);
}

// 0.29 * 100 is 28.999999999999996 in doubles.
TEST_CASE("tail: a share that is a whole number of values counts them all") {
    CHECK(hill_index(pareto_quantiles(100, 3), 0.29).count == 29);
}

TEST_CASE("tail: no index without a tail") {
    CHECK(is_missing(hill_index(pareto_quantiles(50, 3)).index));  // one value in it
    CHECK(is_missing(hill_index(std::vector<double>(1'000, 1.0)).index));
    CHECK(is_missing(hill_index(std::vector<double>(1'000, 0.0)).index));
    CHECK(is_missing(hill_index({}).index));
}

}  // namespace crowdout::world
