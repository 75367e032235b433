// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_layout.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace crowdout;
using viz::FlowBand;
using viz::FlowGraph;
using viz::FlowLayout;
using viz::FlowMetrics;
using viz::FlowSide;

namespace {

/// Nodes: holders 0 and 1, markets 2 and 3, payers 4 and 5, the sink 6.
FlowGraph graph(std::vector<viz::FlowEdge> edges) {
    FlowGraph all;
    for (const FlowSide side :
         {FlowSide::holder, FlowSide::holder, FlowSide::market, FlowSide::market, FlowSide::payer,
          FlowSide::payer, FlowSide::sink}) {
        all.nodes.push_back({.side = side, .members = {}, .direct = {}});
    }
    all.edges = std::move(edges);
    for (const viz::FlowEdge& edge : all.edges) {
        all.nodes[edge.from].out += edge.money;
        all.nodes[edge.to].in += edge.money;
    }
    return all;
}

FlowGraph some() {
    return graph({{.from = 0, .to = 2, .money = 300},
                  {.from = 0, .to = 3, .money = 100},
                  {.from = 1, .to = 2, .money = 50},
                  {.from = 2, .to = 4, .money = 200},
                  {.from = 2, .to = 5, .money = 150},
                  {.from = 3, .to = 1, .money = 100},
                  {.from = 4, .to = 5, .money = 200},
                  {.from = 5, .to = 6, .money = 350}});
}

const FlowMetrics metrics{.area = {10, 20, 800, 400}};

const FlowBand& band_of(const FlowLayout& layout, std::size_t edge) {
    return *std::ranges::find(layout.bands, edge, &FlowBand::edge);
}

}  // namespace

TEST_CASE("flow layout: cards lie inside the area and none on another") {
    for (const FlowMetrics& each : {metrics, FlowMetrics{.area = {0, 0, 500, 260}},
                                    FlowMetrics{.area = {5, 5, 2500, 1300}, .scale = 1.5F}}) {
        const FlowLayout layout = viz::flow_layout(some(), each);
        for (std::size_t i = 0; i < layout.places.size(); ++i) {
            const sf::FloatRect& place = layout.places[i];
            CHECK(place.left >= each.area.left);
            CHECK(place.top >= each.area.top);
            CHECK(place.left + place.width <= each.area.left + each.area.width + 0.5F);
            CHECK(place.top + place.height <= each.area.top + each.area.height + 1);
            for (std::size_t j = 0; j < i; ++j) {
                CHECK_FALSE(place.intersects(layout.places[j]));
            }
        }
    }
}

TEST_CASE("flow layout: bands are as thick as their money, all on one scale") {
    const FlowGraph all = some();
    const FlowLayout layout = viz::flow_layout(all, metrics);

    CHECK(layout.pixels_per_money > 0);
    REQUIRE(layout.bands.size() == all.edges.size());
    for (const FlowBand& band : layout.bands) {
        CHECK(band.thickness == doctest::Approx(static_cast<double>(all.edges[band.edge].money) *
                                                layout.pixels_per_money));
    }
    CHECK(std::ranges::is_sorted(layout.bands, std::ranges::greater{}, &FlowBand::thickness));
}

TEST_CASE("flow layout: the scale is the largest that fits") {
    // One holder, one market, one payer: 400 pixels less 4 for the card's own edges.
    FlowGraph single;
    for (const FlowSide side :
         {FlowSide::holder, FlowSide::market, FlowSide::payer, FlowSide::sink}) {
        single.nodes.push_back({.side = side, .members = {}, .direct = {}});
    }
    single.edges = {{.from = 0, .to = 1, .money = 1000}, {.from = 1, .to = 2, .money = 1000}};

    const FlowLayout layout = viz::flow_layout(single, metrics);

    CHECK(layout.pixels_per_money == doctest::Approx(0.396).epsilon(0.002));
    CHECK(layout.places[0].height <= 400);
}

TEST_CASE("flow layout: bands touch their cards side by side, without overlap") {
    const FlowGraph all = some();
    const FlowLayout layout = viz::flow_layout(all, metrics);
    std::vector<std::vector<std::pair<float, float>>> spans(all.nodes.size() * 2);
    for (const FlowBand& band : layout.bands) {
        const viz::FlowEdge& edge = all.edges[band.edge];
        for (const bool first : {true, false}) {
            const std::uint16_t node = first != band.is_reversed ? edge.from : edge.to;
            const sf::Vector2f at = first ? band.left : band.right;
            const sf::FloatRect& place = layout.places[node];
            const bool right_side = std::abs(at.x - place.left - place.width) < 0.01F;
            CHECK((right_side || std::abs(at.x - place.left) < 0.01F));
            CHECK(at.y - band.thickness / 2 >= place.top - 0.5F);
            CHECK(at.y + band.thickness / 2 <= place.top + place.height + 0.5F);
            spans[node * 2 + (right_side ? 1 : 0)].push_back(
                {at.y - band.thickness / 2, at.y + band.thickness / 2});
        }
    }
    for (auto& side : spans) {
        std::ranges::sort(side);
        for (std::size_t i = 1; i < side.size(); ++i) {
            CHECK(side[i].first >= side[i - 1].second - 0.01F);
        }
    }
}

TEST_CASE("flow layout: money runs the way it went") {
    const FlowLayout layout = viz::flow_layout(some(), metrics);

    const FlowBand& bought = band_of(layout, 0);
    CHECK_FALSE(bought.is_reversed);
    CHECK(bought.point(0) == bought.left);
    CHECK(bought.point(1) == bought.right);
    CHECK(bought.left.x < bought.right.x);

    const FlowBand& sold = band_of(layout, 5);  // from a market back to a holder
    CHECK(sold.is_reversed);
    CHECK(sold.point(0).x == doctest::Approx(sold.right.x));
    CHECK(sold.point(1).x == doctest::Approx(sold.left.x));

    const FlowBand& call = band_of(layout, 6);  // between payers
    CHECK(call.is_arc);
    CHECK(call.bulge > 0);
    CHECK(call.point(0.5F).x == doctest::Approx(call.left.x + call.bulge));
    CHECK(call.point(0).y < call.point(1).y);
}

TEST_CASE("flow layout: the mouse finds bands and cards") {
    const FlowLayout layout = viz::flow_layout(some(), metrics);
    for (std::size_t i = 0; i < layout.bands.size(); ++i) {
        CAPTURE(i);
        const sf::Vector2f middle = layout.bands[i].point(0.5F);
        CHECK(layout.bands[i].contains(middle, 0.5F));
        CHECK(layout.band_at(middle, 0.5F).has_value());
        CHECK_FALSE(
            layout.bands[i].contains(middle + sf::Vector2f{layout.bands[i].thickness + 3, 400}, 2));
    }
    CHECK(layout.node_at({metrics.area.left + 3, metrics.area.top + 3}) == 0);
    CHECK_FALSE(layout.node_at({metrics.area.left - 3, metrics.area.top + 3}).has_value());
}

TEST_CASE("flow layout: nothing flows, and cards are there all the same") {
    const FlowLayout layout = viz::flow_layout(graph({}), metrics);

    CHECK(layout.bands.empty());
    CHECK(layout.pixels_per_money == 0);
    CHECK(layout.places[0].height == metrics.holder_height_min);
    CHECK(layout.places[2].height == metrics.market_height_min);
}
