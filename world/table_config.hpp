// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "agents/field.hpp"

namespace crowdout::world {

struct CsvTable;

inline constexpr std::size_t table_rows_max = 100'000;  ///< of any table; our choice

/// A table of comma-separated values that a world names, or has within: what a series of the past
/// and a tape of orders share.
///
/// While a world is loaded, the file's text takes the place of its name: so the table is part of
/// the world in full, and a recording, a checkpoint or a member's job needs no further file.
struct TableConfig {
    std::string name;
    std::string file;    ///< relative to the one that says so; "" once it is read
    std::string table;   ///< the text of such a file
    std::string source;  ///< the comment lines of the table where the world does not say

    /// The name and where the table is; `source` stands behind what else a world says of it.
    template <class Visitor>
    void visit_place(Visitor& field);
    void check_place(agents::Complaints& complaints) const;
    /// Names the table's comments as its source where the world names none.
    void take_source(const CsvTable& read);
};

template <class Visitor>
void TableConfig::visit_place(Visitor& field) {
    field("name", name,
          {.help = "What the world calls it.", .help_zh = "名称。", .required = true});
    field("file", file,
          {.help = "Its table of comma-separated values, relative to this file.",
           .help_zh = "CSV 文件（相对本文件）。"});
    field("table", table,
          {.help = "The text of such a table itself, where there is no file.",
           .help_zh = "表格内容本身，代替文件。"});
}

}  // namespace crowdout::world
