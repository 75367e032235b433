// SPDX-License-Identifier: Apache-2.0
#include "apps/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <tuple>

#include "agents/names.hpp"
#include "apps/figures.hpp"
#include "world/config.hpp"
#include "world/flow_network.hpp"

namespace crowdout::apps {

namespace {

constexpr std::size_t sellers_shown = 15;
constexpr std::size_t refusals_shown = 15;

double usd(market::Money money) {
    return static_cast<double>(money.value()) / market::money_per_dollar;
}

double mid(const world::World& world, std::size_t instrument) {
    return world.view(static_cast<market::InstrumentId>(instrument)).mid;
}

}  // namespace

RunReport::RunReport(const world::World& world)
    : sectors_{world},
      opening_cash_{sectors_.cash(world)},
      group_of_block_{sectors_.of_block().begin(), sectors_.of_block().end()},
      opening_by_group_(sectors_.size() + 1),
      opening_flows_{world.economy().flows} {
    const market::Ledger& ledger = world.economy().ledger;
    group_of_block_[ledger.issuer(market::usd).block()] =
        static_cast<std::uint16_t>(sectors_.size());
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        for (std::uint32_t row = 0; row < ledger.layout(block).rows; ++row) {
            opening_by_group_[group_of_block_[block]] += ledger.view({block, row}).cash();
        }
    }
    for (std::size_t i = 0; i < world.instruments().size(); ++i) {
        tracks_.push_back({.first = mid(world, i), .high = mid(world, i)});
    }
}

void RunReport::follow(const world::World& world) {
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        Track& track = tracks_[i];
        const double now = mid(world, i);
        track.high = std::max(track.high, now);
        track.drawdown = std::min(track.drawdown, now / track.high - 1);
    }
}

void RunReport::print(const world::World& world, std::ostream& out, bool color) const {
    for (const Table& table :
         {prices(world), sellers(world), refusals(world), cash(world), capex(world)}) {
        if (table.empty()) continue;
        out << '\n';
        table.print(out, color);
    }
}

Table RunReport::prices(const world::World& world) const {
    Table table{{"Prices, USD", "first", "last", "return", "deepest fall"}};
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        const double last = mid(world, i);
        table.row({world.instruments()[i].name, price(tracks_[i].first), price(last),
                   percent(last / tracks_[i].first - 1), percent(tracks_[i].drawdown)});
    }
    return table;
}

/// Who sold more than it bought of what, by cause; the largest first.
Table RunReport::sellers(const world::World& world) const {
    struct Sum {
        double sold = 0;
        double bought = 0;
        [[nodiscard]] double net() const { return sold - bought; }
    };
    std::map<std::tuple<std::size_t, std::uint16_t, market::Cause>, Sum> sums;
    std::vector<world::TradeRow> rows;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        world.flows(static_cast<market::InstrumentId>(i)).trades(rows);
        for (const world::TradeRow& row : rows) {
            Sum& sum = sums[{i, sectors_.of_block()[row.block], row.cause}];
            (row.side == market::Side::sell ? sum.sold : sum.bought) += usd(row.traded.money);
        }
    }
    std::vector<std::pair<decltype(sums)::key_type, Sum>> order{sums.begin(), sums.end()};
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second.net() > b.second.net(); });

    Table table{{"Net sellers", "of", "because of", "sold", "bought", "net"}};
    for (const auto& [key, sum] : order) {
        if (sum.net() <= 0 || table.size() == sellers_shown) break;
        const auto& [instrument, sector, cause] = key;
        table.row({sectors_.label(sector), world.instruments()[instrument].name,
                   std::string{market::cause_names[static_cast<std::size_t>(cause)]},
                   dollars(sum.sold), dollars(sum.bought), dollars(sum.net())});
    }
    return table;
}

