// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <span>

#include "tests/stylized_facts/single_book.hpp"
#include "world/statistics_interval.hpp"
#include "world/statistics_memory.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_tail.hpp"

TEST_SUITE_BEGIN("slow");

namespace crowdout::test {

namespace {

constexpr std::size_t runs = 5;
constexpr std::size_t per_hour = 12;
constexpr std::size_t per_day = 288;

/// Prices every five minutes of 60 days, after 20 days in which the market finds its feet.
std::vector<double> mids(std::uint64_t seed) {
    world::World world = world::build(shipped_config("market_mixed.yaml"), seed);
    watch(world, market::day * 20, [](const agents::BookView&) {});
    std::vector<double> prices;
    market::Time next = world.now();
    watch(world, market::day * 60, [&](const agents::BookView& book) {
        if (world.now() < next) return;
        prices.push_back(book.mid);
        next = world.now() + market::minute * 5;
    });
    return prices;
}

/// The runs that all cases look at.
const std::vector<std::vector<double>>& histories() {
    static const std::vector<std::vector<double>> all = [] {
        std::vector<std::vector<double>> result;
        for (std::uint64_t seed = 1; seed <= runs; ++seed) result.push_back(mids(seed));
        return result;
    }();
    return all;
}

/// What `measure` says of the returns over `stride` steps: mean over the runs, with its interval.
template <class Measure>
world::Interval over_runs(std::size_t stride, Measure&& measure) {
    std::vector<double> values;
    for (const std::vector<double>& prices : histories()) {
        values.push_back(measure(std::span<const double>{world::log_returns(prices, stride)}));
    }
    return world::mean_interval(values);
}

double kurtosis_of(std::size_t stride) {
    return over_runs(stride, [](auto returns) { return world::moments(returns).excess_kurtosis(); })
        .estimate;
}

/// Autocorrelation of |r|, the mean over lags `first` to `last`.
world::Interval memory_of_size(std::size_t first, std::size_t last) {
    return over_runs(1, [=](auto returns) {
        const std::vector<double> memory =
            world::autocorrelations(world::magnitudes(returns), last);
        return world::mean(std::span{memory}.subspan(first));
    });
}

}  // namespace

TEST_CASE("mixed market: returns of five minutes do not foretell the next hour and a half") {
    for (std::size_t lag = 1; lag <= 20; ++lag) {
        const world::Interval memory =
            over_runs(1, [=](auto returns) { return world::autocorrelation(returns, lag); });
        INFO("lag ", lag, ": ", memory.low, " to ", memory.high);
        CHECK(std::abs(memory.estimate) < 0.05);
    }
}

TEST_CASE("mixed market: tails are heavy, and less so over longer horizons") {
    const double five_minutes = kurtosis_of(1);
    const double hour = kurtosis_of(per_hour);
    const double day = kurtosis_of(per_day);
    INFO("excess kurtosis: 5 min ", five_minutes, ", hour ", hour, ", day ", day);
    CHECK(five_minutes > 1.0);
    CHECK(five_minutes > hour);
    CHECK(hour > day);
}

TEST_CASE("mixed market: the tail exponent is that of a power law between two and five") {
    for (const double share : {0.01, 0.025, 0.05}) {
        const world::Interval index =
            over_runs(1, [=](auto returns) { return world::hill_index(returns, share).index; });
        INFO("largest ", share, ": ", index.low, " to ", index.high);
        CHECK(index.low > 2.0);
        CHECK(index.high < 5.0);
    }
}

TEST_CASE("mixed market: the size of returns remembers itself for hours") {
    const world::Interval minutes = memory_of_size(1, 6);
    const world::Interval hours = memory_of_size(7, 24);
    const world::Interval morning = memory_of_size(25, 60);
    INFO("lags 1-6 ", minutes.estimate, ", 7-24 ", hours.estimate, ", 25-60 ", morning.low, " to ",
         morning.high);
    CHECK(minutes.estimate > 2.0 * hours.estimate);
    CHECK(minutes.estimate > 2.0 * morning.estimate);
    CHECK(morning.low > 0.0);
}

// Goal: spells are spells, not one long calming-down that would feign them.
TEST_CASE("mixed market: volatility has no trend") {
    std::vector<double> ratios;
    for (const std::vector<double>& prices : histories()) {
        const std::vector<double> returns = world::log_returns(prices);
        const std::span<const double> all{returns};
        const std::size_t half = all.size() / 2;
        ratios.push_back(world::moments(all.subspan(half)).deviation() /
                         world::moments(all.first(half)).deviation());
    }
    const world::Interval ratio = world::mean_interval(ratios);
    INFO("second half over first: ", ratio.low, " to ", ratio.high);
    CHECK(ratio.estimate > 0.7);
    CHECK(ratio.estimate < 1.4);
}

}  // namespace crowdout::test

TEST_SUITE_END();
