// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_memory.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "agents/random.hpp"
#include "tests/world/data_columns.hpp"
#include "world/statistics_moments.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

std::vector<double> normals(std::size_t count, std::uint64_t seed) {
    agents::Random random{seed, 0, agents::Purpose::trait, 0};
    std::vector<double> series(count);
    for (double& x : series) x = random.normal();
    return series;
}

/// x_t = phi x_t-1 + e_t, which has an autocorrelation of phi^lag.
std::vector<double> autoregression(std::size_t count, double phi, std::uint64_t seed) {
    std::vector<double> series = normals(count, seed);
    for (std::size_t i = 1; i < count; ++i) series[i] += phi * series[i - 1];
    return series;
}

/// Fractional Gaussian noise, exactly: each value given all before it, by the recursion of Durbin
/// and Levinson. Covariance (|k+1|^2H - 2 |k|^2H + |k-1|^2H) / 2.
/// Source: Hosking (1984), Water Resources Research 20, 1898.
std::vector<double> fractional_noise(std::size_t count, double hurst, std::uint64_t seed) {
    std::vector<double> covariance(count);
    for (std::size_t lag = 0; lag < count; ++lag) {
        const auto k = static_cast<double>(lag);
        covariance[lag] = (std::pow(k + 1, 2 * hurst) - 2 * std::pow(k, 2 * hurst) +
                           std::pow(std::abs(k - 1), 2 * hurst)) /
                          2;
    }
    std::vector<double> series = normals(count, seed);
    std::vector<double> weights;
    std::vector<double> before;
    double variance = 1;
    for (std::size_t n = 1; n < count; ++n) {
        double reflection = covariance[n];
        for (std::size_t j = 0; j + 1 < n; ++j) reflection -= weights[j] * covariance[n - 1 - j];
        reflection /= variance;
        before = weights;
        for (std::size_t j = 0; j + 1 < n; ++j) weights[j] -= reflection * before[n - 2 - j];
        weights.push_back(reflection);
        variance *= 1 - reflection * reflection;
        series[n] *= std::sqrt(variance);
        for (std::size_t j = 0; j < n; ++j) series[n] += weights[j] * series[n - 1 - j];
    }
    return series;
}

}  // namespace

// One step later three products of -1 meet four squares; two steps later, two of +1.
TEST_CASE("memory: a series that alternates is its own opposite one step later") {
    const std::vector<double> series{1, -1, 1, -1};
    const std::vector<double> values = autocorrelations(series, 4);
    CHECK(values[0] == Approx(1.0));
    CHECK(values[1] == Approx(-0.75));
    CHECK(values[2] == Approx(0.5));
    CHECK(is_missing(values[4]));
    CHECK(autocorrelation(series, 1) == values[1]);
}

// Source: NIST/ITL Statistical Reference Datasets, certified values.
TEST_CASE("memory: NIST's certified autocorrelations") {
    CHECK(autocorrelation(test::numbers_of("lew.txt"), 1) ==
          Approx(-0.307304800605679).epsilon(1e-12));
    CHECK(autocorrelation(test::numbers_of("lottery.txt"), 1) ==
          Approx(-0.120948622967393).epsilon(1e-12));
    CHECK(autocorrelation(std::vector<double>{10'000'001, 10'000'003, 10'000'002}, 1) ==
          Approx(-0.5).epsilon(1e-14));
    for (const double base : {1.0, 1'000'000.0, 10'000'000.0}) {
        std::vector<double> series{base + 0.2};
        for (int i = 0; i < 500; ++i) {
            series.push_back(base + 0.1);
            series.push_back(base + 0.3);
        }
        CHECK(autocorrelation(series, 1) == Approx(-0.999).epsilon(1e-7));
    }
}

