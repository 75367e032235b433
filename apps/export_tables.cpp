// SPDX-License-Identifier: Apache-2.0
#include "apps/export_tables.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "apps/export_cells.hpp"

namespace crowdout::apps {

namespace {

using world::Frame;

/// Adds frames to the tables of a sink, one after another.
class Exporter {
public:
    Exporter(const world::Manifest& manifest, TableSink& sink) : cells_{manifest}, sink_{sink} {
        add_table<world::FrameHead>("frames");
        Frame::tables([&]<class Row>(std::string_view name, world::TableKind,
                                     std::vector<Row> Frame::*) { add_table<Row>(name); });
    }

    void add(const Frame& frame) {
        head_ = &frame.head;
        add_row(0, frame.head);
        std::size_t table = 1;
        Frame::tables([&]<class Row>(std::string_view name, world::TableKind,
                                     std::vector<Row> Frame::*member) {
            const std::vector<Row>& rows = frame.*member;
            std::vector<Row>& last = last_.*member;
            // A segment's first frame repeats what holds: only what changed is news.
            if (name == "ladders") {
                add_changed_books(table, rows, last);
            } else if (name == "holdings" || name == "series") {
                if (!rows.empty() && rows != last) {
                    add_rows(table, rows);
                    last = rows;
                }
            } else {
                add_rows(table, rows);
            }
            ++table;
        });
    }

private:
    template <class Row>
    void add_table(std::string_view name) {
        std::vector<ExportColumn> columns{{.name = "step", .type = CellType::whole},
                                          {.name = "time",
                                           .type = CellType::text,
                                           .length_max = cells_.length_max(Meaning::time)}};
        std::vector<Meaning>& meanings = meanings_.emplace_back();
        Row::columns([&](std::string_view column, auto) {
            const Meaning meaning = meaning_of<Row>(column);
            meanings.push_back(meaning);
            if (is_step(column)) return;
            columns.push_back({.name = std::string{exported_name(column)},
                               .type = type_of(meaning),
                               .length_max = cells_.length_max(meaning)});
        });
        sink_.add_table(name, std::move(columns));
    }
    /// A head's own number is every row's first column already.
    static bool is_step(std::string_view column) { return column == "step"; }

    template <class Row>
    void add_row(std::size_t table, const Row& row) {
        cells_.clear();
        row_.clear();
        row_.emplace_back(static_cast<std::int64_t>(head_->step));
        row_.push_back(cells_.cell(row, Meaning::time, head_->to));
        auto meaning = meanings_[table].begin();
        Row::columns([&](std::string_view column, auto member) {
            const Meaning each = *meaning++;
            if (is_step(column)) return;
            row_.push_back(cells_.cell(row, each, static_cast<std::int64_t>(row.*member)));
        });
        sink_.add_row(table, row_);
    }
    template <class Row>
    void add_rows(std::size_t table, const std::vector<Row>& rows) {
        for (const Row& row : rows) add_row(table, row);
    }
    template <class Row>
    void add_changed_books(std::size_t table, const std::vector<Row>& rows,
                           std::vector<Row>& last) {
        if constexpr (std::same_as<Row, world::LadderRow>) {
            for (auto from = rows.begin(); from != rows.end();) {
                const auto is_other = [&](const Row& row) { return row.book != from->book; };
                const auto to = std::find_if(from, rows.end(), is_other);
                const auto old = std::ranges::find(last, from->book, &Row::book);
                const auto old_to = std::find_if(old, last.end(), is_other);
                if (!std::equal(from, to, old, old_to)) {
                    for (auto row = from; row != to; ++row) add_row(table, *row);
                    const auto place = last.erase(old, old_to);
                    last.insert(place, from, to);
                }
                from = to;
            }
        }
    }

    CellMaker cells_;
    TableSink& sink_;
    std::vector<std::vector<Meaning>> meanings_;  ///< [tables x columns]
    std::vector<Cell> row_;
    const world::FrameHead* head_ = nullptr;
    Frame last_;
};

}  // namespace

std::uint64_t export_tables(world::ReplayFile& replay, TableSink& sink,
                            const std::function<bool(std::uint64_t)>& go_on) {
    Exporter exporter{replay.manifest(), sink};
    for (std::uint64_t i = 0; i < replay.frames(); ++i) {
        exporter.add(replay.frame(i));
        if (!go_on(i + 1)) return i + 1;
    }
    return replay.frames();
}

}  // namespace crowdout::apps
