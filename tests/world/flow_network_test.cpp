// SPDX-License-Identifier: Apache-2.0
#include "world/flow_network.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "market/hash.hpp"
#include "tests/world/flow_rows.hpp"

using namespace crowdout::world;
using crowdout::market::mix;

namespace {

using Nodes = std::vector<std::uint32_t>;

std::uint32_t node(std::uint64_t bits, std::uint64_t nodes) {
    return static_cast<std::uint32_t>(bits % nodes);
}

Money sum(const std::vector<NodeAmount>& amounts) {
    Money total;
    for (const NodeAmount& amount : amounts) total += amount.money;
    return total;
}

Money sum(const std::vector<FlowPath>& paths) {
    Money total;
    for (const FlowPath& path : paths) total += path.money;
    return total;
}

}  // namespace

TEST_CASE("flow network: parallel payments add up; those to oneself and back are left out") {
    FlowNetwork network{3};
    network.add(1, 2, Money{5});
    network.add(0, 1, Money{3});
    network.add(1, 2, Money{4});
    network.add(2, 2, Money{9});
    network.add(2, 0, Money{-1});

    CHECK(network.edges() == std::vector<FlowNetwork::Edge>{{0, 1, Money{3}}, {1, 2, Money{9}}});
}

TEST_CASE("flow network: capex goes through its node and trades through their markets") {
    const Rows rows{{0, 1, Reason::capex, Money{6}},
                    {1, 0, Reason::wages, Money{2}},
                    {2, 0, Reason::trades, Money{50}},
                    {0, 1, Reason::escrow, Money{70}}};
    const std::vector<Rows> books{
        {}, {{2, 0, Reason::trades, Money{50}}, {2, 1, Reason::fees, Money{1}}}};
    using Edges = std::vector<FlowNetwork::Edge>;

    // Node 3 is capex, 4 and 5 are the markets.
    CHECK(capex_network(3, rows, books).edges() == Edges{{0, 3, Money{6}},
                                                         {1, 0, Money{2}},
                                                         {2, 5, Money{50}},
                                                         {3, 1, Money{6}},
                                                         {5, 0, Money{50}}});
    CHECK(capex_network(3, rows, {}).edges() ==
          Edges{{0, 3, Money{6}}, {1, 0, Money{2}}, {2, 0, Money{50}}, {3, 1, Money{6}}});
}

TEST_CASE("flow network: the maximal flow of a textbook") {
    // Cormen, Leiserson, Rivest & Stein, Introduction to Algorithms, figure 26.1: 23.
    FlowNetwork network{6};
    for (const auto& [from, to, money] : std::vector<std::array<std::uint32_t, 3>>{{0, 1, 16},
                                                                                   {0, 2, 13},
                                                                                   {1, 3, 12},
                                                                                   {2, 1, 4},
                                                                                   {2, 4, 14},
                                                                                   {3, 2, 9},
                                                                                   {3, 5, 20},
                                                                                   {4, 3, 7},
                                                                                   {4, 5, 4}}) {
        network.add(from, to, Money{money});
    }
    const Nodes source{0};

    const MaxFlow flow = max_flow(network, source, 5);

    CHECK(flow.total == Money{23});
    CHECK(sum(flow.paths) == Money{23});
    for (const FlowPath& path : flow.paths) {
        CHECK(path.nodes.front() == 0);
        CHECK(path.nodes.back() == 5);
    }
}

TEST_CASE("flow network: paths name the channels, the shorter first") {
    // A source pays the spender 30 at once and 25 by way of a fund; the spender spends 40.
    FlowNetwork network{4};
    network.add(0, 2, Money{30});
    network.add(0, 1, Money{25});
    network.add(1, 2, Money{25});
    network.add(2, 3, Money{40});
    const Nodes source{0};

    CHECK(max_flow(network, source, 3).paths ==
          std::vector<FlowPath>{{{0, 2, 3}, Money{30}}, {{0, 1, 2, 3}, Money{10}}});
}

TEST_CASE("flow network: joint sources share a channel; money that comes back is not used") {
    FlowNetwork network{5};
    network.add(0, 2, Money{30});
    network.add(1, 2, Money{30});
    network.add(0, 1, Money{100});
    network.add(2, 4, Money{50});
    network.add(4, 3, Money{50});
    network.add(3, 0, Money{50});
    const Nodes sources{0, 1};
    const Nodes first{0};

    CHECK(max_flow(network, sources, 4).total == Money{50});
    CHECK(max_flow(network, first, 4).total == Money{50});  // 30 at once, 20 by the other
    CHECK(max_flow(network, Nodes{3}, 4).total == Money{50});
}

TEST_CASE("flow network: nothing flows where no payment leads") {
    FlowNetwork network{3};
    network.add(2, 0, Money{7});

    const MaxFlow flow = max_flow(network, Nodes{0}, 2);

    CHECK(flow.total == Money{0});
    CHECK(flow.paths.empty());
}

TEST_CASE("flow network: on random networks paths add up and keep within payments") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        FlowNetwork network{12};
        for (std::uint64_t i = 0; i < 50; ++i) {
            const std::uint64_t bits = mix(seed << 32 | i);
            network.add(node(bits, 12), node(bits / 12, 12),
                        Money{static_cast<std::int64_t>(bits >> 20 & 0xffff)});
        }
        const Nodes sources{0, 1, 2};
        const MaxFlow flow = max_flow(network, sources, 11);
        CHECK(sum(flow.paths) == flow.total);
        std::vector<Money> used(12 * 12);
        for (const FlowPath& path : flow.paths) {
            CHECK(path.money > Money{0});
            for (std::size_t i = 1; i < path.nodes.size(); ++i) {
                used[path.nodes[i - 1] * 12 + path.nodes[i]] += path.money;
            }
        }
        for (const auto& edge : network.edges()) {
            Money& on_edge = used[edge.from * 12 + edge.to];
            CHECK(on_edge <= edge.money);
            on_edge = Money{0};
        }
        CHECK(used == std::vector<Money>(12 * 12));  // and use no payment that was not made
    }
}

