// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_levels.hpp"

#include <doctest/doctest.h>

#include "market/posting.hpp"
#include "market/time.hpp"
#include "market/units.hpp"

using namespace crowdout;
using world::Frame;

namespace {

constexpr std::int64_t dollar = market::money_per_dollar;

/// A holder and a payer, a coin at $200 then $150 of which $300 are held, capex of $40 a day.
/// @param skipped  days of the world before the recording begins.
world::FilmStrip two_days(int skipped = 0) {
    world::Manifest manifest;
    manifest.sectors = {{.name = "fund"}, {.name = "builder"}};
    manifest.blocks = {{.name = "b", .archetype = "hyperscaler", .sector = 1}};
    manifest.books = {{.name = "COIN", .usd_per_tick = 1, .asset = 1}};
    manifest.assets = {{.name = "USD"}, {.name = "COIN"}};
    manifest.series = {{.name = "idle_capital", .unit = "usd"}};
    world::FilmStrip strip{manifest};
    for (int day = 1; day <= 2; ++day) {
        Frame frame;
        frame.head.from = market::day.ns * (skipped + day - 1);
        frame.head.to = market::day.ns * (skipped + day);
        frame.books = {{.book = 0, .mid_twice = day == 1 ? 400 : 300}};
        frame.cash = {{.sector = 0, .cash = 9 * dollar, .idle = (day == 1 ? 100 : 1) * dollar},
                      {.sector = 1, .cash = 0, .idle = 0}};
        frame.series = {{.series = 0, .value = (day == 1 ? 500 : 80) * dollar}};
        frame.holdings = {{.sector = 0, .asset = 1, .units = 2, .worth = 300 * dollar},
                          {.sector = 1, .asset = 1, .units = -2, .worth = -300 * dollar}};
        frame.flows = {{.from = 1,
                        .to = 0,
                        .reason = static_cast<std::uint8_t>(market::Reason::capex),
                        .money = 40 * dollar},
                       {.from = 0,
                        .to = 1,
                        .reason = static_cast<std::uint8_t>(market::Reason::sales),
                        .money = 40 * dollar}};
        strip.append(frame);
    }
    return strip;
}

}  // namespace

TEST_CASE("flow levels: a vessel is dry at a fiftieth, and one that never held anything is not") {
    CHECK_FALSE(viz::IdleCash{.usd = 3, .peak_usd = 100}.is_dry());
    CHECK(viz::IdleCash{.usd = 2, .peak_usd = 100}.is_dry());
    CHECK_FALSE(viz::IdleCash{}.is_dry());
    CHECK(viz::IdleCash{}.level() == 0);
    CHECK(viz::IdleCash{.usd = 30, .peak_usd = 40}.level() == 0.75);
}

TEST_CASE("flow levels: figures of the picture are those of the frames") {
    world::FilmStrip strip = two_days();
    const world::Scene& scene = strip.at(1);
    const viz::FlowSums sums{scene.flows, scene.trades};
    const viz::FlowGraph graph = viz::flow_graph(strip.manifest(), sums, sums, sums, {});

    const viz::FlowLevels levels =
        viz::flow_levels(strip.manifest(), scene, strip.history(), nullptr, graph);

    const viz::IdleCash& fund = levels.idle[graph.node_of_sector[0]];
    CHECK(fund.usd == 1);
    CHECK(fund.peak_usd == 100);
    CHECK(fund.is_dry());
    const viz::MarketValue& coin = levels.markets[graph.node_of_book[0]];
    CHECK(coin.usd == 300);
    CHECK(coin.usd_before == doctest::Approx(400));  // as many coins at $200
    CHECK(coin.change() == doctest::Approx(-0.25));
    CHECK(levels.crypto.usd == 300);
    CHECK(levels.capex == 80);
    CHECK(levels.capex_per_day == doctest::Approx(40));
    CHECK(levels.idle_now == 80);
    CHECK(levels.idle_opening == 500);

    const viz::FlowMoment before = *viz::FlowWindows{}.moment(strip, 0);
    const viz::FlowLevels day =
        viz::flow_levels(strip.manifest(), strip.at(1), strip.history(), &before, graph);
    CHECK(day.capex_per_day == doctest::Approx(40));
    CHECK(day.markets[graph.node_of_book[0]].change() == doctest::Approx(-0.25));
}

TEST_CASE("flow levels: the sums of a fork are those of its days, not of the world's") {
    world::FilmStrip strip = two_days(30);
    const world::Scene& scene = strip.at(1);
    const viz::FlowSums sums{scene.flows, scene.trades};
    const viz::FlowGraph graph = viz::flow_graph(strip.manifest(), sums, sums, sums, {});

    const viz::FlowLevels levels =
        viz::flow_levels(strip.manifest(), scene, strip.history(), nullptr, graph);

    CHECK(levels.capex_per_day == doctest::Approx(40));
}
