// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "market/posting.hpp"
#include "world/builder.hpp"
#include "world/frame_camera.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"

using namespace crowdout;
using market::Cause;
using market::Reason;
using market::Side;
using viz::FlowEdge;
using viz::FlowGraph;
using viz::FlowGroup;
using viz::FlowNode;
using viz::FlowSide;
using viz::FlowSums;
using world::MoneyRow;
using world::TradedRow;

namespace {

enum Sector : std::uint16_t { savers, funds, makers, sovereign, lab, builder, chips };
enum Book : std::uint16_t { coin, share, bond };

/// Two savers, makers, and a chain that pays for AI: sovereign -> lab -> builder -> chips.
world::Manifest manifest() {
    world::Manifest all;
    for (const char* name : {"savers", "funds", "makers", "sovereign", "lab", "builder", "chips"}) {
        all.sectors.push_back({.name = name, .label = name});
    }
    all.sectors[makers].is_intermediary = true;
    const auto block = [&](const char* archetype, Sector sector) {
        all.blocks.push_back({.name = archetype, .archetype = archetype, .sector = sector});
    };
    block("sovereign_fund", sovereign);
    block("ai_lab", lab);
    block("hyperscaler", builder);
    block("pension", savers);
    all.books = {{.name = "COIN", .kind = market::InstrumentKind::coin},
                 {.name = "SHARE", .kind = market::InstrumentKind::share},
                 {.name = "BOND", .kind = market::InstrumentKind::bond}};
    return all;
}

MoneyRow paid(Sector from, Sector to, Reason reason, std::int64_t money) {
    return {.from = from, .to = to, .reason = static_cast<std::uint8_t>(reason), .money = money};
}
TradedRow traded(Book book, Sector who, Cause cause, Side side, std::int64_t money) {
    return {.book = book,
            .sector = who,
            .cause = static_cast<std::uint8_t>(cause),
            .side = static_cast<std::uint8_t>(side),
            .money = money,
            .lots = 1};
}

/// The sovereign is called upon for 50 and sells coins for 30 of it; the builder sells bonds of
/// 80 to savers, is paid 40 by them and 25 by the lab, buys back shares of 20, and spends 120.
FlowSums story() {
    FlowSums sums;
    sums.flows = {paid(savers, builder, Reason::sales, 40),
                  paid(lab, builder, Reason::sales, 25),
                  paid(savers, funds, Reason::consumption, 500),
                  paid(builder, chips, Reason::capex, 120),
                  paid(savers, sovereign, Reason::trades, 30),
                  paid(savers, builder, Reason::trades, 80),
                  paid(builder, funds, Reason::trades, 20),
                  paid(sovereign, lab, Reason::capital_calls, 50),
                  paid(savers, makers, Reason::escrow, 7)};
    sums.trades = {traded(coin, savers, Cause::choice, Side::buy, 37),
                   traded(coin, savers, Cause::choice, Side::sell, 7),
                   traded(coin, sovereign, Cause::capital_call, Side::sell, 30),
                   traded(share, funds, Cause::choice, Side::sell, 20),
                   traded(share, builder, Cause::issuance, Side::buy, 20),
                   traded(bond, savers, Cause::choice, Side::buy, 80),
                   traded(bond, builder, Cause::issuance, Side::sell, 80)};
    return sums;
}

FlowGraph graph_of(const FlowSums& sums, const viz::FlowLimits& limits = {}) {
    return viz::flow_graph(manifest(), sums, sums, sums, limits);
}

/// Sums of the edges between two nodes.
std::int64_t between(const FlowGraph& graph, std::uint16_t from, std::uint16_t to) {
    std::int64_t sum = 0;
    for (const FlowEdge& edge : graph.edges) {
        if (edge.from == from && edge.to == to) sum += edge.money;
    }
    return sum;
}

std::uint16_t direct_node(const FlowGraph& graph, FlowGroup group) {
    const auto place = std::ranges::find(graph.nodes, std::optional{group}, &FlowNode::direct);
    REQUIRE(place != graph.nodes.end());
    return static_cast<std::uint16_t>(place - graph.nodes.begin());
}

}  // namespace

