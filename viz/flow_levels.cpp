// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_levels.hpp"

#include <algorithm>
#include <cassert>

#include "market/posting.hpp"
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

double price_of(const world::BookRow& row, const Manifest::Book& book) {
    return static_cast<double>(row.mid_twice) / 2 * book.usd_per_tick;
}

double capex_of(const std::vector<world::MoneyRow>& flows) {
    double usd = 0;
    for (const world::MoneyRow& row : flows) {
        if (row.reason == static_cast<std::uint8_t>(market::Reason::capex))
            usd += usd_of(row.money);
    }
    return usd;
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

FlowLevels flow_levels(const Manifest& manifest, const Scene& scene, const History& history,
                       const FlowMoment* before, const FlowGraph& graph) {
    FlowLevels levels;
    levels.idle.resize(graph.nodes.size());
    levels.markets.resize(graph.nodes.size());
    const market::Time now{scene.frame.head.to};
    for (const world::CashRow& row : scene.frame.cash) {
        const std::uint16_t node = graph.node_of_sector[row.sector];
        if (node == FlowGraph::none) continue;
        const double peak = history.idle_peaks[row.sector].value_at(now);
        levels.idle[node].usd += usd_of(row.idle);
        if (peak > 0) levels.idle[node].peak_usd += peak;  // not where there never was any
    }

    const std::vector<double> worth = worth_by_asset(manifest, scene);
    for (const world::BookRow& row : scene.frame.books) {
        const Manifest::Book& book = manifest.books[row.book];
        const double mid = price_of(row, book);
        if (!(mid > 0)) continue;
        const double mid_before = before != nullptr ? price_of(before->books[row.book], book)
                                                    : history.books[row.book].first;
        const double usd = worth[book.asset];
        const double usd_before = usd * mid_before / mid;
        MarketValue& value = levels.markets[graph.node_of_book[row.book]];
        value.usd += usd;
        value.usd_before += usd_before;
        if (class_of(book.kind) == MarketClass::crypto) {
            levels.crypto.usd += usd;
            levels.crypto.usd_before += usd_before;
        }
    }

    levels.capex = capex_of(scene.flows);
    const std::int64_t begin = before != nullptr ? before->time.ns : history.begin;
    const double days = static_cast<double>(now.ns - begin) / static_cast<double>(market::day.ns);
    const double capex_before = before != nullptr ? capex_of(before->totals.flows) : 0;
    if (days > 0) levels.capex_per_day = (levels.capex - capex_before) / days;
    for (const world::SeriesRow& row : scene.frame.series) {
        if (manifest.series[row.series].name != "idle_capital") continue;
        levels.idle_now =
            static_cast<double>(row.value) * world::reading_scale(manifest.series[row.series]);
        // Older recordings have no reading before the first midnight.
        levels.idle_opening = history.gauges[row.series].first;
    }
    levels.forced = usd_of(forced_sales(scene.trades));
    return levels;
}

}  // namespace crowdout::viz
