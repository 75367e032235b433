// SPDX-License-Identifier: Apache-2.0
#include "world/measure_capital.hpp"

#include <algorithm>
#include <cmath>

#include "world/manifest.hpp"
#include "world/statistics_moments.hpp"
#include "world/text.hpp"

namespace crowdout::world {

namespace {

Measured taken(std::span<const double> values, Take take) {
    switch (take) {
        case Take::begin:
            return measured(values.front(), "it is not finite");
        case Take::end:
            return measured(values.back(), "it is not finite");
        case Take::change:
            return measured(values.back() - values.front(), "it is not finite");
        case Take::growth:
            return measured(values.back() / values.front() - 1, "it was 0 at the beginning");
        case Take::mean:
            return measured(mean(values), "it is not finite");
        case Take::least:
            return measured(*std::ranges::min_element(values), "it is not finite");
        case Take::most:
            return measured(*std::ranges::max_element(values), "it is not finite");
    }
    return {};
}

/// Hourly, so that a mean weighs every hour alike.
std::vector<double> hourly(const TrackView& view, const std::vector<double>& column) {
    std::vector<double> values;
    for (const std::size_t row : view.rows(market::hour)) values.push_back(column[row]);
    return values;
}

/// @param book  of a series of an instrument; 0xffff for those of the world.
std::vector<double> series_of(const TrackView& view, const std::string& name,
                              std::uint16_t book = 0xffff) {
    const Tracks& tracks = view.tracks();
    for (std::size_t i = 0; i < tracks.manifest.series.size(); ++i) {
        const Manifest::Series& each = tracks.manifest.series[i];
        if (each.name != name || each.book != book) continue;
        if (tracks.series.empty()) throw Undefined{"the world's figures were not kept"};
        return hourly(view, tracks.series[i]);
    }
    throw Undefined{"there is no series " + name};
}

const Manifest::Series* known_series(const std::string& name) {
    for (const Manifest::Series& each : world_series()) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

}  // namespace

MeasureUnit Series::unit() const {
    const Manifest::Series* known = known_series(series);
    const MeasureUnit unit = known == nullptr || known->unit == "ratio" ? MeasureUnit::number
                             : known->unit == "rate"                    ? MeasureUnit::rate
                                                                        : MeasureUnit::usd;
    return unit_of(take, unit);
}

void Series::check(agents::Complaints& complaints) const {
    std::vector<std::string_view> names;
    for (const Manifest::Series& each : world_series()) names.push_back(each.name);
    const Manifest::Series* known = known_series(series);
    if (known == nullptr) {
        complaints.error("series", "no series is named '" + shortened(series) + "'" +
                                       did_you_mean(series, names) + "; there are " +
                                       joined(names));
    } else if (known->book != Manifest::Series::no_book && of.empty()) {
        complaints.error("series", "each instrument has one; say whose with `of`");
    } else if (known->book == Manifest::Series::no_book && !of.empty()) {
        complaints.error("of", series + " is of the whole world");
    }
}

Measured Series::evaluate(const TrackView& view) const {
    std::uint16_t book = Manifest::Series::no_book;
    if (!of.empty()) book = static_cast<std::uint16_t>(view.named_book(of));
    return taken(series_of(view, series, book), take);
}

Measured CreditSpread::evaluate(const TrackView& view) const {
    std::vector<double> spread = series_of(view, "credit_yield");
    const std::vector<double> government = series_of(view, "government_yield");
    for (std::size_t i = 0; i < spread.size(); ++i) spread[i] -= government[i];
    return taken(spread, take);
}

Measured FundingGapMeasure::evaluate(const TrackView& view) const {
    return taken(
        series_of(view,
                  "funding_" + std::string{enum_names(part).data[static_cast<std::size_t>(part)]}),
        take);
}

Measured IdleCapital::evaluate(const TrackView& view) const {
    const Tracks& tracks = view.tracks();
    if (tracks.idle.empty()) throw Undefined{"the sectors' cash was not kept"};
    if (!sector.empty()) return taken(hourly(view, tracks.idle[view.sector(sector)]), take);
    std::vector<double> sum(tracks.time.size());
    for (const std::vector<double>& each : tracks.idle) {
        for (std::size_t row = 0; row < sum.size(); ++row) sum[row] += each[row];
    }
    return taken(hourly(view, sum), take);
}

void Dominance::check(agents::Complaints& complaints) const {
    if (std::ranges::find(among, of) == among.end()) {
        complaints.error("among", "does not name " + of + " itself");
    }
}

Measured Dominance::evaluate(const TrackView& view) const {
    const Tracks& tracks = view.tracks();
    const auto asset_of = [&](const std::string& name) {
        return tracks.manifest.books[view.named_book(name)].asset;
    };
    std::vector<double> shares;
    for (const Tracks::Balance& balance : tracks.balances) {
        if (balance.time <= view.begin().ns || balance.time > view.end().ns) continue;
        double whole = 0;
        for (const std::string& name : among) whole += balance.worth[asset_of(name)];
        shares.push_back(balance.worth[asset_of(of)] / whole);
    }
    if (shares.empty()) throw Undefined{"no balance sheet was kept in the stretch"};
    return taken(shares, take);
}

Measured Conservation::evaluate(const TrackView& view) {
    if (view.tracks().balances.empty()) throw Undefined{"no balance sheet was kept"};
    double worst = 0;
    for (const Tracks::Balance& balance : view.tracks().balances) {
        for (const std::int64_t drift : balance.drift) {
            worst = std::max(worst, std::abs(static_cast<double>(drift)));
        }
    }
    return measured(worst, "it is not finite");
}

}  // namespace crowdout::world
