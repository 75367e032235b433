// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_rolling.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "agents/random.hpp"
#include "tests/world/data_columns.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;

/// Normal returns of 1 % with a correlation, in whole multiples of 1e-9.
Pairs returns(std::size_t count, double correlation, std::uint64_t seed) {
    agents::Random random{seed, 0, agents::Purpose::trait, 0};
    Pairs pairs;
    for (std::size_t i = 0; i < count; ++i) {
        const double common = random.normal();
        const double own = random.normal();
        const double y = correlation * common + std::sqrt(1 - correlation * correlation) * own;
        pairs.x.push_back(std::round(common * 1e7) * 1e-9);
        pairs.y.push_back(std::round(y * 1e7) * 1e-9);
    }
    return pairs;
}

/// Pearson's r of `window` pairs up to and with `last`, from deviations from the means.
double direct(const Pairs& pairs, std::size_t last, std::size_t window) {
    const std::size_t first = last + 1 - window;
    long double mean_x = 0;
    long double mean_y = 0;
    for (std::size_t i = first; i <= last; ++i) {
        mean_x += pairs.x[i];
        mean_y += pairs.y[i];
    }
    mean_x /= static_cast<long double>(window);
    mean_y /= static_cast<long double>(window);
    long double xx = 0;
    long double yy = 0;
    long double xy = 0;
    for (std::size_t i = first; i <= last; ++i) {
        xx += (pairs.x[i] - mean_x) * (pairs.x[i] - mean_x);
        yy += (pairs.y[i] - mean_y) * (pairs.y[i] - mean_y);
        xy += (pairs.x[i] - mean_x) * (pairs.y[i] - mean_y);
    }
    return static_cast<double>(xy / std::sqrt(xx * yy));
}

}  // namespace

// Source: the four sets of Anscombe (1973), to the digits that NumPy's corrcoef gives.
TEST_CASE("rolling correlation: Anscombe's quartet") {
    const std::vector<std::vector<double>> sets = test::columns_of("anscombe.txt");
    const auto correlation_of = [&](std::size_t x, std::size_t y) {
        return rolling_correlation(sets[x], sets[y], 11).back();
    };
    CHECK(correlation_of(0, 1) == Approx(0.81642051634484).epsilon(1e-13));
    CHECK(correlation_of(0, 2) == Approx(0.81623650600024).epsilon(1e-13));
    CHECK(correlation_of(0, 3) == Approx(0.81628673948960).epsilon(1e-13));
    CHECK(correlation_of(4, 5) == Approx(0.81652143688850).epsilon(1e-13));
}

