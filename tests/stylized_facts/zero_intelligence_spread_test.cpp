// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdint>

#include "agents/zero_intelligence.hpp"
#include "tests/stylized_facts/single_book.hpp"

namespace crowdout::test {

namespace {

using agents::ZeroIntelligence;

/// One point of the theory: what is set, and eps = 2 delta s0 / mu that goes with it.
struct Flow {
    std::string limit_rate;
    std::string lifetime;
    std::string band;  // so deep that orders come up to ten spreads from the best
    double eps;
};

const ZeroIntelligence::Params& flow_of(const world::WorldConfig& config) {
    return *static_cast<const ZeroIntelligence::Params*>(
        config.populations.find("crowd")->archetype.params.get());
}

/// Mean over the second half of 40 days, in ticks.
double mean_spread(const std::shared_ptr<const world::WorldConfig>& config, std::uint64_t seed) {
    world::World world = world::build(config, seed);
    watch(world, market::day * 20, [](const agents::BookView&) {});
    double sum = 0;
    int count = 0;
    watch(world, market::day * 20, [&](const agents::BookView& book) {
        if (book.bid.value() == 0 || book.ask.value() == 0) return;
        sum += static_cast<double>((book.ask - book.bid).value());
        ++count;
    });
    return sum / count;
}

}  // namespace

// Goal: the whole path of an order, from a draw to a book that its sender last saw a step ago,
// keeps what the theory of one book says of the spread.
// Method: 0.1 market orders a minute and side; eps below 0.1, mu / alpha from 33 to 200 ticks.
TEST_CASE("zero intelligence: the spread is as predicted where a market order is a small one") {
    const Flow flows[] = {
        {"1.44/d", "3000min", "500", 0.0067}, {"1.44/d", "1000min", "500", 0.02},
        {"1.44/d", "300min", "500", 0.067},   {"1.44/d", "210min", "500", 0.095},
        {"0.72/d", "1000min", "1000", 0.02},  {"4.32/d", "1000min", "170", 0.02},
    };
    for (const Flow& flow : flows) {
        const auto config = shipped_config("market_zero_intelligence.yaml",
                                           {"populations[crowd].limit_rate=" + flow.limit_rate,
                                            "populations[crowd].lifetime=" + flow.lifetime,
                                            "populations[crowd].band=" + flow.band});
        const ZeroIntelligence::Params& params = flow_of(*config);
        const double mu = params.market_rate / market::year.seconds();
        CHECK(2.0 / (params.lifetime * mu) == doctest::Approx(flow.eps).epsilon(0.01));
        for (const std::uint64_t seed : {1U, 2U}) {
            const double ratio =
                mean_spread(config, seed) / ZeroIntelligence::predicted_spread(params);
            INFO("eps ", flow.eps, ", limit rate ", flow.limit_rate, ", seed ", seed);
            CHECK(ratio > 0.8);
            CHECK(ratio < 1.2);
        }
    }
}

}  // namespace crowdout::test
