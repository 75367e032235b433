// SPDX-License-Identifier: Apache-2.0
#include "viz/flow_graph.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>

#include "market/posting.hpp"

namespace crowdout::viz {
namespace {

using market::Cause;
using market::Reason;
using market::Side;
using world::Manifest;
using world::MoneyRow;
using world::TradedRow;

/// Who comes first among those who pay: whoever is called upon, then who builds.
int rank_of(std::string_view archetype) {
    if (archetype == "sovereign_fund" || archetype == "holding_company") return 0;
    if (archetype == "ai_lab") return 1;
    return 2;
}

/// Known from the world file alone, so that a sector stands on its side of the picture before it
/// has paid anything.
bool pays_by_trade(std::string_view archetype) {
    return archetype == "sovereign_fund" || archetype == "holding_company" ||
           archetype == "ai_lab" || archetype == "hyperscaler";
}

/// Collects the edges of a graph whose nodes are there.
class Weaver {
public:
    Weaver(FlowGraph& graph, const std::vector<bool>& is_payer)
        : graph_{graph}, is_payer_{is_payer} {}

    // Sums first, edges after: a node that stands for several sectors nets what they do.
    void weave(const FlowSums& window) {
        weave_trades(window.trades);
        for (const MoneyRow& row : window.flows) weave_payment(row);
        for (const auto& [key, money] : sums_) {
            const auto& [from, to, group, cause] = key;
            if (money <= 0) continue;
            graph_.edges.push_back({from, to, group, cause, money});
            graph_.nodes[from].out += money;
            graph_.nodes[to].in += money;
        }
    }

private:
    void add(std::uint16_t from, std::uint16_t to, FlowGroup group, Cause cause,
             std::int64_t money) {
        if (from == FlowGraph::none || to == FlowGraph::none || from == to) return;
        sums_[{from, to, group, cause}] += money;
    }

    /// Net of what the members of a node bought and sold of a market for the same cause.
    void weave_trades(const std::vector<TradedRow>& trades) {
        std::map<std::tuple<std::uint16_t, std::uint16_t, Cause>, std::int64_t> net;
        for (const TradedRow& row : trades) {
            const std::uint16_t owner = graph_.node_of_sector[row.sector];
            const bool bought = row.side == static_cast<std::uint8_t>(Side::buy);
            net[{owner, graph_.node_of_book[row.book], static_cast<Cause>(row.cause)}] +=
                bought ? row.money : -row.money;
        }
        for (const auto& [key, money] : net) {
            const auto& [owner, market, cause] = key;
            if (money > 0) add(owner, market, FlowGroup::trades, cause, money);
            if (money < 0) add(market, owner, FlowGroup::trades, cause, -money);
        }
    }

    void weave_payment(const MoneyRow& row) {
        const auto reason = static_cast<Reason>(row.reason);
        const std::optional<FlowGroup> group = flow_group(reason);
        if (!group || *group == FlowGroup::trades) return;
        const std::uint16_t from = graph_.node_of_sector[row.from];
        const std::uint16_t to = graph_.node_of_sector[row.to];
        const auto sink = static_cast<std::uint16_t>(graph_.nodes.size() - 1);
        // Capex ends in the sink, whoever receives it: what suppliers do with it is their affair.
        if (*group == FlowGroup::capex) {
            add(from, sink, *group, Cause::choice, row.money);
        } else if (is_payer_[row.from] && is_payer_[row.to]) {
            add(from, to, *group, Cause::choice, row.money);
        } else if (is_payer_[row.from] != is_payer_[row.to]) {
            const std::uint16_t past = direct_row(*group);
            add(from, past, *group, Cause::choice, row.money);
            add(past, to, *group, Cause::choice, row.money);
        }
    }