/// What books and accounts did not take, by who asked for it; the most frequent first.
Table RunReport::refusals(const world::World& world) {
    struct Count {
        std::uint32_t block = 0;
        market::Reject why = market::Reject::none;
        std::uint64_t times = 0;
    };
    const market::Ledger& ledger = world.economy().ledger;
    std::vector<Count> counts;
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        for (std::size_t why = 0; why < market::reject_count; ++why) {
            const auto reason = static_cast<market::Reject>(why);
            const std::uint64_t times = world.refusals(block, reason);
            if (times > 0) counts.push_back({block, reason, times});
        }
    }
    std::ranges::stable_sort(counts, std::ranges::greater{}, &Count::times);
    if (counts.size() > refusals_shown) counts.resize(refusals_shown);

    Table table{{"Refused orders", "because of", "times"}};
    for (const Count& each : counts) {
        table.row({ledger.layout(each.block).name,
                   std::string{market::reject_names[static_cast<std::size_t>(each.why)]},
                   thousands(static_cast<std::int64_t>(each.times))});
    }
    return table;
}

Table RunReport::cash(const world::World& world) const {
    Table table{{"Free cash", "at first", "at last", "change", "idle at first", "idle at last"}};
    const std::vector<Sectors::Cash> now = sectors_.cash(world);
    Sectors::Cash before_all;
    Sectors::Cash now_all;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const Sectors::Cash& before = opening_cash_[i];
        before_all.total += before.total;
        before_all.idle += before.idle;
        now_all.total += now[i].total;
        now_all.idle += now[i].idle;
        if (before.total == 0 && now[i].total == 0) continue;
        table.row({sectors_.label(i), dollars(before.total), dollars(now[i].total),
                   dollars(now[i].total - before.total), dollars(before.idle),
                   dollars(now[i].idle)});
    }
    if (!table.empty()) {
        table.total({"all", dollars(before_all.total), dollars(now_all.total),
                     dollars(now_all.total - before_all.total), dollars(before_all.idle),
                     dollars(now_all.idle)});
    }
    return table;
}

/// Dollars that reached AI capex, by the sectors that the world names as sources. The two columns
/// are the two answers of world/flow_network.hpp: a share by convention, and an upper bound.
Table RunReport::capex(const world::World& world) const {
    Table table{{"Dollars for AI capex", "share", "of all", "at most"}};
    std::vector<std::uint32_t> sources;
    for (const std::string& name : world.config().sources) {
        const std::size_t sector = sectors_.find(name);
        if (sector < sectors_.size()) sources.push_back(static_cast<std::uint32_t>(sector));
    }
    const auto groups = static_cast<std::uint32_t>(opening_by_group_.size());
    std::vector<world::FlowRow> rows;
    std::vector<world::FlowRow> between_groups;
    world.economy().flows.rows_since(opening_flows_, rows);
    world::roll_up(rows, group_of_block_, between_groups);
    const world::FlowNetwork network = world::capex_network(groups, between_groups, {});
    std::vector<market::Money> opening{opening_by_group_};
    opening.resize(network.nodes());  // what passes through AI capex does not stay there
    const world::SourceTrace trace = world::trace_sources(network, opening, sources, groups);
    if (trace.total == market::Money{0}) return table;

    const double all = usd(trace.total);
    for (std::size_t i = 0; i < trace.proportional.size(); ++i) {
        const double share = usd(trace.proportional[i].money);
        table.row({sectors_.label(trace.proportional[i].node), dollars(share), portion(share / all),
                   dollars(usd(trace.bounds[i].money))});
    }
    for (const world::NodeAmount& balance : trace.balances) {
        const std::string owner =
            balance.node < sectors_.size() ? sectors_.label(balance.node) : "bank";
        table.row({owner + ", cash at first", dollars(usd(balance.money)),
                   portion(usd(balance.money) / all), "-"});
    }
    table.total({"all", dollars(all), portion(1), "-"});
    return table;
}

}  // namespace crowdout::apps
