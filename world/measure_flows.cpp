// SPDX-License-Identifier: Apache-2.0
#include "world/measure_flows.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "agents/numeric.hpp"
#include "world/flow_network.hpp"
#include "world/statistics_regression.hpp"
#include "world/statistics_series.hpp"
#include "world/statistics_stress.hpp"

namespace crowdout::world {

namespace {

constexpr double usd = 1.0 / market::money_per_dollar;

double dollars(std::int64_t money) {
    return static_cast<double>(money) * usd;
}

/// The number of a sector, or nothing where none is named.
std::optional<std::uint16_t> sector_of(const TrackView& view, const std::string& name) {
    if (name.empty()) return std::nullopt;
    return static_cast<std::uint16_t>(view.sector(name));
}

/// What was bought less what was sold by those for whom `is_meant`, USD.
template <class IsMeant>
double bought(const Tracks::Stretch& stretch, std::size_t book, const IsMeant& is_meant) {
    std::int64_t money = 0;
    for (const TradedRow& row : stretch.trades) {
        if (row.book != book || !is_meant(row)) continue;
        money += static_cast<market::Side>(row.side) == market::Side::buy ? row.money : -row.money;
    }
    return dollars(money);
}

}  // namespace

void Flow::check(agents::Complaints& complaints) const {
    if (payer.empty() && payee.empty() && !reason) {
        complaints.error("", "says neither who pays nor who is paid nor what for");
    }
}

Measured Flow::evaluate(const TrackView& view) const {
    const auto from = sector_of(view, payer);
    const auto to = sector_of(view, payee);
    std::int64_t money = 0;
    for (const Tracks::Stretch& stretch : view.stretches()) {
        for (const MoneyRow& row : stretch.flows) {
            const auto why = static_cast<market::Reason>(row.reason);
            const bool is_meant = reason ? why == *reason : why != market::Reason::escrow;
            if (is_meant && from.value_or(row.from) == row.from && to.value_or(row.to) == row.to) {
                money += row.money;
            }
        }
    }
    return measured(dollars(money), "it is not finite");
}

Measured Sold::evaluate(const TrackView& view) const {
    const std::size_t book = view.named_book(of);
    const auto who = sector_of(view, sector);
    double sum = 0;
    for (const Tracks::Stretch& stretch : view.stretches()) {
        sum -= bought(stretch, book, [&](const TradedRow& row) {
            const bool is_sale = static_cast<market::Side>(row.side) == market::Side::sell;
            return (net || is_sale) && who.value_or(row.sector) == row.sector &&
                   (!cause || static_cast<market::Cause>(row.cause) == *cause);
        });
    }
    return measured(sum, "it is not finite");
}

Measured ForcedShare::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const std::vector<std::size_t> rows = view.rows(market::hour);
    const std::vector<double> all = view.sums(view.column(book, &Tracks::Book::volume), rows);
    const std::vector<double> forced =
        view.sums(view.column(book, &Tracks::Book::volume_forced), rows);
    double all_sum = 0;
    double forced_sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!view.counts(view.tracks().time[rows[i]])) continue;
        all_sum += all[i];
        forced_sum += forced[i];
    }
    return measured(forced_sum / all_sum, "nothing was traded");
}

Measured ForcedConcentration::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const std::vector<std::size_t> rows = view.rows(market::minute * 5);
    const std::vector<double> forced =
        view.sums(view.column(book, &Tracks::Book::volume_forced), rows);
    ForcedSales sales{within};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sales.record({view.tracks().time[rows[i]]}, forced[i]);
    }
    return measured(sales.concentration(), "nothing was sold by force");
}

void FlowSlope::need(TrackNeeds& needs) const {
    needs.flows = true;
    need_prices(needs, of, market::day);
}

/// A stretch is a day, or part of one where the window begins or ends in it; those are left out.
Measured FlowSlope::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const auto who = sector_of(view, sector);
    std::vector<double> flows;
    std::vector<double> returns;
    for (const Tracks::Stretch& stretch : view.stretches()) {
        const bool is_day = stretch.end - stretch.begin > (market::hour * 23).ns;
        const double before = view.price_at(book, {stretch.begin});
        const double after = view.price_at(book, {stretch.end});
        const double net = bought(stretch, book, [&](const TradedRow& row) {
            return who ? row.sector == *who
                       : !view.tracks().manifest.sectors[row.sector].is_intermediary;
        });
        // A day on which nothing can be traded says nothing.
        if (!is_day || before <= 0 || after <= 0 || (net == 0 && before == after)) continue;
        flows.push_back(net / 1e9);
        returns.push_back(agents::log(after / before));
    }
    const LineFit fit = fit_line(flows, returns);
    Measured result = measured(fit.slope, "net purchases were the same on every day");
    if (!is_missing(fit.slope_error)) {
        result.within_run_95 = {fit.slope - 1.96 * fit.slope_error,
                                fit.slope + 1.96 * fit.slope_error};
    }
    return result;
}

Measured FlowMultiplierMeasure::evaluate(const TrackView& view) const {
    return Series{.series = "flow_multiplier", .of = of, .take = take}.evaluate(view);
}

/// The flows of all stretches, and each sector's cash as the first begins.
Measured CapexFunding::evaluate(const TrackView& view) const {
    const Tracks& tracks = view.tracks();
    const auto named = static_cast<std::uint32_t>(view.sector(sector));
    std::vector<std::uint32_t> sources;
    for (const std::string& name : tracks.manifest.sources) {
        sources.push_back(static_cast<std::uint32_t>(view.sector(name)));
    }
    const auto place = std::ranges::find(sources, named);
    if (place == sources.end()) throw Undefined{sector + " is none of the world's sources"};

    const auto stretches = view.stretches();
    std::map<std::uint64_t, FlowRow> sums;
    for (const Tracks::Stretch& stretch : stretches) {
        for (const MoneyRow& row : stretch.flows) {
            const auto reason = static_cast<market::Reason>(row.reason);
            FlowRow& sum = sums[flow_key(row.from, row.to, reason)];
            sum = {row.from, row.to, reason, sum.money + market::Money{row.money}};
        }
    }
    std::vector<FlowRow> rows;
    for (const auto& [key, row] : sums) rows.push_back(row);
    const auto groups = static_cast<std::uint32_t>(tracks.manifest.sectors.size());
    const FlowNetwork network = capex_network(groups, rows, {});
    std::vector<market::Money> opening;
    for (const std::int64_t money : stretches.front().cash) opening.emplace_back(money);
    opening.resize(network.nodes());  // what passes through AI capex does not stay there
    const SourceTrace trace = trace_sources(network, opening, sources, groups);

    const auto number = static_cast<std::size_t>(place - sources.begin());
    const double traced = dollars(trace.proportional[number].money.value());
    if (as == FundingAs::dollars) return measured(traced, "it is not finite");
    if (as == FundingAs::at_most) {
        return measured(dollars(trace.bounds[number].money.value()), "it is not finite");
    }
    return measured(traced / dollars(trace.total.value()), "nothing was spent on AI capex");
}

Measured EventCount::evaluate(const TrackView& view) const {
    const std::uint32_t book =
        of.empty() ? 0xffff : static_cast<std::uint32_t>(view.named_book(of));
    const auto count = std::ranges::count_if(view.tracks().events, [&](const Tracks::Event& each) {
        return each.time > view.begin().ns && each.time <= view.end().ns &&
               each.row.kind == static_cast<std::uint8_t>(kind) &&
               (of.empty() || each.row.book == book);
    });
    return measured(static_cast<double>(count), "it is not finite");
}

}  // namespace crowdout::world
