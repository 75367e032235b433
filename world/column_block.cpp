// SPDX-License-Identifier: Apache-2.0
#include "world/column_block.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

namespace crowdout::world {

namespace {

[[nodiscard]] unsigned width_of(ColumnType type) {
    return static_cast<unsigned>(type) & 0x0f;
}
[[nodiscard]] bool is_signed(ColumnType type) {
    return (static_cast<unsigned>(type) & 0x10) != 0;
}

/// A file may hold types and transforms that are none of the enumerators.
[[nodiscard]] bool is_known(const Column& column) {
    const unsigned width = width_of(column.type);
    const bool width_known = width == 1 || width == 2 || width == 4 || width == 8;
    return width_known && (static_cast<unsigned>(column.type) & 0xe0) == 0 &&
           column.transform <= ColumnTransform::delta;
}

/// The lowest `width` bytes of a word, as a number of that type.
[[nodiscard]] std::int64_t extended(std::uint64_t word, ColumnType type) {
    const unsigned unused = 64 - 8 * width_of(type);
    const std::uint64_t high = word << unused;
    return is_signed(type) ? static_cast<std::int64_t>(high) >> unused
                           : static_cast<std::int64_t>(high >> unused);
}

void check_values(const Column& column, std::size_t rows) {
    if (column.values.size() != rows) {
        throw std::invalid_argument{"column '" + column.name + "' is not as long as the first"};
    }
    if (rows == 0 || width_of(column.type) == 8) return;
    const unsigned bits = 8 * width_of(column.type);
    const std::int64_t least = is_signed(column.type) ? -(std::int64_t{1} << (bits - 1)) : 0;
    const std::int64_t most = least + (std::int64_t{1} << bits) - 1;
    std::int64_t low = column.values.front();
    std::int64_t high = low;
    for (const std::int64_t value : column.values) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low < least || high > most) {
        throw std::invalid_argument{"column '" + column.name +
                                    "': " + std::to_string(low < least ? low : high) +
                                    " does not fit its type"};
    }
}

void check_names(const ColumnBlock& block) {
    if (block.columns.size() > column_count_max) {
        throw std::invalid_argument{"a block has too many columns"};
    }
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
        const std::string& name = block.columns[i].name;
        if (name.empty() || name.size() > std::numeric_limits<std::uint16_t>::max()) {
            throw std::invalid_argument{"a column's name is empty or too long"};
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (block.columns[j].name == name) {
                throw std::invalid_argument{"two columns are called '" + name + "'"};
            }
        }
    }
}

/// Columns are worked on in pieces of fixed length that lie on the stack: so much that the compiler
/// makes packed instructions of the loops, so little that a piece stays in the nearest cache.
constexpr std::size_t lane_rows = 256;
using Lane = std::array<std::uint64_t, lane_rows>;

/// Differences of neighbours, taken in the column's own width so that they wrap as it does.
/// @param before  the value ahead of the lane's first.
void zigzag_deltas(Lane& lane, ColumnType type, std::uint64_t before) {
    const unsigned unused = 64 - 8 * width_of(type);
    Lane earlier;
    earlier[0] = before;
    std::copy(lane.begin(), lane.end() - 1, earlier.begin() + 1);
    for (std::size_t i = 0; i < lane_rows; ++i) {
        const auto delta = static_cast<std::int64_t>((lane[i] - earlier[i]) << unused) >> unused;
        lane[i] =
            (static_cast<std::uint64_t>(delta) << 1) ^ static_cast<std::uint64_t>(delta >> 63);
    }
}

/// All lowest bytes, then all second bytes, and so on: what changes rarely lies together, and is
/// what zstd then finds.
void write_column(const Column& column, std::uint8_t* out) {
    const std::size_t rows = column.values.size();
    Lane lane{};
    std::array<std::uint8_t, lane_rows> bytes;
    for (std::size_t start = 0; start < rows; start += lane_rows) {
        const std::size_t count = std::min(lane_rows, rows - start);
        std::copy_n(column.values.begin() + static_cast<std::ptrdiff_t>(start), count,
                    lane.begin());
        if (column.transform == ColumnTransform::delta) {
            const std::int64_t before = start == 0 ? 0 : column.values[start - 1];
            zigzag_deltas(lane, column.type, static_cast<std::uint64_t>(before));
        }
        for (unsigned plane = 0; plane < width_of(column.type); ++plane) {
            for (std::size_t i = 0; i < lane_rows; ++i) {
                bytes[i] = static_cast<std::uint8_t>(lane[i] >> (8 * plane));
            }
            std::memcpy(out + plane * rows + start, bytes.data(), count);
        }
    }
}

