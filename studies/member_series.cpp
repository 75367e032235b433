// SPDX-License-Identifier: Apache-2.0
#include "studies/member_series.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace crowdout::studies {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// For each moment of the grid the row that was the last by then; nothing before there is one.
std::vector<std::optional<std::size_t>> rows_at(const world::Tracks& tracks,
                                                const world::WorldConfig& config,
                                                market::Duration every) {
    std::vector<std::optional<std::size_t>> rows{std::nullopt};
    const market::Time end = config.start + config.duration;
    for (market::Time moment = config.start + every; moment <= end; moment = moment + every) {
        const auto after = std::ranges::upper_bound(tracks.time, moment.ns);
        rows.emplace_back();
        if (after != tracks.time.begin()) {
            rows.back() = static_cast<std::size_t>(after - tracks.time.begin()) - 1;
        }
    }
    return rows;
}

}  // namespace

std::vector<MemberSeries> member_series(const world::Tracks& tracks,
                                        const world::WorldConfig& config, market::Duration every) {
    assert(every.ns > 0);
    const auto rows = rows_at(tracks, config, every);
    std::vector<MemberSeries> all;
    const auto add = [&](std::string name, const std::vector<double>& column, double opening) {
        MemberSeries& series = all.emplace_back(MemberSeries{std::move(name), {}});
        for (const auto& row : rows) {
            const bool known = row && *row < column.size();
            series.values.push_back(known ? column[*row] : unknown);
        }
        series.values.front() = opening;
    };
    const world::Manifest& manifest = tracks.manifest;
    for (std::size_t book = 0; book < manifest.books.size(); ++book) {
        const std::string& name = manifest.books[book].name;
        const world::InstrumentConfig* instrument = config.instruments.find(name);
        add(name, tracks.books[book].mid, instrument == nullptr ? unknown : instrument->price);
    }
    for (std::size_t at = 0; at < manifest.series.size(); ++at) {
        const world::Manifest::Series& series = manifest.series[at];
        const bool of_book = series.book < manifest.books.size();
        add(of_book ? series.name + "[" + manifest.books[series.book].name + "]" : series.name,
            tracks.series[at], unknown);
    }
    for (std::size_t sector = 0; sector < tracks.idle.size(); ++sector) {
        add("idle[" + manifest.sectors[sector].name + "]", tracks.idle[sector], unknown);
    }
    return all;
}

}  // namespace crowdout::studies
