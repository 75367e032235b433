// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/mcap_bytes.hpp"

namespace crowdout::world {

/// How a column's integers lie in a block: 16 if signed, plus the number of bytes. A reader knows
/// the width even of a type that it does not know, and can skip it.
enum class ColumnType : std::uint8_t {
    u8 = 0x01,
    u16 = 0x02,
    u32 = 0x04,
    u64 = 0x08,
    i8 = 0x11,
    i16 = 0x12,
    i32 = 0x14,
    i64 = 0x18
};

/// `delta` keeps each value's difference to the one before it, zigzagged so that small negative
/// ones are small too: for times, ids and prices. Differences wrap, so any value may follow any.
enum class ColumnTransform : std::uint8_t { none = 0, delta = 1 };

/// Integers of one name. Values are kept in 64 bits whatever their type; those of a `u64` column
/// are the same bits.
struct Column {
    std::string name;
    ColumnType type = ColumnType::i64;
    ColumnTransform transform = ColumnTransform::none;
    std::vector<std::int64_t> values{};
};

/// What one message of encoding `crowdout-columns` holds: equally long columns of integers, of a
/// few steps. docs/replay_format.md draws the bytes.
struct ColumnBlock {
    std::uint64_t first_step = 0;
    std::uint32_t steps = 0;
    std::vector<Column> columns{};

    [[nodiscard]] std::size_t rows() const {
        return columns.empty() ? 0 : columns.front().values.size();
    }
    /// The values of a column, or none at all where the block has no such column.
    [[nodiscard]] std::span<const std::int64_t> values(std::string_view name) const;
    /// One value for each column, in their order.
    void push_row(std::initializer_list<std::int64_t> row);
    /// Forgets the rows; keeps the columns and their memory.
    void clear();
};

inline constexpr std::uint16_t column_block_version = 1;
/// A damaged block must not make a reader ask for memory without bound (our choice).
inline constexpr std::size_t column_count_max = 1024;

/// Appends the block's bytes to `out`.
/// @throws std::invalid_argument  where columns differ in length, a value does not fit its column's
///         type, or a name is empty, repeated or longer than 65,535 bytes.
/// Cost: O(bytes), some 2 GB/s.
void encode(const ColumnBlock& block, Bytes& out);

/// Reads a block into `block`, whose memory is reused. Columns of a type or transform that this
/// version does not know are left out.
/// @return the number of columns left out.
/// @throws ReplayError  where the bytes are no such block, cut, or longer than it says; what is in
///         `block` is then of no use.
std::size_t decode(ByteSpan bytes, ColumnBlock& block);

}  // namespace crowdout::world
