// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_levels.hpp"

#include <algorithm>
#include <cassert>

#include "market/units.hpp"

namespace crowdout::viz {
namespace {

using world::History;
using world::HoldingRow;
using world::Manifest;
using world::Scene;

double usd_of(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

/// What the holders of an asset have of it; its issuer's is negative and left out.
std::vector<double> worth_by_asset(const Manifest& manifest, const Scene& scene) {
    std::vector<double> worth(manifest.assets.size());
    for (const HoldingRow& row : scene.frame.holdings) {
        if (row.asset != HoldingRow::debt && row.worth > 0) worth[row.asset] += usd_of(row.worth);
    }
    return worth;
}

}  // namespace

void Peaks::reach(const std::vector<std::vector<float>>& columns, std::size_t index) {
    if (index + 1 < taken_ || peaks_.size() != columns.size()) {
        peaks_.assign(columns.size(), 0);
        taken_ = 0;
    }
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const std::vector<float>& values = columns[column];
        for (std::size_t i = taken_; i < std::min(index + 1, values.size()); ++i) {
            peaks_[column] = std::max(peaks_[column], values[i]);
        }
    }
    taken_ = index + 1;
}

FlowLevels flow_levels(const Manifest& manifest, const Scene& scene, const History& history,
                       std::size_t index, FlowSpan span, const FlowGraph& graph, Peaks& peaks) {
    FlowLevels levels;
    levels.idle.resize(graph.nodes.size());
    levels.markets.resize(graph.nodes.size());
    peaks.reach(history.idle, index);
    for (const world::CashRow& row : scene.frame.cash) {
        const std::uint16_t node = graph.node_of_sector[row.sector];
        if (node == FlowGraph::none) continue;
        levels.idle[node].usd += usd_of(row.idle);
        levels.idle[node].peak_usd += peaks.of(row.sector);
    }

    const std::size_t before = frame_before(history, index, span);
    const std::size_t first = before == no_frame ? 0 : before;
    const std::vector<double> worth = worth_by_asset(manifest, scene);
    for (std::size_t book = 0; book < manifest.books.size(); ++book) {
        const std::vector<float>& mid = history.books[book].mid;
        if (index >= mid.size() || !(mid[index] > 0)) continue;
        const double usd = worth[manifest.books[book].asset];
        const double usd_before = usd * static_cast<double>(mid[first]) / mid[index];
        MarketValue& value = levels.markets[graph.node_of_book[book]];
        value.usd += usd;
        value.usd_before += usd_before;
        if (class_of(manifest.books[book].kind) == MarketClass::crypto) {
            levels.crypto.usd += usd;
            levels.crypto.usd_before += usd_before;
        }
    }

    levels.capex = history.capex[index];
    const double days =
        static_cast<double>(history.time[index] -
                            (before == no_frame ? manifest.start : history.time[before])) /
        static_cast<double>(market::day.ns);
    const double capex_before = before == no_frame ? 0 : history.capex[before];
    if (days > 0) levels.capex_per_day = (levels.capex - capex_before) / days;
    for (std::size_t i = 0; i < manifest.series.size(); ++i) {
        if (manifest.series[i].name != "idle_capital" || history.series[i].empty()) continue;
        levels.idle_now = history.series[i][index];
        // Older recordings have none before the first midnight.
        const auto opening = std::ranges::find_if(history.series[i], [](float v) { return v > 0; });
        levels.idle_opening = opening == history.series[i].end() ? 0 : *opening;
    }
    levels.forced = usd_of(forced_sales(scene.trades));
    return levels;
}

}  // namespace crowdout::viz