void read_column(ByteSpan planes, Column& column) {
    const std::size_t rows = column.values.size();
    std::array<std::uint8_t, lane_rows> bytes{};
    std::uint64_t sum = 0;
    for (std::size_t start = 0; start < rows; start += lane_rows) {
        const std::size_t count = std::min(lane_rows, rows - start);
        Lane lane{};
        for (unsigned plane = 0; plane < width_of(column.type); ++plane) {
            std::memcpy(bytes.data(), planes.data() + plane * rows + start, count);
            for (std::size_t i = 0; i < lane_rows; ++i) {
                lane[i] |= static_cast<std::uint64_t>(bytes[i]) << (8 * plane);
            }
        }
        if (column.transform == ColumnTransform::delta) {
            for (std::uint64_t& word : lane) word = sum += (word >> 1) ^ (~(word & 1) + 1);
            sum = lane[count - 1];
        }
        for (std::size_t i = 0; i < count; ++i) {
            column.values[start + i] = extended(lane[i], column.type);
        }
    }
}

/// Names and types of the columns, those unknown to this version included.
/// @return the bytes of a row.
std::uint64_t read_heads(ByteReader& from, std::vector<Column>& columns) {
    std::uint64_t row_bytes = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Column& column = columns[i];
        column.type = static_cast<ColumnType>(from.integer<std::uint8_t>());
        column.transform = static_cast<ColumnTransform>(from.integer<std::uint8_t>());
        column.name = text_of(from.take(from.integer<std::uint16_t>()));
        for (std::size_t j = 0; j < i; ++j) {
            if (columns[j].name == column.name) {
                throw ReplayError{"two columns have one name", from.position()};
            }
        }
        row_bytes += width_of(column.type);
    }
    return row_bytes;
}

}  // namespace

std::span<const std::int64_t> ColumnBlock::values(std::string_view name) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const Column& column) { return column.name == name; });
    if (found == columns.end()) return {};
    return found->values;
}

void ColumnBlock::push_row(std::initializer_list<std::int64_t> row) {
    assert(row.size() == columns.size());
    auto column = columns.begin();
    for (const std::int64_t value : row) (column++)->values.push_back(value);
}

void ColumnBlock::clear() {
    for (Column& column : columns) column.values.clear();
    steps = 0;
}

void encode(const ColumnBlock& block, Bytes& out) {
    const std::size_t rows = block.rows();
    if (rows > std::numeric_limits<std::uint32_t>::max()) {
        throw std::invalid_argument{"a block has too many rows"};
    }
    check_names(block);
    for (const Column& column : block.columns) check_values(column, rows);

    ByteWriter to{out};
    to.integer(column_block_version);
    to.integer(static_cast<std::uint16_t>(block.columns.size()));
    to.integer(static_cast<std::uint32_t>(rows));
    to.integer(block.first_step);
    to.integer(block.steps);
    for (const Column& column : block.columns) {
        to.integer(static_cast<std::uint8_t>(column.type));
        to.integer(static_cast<std::uint8_t>(column.transform));
        to.integer(static_cast<std::uint16_t>(column.name.size()));
        to.raw(bytes_of(column.name));
    }
    for (const Column& column : block.columns) {
        const std::size_t at = out.size();
        out.resize(at + rows * width_of(column.type));
        write_column(column, out.data() + at);
    }
}

std::size_t decode(ByteSpan bytes, ColumnBlock& block) {
    ByteReader from{bytes};
    const auto version = from.integer<std::uint16_t>();
    if (version != column_block_version) {
        throw ReplayError{"a column block of version " + std::to_string(version) +
                              "; this program reads version 1",
                          0};
    }
    const auto count = from.integer<std::uint16_t>();
    if (count > column_count_max) throw ReplayError{"a block with too many columns", 2};
    const std::size_t rows = from.integer<std::uint32_t>();
    block.first_step = from.integer<std::uint64_t>();
    block.steps = from.integer<std::uint32_t>();

    block.columns.resize(count);
    const std::uint64_t row_bytes = read_heads(from, block.columns);
    // Before any memory is asked for: at most 1,024 columns of 15 bytes by 2^32 rows, so no wrap.
    if (row_bytes * rows != from.left()) {
        throw ReplayError{"the rows of a block do not fill it", from.position()};
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const ByteSpan planes = from.take(width_of(block.columns[i].type) * rows);
        if (!is_known(block.columns[i])) continue;
        if (kept != i) std::swap(block.columns[kept], block.columns[i]);
        Column& column = block.columns[kept++];
        column.values.resize(rows);
        read_column(planes, column);
    }
    block.columns.resize(kept);
    return count - kept;
}

}  // namespace crowdout::world
