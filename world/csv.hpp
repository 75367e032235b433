// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/diagnostic.hpp"

namespace crowdout::world {

/// Adds the mistakes of one table to a report: the first 20 in full, the rest as a number, since a
/// wrong column makes as many as there are rows.
class TableMistakes {
public:
    static constexpr std::size_t told_max = 20;  ///< our choice

    TableMistakes(Report& report, std::string path) : report_{report}, path_{std::move(path)} {}

    void add(Code code, Place place, std::string message, std::string expected = {},
             std::vector<Note> notes = {});
    [[nodiscard]] std::size_t count() const { return count_; }
    /// Call last: says how many were not told.
    void finish();

private:
    Report& report_;
    std::string path_;
    std::size_t count_ = 0;
    Place first_untold_;
};

/// One cell, with its quotes taken off.
struct CsvCell {
    std::string text;
    Place place;  ///< with its quotes
};

/// A table of comma-separated values: a header, and rows of as many cells.
struct CsvTable {
    std::vector<std::string> comments;  ///< the lines at the top that begin with #, without it
    std::vector<CsvCell> header;
    std::vector<CsvCell> cells;  ///< [rows x columns], row by row

    [[nodiscard]] std::size_t rows() const {
        return header.empty() ? 0 : cells.size() / header.size();
    }
    [[nodiscard]] std::span<const CsvCell> row(std::size_t index) const {
        return std::span{cells}.subspan(index * header.size(), header.size());
    }
    /// The column of this name, which must be there. @return nothing, and a mistake, where not.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name,
                                                    TableMistakes& mistakes) const;
};

/// Takes a text apart by RFC 4180: commas, quotes that double inside quotes, LF or CRLF.
///
/// Stricter than the RFC where people go wrong: UTF-8 without control characters, a header with
/// names, as many cells in every row, a quoted cell within its line, no empty line but at the end.
/// Comment lines stand at the top only. A row with the wrong number of cells is told and left out.
/// @param rows_max  of data; more are an error, and not read.
/// @return nothing where there is no header to go by. Every mistake is in `mistakes`.
/// Cost: linear in the text.
[[nodiscard]] std::optional<CsvTable> parse_csv(const Sources& sources, std::uint32_t source,
                                                std::size_t rows_max, TableMistakes& mistakes);

}  // namespace crowdout::world
