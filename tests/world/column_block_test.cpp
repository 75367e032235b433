// SPDX-License-Identifier: Apache-2.0
#include "world/column_block.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

#include "tests/support/allocations.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::world {

namespace {

Bytes encoded(const ColumnBlock& block) {
    Bytes bytes;
    encode(block, bytes);
    return bytes;
}

ColumnBlock decoded(ByteSpan bytes) {
    ColumnBlock block;
    REQUIRE(decode(bytes, block) == 0);
    return block;
}

std::string refusal(ByteSpan bytes) {
    ColumnBlock block;
    try {
        (void)decode(bytes, block);
    } catch (const ReplayError& error) {
        return error.what();
    }
    return "none";
}

/// Two steps from step 7 on; a price falls by 2 and rises by 300.
ColumnBlock small_block() {
    ColumnBlock block{.first_step = 7, .steps = 2};
    block.columns = {
        {.name = "step", .type = ColumnType::u8},
        {.name = "price", .type = ColumnType::i32, .transform = ColumnTransform::delta}};
    block.push_row({0, 5});
    block.push_row({0, 3});
    block.push_row({1, 303});
    return block;
}

// Differences 5, -2, 300 are 10, 3, 600 = 0x258 in zigzag.
const Bytes small_bytes{
    1,    0, 2,    0, 3,   0,   0,   0,                 // version, columns, rows
    7,    0, 0,    0, 0,   0,   0,   0,                 // first step
    2,    0, 0,    0,                                   // steps
    0x01, 0, 4,    0, 's', 't', 'e', 'p',               //
    0x14, 1, 5,    0, 'p', 'r', 'i', 'c', 'e',          //
    0,    0, 1,                                         // step
    10,   3, 0x58, 0, 0,   2,   0,   0,   0,   0, 0, 0  // price, lowest bytes first
};

}  // namespace

TEST_CASE("column block: bytes lie in planes, differences are zigzagged") {
    CHECK(encoded(small_block()) == small_bytes);
}

TEST_CASE("column block: what was encoded comes back") {
    const ColumnBlock block = decoded(small_bytes);

    CHECK(block.first_step == 7);
    CHECK(block.steps == 2);
    CHECK(block.rows() == 3);
    const std::vector<std::int64_t> prices{5, 3, 303};
    CHECK(std::vector(block.values("price").begin(), block.values("price").end()) == prices);
    CHECK(block.values("step")[2] == 1);
    CHECK(block.values("volume").empty());
}

// Goal: no value of any type is changed, at the ends of its range and across pieces of 256 rows.
TEST_CASE("column block: every type keeps its whole range, with differences and without") {
    struct Range {
        ColumnType type;
        std::int64_t least;
        std::int64_t most;
    };
    constexpr auto i64_least = std::numeric_limits<std::int64_t>::min();
    constexpr auto i64_most = std::numeric_limits<std::int64_t>::max();
    const Range ranges[] = {
        {ColumnType::u8, 0, 255},
        {ColumnType::u16, 0, 65'535},
        {ColumnType::u32, 0, 4'294'967'295},
        {ColumnType::u64, i64_least, i64_most},
        {ColumnType::i8, -128, 127},
        {ColumnType::i16, -32'768, 32'767},
        {ColumnType::i32, -2'147'483'648, 2'147'483'647},
        {ColumnType::i64, i64_least, i64_most},
    };
    test::SplitMix64 random{1};
    for (const std::size_t rows : {0U, 1U, 255U, 256U, 257U, 1000U}) {
        ColumnBlock block{.first_step = 1, .steps = 1};
        for (const Range& range : ranges) {
            for (const auto transform : {ColumnTransform::none, ColumnTransform::delta}) {
                Column column{.name = std::to_string(block.columns.size()),
                              .type = range.type,
                              .transform = transform};
                for (std::size_t i = 0; i < rows; ++i) {
                    column.values.push_back(random.one_in(2) ? range.least : range.most);
                }
                block.columns.push_back(column);
            }
        }

        const ColumnBlock back = decoded(encoded(block));

        REQUIRE(back.columns.size() == 16);
        for (std::size_t i = 0; i < 16; ++i) {
            CHECK(back.columns[i].values == block.columns[i].values);
        }
    }
}

TEST_CASE("column block: a value that its type cannot hold is refused, not cut") {
    ColumnBlock block{.columns = {{.name = "count", .type = ColumnType::u8}}};
    block.push_row({255});
    CHECK_NOTHROW((void)encoded(block));
    block.push_row({256});
    CHECK_THROWS_AS((void)encoded(block), std::invalid_argument);
    block.columns[0].values = {-1};
    CHECK_THROWS_AS((void)encoded(block), std::invalid_argument);
}

TEST_CASE("column block: columns of different length or one name are refused") {
    ColumnBlock block = small_block();
    block.columns[1].values.pop_back();
    CHECK_THROWS_AS((void)encoded(block), std::invalid_argument);
    block = small_block();
    block.columns[1].name = "step";
    CHECK_THROWS_AS((void)encoded(block), std::invalid_argument);
}

TEST_CASE("column block: a reader skips types and transforms that it does not know") {
    Bytes bytes = small_bytes;
    bytes[28] = 0x24;  // four bytes of something that is no integer
    ColumnBlock block;
    CHECK(decode(bytes, block) == 1);
    CHECK(block.columns.size() == 1);
    CHECK(block.values("step")[2] == 1);

    bytes = small_bytes;
    bytes[21] = 9;
    CHECK(decode(bytes, block) == 1);
    REQUIRE(block.columns.size() == 1);
    CHECK(block.values("price")[2] == 303);
}

TEST_CASE("column block: bytes that are none are refused with a sentence") {
    Bytes bytes = small_bytes;
    bytes[0] = 2;
    CHECK(refusal(bytes) == "byte 0: a column block of version 2; this program reads version 1");
    bytes = small_bytes;
    bytes.push_back(0);
    CHECK(refusal(bytes) == "byte 37: the rows of a block do not fill it");
    bytes = small_bytes;
    bytes[7] = 0xff;  // four thousand million rows
    CHECK(refusal(bytes) == "byte 37: the rows of a block do not fill it");
    bytes = small_bytes;
    bytes[3] = 0xff;
    CHECK(refusal(bytes) == "byte 2: a block with too many columns");
}

TEST_CASE("column block: cut at any byte it is refused") {
    for (std::size_t size = 0; size < small_bytes.size(); ++size) {
        CHECK(refusal(ByteSpan{small_bytes}.first(size)) != "none");
    }
}

TEST_CASE("column block: once warm, neither writing nor reading asks for memory") {
    ColumnBlock block = small_block();
    Bytes bytes;
    ColumnBlock back;
    const auto round_trip = [&] {
        block.clear();
        for (std::int64_t i = 0; i < 1000; ++i) block.push_row({0, i});
        bytes.clear();
        encode(block, bytes);
        (void)decode(bytes, back);
    };
    round_trip();

    const std::uint64_t before = test::allocations();
    round_trip();

    CHECK(test::allocations() == before);
    CHECK(back.values("price")[999] == 999);
}

TEST_CASE("column block: cleared, it keeps its columns and their memory") {
    ColumnBlock block = small_block();
    const std::int64_t* const memory = block.columns[1].values.data();

    block.clear();

    CHECK(block.rows() == 0);
    block.push_row({0, 9});
    CHECK(block.columns[1].values.data() == memory);
}

}  // namespace crowdout::world
