// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_moments.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "agents/random.hpp"
#include "tests/world/data_columns.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

/// One value, then two in turn: NIST's NumAcc data sets 2 to 4, whose mean is `centre` and whose
/// deviation is exactly 0.1.
std::vector<double> alternating(double low, double centre, double high) {
    std::vector<double> series{centre};
    for (int i = 0; i < 500; ++i) {
        series.push_back(low);
        series.push_back(high);
    }
    return series;
}

std::vector<double> laplace(std::size_t count, std::uint64_t seed) {
    agents::Random random{seed, 0, agents::Purpose::trait, 0};
    std::vector<double> series(count);
    for (double& x : series) x = 3.0 + random.laplace();
    return series;
}

/// Mean of (x - mean)^power, from the definition.
double central_moment(const std::vector<double>& series, int power) {
    const double centre = mean(series);
    double sum = 0;
    for (const double x : series) sum += std::pow(x - centre, power);
    return sum / static_cast<double>(series.size());
}

}  // namespace

TEST_CASE("moments: NIST's certified means and deviations") {
    const Moments lew = moments(test::numbers_of("lew.txt"));
    CHECK(lew.count() == 200);
    CHECK(lew.mean() == Approx(-177.435).epsilon(1e-14));
    CHECK(lew.deviation() == Approx(277.332168044316).epsilon(1e-14));
    const Moments lottery = moments(test::numbers_of("lottery.txt"));
    CHECK(lottery.count() == 218);
    CHECK(lottery.mean() == Approx(518.958715596330).epsilon(1e-14));
    CHECK(lottery.deviation() == Approx(291.699727470969).epsilon(1e-14));
}

// Goal: digits do not drown in a large mean. 10,000,000.2 is known to 2e-9 only, a deviation of 0.1
// about it therefore to 2e-8.
TEST_CASE("moments: NIST's data sets of numerical accuracy") {
    const Moments first = moments(std::vector<double>{10'000'001, 10'000'003, 10'000'002});
    CHECK(first.mean() == 10'000'002);
    CHECK(first.deviation() == 1);
    const Moments second = moments(alternating(1.1, 1.2, 1.3));
    CHECK(second.mean() == Approx(1.2).epsilon(1e-14));
    CHECK(second.deviation() == Approx(0.1).epsilon(1e-13));
    const Moments third = moments(alternating(1'000'000.1, 1'000'000.2, 1'000'000.3));
    CHECK(third.mean() == Approx(1'000'000.2).epsilon(1e-15));
    CHECK(third.deviation() == Approx(0.1).epsilon(1e-8));
    const Moments fourth = moments(alternating(10'000'000.1, 10'000'000.2, 10'000'000.3));
    CHECK(fourth.mean() == Approx(10'000'000.2).epsilon(1e-15));
    CHECK(fourth.deviation() == Approx(0.1).epsilon(1e-7));
}

// Ones with probability p = 1/5: skewness (1 - 2p) / sqrt(pq), excess kurtosis (1 - 6pq) / pq.
TEST_CASE("moments: skewness and kurtosis of coins") {
    const Moments fair = moments(std::vector<double>{1, -1, 1, -1});
    CHECK(fair.skewness() == Approx(0.0));
    CHECK(fair.excess_kurtosis() == Approx(-2.0));
    const Moments loaded = moments(std::vector<double>{0, 0, 1, 0, 0});
    CHECK(loaded.skewness() == Approx(0.6 / std::sqrt(0.16)));
    CHECK(loaded.excess_kurtosis() == Approx((1 - 6 * 0.16) / 0.16));
}