TEST_CASE("flow network: loops are nodes that reach each other") {
    // 1 -> 4 -> 2 -> 1 is a loop with 3 hanging on it; 0 <-> 5 another.
    FlowNetwork network{7};
    network.add(1, 4, Money{10});
    network.add(4, 2, Money{8});
    network.add(2, 1, Money{6});
    network.add(4, 3, Money{5});
    network.add(5, 0, Money{2});
    network.add(0, 5, Money{3});
    network.add(0, 1, Money{99});

    CHECK(loops(network) == std::vector<Loop>{{{0, 5}, Money{5}}, {{1, 2, 4}, Money{24}}});
}

TEST_CASE("flow network: a pot spends the mix of what was put in it") {
    // The spender (2) had 20, was lent 50 by the bank (0) and paid 30 by crypto holders (1), and
    // spent 60 on capex (3).
    FlowNetwork network{4};
    network.add(0, 2, Money{50});
    network.add(1, 2, Money{30});
    network.add(2, 3, Money{60});
    const std::vector<Money> opening{Money{-1000}, Money{500}, Money{20}, Money{0}};
    const Nodes sources{1};

    const SourceTrace trace = trace_sources(network, opening, sources, 3);

    CHECK(trace.total == Money{60});
    CHECK(trace.proportional == std::vector<NodeAmount>{{1, Money{18}}});
    CHECK(trace.balances == std::vector<NodeAmount>{{0, Money{30}}, {2, Money{12}}});
    CHECK(trace.bounds == std::vector<NodeAmount>{{1, Money{30}}});
    CHECK(trace.together.total == Money{30});
}

TEST_CASE("flow network: a chain of pots dilutes, a maximal flow does not") {
    // Holders (0) sell coins for 100 to a fund (1) and buy shares from a sovereign (2) for 40, who
    // had 60 in cash and meets a capital call of 50 by a lab (3), which spends it all (4).
    FlowNetwork network{5};
    network.add(1, 0, Money{100});
    network.add(0, 2, Money{40});
    network.add(2, 3, Money{50});
    network.add(3, 4, Money{50});
    const std::vector<Money> opening{Money{0}, Money{100}, Money{60}, Money{0}, Money{0}};
    const Nodes sources{0, 1};

    const SourceTrace trace = trace_sources(network, opening, sources, 4);

    // The sovereign's pot is 40 of the holders' and 60 of its own.
    CHECK(trace.proportional == std::vector<NodeAmount>{{0, Money{20}}, {1, Money{0}}});
    CHECK(trace.balances == std::vector<NodeAmount>{{2, Money{30}}});
    CHECK(trace.bounds == std::vector<NodeAmount>{{0, Money{40}}, {1, Money{40}}});
    CHECK(trace.together.paths == std::vector<FlowPath>{{{0, 2, 3, 4}, Money{40}}});
}

TEST_CASE("flow network: money that goes round is followed to where it entered") {
    // A maker invests 50 in a lab that had 10 and spends 60 at the maker, which had 40: vendor
    // financing. The dollars spent are the lab's 10, the maker's 40, and theirs again.
    FlowNetwork network{3};  // lab, maker, capex
    network.add(1, 0, Money{50});
    network.add(0, 2, Money{60});
    network.add(2, 1, Money{60});
    const std::vector<Money> opening{Money{10}, Money{40}, Money{0}};

    const SourceTrace trace = trace_sources(network, opening, Nodes{}, 2);

    // Backwards from the lab: 1/6 its own, 5/6 the maker's; of the maker's 2/5 its own and 3/5 the
    // lab's again. Own of the lab: 1/6 / (1 - 5/6 * 3/5) = 1/3.
    CHECK(trace.total == Money{60});
    CHECK(trace.balances == std::vector<NodeAmount>{{0, Money{20}}, {1, Money{40}}});
}

TEST_CASE("flow network: a circle without a beginning belongs to those in it") {
    FlowNetwork network{3};
    network.add(0, 1, Money{10});
    network.add(1, 0, Money{10});
    network.add(0, 2, Money{4});

    const SourceTrace trace = trace_sources(network, std::vector<Money>(3), Nodes{}, 2);

    CHECK(trace.total == Money{4});
    CHECK(sum(trace.balances) == Money{4});
}

TEST_CASE("flow network: shares of random networks sum to what was spent") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        FlowNetwork network{10};
        std::vector<Money> opening(10);
        for (std::uint64_t i = 0; i < 40; ++i) {
            const std::uint64_t bits = mix(seed << 32 | i);
            network.add(node(bits, 10), node(bits / 10, 10),
                        Money{static_cast<std::int64_t>(bits >> 20 & 0xffff'ffff)});
            if (i < 9) opening[i] = Money{static_cast<std::int64_t>(bits & 0xffff) - 9};
        }
        network.add(3, 9, Money{12'345'678'901});
        const SourceTrace trace = trace_sources(network, opening, Nodes{0, 4}, 9);

        CHECK(sum(trace.proportional) + sum(trace.balances) == trace.total);
        for (const NodeAmount& balance : trace.balances) CHECK(opening[balance.node] != Money{0});
    }
}
