// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "market/order.hpp"
#include "studies/terms.hpp"
#include "viz/flow_window.hpp"
#include "viz/theme.hpp"
#include "world/manifest.hpp"

/// What the capital-flow picture shows, as nodes and edges with sums: no geometry, no colours.
///
///     holders          markets               who pays for AI        AI capex
///     savers     ==>   a book           ==>  funds, AI labs,   ==>  the sink
///     funds      <==   ...              <==  hyperscalers
///     banks      ==>   "paid directly"  ==>
///
/// A net buyer's money goes into a market, and out of it to a net seller, so every market passes
/// on what comes in. Payments that need no market (sales, loans, redemptions) go through a row of
/// their own kind in the markets' column. What holders pay one another is not capital on its way
/// to anybody here, and is left out.
namespace crowdout::viz {

enum class FlowSide : std::uint8_t { holder, market, payer, sink };
inline constexpr std::size_t flow_side_count = 4;

using studies::class_of;
using studies::market_class_count;
using studies::MarketClass;

[[nodiscard]] Phrase phrase_of(MarketClass kind);

struct FlowNode {
    FlowSide side = FlowSide::holder;
    std::vector<std::uint16_t> members;  ///< sectors, or books; none for direct rows and the sink
    bool is_direct = false;              ///< payments past the markets
    std::optional<FlowGroup> direct;     ///< of this kind only
    bool is_rest = false;                ///< several small ones
    bool is_between = false;             ///< makers and traders: they hold for others' sake
    std::int64_t in = 0;                 ///< Money of the edges that end here
    std::int64_t out = 0;
};

struct FlowEdge {
    std::uint16_t from = 0;  ///< a node
    std::uint16_t to = 0;
    FlowGroup group = FlowGroup::trades;
    market::Cause cause = market::Cause::choice;  ///< of trades
    std::int64_t money = 0;                       ///< positive

    friend bool operator==(const FlowEdge&, const FlowEdge&) = default;
};

struct FlowGraph {
    static constexpr std::uint16_t none = 0xffff;

    /// Side by side, each from top to bottom. Where nobody pays for AI there is no sink.
    std::vector<FlowNode> nodes;
    std::vector<FlowEdge> edges;  ///< by from, to, group, cause
    std::vector<std::uint16_t> node_of_sector;
    std::vector<std::uint16_t> node_of_book;

    [[nodiscard]] bool has_sink() const {
        return !nodes.empty() && nodes.back().side == FlowSide::sink;
    }
};

/// Rows for payments past the markets: the largest kinds have their own, the others share one.
inline constexpr std::size_t direct_rows_max = 4;

/// How many nodes a column may have; the small ones share the last.
struct FlowLimits {
    std::size_t holders = 9;
    std::size_t markets = 14;
};

/// Sectors that pay for AI: those with an AI lab, a hyperscaler, or an owner whom AI labs call
/// upon (sovereign funds and holding companies), and whoever else has paid for capex so far.
[[nodiscard]] std::vector<bool> payers_of(const world::Manifest& manifest,
                                          const std::vector<world::MoneyRow>& flows);

/// @param ranking  since the beginning, at some frame: who was largest then has a node of its own.
/// @param totals   since the beginning: what has flowed at all has a place.
/// @param window   what the edges stand for.
[[nodiscard]] FlowGraph flow_graph(const world::Manifest& manifest, const FlowSums& ranking,
                                   const FlowSums& totals, const FlowSums& window,
                                   const FlowLimits& limits);

/// The frame whose sums rank nodes: the largest power of two, counted from 1, so that cards change
/// places ever more rarely while a film runs, and yet a frame looks the same however it is reached.
[[nodiscard]] std::size_t ranking_frame(std::size_t index);

/// How those who pay for AI came by what they spent on it. Money; negative where more went out.
struct CapexFunding {
    std::int64_t capex = 0;
    std::array<std::int64_t, market_class_count> markets{};  ///< sold there, less bought
    std::array<std::int64_t, flow_group_count> direct{};     ///< received from holders, less paid
    std::int64_t own_cash = 0;  ///< what the other lines leave: cash drawn down
};

/// The lines sum to `capex`, because a payer's dollars come from somebody or were there before.
[[nodiscard]] CapexFunding capex_funding(const world::Manifest& manifest, const FlowSums& window,
                                         const std::vector<bool>& is_payer);

/// Money that owners got in markets because they had to sell: calls, redemptions, margin calls,
/// liquidations and what comes after them.
[[nodiscard]] bool is_forced(market::Cause cause);
[[nodiscard]] std::int64_t forced_sales(const std::vector<world::TradedRow>& trades);

}  // namespace crowdout::viz
