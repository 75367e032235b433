// SPDX-License-Identifier: Apache-2.0
#include "world/frame_columns.hpp"

#include <numeric>
#include <string>

#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

/// Books and sectors are far fewer; single accounts are not worth counting (our choice).
constexpr std::int64_t keys_max = 65'536;

}  // namespace

void RowGrouper::group(ColumnBlock& block) {
    if (block.columns.size() < 2) return;
    const std::vector<std::int64_t>& frames = block.columns[0].values;
    const std::vector<std::int64_t>& keys = block.columns[1].values;
    const std::size_t rows = frames.size();
    ends_.clear();
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t key = keys[row];
        if (row > 0 && frames[row] == frames[row - 1] && key < keys[row - 1]) return;
        if (key < 0 || key >= keys_max) return;
        if (static_cast<std::size_t>(key) >= ends_.size()) {
            ends_.resize(static_cast<std::size_t>(key) + 1);
        }
        ++ends_[static_cast<std::size_t>(key)];
    }
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    places_.resize(rows);
    for (std::size_t row = rows; row-- > 0;) {
        places_[row] = --ends_[static_cast<std::size_t>(keys[row])];
    }
    moved_.resize(rows);
    for (Column& column : block.columns) {
        for (std::size_t row = 0; row < rows; ++row) moved_[places_[row]] = column.values[row];
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
