// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace crowdout::studies {

/// One column of a results file, with what it means: the file carries these words in itself.
struct ResultsColumn {
    const char* table;
    const char* name;
    const char* type;  ///< of SQLite; with NOT NULL where it always has a value
    const char* meaning;
    const char* meaning_zh;
};

/// A table of a results file: its columns are those of `results_columns` with its name.
struct ResultsTable {
    const char* name;
    const char* key;   ///< columns of the primary key
    bool is_compared;  ///< has the same rows wherever and however often a study ran
};

inline constexpr int results_format = 1;  ///< of what follows; written to `meta`

[[nodiscard]] std::span<const ResultsTable> results_tables();
[[nodiscard]] std::span<const ResultsColumn> results_columns();

/// SQL that makes all tables, empty, and fills `columns`.
[[nodiscard]] std::string results_schema_sql();

}  // namespace crowdout::studies
