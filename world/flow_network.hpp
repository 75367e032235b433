// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/units.hpp"
#include "world/flow_of_funds.hpp"

/// The flow of funds of a window as a network: which dollars reached AI capex, and from whom.
///
/// Two answers, because the question has two. Money is not marked: a firm that was lent 50 and
/// earned 50 and spent 60 on capex spent whose 60?
///
/// * *Proportional tracing* says 30 and 30. An account is a pot in which all that was there at the
///   start and all that came in is mixed, and every payment carries the mix. The shares sum to the
///   capex of the window. It is a convention, blind to the order of payments within the window,
///   and a dollar that comes back from its receiver and is spent again counts each time.
/// * *Maximal flow* says up to 50 of each. It is the largest amount that could have come from a
///   source along payments that were made, used for capex before anything else, every dollar once:
///   a statement about channels rather than shares. Bounds of single sources may add up to more
///   than the capex there was.
///
/// A share near its bound means that those dollars had nowhere else to go.
namespace crowdout::world {

/// A network of payments between nodes 0 .. nodes - 1: blocks or sectors, and markets.
///
/// A market can be a node of its own: what buyers pay goes into it, what sellers get comes out,
/// and a path tells through which market it went. So can AI capex, the sink of this page.
class FlowNetwork {
public:
    struct Edge {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        market::Money money;  ///< positive

        friend bool operator==(const Edge&, const Edge&) = default;
    };

    explicit FlowNetwork(std::uint32_t nodes) : nodes_{nodes} {}

    /// Payments to oneself and of at most zero are left out.
    void add(std::uint32_t from, std::uint32_t to, market::Money money);
    /// Payments for `reason` only, through a node: from the payers into it and on to the payees.
    void add_through(std::uint32_t node, std::span<const FlowRow> rows, market::Reason reason);
    /// Payments for all reasons but those, and but escrow, which is no payment.
    void add_except(std::span<const FlowRow> rows, std::span<const market::Reason> reasons);

    [[nodiscard]] std::uint32_t nodes() const { return nodes_; }
    /// Sorted by from, to; one for each pair.
    [[nodiscard]] std::vector<Edge> edges() const;

private:
    std::uint32_t nodes_;
    std::vector<Edge> added_;
};

/// The network of a window between groups 0 .. groups - 1: AI capex goes through node `groups`,
/// and the trades of book i through node `groups + 1 + i`.
/// @param rows   all flows between groups, trades included (see `roll_up`).
/// @param books  by book: its flows between the same groups; empty to leave trades between groups.
[[nodiscard]] FlowNetwork capex_network(std::uint32_t groups, std::span<const FlowRow> rows,
                                        std::span<const std::vector<FlowRow>> books);

/// Dollars that went one way from a source to the sink.
struct FlowPath {
    std::vector<std::uint32_t> nodes;  ///< from a source to the sink
    market::Money money;

    friend bool operator==(const FlowPath&, const FlowPath&) = default;
};

/// The largest flow from any of `sources` to `sink`, and one way in which it can run.
struct MaxFlow {
    market::Money total;
    std::vector<FlowPath> paths;  ///< shorter ones first, then by nodes; they sum to `total`
};

/// Edmonds-Karp on integer capacities, then peeling off paths: no path visits a node twice, and
/// what circulates is left out. The total is unique; the paths are one choice among many, the same
/// for every run. Payments into a source, and out of the sink, are not used.
[[nodiscard]] MaxFlow max_flow(const FlowNetwork& network, std::span<const std::uint32_t> sources,
                               std::uint32_t sink);

/// Nodes among which money circulates: each is reached from each.
struct Loop {
    std::vector<std::uint32_t> nodes;  ///< ascending, at least two
    market::Money inside;              ///< payments between them

    friend bool operator==(const Loop&, const Loop&) = default;
};

/// Strongly connected components of two nodes or more, by their smallest node.
[[nodiscard]] std::vector<Loop> loops(const FlowNetwork& network);

/// Dollars of one node.
struct NodeAmount {
    std::uint32_t node = 0;
    market::Money money;

    friend bool operator==(const NodeAmount&, const NodeAmount&) = default;
};

/// Where the dollars that were spent came from.
struct SourceTrace {
    market::Money total;                   ///< all that went into the sink
    std::vector<NodeAmount> proportional;  ///< by named source, in the order given
    /// Dollars that were in a pot at the start, by node: idle capital that was spent. Positive
    /// ones only, ascending; with `proportional` they sum to `total`.
    std::vector<NodeAmount> balances;
    std::vector<NodeAmount> bounds;  ///< maximal flow of each named source by itself
    MaxFlow together;                ///< and of all named sources at once
};

/// @param network  payments of the window; what was spent on capex goes through the node `sink`.
/// @param opening  cash of each node at the start of the window. What an issuer (negative cash)
///                 pays has no earlier owner: it ends there.
/// @param sources  nodes whose dollars are not followed further back; not the sink.
/// Cost: O(nodes^3), and a maximal flow for each source.
[[nodiscard]] SourceTrace trace_sources(const FlowNetwork& network,
                                        std::span<const market::Money> opening,
                                        std::span<const std::uint32_t> sources, std::uint32_t sink);

}  // namespace crowdout::world
