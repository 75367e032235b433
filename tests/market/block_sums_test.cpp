// SPDX-License-Identifier: Apache-2.0
#include "market/block_sums.hpp"

#include <doctest/doctest.h>

#include <vector>

using crowdout::market::BlockSums;

namespace {

using Taken = std::vector<std::pair<std::uint32_t, std::int64_t>>;

Taken taken(BlockSums& sums) {
    Taken out;
    sums.take([&](std::uint32_t block, std::int64_t sum) { out.emplace_back(block, sum); });
    return out;
}

}  // namespace

TEST_CASE("block sums: those touched are visited once, in the order of their first touch") {
    BlockSums sums;
    sums.begin(5);
    sums.add(4, 10);
    sums.add(1, -3);
    sums.add(4, -10);
    sums.add(1, 5);

    CHECK(taken(sums) == Taken{{4, 0}, {1, 2}});
    CHECK(taken(sums).empty());
}

TEST_CASE("block sums: what was not taken is forgotten when they begin again") {
    BlockSums sums;
    for (const std::size_t blocks : {3U, 3U, 7U, 2U}) {
        sums.begin(blocks);
        sums.add(1, 6);
    }
    sums.begin(2);
    sums.add(0, 1);

    CHECK(taken(sums) == Taken{{0, 1}});
}