TEST_CASE("rolling correlation: after 100,000 pairs it is what the window alone says") {
    const Pairs pairs = returns(100'000, 0.6, 1);
    RollingCorrelation rolling{63};

    for (std::size_t i = 0; i < pairs.x.size(); ++i) {
        rolling.record(pairs.x[i], pairs.y[i]);
        if (i % 9'973 != 70 && i + 1 != pairs.x.size()) continue;
        CHECK(std::abs(rolling.value() - direct(pairs, i, 63)) < 1e-12);
    }
}

// Goal: exactness shows where sums of doubles fail: what a jump leaves behind is nothing.
TEST_CASE("rolling correlation: a jump that has left the window leaves no trace") {
    Pairs pairs = returns(200, 0.3, 2);
    pairs.x[50] = 9'000;
    pairs.y[50] = -9'000;

    const std::vector<double> rolling = rolling_correlation(pairs.x, pairs.y, 30);

    CHECK(rolling[60] == Approx(-1.0).epsilon(1e-6));
    CHECK(std::abs(rolling[80] - direct(pairs, 80, 30)) < 1e-12);
}

TEST_CASE("rolling correlation: the largest values that count do not overflow") {
    RollingCorrelation rolling{RollingCorrelation::window_max};
    for (std::size_t i = 0; i < RollingCorrelation::window_max + 10; ++i) {
        const double value = i % 2 == 0 ? 1e300 : RollingCorrelation::magnitude_max;
        rolling.record(value, i % 2 == 0 ? value : -value);
    }
    CHECK(is_missing(rolling.value()));  // the first series does not vary: all of it is the largest
    for (std::size_t i = 0; i < RollingCorrelation::window_max; ++i) {
        const double value = i % 2 == 0 ? 1e300 : -1e300;
        rolling.record(value, -value);
    }
    CHECK(rolling.value() == Approx(-1.0).epsilon(1e-12));
}

TEST_CASE("rolling correlation: undefined until the window is full and where nothing varies") {
    RollingCorrelation rolling{3};
    rolling.record(1, 1);
    rolling.record(2, 3);
    CHECK(is_missing(rolling.value()));
    CHECK_FALSE(rolling.is_full());
    rolling.record(missing, 7);  // no pair
    CHECK(rolling.count() == 2);
    rolling.record(3, 2);
    CHECK(rolling.value() == Approx(0.5));  // deviations -1 0 1 and -1 1 0
    for (int i = 0; i < 3; ++i) rolling.record(0.01, i);
    CHECK(is_missing(rolling.value()));
    CHECK(is_missing(rolling.interval().low));
}

TEST_CASE("rolling correlation: its interval is Fisher's of the window") {
    const Pairs pairs = returns(30, 0.5, 3);
    RollingCorrelation rolling{30};
    for (std::size_t i = 0; i < 30; ++i) rolling.record(pairs.x[i], pairs.y[i]);

    const Interval interval = rolling.interval();

    const double reach = 1.959963985 / std::sqrt(27.0);
    CHECK(interval.estimate == rolling.value());
    CHECK(interval.low == Approx(std::tanh(std::atanh(rolling.value()) - reach)).epsilon(1e-8));
    CHECK(interval.high == Approx(std::tanh(std::atanh(rolling.value()) + reach)).epsilon(1e-8));
}

// Goal: levels of a coin at 90,000 and of a share at 180 keep their digits, and the returns of both
// tell another story: here both rise in a line while their steps alternate against each other.
TEST_CASE("rolling correlation: levels and returns are two questions") {
    std::vector<double> coin;
    std::vector<double> share;
    for (int i = 0; i < 40; ++i) {
        const double wave = i % 2 == 0 ? 1 : -1;
        coin.push_back(90'000 + 900.0 * i + 300 * wave);
        share.push_back(180 + 1.8 * i - 0.6 * wave);
    }

    const std::vector<double> levels = rolling_level_correlation(coin, share, 30);

    CHECK(is_missing(levels[28]));
    CHECK(std::abs(levels[39] - direct({coin, share}, 39, 30)) < 1e-8);
    CHECK(levels[39] > 0.99);
    CHECK(rolling_correlation(log_returns(coin), log_returns(share), 30).back() < -0.5);
}

// Source: the chance that levels of two driftless walks of 63 steps correlate above 0.96: never for
// unrelated steps, 11.6 % where steps correlate with 0.8 (Monte-Carlo in NumPy, 6,000 draws).
TEST_CASE("rolling correlation: levels alone seldom reach 0.96") {
    const auto share_above = [](double correlation) {
        int above = 0;
        for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
            Pairs walk = returns(63, correlation, seed);
            for (std::size_t i = 0; i < 63; ++i) {
                walk.x[i] += i > 0 ? walk.x[i - 1] : 100;
                walk.y[i] += i > 0 ? walk.y[i - 1] : 100;
            }
            above += rolling_level_correlation(walk.x, walk.y, 63).back() > 0.96 ? 1 : 0;
        }
        return above / 2'000.0;
    };
    CHECK(share_above(0.0) < 0.002);
    CHECK(std::abs(share_above(0.8) - 0.116) < 0.02);
}

}  // namespace crowdout::world