    /// The row of a kind of payment, or the one that small kinds share.
    [[nodiscard]] std::uint16_t direct_row(FlowGroup group) const {
        std::uint16_t shared = FlowGraph::none;
        for (std::uint16_t i = 0; i < graph_.nodes.size(); ++i) {
            if (graph_.nodes[i].direct == group) return i;
            if (graph_.nodes[i].is_direct && graph_.nodes[i].is_rest) shared = i;
        }
        return shared;
    }

    FlowGraph& graph_;
    const std::vector<bool>& is_payer_;
    std::map<std::tuple<std::uint16_t, std::uint16_t, FlowGroup, Cause>, std::int64_t> sums_;
};

/// What flows between a sector and the other columns: the size by which holders are chosen.
std::vector<std::int64_t> throughput(const Manifest& manifest, const FlowSums& totals,
                                     const std::vector<bool>& is_payer) {
    std::map<std::tuple<std::uint16_t, std::uint16_t>, std::int64_t> net;
    for (const TradedRow& row : totals.trades) {
        const bool bought = row.side == static_cast<std::uint8_t>(Side::buy);
        net[{row.sector, row.book}] += bought ? row.money : -row.money;
    }
    std::vector<std::int64_t> sums(manifest.sectors.size());
    for (const auto& [key, money] : net) sums[std::get<0>(key)] += std::abs(money);
    for (const MoneyRow& row : totals.flows) {
        const std::optional<FlowGroup> group = flow_group(static_cast<Reason>(row.reason));
        if (!group || *group == FlowGroup::trades || *group == FlowGroup::capex) continue;
        if (is_payer[row.from] == is_payer[row.to]) continue;
        sums[is_payer[row.from] ? row.to : row.from] += row.money;
    }
    return sums;
}

/// The largest `count` of `candidates` by `size`, in the order of the candidates.
std::vector<std::uint16_t> largest(std::vector<std::uint16_t> candidates,
                                   const std::vector<std::int64_t>& size, std::size_t count) {
    std::vector<std::uint16_t> by_size = candidates;
    std::ranges::stable_sort(by_size, std::ranges::greater{},
                             [&](std::uint16_t each) { return size[each]; });
    by_size.resize(std::min(by_size.size(), count));
    std::erase_if(candidates, [&](std::uint16_t each) {
        return std::ranges::find(by_size, each) == by_size.end();
    });
    return candidates;
}

/// Gives a node to each chosen one, and one to the rest together.
void add_nodes(FlowGraph& graph, FlowSide side, const std::vector<std::uint16_t>& all,
               const std::vector<std::int64_t>& size, std::size_t limit,
               std::vector<std::uint16_t>& node_of) {
    // One place is kept for the rest, but only where there is a rest.
    const bool fits = all.size() <= limit;
    const std::vector<std::uint16_t> chosen = largest(all, size, fits ? limit : limit - 1);
    for (const std::uint16_t each : chosen) {
        node_of[each] = static_cast<std::uint16_t>(graph.nodes.size());
        graph.nodes.push_back({.side = side, .members = {each}, .direct = {}});
    }
    if (fits) return;
    FlowNode rest{.side = side, .members = {}, .direct = {}, .is_rest = true};
    for (const std::uint16_t each : all) {
        if (node_of[each] != FlowGraph::none) continue;
        node_of[each] = static_cast<std::uint16_t>(graph.nodes.size());
        rest.members.push_back(each);
    }
    graph.nodes.push_back(std::move(rest));
}

void add_holders(FlowGraph& graph, const Manifest& manifest, const FlowSums& ranking,
                 const FlowSums& totals, const std::vector<bool>& is_payer, std::size_t limit) {
    const std::vector<std::int64_t> size = throughput(manifest, ranking, is_payer);
    const std::vector<std::int64_t> active = throughput(manifest, totals, is_payer);
    std::vector<std::uint16_t> holders;
    FlowNode between{.side = FlowSide::holder, .members = {}, .direct = {}, .is_between = true};
    for (std::uint16_t sector = 0; sector < manifest.sectors.size(); ++sector) {
        if (is_payer[sector]) continue;
        if (manifest.sectors[sector].is_intermediary) {
            between.members.push_back(sector);
        } else if (active[sector] > 0) {
            holders.push_back(sector);
        }
    }
    // Makers and traders buy and sell most and keep least: one card, whatever their rank.
    if (!between.members.empty()) --limit;
    add_nodes(graph, FlowSide::holder, holders, size, limit, graph.node_of_sector);
    if (between.members.empty()) return;
    for (const std::uint16_t each : between.members) {
        graph.node_of_sector[each] = static_cast<std::uint16_t>(graph.nodes.size());
    }
    graph.nodes.push_back(std::move(between));
}

void add_markets(FlowGraph& graph, const Manifest& manifest, const FlowSums& ranking,
                 std::size_t limit) {
    std::vector<std::uint16_t> books(manifest.books.size());
    std::iota(books.begin(), books.end(), std::uint16_t{0});
    std::ranges::stable_sort(
        books, {}, [&](std::uint16_t book) { return class_of(manifest.books[book].kind); });
    // By turnover and not by net flow: a market in which many trade is one that people look for.
    std::vector<std::int64_t> turnover(books.size());
    for (const TradedRow& row : ranking.trades) turnover[row.book] += row.money;
    add_nodes(graph, FlowSide::market, books, turnover, limit, graph.node_of_book);
}

/// Rows for the kinds of payments that there have been between holders and payers. The largest is
/// the lowest: next to those who build.
void add_direct_rows(FlowGraph& graph, const FlowSums& ranking, const FlowSums& totals,
                     const std::vector<bool>& is_payer) {
    const auto by_group = [&](const std::vector<MoneyRow>& flows) {
        std::array<std::int64_t, flow_group_count> sums{};
        for (const MoneyRow& row : flows) {
            const std::optional<FlowGroup> group = flow_group(static_cast<Reason>(row.reason));
            if (!group || *group == FlowGroup::trades || *group == FlowGroup::capex) continue;
            if (is_payer[row.from] != is_payer[row.to]) {
                sums[static_cast<std::size_t>(*group)] += row.money;
            }
        }
        return sums;
    };
    const auto size = by_group(ranking.flows);
    const auto active = by_group(totals.flows);
    std::vector<std::size_t> groups;
    for (std::size_t group = 0; group < flow_group_count; ++group) {
        if (active[group] > 0) groups.push_back(group);
    }
    std::ranges::stable_sort(groups, {}, [&](std::size_t group) { return size[group]; });
    std::size_t own = std::min(groups.size(), direct_rows_max);
    if (groups.size() > direct_rows_max) {
        --own;
        graph.nodes.push_back({.side = FlowSide::market,
                               .members = {},
                               .is_direct = true,
                               .direct = {},
                               .is_rest = true});
    }
    for (std::size_t i = groups.size() - own; i < groups.size(); ++i) {
        graph.nodes.push_back({.side = FlowSide::market,
                               .members = {},
                               .is_direct = true,
                               .direct = static_cast<FlowGroup>(groups[i])});
    }
}

void add_payers(FlowGraph& graph, const Manifest& manifest, const std::vector<bool>& is_payer) {
    std::vector<int> rank(manifest.sectors.size(), 3);
    for (const Manifest::Block& block : manifest.blocks) {
        rank[block.sector] = std::min(rank[block.sector], rank_of(block.archetype));
    }
    for (int wanted = 0; wanted <= 3; ++wanted) {
        for (std::uint16_t sector = 0; sector < manifest.sectors.size(); ++sector) {
            if (!is_payer[sector] || rank[sector] != wanted) continue;
            graph.node_of_sector[sector] = static_cast<std::uint16_t>(graph.nodes.size());
            graph.nodes.push_back({.side = FlowSide::payer, .members = {sector}, .direct = {}});
        }
    }
}

}  // namespace

Phrase phrase_of(MarketClass kind) {
    switch (kind) {
        case MarketClass::crypto:
            return Phrase::class_crypto;
        case MarketClass::shares:
            return Phrase::class_shares;
        case MarketClass::funds:
            return Phrase::class_funds;
        case MarketClass::bonds:
            break;
    }
    return Phrase::class_bonds;
}

std::vector<bool> payers_of(const Manifest& manifest, const std::vector<MoneyRow>& flows) {
    std::vector<bool> is_payer(manifest.sectors.size());
    for (const Manifest::Block& block : manifest.blocks) {
        if (pays_by_trade(block.archetype)) is_payer[block.sector] = true;
    }
    for (const MoneyRow& row : flows) {
        if (row.reason == static_cast<std::uint8_t>(Reason::capex) && row.money > 0) {
            is_payer[row.from] = true;
        }
    }
    return is_payer;
}

std::size_t ranking_frame(std::size_t index) {
    return std::bit_floor(index + 1) - 1;
}

FlowGraph flow_graph(const Manifest& manifest, const FlowSums& ranking, const FlowSums& totals,
                     const FlowSums& window, const FlowLimits& limits) {
    FlowGraph graph;
    graph.node_of_sector.assign(manifest.sectors.size(), FlowGraph::none);
    graph.node_of_book.assign(manifest.books.size(), FlowGraph::none);
    const std::vector<bool> is_payer = payers_of(manifest, totals.flows);
    add_holders(graph, manifest, ranking, totals, is_payer, limits.holders);
    add_markets(graph, manifest, ranking, limits.markets);
    add_direct_rows(graph, ranking, totals, is_payer);
    add_payers(graph, manifest, is_payer);
    const bool has_payers = !graph.nodes.empty() && graph.nodes.back().side == FlowSide::payer;
    if (has_payers) graph.nodes.push_back({.side = FlowSide::sink, .members = {}, .direct = {}});
    Weaver{graph, is_payer}.weave(window);
    return graph;
}

CapexFunding capex_funding(const Manifest& manifest, const FlowSums& window,
                           const std::vector<bool>& is_payer) {
    CapexFunding funding;
    for (const TradedRow& row : window.trades) {
        if (!is_payer[row.sector]) continue;
        const auto kind = static_cast<std::size_t>(class_of(manifest.books[row.book].kind));
        const bool bought = row.side == static_cast<std::uint8_t>(Side::buy);
        funding.markets[kind] += bought ? -row.money : row.money;
    }
    for (const MoneyRow& row : window.flows) {
        const std::optional<FlowGroup> group = flow_group(static_cast<Reason>(row.reason));
        if (!group || *group == FlowGroup::trades) continue;
        if (*group == FlowGroup::capex) {
            // What one payer spends at another is capex, and is that one's receipt.
            funding.capex += row.money;
            if (is_payer[row.to]) funding.direct[static_cast<std::size_t>(*group)] += row.money;
        } else if (is_payer[row.from] != is_payer[row.to]) {
            funding.direct[static_cast<std::size_t>(*group)] +=
                is_payer[row.to] ? row.money : -row.money;
        }
    }
    funding.own_cash = funding.capex;
    for (const std::int64_t each : funding.markets) funding.own_cash -= each;
    for (const std::int64_t each : funding.direct) funding.own_cash -= each;
    return funding;
}

bool is_forced(Cause cause) {
    return cause == Cause::capital_call || cause == Cause::redemption ||
           cause == Cause::margin_call || cause == Cause::liquidation ||
           cause == Cause::deleveraging;
}

std::int64_t forced_sales(const std::vector<TradedRow>& trades) {
    std::int64_t sum = 0;
    for (const TradedRow& row : trades) {
        const bool sold = row.side == static_cast<std::uint8_t>(Side::sell);
        if (sold && is_forced(static_cast<Cause>(row.cause))) sum += row.money;
    }
    return sum;
}

}  // namespace crowdout::viz
