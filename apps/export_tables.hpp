// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "world/replay_file.hpp"

namespace crowdout::apps {

enum class CellType : std::uint8_t { whole, real, text };
using Cell = std::variant<std::int64_t, double, std::string_view>;

struct ExportColumn {
    std::string name{};
    CellType type = CellType::whole;
    std::size_t length_max = 0;  ///< of a text, bytes
};

/// Where tables go: a folder of CSV files, a database, an HDF5 file. What is there by the name in
/// the end is all of it: it is written beside, and renamed by `finish`.
///
/// All functions throw Failure (io) with a sentence.
class TableSink {
public:
    virtual ~TableSink() = default;
    /// @return the table's number, from 0.
    virtual std::size_t add_table(std::string_view name, std::vector<ExportColumn> columns) = 0;
    /// A cell for each column, of its type.
    virtual void add_row(std::size_t table, std::span<const Cell> cells) = 0;
    virtual void finish() = 0;
};

[[nodiscard]] std::unique_ptr<TableSink> make_csv_sink(const std::string& folder);
/// @throws Failure  (usage) where this program was built without SQLite.
[[nodiscard]] std::unique_ptr<TableSink> make_sqlite_sink(const std::string& path);
/// @throws Failure  (usage) where this program was built without HDF5.
[[nodiscard]] std::unique_ptr<TableSink> make_hdf5_sink(const std::string& path);

/// Gives every table of a replay to a sink, in words and common units: names for numbers, USD for
/// money and prices, whole coins and shares for lots, UTC for times. Each row begins with the step
/// and the time of its frame.
///
/// Balance sheets, ladders and series have rows where they changed; so what comes out does not
/// depend on how the recording was cut into segments. Values are the nearest doubles.
/// @param go_on  called after each frame; false stops.
/// @return frames exported.
/// @throws ReplayError  where the replay is damaged.
std::uint64_t export_tables(world::ReplayFile& replay, TableSink& sink,
                            const std::function<bool(std::uint64_t)>& go_on);

/// Who paid whom, and which sector holds what at the last frame: a GraphML file with the sectors
/// and assets as nodes. @throws Failure (io), ReplayError
void export_graphml(world::ReplayFile& replay, const std::string& path);

}  // namespace crowdout::apps