TEST_CASE("moments: one pass gives what the definition gives") {
    const std::vector<double> series = laplace(10'000, 1);
    const double second = central_moment(series, 2);

    const Moments sample = moments(series);

    CHECK(sample.variance() == Approx(second * 10'000 / 9'999).epsilon(1e-12));
    CHECK(sample.standard_error() == Approx(std::sqrt(second / 9'999)).epsilon(1e-12));
    CHECK(sample.skewness() ==
          Approx(central_moment(series, 3) / std::pow(second, 1.5)).epsilon(1e-11));
    CHECK(sample.excess_kurtosis() ==
          Approx(central_moment(series, 4) / (second * second) - 3).epsilon(1e-11));
    CHECK(sample.excess_kurtosis() == Approx(3.0).epsilon(0.15));  // the Laplace law's
}

TEST_CASE("moments: the mean of a series that does not vary is its value") {
    CHECK(mean(std::vector<double>(1'000, 0.1)) == 0.1);
    CHECK(moments(std::vector<double>(1'000, 0.1)).mean() == 0.1);
    CHECK(mean(std::vector<double>{missing, 0.1, 0.2, missing, 0.6}) == Approx(0.3).epsilon(1e-15));
}

TEST_CASE("moments: two halves seen apart are the whole") {
    const std::vector<double> series = laplace(1'000, 2);
    const std::span<const double> all{series};
    const Moments whole = moments(all);

    for (const std::size_t cut : {0U, 1U, 137U, 999U, 1'000U}) {
        Moments merged = moments(all.first(cut));
        merged.merge(moments(all.subspan(cut)));

        CHECK(merged.count() == 1'000);
        CHECK(merged.mean() == Approx(whole.mean()).epsilon(1e-13));
        CHECK(merged.variance() == Approx(whole.variance()).epsilon(1e-12));
        CHECK(merged.skewness() == Approx(whole.skewness()).epsilon(1e-11));
        CHECK(merged.excess_kurtosis() == Approx(whole.excess_kurtosis()).epsilon(1e-11));
    }
}

TEST_CASE("moments: what too few values do not define is missing") {
    const Moments none;
    CHECK(is_missing(none.mean()));
    CHECK(is_missing(none.variance()));
    CHECK(is_missing(mean({})));
    const Moments one = moments(std::vector<double>{missing, 5, missing});
    CHECK(one.count() == 1);
    CHECK(one.mean() == 5);
    CHECK(is_missing(one.variance()));
    CHECK(is_missing(one.standard_error()));
    const Moments constant = moments(std::vector<double>{7, 7, 7});
    CHECK(constant.variance() == 0);
    CHECK(is_missing(constant.skewness()));
    CHECK(is_missing(constant.excess_kurtosis()));
}

// Levels whose logarithms go 0 0 4 4 8 8 ...: single steps are 0 and 4 in turn (a fair coin, -2),
// double steps always 4 (no variance).
TEST_CASE("moments: kurtosis by horizon is that of returns of each stride") {
    std::vector<double> levels;
    for (int i = 0; i < 9; ++i) levels.push_back(std::exp2(4 * (i / 2)));
    const std::array<std::size_t, 2> strides{1, 2};

    const std::vector<HorizonKurtosis> horizons = kurtosis_by_horizon(levels, strides);

    REQUIRE(horizons.size() == 2);
    CHECK(horizons[0].stride == 1);
    CHECK(horizons[0].count == 8);
    CHECK(horizons[0].excess_kurtosis == Approx(-2.0));
    CHECK(horizons[1].count == 4);
    CHECK(is_missing(horizons[1].excess_kurtosis));
}

// Goal: the theory of sums: over n steps the excess kurtosis of independent returns is an n-th.
TEST_CASE("moments: sums of independent returns grow Gaussian") {
    std::vector<double> levels{1};
    for (const double x : laplace(200'000, 3))
        levels.push_back(levels.back() * std::exp((x - 3) / 100));
    const std::array<std::size_t, 2> strides{1, 4};

    const std::vector<HorizonKurtosis> horizons = kurtosis_by_horizon(levels, strides);

    CHECK(horizons[0].excess_kurtosis == Approx(3.0).epsilon(0.1));
    CHECK(horizons[1].excess_kurtosis == Approx(0.75).epsilon(0.15));
}

}  // namespace crowdout::world
