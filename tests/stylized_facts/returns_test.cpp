// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <span>

#include "tests/stylized_facts/single_book.hpp"
#include "tests/support/statistics.hpp"

TEST_SUITE_BEGIN("slow");

namespace crowdout::test {

namespace {

constexpr std::size_t runs = 5;
constexpr std::size_t per_hour = 12;
constexpr std::size_t per_day = 288;
constexpr double student = 2.776;  // 95 % of the t law with four degrees of freedom

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

/// What `measure` says of the returns over `stride` steps, over the runs.
template <class Measure>
Estimate over_runs(std::size_t stride, Measure&& measure) {
    std::vector<double> values;
    for (const std::vector<double>& prices : histories()) {
        values.push_back(measure(std::span<const double>{log_returns(prices, stride)}));
    }
    return estimate(values);
}

double kurtosis_of(std::size_t stride) {
    return over_runs(stride, [](auto returns) { return excess_kurtosis(returns); }).mean;
}

/// Autocorrelation of |r|, the mean over lags `first` to `last`.
Estimate memory_of_size(std::size_t first, std::size_t last) {
    return over_runs(1, [=](auto returns) {
        const std::vector<double> sizes = magnitudes(returns);
        double sum = 0;
        for (std::size_t lag = first; lag <= last; ++lag) sum += autocorrelation(sizes, lag);
        return sum / static_cast<double>(last - first + 1);
    });
}

}  // namespace

TEST_CASE("mixed market: returns of five minutes do not foretell the next hour and a half") {
    for (std::size_t lag = 1; lag <= 20; ++lag) {
        const Estimate memory =
            over_runs(1, [=](auto returns) { return autocorrelation(returns, lag); });
        INFO("lag ", lag, ": ", memory.mean, " +- ", student * memory.error);
        CHECK(std::abs(memory.mean) < 0.05);
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
        const Estimate index =
            over_runs(1, [=](auto returns) { return hill_index(returns, share); });
        INFO("largest ", share, ": ", index.mean, " +- ", student * index.error);
        CHECK(index.mean - student * index.error > 2.0);
        CHECK(index.mean + student * index.error < 5.0);
    }
}

TEST_CASE("mixed market: the size of returns remembers itself for hours") {
    const Estimate minutes = memory_of_size(1, 6);
    const Estimate hours = memory_of_size(7, 24);
    const Estimate morning = memory_of_size(25, 60);
    INFO("lags 1-6 ", minutes.mean, ", 7-24 ", hours.mean, ", 25-60 ", morning.mean, " +- ",
         student * morning.error);
    CHECK(minutes.mean > 2.0 * hours.mean);
    CHECK(minutes.mean > 2.0 * morning.mean);
    CHECK(morning.mean - student * morning.error > 0.0);
}

// Goal: spells are spells, not one long calming-down that would feign them.
TEST_CASE("mixed market: volatility has no trend") {
    std::vector<double> ratios;
    for (const std::vector<double>& prices : histories()) {
        const std::vector<double> returns = log_returns(prices);
        const std::span<const double> all{returns};
        const std::size_t half = all.size() / 2;
        ratios.push_back(
            std::sqrt(central_moment(all.subspan(half), 2) / central_moment(all.first(half), 2)));
    }
    const Estimate ratio = estimate(ratios);
    INFO("second half over first: ", ratio.mean, " +- ", student * ratio.error);
    CHECK(ratio.mean > 0.7);
    CHECK(ratio.mean < 1.4);
}

}  // namespace crowdout::test

TEST_SUITE_END();