TEST_CASE("memory: of an autoregression it fades as powers") {
    const std::vector<double> values = autocorrelations(autoregression(100'000, 0.7, 1), 8);
    for (std::size_t lag = 0; lag <= 8; ++lag) {
        CHECK(std::abs(values[lag] - std::pow(0.7, static_cast<double>(lag))) < 0.02);
    }
}

// Deviations 1, -1, nothing, -1, 1: two complete pairs of product -1, times 4/5.
TEST_CASE("memory: pairs that lack a value are left out") {
    CHECK(autocorrelation(std::vector<double>{2, 0, missing, 0, 2}, 1) == Approx(-0.8));

    // Nights without prices: two thirds of the day are missing.
    std::vector<double> series = autoregression(300'000, 0.7, 2);
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (i % 30 >= 10) series[i] = missing;
    }
    for (const std::size_t lag : {1U, 3U, 30U}) {
        const double expected = std::pow(0.7, static_cast<double>(lag));
        CHECK(std::abs(autocorrelation(series, lag) - expected) < 0.02);
    }
}

TEST_CASE("memory: a series that does not vary has none") {
    CHECK(is_missing(autocorrelation(std::vector<double>(1'000, 0.1), 1)));
    CHECK(is_missing(autocorrelation({}, 0)));
}

// Bins of several lags are a little above the power law at their middle: far less than a percent.
TEST_CASE("memory: the exponent of a power law") {
    for (const double exponent : {0.2, 0.5, 1.5}) {
        std::vector<double> values{1};
        for (int lag = 1; lag <= 500; ++lag) values.push_back(0.3 * std::pow(lag, -exponent));

        const MemoryDecay decay = memory_decay(values);

        CHECK(decay.exponent == Approx(exponent).epsilon(0.005));
        CHECK(decay.error < 0.005);
        CHECK(decay.left_out == 0);
    }
}

// Twenty bins from 5 to under 500 and one of 500 alone; 5 to 6.29 is the first: lags 5 and 6.
TEST_CASE("memory: bins are equal in the logarithm, and one without memory is left out") {
    std::vector<double> values(501, 1.0);
    values[5] = 2;
    values[6] = -2;  // the first bin has mean zero

    const MemoryDecay decay = memory_decay(values);

    CHECK(decay.left_out == 1);
    CHECK(decay.bins == 20);
    CHECK(decay.exponent == Approx(0.0));
    CHECK(is_missing(memory_decay(std::vector<double>(500, 1.0)).exponent));
}

// Method: 41 values in boxes of 5, 8 and 10 leave 1 over at an end, so both ends' boxes matter;
// each box's line is fitted by `fit_line`, whose residual deviation is over n - 2.
TEST_CASE("memory: fluctuations are those about each box's own line") {
    const std::vector<double> series = normals(41, 12);
    std::vector<double> profile;
    double sum = 0;
    for (const double x : series) profile.push_back(sum += x - mean(series));
    const auto fluctuation = [&](std::size_t box) {
        std::vector<double> time;
        for (std::size_t i = 0; i < box; ++i) time.push_back(static_cast<double>(i));
        Moments squares;
        for (std::size_t j = 0; j < 41 / box; ++j) {
            for (const std::size_t start : {j * box, 41 - (j + 1) * box}) {
                const LineFit line = fit_line(time, std::span{profile}.subspan(start, box));
                const auto n = static_cast<double>(box);
                squares.record(line.residual_deviation * line.residual_deviation * (n - 2) / n);
            }
        }
        return std::sqrt(squares.mean());
    };
    const std::array<std::size_t, 3> boxes{5, 8, 10};
    std::vector<double> x;
    std::vector<double> y;
    for (const std::size_t box : boxes) {
        x.push_back(std::log(static_cast<double>(box)));
        y.push_back(std::log(fluctuation(box)));
    }

    const LineFit fit = hurst_exponent(series, boxes);

    CHECK(fit.slope == Approx(fit_line(x, y).slope).epsilon(1e-12));
    CHECK(fit.intercept == Approx(fit_line(x, y).intercept).epsilon(1e-12));
}

// The law is asymptotic: short boxes lie a little off it.
TEST_CASE("memory: Hurst exponents of fractional noise are its own") {
    for (const double hurst : {0.5, 0.7, 0.85}) {
        double sum = 0;
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            sum += hurst_exponent(fractional_noise(2'000, hurst, seed)).slope;
        }
        CHECK(std::abs(sum / 4 - hurst) < 0.05);
    }
}

TEST_CASE("memory: a random walk's exponent is one more than its steps'") {
    std::vector<double> walk = normals(20'000, 9);
    for (std::size_t i = 1; i < walk.size(); ++i) walk[i] += walk[i - 1];
    CHECK(std::abs(hurst_exponent(walk).slope - 1.5) < 0.1);
}

TEST_CASE("memory: boxes may be chosen, and three are the least") {
    const std::vector<double> series = normals(400, 10);
    const std::array<std::size_t, 4> boxes{8, 16, 32, 101};
    CHECK(hurst_exponent(series, boxes).count == 3);
    CHECK_FALSE(is_missing(hurst_exponent(series, boxes).slope));
    CHECK(is_missing(hurst_exponent(series, std::span{boxes}.first(2)).slope));
    CHECK(is_missing(hurst_exponent(normals(40, 10)).slope));
    CHECK(is_missing(hurst_exponent({}).slope));
}

// Mean square 3.5; one step later (1 * 4 - 2 * 0 + 0 * 9) / 3.
TEST_CASE("memory: the leverage function by hand") {
    const std::vector<double> returns{1, -2, 0, 3};
    CHECK(leverage(returns, 1) == Approx(4.0 / 3.0 / 12.25));
    CHECK(leverages(returns, 3)[3] == Approx(9.0 / 12.25));
    CHECK(is_missing(leverage(returns, 4)));
    CHECK(is_missing(leverage(std::vector<double>{0, 0}, 1)));
}

// r_t = e_t (1 - a e_t-1) with normal e: the mean of r_t r_t+1^2 is -2 a, that of r^2 is 1 + a^2.
TEST_CASE("memory: falls that stir the next return show at lag one alone") {
    constexpr double a = 0.3;
    const std::vector<double> e = normals(400'000, 11);
    std::vector<double> returns;
    for (std::size_t i = 1; i < e.size(); ++i) returns.push_back(e[i] * (1 - a * e[i - 1]));

    const std::vector<double> values = leverages(returns, 3);

    CHECK(values[1] == Approx(-2 * a / std::pow(1 + a * a, 2)).epsilon(0.05));
    CHECK(std::abs(values[2]) < 0.03);
    CHECK(std::abs(values[3]) < 0.03);
}

TEST_CASE("memory: volume goes with the size of returns, not with their sign") {
    const std::vector<double> volumes{10, 20, missing, 30};
    const std::vector<double> returns{0.01, -0.02, 5, 0.03};
    CHECK(volume_volatility_correlation(volumes, returns) == Approx(1.0));
}

}  // namespace crowdout::world
