// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_interval.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace crowdout::world {

namespace {

using doctest::Approx;

std::vector<double> whole_numbers(int count) {
    std::vector<double> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

}  // namespace

// With one degree of freedom the law is Cauchy's; with two it has a formula too.
TEST_CASE("intervals: Student's quantiles in closed form") {
    for (const double p : {0.005, 0.3, 0.5, 0.9, 0.975, 0.9995}) {
        const double cauchy = std::tan(std::numbers::pi * (p - 0.5));
        CHECK(student_quantile(p, 1) == Approx(cauchy).epsilon(1e-12));
        const double two = (2 * p - 1) / std::sqrt(2 * p * (1 - p));
        CHECK(student_quantile(p, 2) == Approx(two).epsilon(1e-12));
    }
}

// Source: Abramowitz & Stegun (1964), table 26.10, and Fisher & Yates (1963), table III.
TEST_CASE("intervals: Student's quantiles of the tables") {
    CHECK(std::abs(student_quantile(0.975, 4) - 2.776) < 5e-4);
    CHECK(std::abs(student_quantile(0.975, 10) - 2.228) < 5e-4);
    CHECK(std::abs(student_quantile(0.975, 19) - 2.093) < 5e-4);
    CHECK(std::abs(student_quantile(0.995, 5) - 4.032) < 5e-4);
    CHECK(std::abs(student_quantile(0.95, 30) - 1.697) < 5e-4);
    CHECK(std::abs(student_quantile(0.975, 120) - 1.980) < 5e-4);
    CHECK(std::abs(student_quantile(0.975, 1e9) - 1.959963985) < 1e-8);
}

// 1, 2, 3: mean 2, deviation 1, t = 4.302652730 with two degrees of freedom.
TEST_CASE("intervals: the mean of runs") {
    const Interval interval = mean_interval(std::vector<double>{1, missing, 2, 3});
    CHECK(interval.estimate == Approx(2.0));
    CHECK(interval.low == Approx(2 - 4.302652730 / std::sqrt(3.0)).epsilon(1e-9));
    CHECK(interval.high == Approx(2 + 4.302652730 / std::sqrt(3.0)).epsilon(1e-9));
    const Interval one = mean_interval(std::vector<double>{5});
    CHECK(one.estimate == 5);
    CHECK(is_missing(one.low));
    CHECK(is_missing(mean_interval({}).estimate));
}

// Source: Newcombe (1998), Statistics in Medicine 17, 857, table I, method 3.
TEST_CASE("intervals: Wilson's for shares, as published") {
    struct Example {
        std::uint64_t successes, trials;
        double low, high;
    };
    const std::array<Example, 4> examples{{{81, 263, 0.2553, 0.3662},
                                           {15, 148, 0.0624, 0.1605},
                                           {0, 20, 0.0000, 0.1611},
                                           {1, 29, 0.0061, 0.1718}}};
    for (const Example& each : examples) {
        const Interval interval = share_interval(each.successes, each.trials);
        CHECK(std::abs(interval.low - each.low) < 5e-5);
        CHECK(std::abs(interval.high - each.high) < 5e-5);
    }
}

TEST_CASE("intervals: a share's ends stay within 0 and 1") {
    for (std::uint64_t trials = 1; trials <= 200; ++trials) {
        CHECK(share_interval(0, trials).low == 0);
        CHECK(share_interval(0, trials).high > 0);
        CHECK(share_interval(trials, trials).high == 1);
        CHECK(share_interval(trials, trials).low < 1);
    }
    CHECK(is_missing(share_interval(0, 0).estimate));
}

// Coverage 1 - 2 P(B < k): six values 31/32, ten 97.9 % with k = 2 (89 % with 3), twenty 95.9 %
// with k = 6.
TEST_CASE("intervals: the median lies between order statistics") {
    const Interval five = median_interval(whole_numbers(5));
    CHECK(five.estimate == 3);
    CHECK(is_missing(five.low));
    const Interval six = median_interval(whole_numbers(6));
    CHECK(six.estimate == 3.5);
    CHECK(six.low == 1);
    CHECK(six.high == 6);
    const Interval ten = median_interval(whole_numbers(10));
    CHECK(ten.low == 2);
    CHECK(ten.high == 9);
    const Interval twenty = median_interval(whole_numbers(20));
    CHECK(twenty.low == 6);
    CHECK(twenty.high == 15);
}

TEST_CASE("intervals: Fisher's for correlations") {
    const Interval interval = fisher_interval(0.5, 28);
    CHECK(interval.low == Approx(std::tanh(std::atanh(0.5) - 1.959963985 / 5)).epsilon(1e-9));
    CHECK(interval.high == Approx(std::tanh(std::atanh(0.5) + 1.959963985 / 5)).epsilon(1e-9));
    const Interval opposite = fisher_interval(-0.5, 28);
    CHECK(opposite.low == Approx(-interval.high).epsilon(1e-14));
    CHECK(fisher_interval(1, 10).low == 1);
    CHECK(is_missing(fisher_interval(0.5, 3).low));
    CHECK(is_missing(fisher_interval(missing, 30).estimate));
}

// Source: Hyndman & Fan (1996): h = (n - 1) p + 1 of the ordered values.
TEST_CASE("intervals: quantiles of type seven") {
    const std::vector<double> ten{10, 9, 8, 7, missing, 6, 5, 4, 3, 2, 1};
    CHECK(quantile(ten, 0.0) == 1);
    CHECK(quantile(ten, 0.1) == Approx(1.9));
    CHECK(quantile(ten, 0.33) == Approx(3.97));
    CHECK(quantile(ten, 0.5) == Approx(5.5));
    CHECK(quantile(ten, 1.0) == 10);
    CHECK(median(std::vector<double>{3, 1, 2}) == 2);
    CHECK(is_missing(median({})));
}

TEST_CASE("intervals: a fan's bands are quantiles over runs at each time") {
    const std::vector<std::vector<double>> runs{{1, 30}, {2, 10}, {3, missing}, {4, 20}, {5, 40}};
    const std::array<double, 3> probabilities{0.25, 0.5, 0.75};

    const std::vector<std::vector<double>> bands = fan(runs, probabilities);

    REQUIRE(bands.size() == 3);
    CHECK(bands[0] == std::vector<double>{2, 17.5});
    CHECK(bands[1] == std::vector<double>{3, 25});
    CHECK(bands[2] == std::vector<double>{4, 32.5});
    CHECK(fan({}, probabilities).size() == 3);
}

}  // namespace crowdout::world
