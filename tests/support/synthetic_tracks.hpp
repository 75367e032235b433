// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "market/calendar.hpp"
#include "world/field_reader.hpp"
#include "world/loader.hpp"
#include "world/measure.hpp"
#include "world/tracks.hpp"

/// Tracks written down by hand, and measures read from the text that a world file would have.
namespace crowdout::test {

/// Monday, 6 July 2026, 00:00 UTC: New York's shares trade from 13:30 to 20:00, five days running.
inline constexpr std::int64_t monday = std::int64_t{20'640} * 86'400'000'000'000;

struct Synthetic {
    world::Tracks tracks;

    /// Rows end every `spacing` from Monday on, `rows` of them, all open.
    Synthetic(const std::vector<std::pair<std::string, market::Session>>& books,
              market::Duration spacing, std::size_t rows) {
        tracks.manifest.start = monday;
        tracks.manifest.duration = spacing.ns * static_cast<std::int64_t>(rows);
        for (const auto& [name, session] : books) {
            tracks.manifest.books.push_back({.name = name, .session = session});
        }
        for (std::size_t row = 1; row <= rows; ++row) {
            tracks.time.push_back(monday + spacing.ns * static_cast<std::int64_t>(row));
        }
        tracks.books.resize(books.size());
        tracks.tape.resize(books.size());
        for (world::Tracks::Book& book : tracks.books) {
            book.mid.assign(rows, 100);
            book.open.assign(rows, 1);
        }
    }

    world::Tracks::Book& operator[](std::size_t book) { return tracks.books[book]; }
    [[nodiscard]] std::size_t rows() const { return tracks.time.size(); }
    /// The row that ends so long after the start.
    [[nodiscard]] std::size_t row_at(market::Duration since_start) const {
        const std::int64_t spacing = tracks.time[0] - monday;
        return static_cast<std::size_t>(since_start.ns / spacing) - 1;
    }
    /// The price from row `row` on.
    void price_from(std::size_t book, std::size_t row, double price) {
        std::vector<double>& mid = tracks.books[book].mid;
        for (std::size_t i = row; i < mid.size(); ++i) mid[i] = price;
    }
};

/// A measure from the text of its map: `measure: total_return, of: BTC`.
inline world::MeasureConfig measure_of(const std::string& text) {
    world::LoadOptions options;
    // Whatever the text refers to is there: names are the tracks' business here.
    using agents::Reference;
    for (const char* name : {"COIN", "OTHER", "THIRD", "GONE", "funds", "labs", "makers"}) {
        options.built_in_names.emplace_back(
            Reference::instrument | Reference::sector | Reference::asset, name);
    }
    const std::string whole = "{name: asked, " + text + "}";
    options.read = [&](const std::string&, std::string&) { return std::optional{whole}; };
    auto loaded = world::load<world::MeasureConfig>("measure.yaml", options);
    if (!loaded.report.ok()) throw std::runtime_error{loaded.text()};
    return loaded.config;
}

inline world::Measured measured_in(const world::Tracks& tracks, const std::string& text) {
    return world::evaluate(measure_of(text), tracks);
}

/// Its value; a failing check where there is none.
inline double value_in(const world::Tracks& tracks, const std::string& text) {
    const world::Measured found = measured_in(tracks, text);
    if (!found.value) throw std::runtime_error{text + ": " + found.why_not};
    return *found.value;
}

}  // namespace crowdout::test