TEST_CASE("flow graph: who pays for AI is known by trade, or by having paid") {
    CHECK(viz::payers_of(manifest(), {}) ==
          std::vector<bool>{false, false, false, true, true, true, false});
    CHECK(viz::payers_of(manifest(), {paid(funds, chips, Reason::capex, 1)})[funds]);
}

TEST_CASE("flow graph: columns stand side by side, and payers in the order of the chain") {
    const FlowGraph graph = graph_of(story());

    CHECK(std::ranges::is_sorted(graph.nodes, {}, &FlowNode::side));
    CHECK(graph.nodes[graph.node_of_sector[makers]].is_between);
    CHECK(graph.node_of_sector[sovereign] < graph.node_of_sector[lab]);
    CHECK(graph.node_of_sector[lab] < graph.node_of_sector[builder]);
    CHECK(graph.nodes.back().side == FlowSide::sink);
    // Chips receive capex only, which ends in the sink: nothing else of theirs flows here.
    CHECK(graph.node_of_sector[chips] == FlowGraph::none);
}

TEST_CASE("flow graph: where nobody pays for AI there is nothing at the right") {
    world::Manifest plain = manifest();
    for (world::Manifest::Block& block : plain.blocks) block.archetype = "retail_trader";
    FlowSums sums;
    sums.trades = {traded(coin, savers, Cause::choice, Side::buy, 5),
                   traded(coin, funds, Cause::choice, Side::sell, 5)};

    const FlowGraph graph = viz::flow_graph(plain, sums, sums, sums, {});

    CHECK_FALSE(graph.has_sink());
    CHECK(graph_of(story()).has_sink());
    REQUIRE(graph.edges.size() == 2);
    CHECK(graph.nodes.back().side == FlowSide::market);
}

TEST_CASE("flow graph: net purchases go into a market, net sales come out of it, by cause") {
    const FlowGraph graph = graph_of(story());
    const std::uint16_t coins = graph.node_of_book[coin];
    const std::uint16_t sink = static_cast<std::uint16_t>(graph.nodes.size() - 1);

    CHECK(between(graph, graph.node_of_sector[savers], coins) == 30);
    CHECK(between(graph, coins, graph.node_of_sector[sovereign]) == 30);
    CHECK(between(graph, graph.node_of_book[bond], graph.node_of_sector[builder]) == 80);
    CHECK(between(graph, graph.node_of_sector[builder], graph.node_of_book[share]) == 20);
    CHECK(between(graph, graph.node_of_sector[builder], sink) == 120);
    const auto call = std::ranges::find(graph.edges, Cause::capital_call, &FlowEdge::cause);
    REQUIRE(call != graph.edges.end());
    CHECK(*call == FlowEdge{coins, graph.node_of_sector[sovereign], FlowGroup::trades,
                            Cause::capital_call, 30});
}

TEST_CASE("flow graph: payments past the markets have a row of their kind") {
    const FlowGraph graph = graph_of(story());
    const std::uint16_t sales = direct_node(graph, FlowGroup::commerce);

    CHECK(between(graph, graph.node_of_sector[savers], sales) == 40);
    CHECK(between(graph, sales, graph.node_of_sector[builder]) == 40);
    // Among payers money goes straight; what holders pay one another is not shown.
    CHECK(between(graph, graph.node_of_sector[lab], graph.node_of_sector[builder]) == 25);
    CHECK(between(graph, graph.node_of_sector[sovereign], graph.node_of_sector[lab]) == 50);
    CHECK(between(graph, graph.node_of_sector[savers], graph.node_of_sector[funds]) == 0);
}

TEST_CASE("flow graph: what comes into a row of the markets' column goes out of it") {
    const FlowGraph graph = graph_of(story());
    int rows = 0;
    for (const FlowNode& node : graph.nodes) {
        if (node.side != FlowSide::market) continue;
        CHECK(node.in == node.out);
        rows += node.in > 0 ? 1 : 0;
    }
    CHECK(rows == 4);  // three books and sales
}

