// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include "world/column_block.hpp"
#include "world/frame.hpp"

// Rows of frames as columns and back. A block holds one table of some successive frames; its first
// column says which frame a row belongs to, the others are those that the row's type lists.

namespace crowdout::world {

template <class T>
[[nodiscard]] constexpr ColumnType column_type() {
    static_assert(std::is_integral_v<T>);
    return static_cast<ColumnType>((std::is_signed_v<T> ? 0x10 : 0) + sizeof(T));
}

/// What starts anew in every frame is no nearer to its neighbour than to zero.
[[nodiscard]] constexpr ColumnTransform transform_of(std::string_view column) {
    constexpr std::array<std::string_view, 9> anew{"volume", "volume_signed", "volume_forced",
                                                   "money",  "lots",          "amount",
                                                   "digest", "mark",          "side"};
    return std::ranges::find(anew, column) != anew.end() ? ColumnTransform::none
                                                         : ColumnTransform::delta;
}

/// Gives a block the columns of a row type, without rows.
template <class Row>
void set_columns(ColumnBlock& block) {
    block.columns.clear();
    block.columns.push_back(
        {.name = "frame", .type = ColumnType::u32, .transform = ColumnTransform::delta});
    Row::columns([&]<class T>(std::string_view name, T Row::*) {
        block.columns.push_back(
            {.name = std::string{name}, .type = column_type<T>(), .transform = transform_of(name)});
    });
}

/// `rows` is anything that has a size and indexes rows.
template <class Rows>
void append_rows(const Rows& rows, std::uint64_t frame, ColumnBlock& block) {
    using Row = std::remove_cvref_t<decltype(rows[0])>;
    const std::size_t before = block.rows();
    const std::size_t after = before + rows.size();
    auto column = block.columns.begin();
    (column++)->values.resize(after, static_cast<std::int64_t>(frame));
    Row::columns([&](std::string_view, auto member) {
        std::vector<std::int64_t>& values = (column++)->values;
        values.resize(after);
        std::int64_t* to = values.data() + before;
        for (const Row& row : rows) *to++ = static_cast<std::int64_t>(row.*member);
    });
}

/// Puts rows of one book (sector, account: the second column) together, frame by frame: their
/// differences are small then, and the block packs to about half.
///
/// Does nothing where some frame's rows are not in that order already, so that sorting by frame
/// alone always gives back what was put in.
class RowGrouper {
public:
    void group(ColumnBlock& block);

private:
    std::vector<std::uint32_t> ends_;    ///< by key: where its rows go
    std::vector<std::uint32_t> places_;  ///< by row
    std::vector<std::int64_t> moved_;
};

/// Which frame each row of a block belongs to, and where in it: rows keep their order.
/// @throws ReplayError  where a row is of none of `count` frames from `first` on.
struct RowPlaces {
    RowPlaces(const ColumnBlock& block, std::uint64_t first, std::size_t count);

    struct Place {
        std::uint32_t frame = 0;  ///< counted from `first`
        std::uint32_t row = 0;
    };
    std::vector<Place> rows;
    std::vector<std::uint32_t> rows_of_frame;
};

/// @throws ReplayError  always: a value of that column is none of its row.
[[noreturn]] void refuse_value(std::string_view column);

/// Gives each row of a block to `rows_at(frame)`, a vector of rows for each frame. What the block
/// has no column for stays as the row's type has it; columns that the row does not know are passed
/// over.
/// @throws ReplayError
template <class Row, class RowsAt>
void take_rows(const ColumnBlock& block, const RowPlaces& places, RowsAt rows_at) {
    for (std::size_t frame = 0; frame < places.rows_of_frame.size(); ++frame) {
        rows_at(frame).resize(places.rows_of_frame[frame]);
    }
    Row::columns([&]<class T>(std::string_view name, T Row::*member) {
        const auto values = block.values(name);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const T value = static_cast<T>(values[i]);
            if (static_cast<std::int64_t>(value) != values[i]) refuse_value(name);
            rows_at(places.rows[i].frame)[places.rows[i].row].*member = value;
        }
    });
}

}  // namespace crowdout::world
