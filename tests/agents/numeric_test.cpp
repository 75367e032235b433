// SPDX-License-Identifier: Apache-2.0
#include "agents/numeric.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "agents/random.hpp"

namespace {

namespace agents = crowdout::agents;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Distance of `value` from the truth in units of the truth's last place.
double ulps(double value, long double truth) {
    const double nearest = static_cast<double>(truth);
    const double ulp = std::nextafter(std::abs(nearest), infinity) - std::abs(nearest);
    return static_cast<double>(std::abs(static_cast<long double>(value) - truth) /
                               static_cast<long double>(ulp));
}

template <class Ours, class Truth>
double worst_ulps(double low, double high, Ours ours, Truth truth) {
    double worst = 0.0;
    constexpr int points = 40'000;
    for (int i = 0; i <= points; ++i) {
        const double x = low + (high - low) * (i + 0.37) / (points + 1);
        worst = std::max(worst, ulps(ours(x), truth(static_cast<long double>(x))));
    }
    return worst;
}

using Extended = long double;

}  // namespace

TEST_CASE("numeric: exp, log and their kin stay within their stated ulps of the truth") {
    CHECK(worst_ulps(-700, 700, agents::exp, [](Extended x) { return std::exp(x); }) < 1.0);
    CHECK(worst_ulps(-1, 1, agents::exp, [](Extended x) { return std::exp(x); }) < 1.0);
    CHECK(worst_ulps(-2, 2, agents::expm1, [](Extended x) { return std::expm1(x); }) < 4.0);
    CHECK(worst_ulps(1e-9, 3, agents::log, [](Extended x) { return std::log(x); }) < 1.0);
    CHECK(worst_ulps(3, 1e15, agents::log, [](Extended x) { return std::log(x); }) < 1.0);
    CHECK(worst_ulps(-0.9, 3, agents::log1p, [](Extended x) { return std::log1p(x); }) < 3.0);
    CHECK(worst_ulps(-1e-7, 1e-7, agents::log1p, [](Extended x) { return std::log1p(x); }) < 3.0);
    CHECK(worst_ulps(-21, 21, agents::tanh, [](Extended x) { return std::tanh(x); }) < 4.0);
}

TEST_CASE("numeric: the edges of the domain give the limits") {
    CHECK(agents::exp(0.0) == 1.0);
    CHECK(agents::exp(-1e9) == 0.0);
    CHECK(agents::exp(710.0) == infinity);
    CHECK(agents::exp(709.7) < infinity);
    CHECK(ulps(agents::exp(-744.0), std::exp(Extended{-744})) <= 1.0);  // subnormal
    CHECK(agents::log(1.0) == 0.0);
    CHECK(agents::log(0.0) == -infinity);
    CHECK(std::isnan(agents::log(-1.0)));
    CHECK(ulps(agents::log(5e-324), std::log(Extended{5e-324})) <= 1.0);
    CHECK(agents::log1p(-1.0) == -infinity);
    CHECK(agents::tanh(40.0) == 1.0);
    CHECK(agents::pow(0.0, 2.0) == 0.0);
    CHECK(agents::pow(7.0, 0.0) == 1.0);
    CHECK(agents::pow(2.0, 0.5) == doctest::Approx(std::sqrt(2.0)).epsilon(1e-15));
    CHECK(std::isnan(agents::exp(std::numeric_limits<double>::quiet_NaN())));
    CHECK(std::isnan(agents::normal_quantile(1.5)));
}

TEST_CASE("numeric: the normal quantile agrees with tables and undoes the distribution") {
    CHECK(agents::normal_quantile(0.5) == 0.0);
    CHECK(agents::normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-14));
    CHECK(agents::normal_quantile(0.99) == doctest::Approx(2.326347874040841).epsilon(1e-14));
    // AS 241's own example: z(1e-20) = -9.262340089798408.
    CHECK(agents::normal_quantile(1e-20) == doctest::Approx(-9.262340089798408).epsilon(1e-14));
    CHECK(agents::normal_quantile(0.0) == -infinity);
    CHECK(agents::normal_quantile(1.0) == infinity);
    for (double z = -8.0; z <= 6.0; z += 0.0625) {
        const double p = static_cast<double>(std::erfc(-Extended{z} / std::sqrt(2.0L)) / 2);
        const double slope = std::exp(-z * z / 2) / std::sqrt(2 * 3.14159265358979);
        // What p can hold of z, where its tail is near one: half an ulp of p over the density.
        const double resolution = 1.2e-16 * p / slope;
        CHECK(std::abs(agents::normal_quantile(p) - z) <= 1e-14 * std::abs(z) + resolution + 1e-15);
    }
}

// Goal: the same bits from every compiler at every optimisation level.
// Method: a hash over many results, compared with one literal; a build that differs in a single bit
// of a single value fails.
TEST_CASE("numeric: a sweep has the same bits on every build" *
          doctest::test_suite("determinism")) {
    std::uint64_t sum = 0;
    const auto add = [&](double value) {
        sum = agents::scatter(sum ^ std::bit_cast<std::uint64_t>(value));
    };
    for (int i = 1; i < 20'000; ++i) {
        const double x = i * 0.003'1;
        add(agents::exp(x - 31.0));
        add(agents::expm1((x - 31.0) * 0.1));
        add(agents::log(x));
        add(agents::log1p(x * 0.01 - 0.006));
        add(agents::pow(x, 0.37));
        add(agents::tanh((x - 31.0) * 0.2));
        add(agents::normal_quantile(i / 20'000.0));
    }
    CHECK(sum == 9'902'397'504'458'693'685u);
}
