// SPDX-License-Identifier: Apache-2.0
#include "world/data_tracks.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "world/manifest.hpp"
#include "world/quantity_text.hpp"
#include "world/track_view.hpp"

namespace crowdout::world {

using agents::HistoricalSeries;
using market::Time;

namespace {

/// How far a table may begin after a stretch, or end before it (our choice: daily closes).
constexpr market::Duration reach = market::day;

const DataSeriesConfig* price_series(const WorldConfig& config, const std::string& instrument) {
    for (const DataSeriesConfig& series : config.data) {
        if (series.of == instrument && !series.history.empty()) return &series;
    }
    return nullptr;
}

/// What the measure needs that no table has, as a sentence; "" for nothing.
std::string missing_need(const WorldConfig& config, const TrackNeeds& needs) {
    if (needs.idle || needs.flows || needs.balances)
        return "the data knows no flows and no holders";
    if (needs.books.empty() && !needs.series) return "the data knows no events";
    for (const auto& [name, book] : needs.books) {
        if (book != TrackNeeds::Book{}) return "the data knows prices only";
        if (price_series(config, name) == nullptr) return "there is no data of " + name;
    }
    return {};
}

/// The moments at which every one of the tables has a row, none after `until`.
std::vector<std::int64_t> common_moments(std::span<const DataSeriesConfig* const> tables,
                                         Time until) {
    std::vector<std::int64_t> common;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        std::vector<std::int64_t> moments;
        for (const HistoricalSeries::Point& point : tables[i]->history.points()) {
            if (point.at <= until) moments.push_back(point.at.ns);
        }
        std::vector<std::int64_t> both;
        std::ranges::set_intersection(common, moments, std::back_inserter(both));
        common = i == 0 ? std::move(moments) : std::move(both);
    }
    return common;
}

std::vector<std::int64_t> hours(Time from, Time until) {
    std::vector<std::int64_t> moments;
    for (Time at = from; at <= until; at = at + market::hour) moments.push_back(at.ns);
    return moments;
}

std::vector<double> known_at_each(const HistoricalSeries& history,
                                  std::span<const std::int64_t> moments) {
    std::vector<double> values;
    values.reserve(moments.size());
    for (const std::int64_t at : moments) values.push_back(history.known_at(Time{at}));
    return values;
}

/// The figures of the world that there are tables of.
void add_figures(const WorldConfig& config, Tracks& tracks) {
    for (const Manifest::Series& known : world_series()) {
        const auto series = std::ranges::find(config.data, known.name, &DataSeriesConfig::series);
        const bool is_there = series != config.data.end() && !series->history.empty();
        if (!is_there || known.book != Manifest::Series::no_book) continue;
        if (series->history.points().front().at > config.start) continue;  // not known all along
        tracks.manifest.series.push_back(known);
        tracks.series.push_back(known_at_each(series->history, tracks.time));
    }
}

/// Why the rows do not cover the stretch; "" where they do.
std::string not_covered(const Tracks& tracks, Time from, Time until) {
    if (tracks.time.empty()) return "the data has no moment in common";
    const Time first{tracks.time.front()};
    const Time last{tracks.time.back()};
    if (first > from + reach) return "the data begins on " + format_time(first);
    if (last + reach < until) return "the data ends on " + format_time(last);
    return {};
}

Measured without_value(std::string why) {
    return {.value = {}, .why_not = std::move(why), .within_run_95 = {}};
}

}  // namespace

bool has_past(const WorldConfig& config) {
    return std::ranges::any_of(config.data, [](const DataSeriesConfig& series) {
        return !series.of.empty() || !series.series.empty();
    });
}

Tracks past_tracks(const WorldConfig& config, const TrackNeeds& needs, Time until) {
    Tracks tracks;
    tracks.manifest.world_name = config.name;
    tracks.manifest.start = config.start.ns;
    tracks.manifest.duration = config.duration.ns;
    std::vector<const DataSeriesConfig*> tables;
    for (const auto& [name, book] : needs.books) {
        if (const DataSeriesConfig* table = price_series(config, name)) tables.push_back(table);
    }
    tracks.time = tables.empty() ? hours(config.start, until) : common_moments(tables, until);
    for (const InstrumentConfig& instrument : config.instruments) {
        tracks.manifest.books.push_back(
            {.name = instrument.name, .kind = instrument.kind, .session = instrument.session});
        Tracks::Book& book = tracks.books.emplace_back();
        if (!needs.books.contains(instrument.name)) continue;
        if (const DataSeriesConfig* table = price_series(config, instrument.name)) {
            book.mid = known_at_each(table->history, tracks.time);
            book.open.assign(tracks.time.size(), 1);
        }
    }
    if (needs.series) add_figures(config, tracks);
    return tracks;
}

Measured evaluate_past(const MeasureConfig& asked, const WorldConfig& config) {
    const TrackNeeds needs = needs_of(std::span{&asked, 1});
    if (std::string why = missing_need(config, needs); !why.empty()) return without_value(why);
    const market::Duration length = asked.until.ns > 0 ? asked.until : config.duration;
    const Time from = config.start + asked.from;
    const Time until = config.start + length;
    const Tracks tracks = past_tracks(config, needs, until);
    if (std::string why = not_covered(tracks, from, until); !why.empty()) {
        return without_value(why);
    }
    // The last row may lie up to `reach` before the end: the stretch then ends with it.
    MeasureConfig clipped = asked;
    clipped.until = {};
    return evaluate(clipped, tracks);
}

}  // namespace crowdout::world
