// SPDX-License-Identifier: Apache-2.0
#include "world/flow_network.hpp"

#include <algorithm>
#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/strong_components.hpp>
#include <cassert>

#include "world/apportion.hpp"

namespace crowdout::world {

using market::Money;
using market::Reason;
using Edge = FlowNetwork::Edge;

namespace {

// Vertices are numbers and edges keep their order: nothing here depends on an address.
using Links = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using CapacityGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, std::int64_t,
        boost::property<boost::edge_residual_capacity_t, std::int64_t,
                        boost::property<boost::edge_reverse_t, Links::edge_descriptor>>>>;
using PlainGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

Links::edge_descriptor add_capacity(CapacityGraph& graph, std::uint32_t from, std::uint32_t to,
                                    Money money) {
    const auto forward = boost::add_edge(from, to, graph).first;
    const auto backward = boost::add_edge(to, from, graph).first;
    boost::put(boost::edge_capacity, graph, forward, money.value());
    boost::put(boost::edge_capacity, graph, backward, 0);
    boost::put(boost::edge_reverse, graph, forward, backward);
    boost::put(boost::edge_reverse, graph, backward, forward);
    return forward;
}

/// Shortest path from any source to the sink along edges with money left, as numbers of edges; the
/// earlier edge first among equals. Empty where there is none.
std::vector<std::size_t> shortest_path(const std::vector<Edge>& flow, std::uint32_t nodes,
                                       std::span<const std::uint32_t> sources, std::uint32_t sink) {
    constexpr std::size_t unseen = SIZE_MAX;
    constexpr std::size_t start = SIZE_MAX - 1;
    std::vector<std::size_t> came_by(nodes, unseen);
    std::vector<std::uint32_t> queue(sources.begin(), sources.end());
    for (const std::uint32_t source : sources) came_by[source] = start;
    for (std::size_t head = 0; head < queue.size() && came_by[sink] == unseen; ++head) {
        const auto first = std::ranges::lower_bound(flow, queue[head], {}, &Edge::from);
        for (auto edge = first; edge != flow.end() && edge->from == queue[head]; ++edge) {
            if (edge->money == Money{0} || came_by[edge->to] != unseen) continue;
            came_by[edge->to] = static_cast<std::size_t>(edge - flow.begin());
            queue.push_back(edge->to);
        }
    }
    std::vector<std::size_t> path;
    if (came_by[sink] == unseen) return path;
    for (std::uint32_t node = sink; came_by[node] != start; node = flow[came_by[node]].from) {
        path.push_back(came_by[node]);
    }
    std::ranges::reverse(path);
    return path;
}

/// Takes path after path off a flow; what is left then only circulates.
std::vector<FlowPath> peel(std::vector<Edge> flow, std::uint32_t nodes,
                           std::span<const std::uint32_t> sources, std::uint32_t sink) {
    std::vector<FlowPath> paths;
    for (;;) {
        const std::vector<std::size_t> edges = shortest_path(flow, nodes, sources, sink);
        if (edges.empty()) return paths;
        FlowPath path;
        path.nodes.push_back(flow[edges.front()].from);
        path.money = flow[edges.front()].money;
        for (const std::size_t edge : edges) {
            path.nodes.push_back(flow[edge].to);
            path.money = std::min(path.money, flow[edge].money);
        }
        for (const std::size_t edge : edges) flow[edge].money -= path.money;
        paths.push_back(std::move(path));
    }
}

/// Where a dollar that leaves `last` came from: probabilities over ends, by walking backwards in a
/// chain whose other states are eliminated one by one.
///
/// Only sums and quotients of positive numbers: no cancellation, whatever the loops.
/// Source: Grassmann, Taksar & Heyman (1985), Operations Research 33.
/// @param step  [nodes x 2 nodes]: from a node to the node that paid it, or (second half) to an
///              end: its own balance. Rows sum to 1 or to nothing. Spoilt.
std::vector<double> ends_of(std::vector<std::vector<double>>& step, std::uint32_t last) {
    const std::size_t nodes = step.size();
    const auto eliminate = [&](std::size_t gone) {
        std::vector<double>& row = step[gone];
        double leaves = 0;
        for (std::size_t to = 0; to < row.size(); ++to) {
            if (to != gone) leaves += row[to];
        }
        // Money that goes in a circle without a beginning is its holder's own.
        if (leaves == 0) row[nodes + gone] = leaves = 1;
        row[gone] = 0;
        for (double& share : row) share /= leaves;
    };
    for (std::size_t gone = 0; gone < nodes; ++gone) {
        if (gone == last) continue;
        eliminate(gone);
        for (std::size_t from = 0; from < nodes; ++from) {
            const double through = step[from][gone];
            if (from == gone || through == 0) continue;
            step[from][gone] = 0;
            for (std::size_t to = 0; to < 2 * nodes; ++to) {
                step[from][to] += through * step[gone][to];
            }
        }
    }
    eliminate(last);
    return {step[last].begin() + static_cast<std::ptrdiff_t>(nodes), step[last].end()};
}

/// One backward step from every node: to its payers and its balance, by what each put in.
std::vector<std::vector<double>> backward_steps(const std::vector<Edge>& edges,
                                                std::span<const Money> opening,
                                                std::span<const std::uint32_t> sources) {
    const std::size_t nodes = opening.size();
    std::vector<std::vector<double>> step(nodes, std::vector<double>(2 * nodes));
    const auto is_end = [&](std::uint32_t node) {
        return opening[node] < Money{0} || std::ranges::find(sources, node) != sources.end();
    };
    for (std::uint32_t node = 0; node < nodes; ++node) {
        step[node][nodes + node] = is_end(node) ? 1 : static_cast<double>(opening[node].value());
    }
    for (const Edge& edge : edges) {
        if (!is_end(edge.to)) step[edge.to][edge.from] = static_cast<double>(edge.money.value());
    }
    for (std::vector<double>& row : step) {
        double sum = 0;
        for (const double weight : row) sum += weight;
        if (sum == 0) continue;
        for (double& weight : row) weight /= sum;
    }
    return step;
}

}  // namespace

void FlowNetwork::add(std::uint32_t from, std::uint32_t to, Money money) {
    assert(from < nodes_ && to < nodes_);
    if (from != to && money > Money{0}) added_.push_back({from, to, money});
}

void FlowNetwork::add_through(std::uint32_t node, std::span<const FlowRow> rows, Reason reason) {
    for (const FlowRow& row : rows) {
        if (row.reason != reason) continue;
        add(row.from, node, row.money);
        add(node, row.to, row.money);
    }
}

void FlowNetwork::add_except(std::span<const FlowRow> rows, std::span<const Reason> reasons) {
    for (const FlowRow& row : rows) {
        if (row.reason == Reason::escrow) continue;
        if (std::ranges::find(reasons, row.reason) != reasons.end()) continue;
        add(row.from, row.to, row.money);
    }
}

std::vector<Edge> FlowNetwork::edges() const {
    std::vector<Edge> sorted = added_;
    const auto key = [](const Edge& edge) {
        return static_cast<std::uint64_t>(edge.from) << 32 | edge.to;
    };
    std::ranges::sort(sorted, {}, key);
    std::size_t kept = 0;
    for (const Edge& edge : sorted) {
        if (kept > 0 && key(sorted[kept - 1]) == key(edge)) {
            sorted[kept - 1].money += edge.money;
        } else {
            sorted[kept++] = edge;
        }
    }
    sorted.resize(kept);
    return sorted;
}

FlowNetwork capex_network(std::uint32_t groups, std::span<const FlowRow> rows,
                          std::span<const std::vector<FlowRow>> books) {
    FlowNetwork network{groups + 1 + static_cast<std::uint32_t>(books.size())};
    constexpr std::array through_nodes{Reason::capex, Reason::trades};
    network.add_except(rows, std::span{through_nodes}.first(books.empty() ? 1 : 2));
    network.add_through(groups, rows, Reason::capex);
    for (std::uint32_t book = 0; book < books.size(); ++book) {
        network.add_through(groups + 1 + book, books[book], Reason::trades);
    }
    return network;
}

MaxFlow max_flow(const FlowNetwork& network, std::span<const std::uint32_t> sources,
                 std::uint32_t sink) {
    const auto is_source = [&](std::uint32_t node) {
        return std::ranges::find(sources, node) != sources.end();
    };
    assert(!is_source(sink));
    const std::uint32_t all_sources = network.nodes();
    CapacityGraph graph{network.nodes() + 1};
    std::vector<Edge> flow;
    std::vector<Links::edge_descriptor> links;
    std::vector<Money> spent(network.nodes());
    for (const Edge& edge : network.edges()) {
        if (is_source(edge.to) || edge.from == sink) continue;
        flow.push_back(edge);
        links.push_back(add_capacity(graph, edge.from, edge.to, edge.money));
        spent[edge.from] += edge.money;
    }
    for (const std::uint32_t source : sources) {
        add_capacity(graph, all_sources, source, spent[source]);
    }

    MaxFlow result;
    std::vector<boost::default_color_type> color(network.nodes() + 1);
    std::vector<Links::edge_descriptor> predecessor(network.nodes() + 1);
    result.total = Money{boost::edmonds_karp_max_flow(
        graph, all_sources, sink, boost::get(boost::edge_capacity, graph),
        boost::get(boost::edge_residual_capacity, graph), boost::get(boost::edge_reverse, graph),
        color.data(), predecessor.data())};
    for (std::size_t i = 0; i < flow.size(); ++i) {
        flow[i].money -= Money{boost::get(boost::edge_residual_capacity, graph, links[i])};
    }
    result.paths = peel(std::move(flow), network.nodes(), sources, sink);
    std::ranges::sort(result.paths, [](const FlowPath& a, const FlowPath& b) {
        if (a.nodes.size() != b.nodes.size()) return a.nodes.size() < b.nodes.size();
        return a.nodes < b.nodes;
    });
    return result;
}

std::vector<Loop> loops(const FlowNetwork& network) {
    const std::vector<Edge> edges = network.edges();
    PlainGraph graph{network.nodes()};
    for (const Edge& edge : edges) boost::add_edge(edge.from, edge.to, graph);
    std::vector<std::uint32_t> component(network.nodes());
    const auto count = static_cast<std::size_t>(boost::strong_components(
        graph, boost::make_iterator_property_map(component.begin(),
                                                 boost::get(boost::vertex_index, graph))));
    std::vector<Loop> found(count);
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        found[component[node]].nodes.push_back(node);
    }
    for (const Edge& edge : edges) {
        if (component[edge.from] == component[edge.to]) {
            found[component[edge.from]].inside += edge.money;
        }
    }
    std::erase_if(found, [](const Loop& loop) { return loop.nodes.size() < 2; });
    std::ranges::sort(found, {}, [](const Loop& loop) { return loop.nodes.front(); });
    return found;
}

