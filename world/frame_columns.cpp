// SPDX-License-Identifier: Apache-2.0
#include "world/frame_columns.hpp"

#include <string>

#include "world/replay_error.hpp"

namespace crowdout::world {

void RowGrouper::group(ColumnBlock& block) {
    if (block.columns.size() < 2) return;
    const std::vector<std::int64_t>& frames = block.columns[0].values;
    const std::vector<std::int64_t>& keys = block.columns[1].values;
    places_.clear();
    for (std::uint32_t row = 0; row < frames.size(); ++row) {
        if (row > 0 && frames[row] == frames[row - 1] && keys[row] < keys[row - 1]) return;
        places_.push_back({keys[row], row});
    }
    std::ranges::sort(places_);
    for (Column& column : block.columns) {
        moved_.clear();
        for (const Place& place : places_) moved_.push_back(column.values[place.row]);
        column.values.swap(moved_);
    }
}

RowPlaces::RowPlaces(const ColumnBlock& block, std::uint64_t first, std::size_t count)
    : rows_of_frame(count) {
    const auto frames = block.values("frame");
    if (frames.size() != block.rows()) throw ReplayError{"rows without their frame's number", 0};
    rows.reserve(frames.size());
    for (const std::int64_t number : frames) {
        const std::uint64_t frame = static_cast<std::uint64_t>(number) - first;
        if (frame >= count) throw ReplayError{"a row of a frame that is not there", 0};
        rows.push_back({static_cast<std::uint32_t>(frame), rows_of_frame[frame]++});
    }
}

void refuse_value(std::string_view column) {
    throw ReplayError{"column '" + std::string{column} + "' holds a number that is too large", 0};
}

}  // namespace crowdout::world