TEST_CASE("flow graph: what does not fit shares a node, and no money is lost") {
    FlowSums sums = story();
    for (const auto& [reason, money] : {std::pair{Reason::taxes, 1},
                                        {Reason::dividends, 2},
                                        {Reason::loans, 3},
                                        {Reason::wages, 4},
                                        {Reason::redemptions, 5}}) {
        sums.flows.push_back(paid(funds, builder, reason, money));
    }
    const FlowGraph graph = graph_of(sums, {.holders = 2, .markets = 2});

    std::array<int, viz::flow_side_count> count{};
    for (const FlowNode& node : graph.nodes) ++count[static_cast<std::size_t>(node.side)];
    CHECK(count[0] == 2);  // makers, and one for all others
    CHECK(count[1] == 2 + static_cast<int>(viz::direct_rows_max));
    CHECK(graph.nodes[graph.node_of_sector[savers]].is_rest);
    CHECK(graph.node_of_sector[savers] == graph.node_of_sector[funds]);
    CHECK(graph.nodes[graph.node_of_sector[builder]].in == 40 + 25 + 80 + 15);
    CHECK(graph.nodes[graph.node_of_sector[builder]].out == 20 + 120);
}

TEST_CASE("flow graph: how capex was paid sums to it") {
    const FlowSums sums = story();
    const viz::CapexFunding funding =
        viz::capex_funding(manifest(), sums, viz::payers_of(manifest(), sums.flows));

    CHECK(funding.capex == 120);
    CHECK(funding.markets == std::array<std::int64_t, 4>{30, -20, 0, 80});  // crypto .. bonds
    CHECK(funding.direct[static_cast<std::size_t>(FlowGroup::commerce)] == 40);
    CHECK(funding.direct[static_cast<std::size_t>(FlowGroup::funds)] == 0);
    // 120 = 30 - 20 + 80 + 40 - 10: the payers' cash grew by 10.
    CHECK(funding.own_cash == -10);
}

TEST_CASE("flow graph: forced sales are what had to be sold, bought back or not") {
    CHECK(viz::forced_sales(story().trades) == 30);
    CHECK(viz::forced_sales({traded(coin, funds, Cause::margin_call, Side::sell, 3),
                             traded(coin, funds, Cause::margin_call, Side::buy, 9),
                             traded(coin, funds, Cause::liquidation, Side::sell, 4),
                             traded(coin, funds, Cause::rebalance, Side::sell, 50)}) == 7);
}

TEST_CASE("flow graph: nodes are ranked at powers of two") {
    CHECK(viz::ranking_frame(0) == 0);
    CHECK(viz::ranking_frame(1) == 1);
    CHECK(viz::ranking_frame(6) == 3);
    CHECK(viz::ranking_frame(7) == 7);
    CHECK(viz::ranking_frame(719) == 511);
}

// Goal: the line "own cash" is not only what the others leave, but what really lay there.
// Method: ten days of a shipped world; cash of the payers at the window's two ends.
TEST_CASE("flow graph: own cash is what the payers' cash fell by, to the last 1e-4 dollar") {
    auto loaded = world::load_world(CROWDOUT_SOURCE_DIR "/configs/ai_capex_drain_small.yaml",
                                    {"record.every=1d", "duration=10d"});
    REQUIRE(loaded.report.ok());
    world::World world =
        world::build(std::make_shared<const world::WorldConfig>(std::move(loaded.config)));
    world::Pool pool{1};
    world::FrameCamera camera{world};
    world::FilmStrip strip{camera.manifest()};
    while (strip.frames() < 9) {
        world.step(pool);
        if (camera.see(world)) strip.append(camera.frame());
    }
    const std::vector<bool> is_payer = viz::payers_of(strip.manifest(), strip.at(8).flows);
    const auto cash = [&](std::size_t index) {
        std::int64_t sum = 0;
        for (const world::CashRow& row : strip.at(index).frame.cash) {
            if (is_payer[row.sector]) sum += row.cash;
        }
        return sum;
    };
    const std::int64_t before = cash(1);
    viz::FlowWindows windows;

    const viz::CapexFunding funding = viz::capex_funding(
        strip.manifest(), *windows.sums(strip, 8, viz::FlowSpan::week), is_payer);

    CHECK(funding.capex > 0);
    CHECK(funding.own_cash == before - cash(8));
}