SourceTrace trace_sources(const FlowNetwork& network, std::span<const Money> opening,
                          std::span<const std::uint32_t> sources, std::uint32_t sink) {
    assert(opening.size() == network.nodes() && opening[sink] == Money{0});
    const std::vector<Edge> edges = network.edges();
    SourceTrace trace;
    for (const Edge& edge : edges) {
        if (edge.to == sink) trace.total += edge.money;
    }
    for (const std::uint32_t source : sources) {
        trace.bounds.push_back({source, max_flow(network, {&source, 1}, sink).total});
    }
    trace.together = max_flow(network, sources, sink);

    auto steps = backward_steps(edges, opening, sources);
    const std::vector<double> ends = ends_of(steps, sink);
    std::vector<std::int64_t> weights;
    weights.reserve(ends.size());
    for (const double share : ends) weights.push_back(market::to_whole(share * 0x1p60));
    std::vector<std::int64_t> dollars;
    Apportion{}.split(trace.total, weights, dollars);
    for (const std::uint32_t source : sources) {
        trace.proportional.push_back({source, Money{dollars[source]}});
        dollars[source] = 0;
    }
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        if (dollars[node] > 0) trace.balances.push_back({node, Money{dollars[node]}});
    }
    return trace;
}

}  // namespace crowdout::world
