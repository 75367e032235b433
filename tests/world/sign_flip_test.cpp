// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/numeric.hpp"
#include "world/builder.hpp"
#include "world/load_world.hpp"

// The thesis in one experiment: the same capital spending, met by idle cash or not.
//
// Method: a 2 x 2 of forks with the same luck (seed), AI capex on or off, idle cash abundant
// (capital_surplus) or gone (ai_capex_drain), small variants, 180 days, 20 seeds. The effect of
// capex on an asset is the logarithm of its last price with capex over that without, by seed;
// intervals are 1.96 standard errors. No agent reads a regime flag: the two worlds differ in
// opening cash alone, and capex is switched by three parameters of those who spend. Bitcoin alone
// has 80 seeds: single pairs of its forks differ by 10 %, of software by 2 %.

using namespace crowdout;

namespace {

constexpr std::size_t seeds = 20;
constexpr std::size_t seeds_of_bitcoin = 80;

const std::vector<std::string> capex_off{"populations[hyperscalers].capex=0",
                                         "populations[oracle].capex=0",
                                         "populations[ai_lab].commitments=0"};

struct Effect {
    double mean = 0;
    double margin = 0;  ///< 1.96 standard errors

    [[nodiscard]] bool is_above_zero() const { return mean - margin > 0; }
    [[nodiscard]] bool is_below_zero() const { return mean + margin < 0; }
};

std::vector<double> last_prices(const std::string& name, bool capex, std::uint64_t seed) {
    const std::string path = std::string{CROWDOUT_SOURCE_DIR} + "/configs/" + name + ".yaml";
    const auto loaded = world::load_world(path, capex ? std::vector<std::string>{} : capex_off);
    if (!loaded.report.ok()) return {};
    world::World world = world::build(std::make_shared<world::WorldConfig>(loaded.config), seed);
    world::Pool alone{1};
    const market::Time end = loaded.config.start + loaded.config.duration;
    while (world.now() < end) world.step(alone);
    std::vector<double> prices;
    for (std::uint16_t i = 0; i < world.instruments().size(); ++i) {
        prices.push_back(world.view(market::InstrumentId{i}).mid);
    }
    return prices;
}

Effect effect_of_capex(const std::vector<std::vector<double>>& on,
                       const std::vector<std::vector<double>>& off, std::size_t instrument) {
    double sum = 0;
    double squares = 0;
    for (std::size_t seed = 0; seed < on.size(); ++seed) {
        const double effect = agents::log(on[seed][instrument] / off[seed][instrument]);
        sum += effect;
        squares += effect * effect;
    }
    const auto n = static_cast<double>(on.size());
    const double mean = sum / n;
    return {mean, 1.96 * std::sqrt((squares / n - mean * mean) / (n - 1))};
}

/// Last prices of a world over seeds from `first` to `last`, [seed][instrument].
std::vector<std::vector<double>> prices_over(const std::string& name, bool capex, std::size_t first,
                                             std::size_t last) {
    std::vector<std::vector<double>> prices(last - first + 1);
    world::Pool pool;
    pool.each(prices.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            prices[i] = last_prices(name, capex, first + i);
        }
    });
    return prices;
}

/// All members of the 2 x 2; run once for all tests of this file.
struct Experiment {
    std::vector<std::vector<double>> prices[2][2];  ///< [drain][capex][seed][instrument]

    Experiment() {
        for (const bool capex : {false, true}) {
            prices[0][capex] = prices_over("capital_surplus_small", capex, 1, seeds);
            prices[1][capex] = prices_over("ai_capex_drain_small", capex, 1, seeds);
        }
    }

    [[nodiscard]] Effect effect(bool drain, std::size_t instrument) const {
        return effect_of_capex(prices[drain][1], prices[drain][0], instrument);
    }
};

const Experiment& experiment() {
    static const Experiment once;
    return once;
}

// Places in configs/parts/markets.yaml.
constexpr std::size_t btc = 0;
constexpr std::size_t saas = 7;
constexpr std::size_t ndrest = 8;
constexpr std::size_t ig = 11;

}  // namespace

TEST_SUITE("slow") {
    TEST_CASE("sign flip: without idle cash, capex lowers shares, software and credit") {
        for (const std::size_t instrument : {saas, ndrest, ig}) {
            const Effect effect = experiment().effect(true, instrument);
            CAPTURE(instrument);
            CAPTURE(effect.mean);
            CAPTURE(effect.margin);
            CHECK(effect.is_below_zero());
        }
    }

    TEST_CASE("sign flip: idle cash takes that harm away") {
        for (const std::size_t instrument : {saas, ndrest, ig}) {
            const Effect without = experiment().effect(true, instrument);
            const Effect with_cash = experiment().effect(false, instrument);
            CAPTURE(instrument);
            CAPTURE(with_cash.mean);
            CAPTURE(with_cash.margin);
            // The intervals do not even touch.
            CHECK(without.mean + without.margin < with_cash.mean - with_cash.margin);
        }
    }

    TEST_CASE("sign flip: the full world's answer is its small variant's within 3 points") {
        constexpr std::size_t few = 3;
        const auto off = prices_over("ai_capex_drain", false, 1, few);
        const auto on = prices_over("ai_capex_drain", true, 1, few);

        for (const std::size_t instrument : {saas, ndrest, ig}) {
            const Effect full = effect_of_capex(on, off, instrument);
            const Effect small = experiment().effect(true, instrument);
            CAPTURE(instrument);
            CAPTURE(full.mean);
            CAPTURE(small.mean);
            CHECK(full.mean < 0);
            CHECK(std::abs(full.mean - small.mean) < 0.03);
        }
    }

    TEST_CASE("sign flip: without idle cash, capex lowers bitcoin") {
        std::vector<std::vector<double>> prices[2];
        for (const bool capex : {false, true}) {
            prices[capex] = experiment().prices[1][capex];
            const auto more =
                prices_over("ai_capex_drain_small", capex, seeds + 1, seeds_of_bitcoin);
            prices[capex].insert(prices[capex].end(), more.begin(), more.end());
        }
        const Effect effect = effect_of_capex(prices[1], prices[0], btc);
        CAPTURE(effect.mean);
        CAPTURE(effect.margin);
        CHECK(effect.is_below_zero());
    }

    // Expected to fail until banks lend: a dollar of idle cash that is spent reaches BTC and SAAS
    // through wages, savings and suppliers' reinvestment alone, some $20bn a year on $5tn of
    // value, which is within the noise of 20 seeds. Credit multiplies it; that is another
    // mechanism, which the model does not have yet (docs/model.md, results, has the figures).
    TEST_CASE("sign flip: with idle cash, capex raises BTC and SAAS" * doctest::should_fail()) {
        CHECK(experiment().effect(false, btc).is_above_zero());
        CHECK(experiment().effect(false, saas).is_above_zero());
    }
}
