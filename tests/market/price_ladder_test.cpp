// SPDX-License-Identifier: Apache-2.0
#include "market/price_ladder.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <vector>

#include "tests/support/split_mix.hpp"

using namespace crowdout::market;
using crowdout::test::SplitMix64;

namespace {

/// Puts something into the level at `key`, as a book would.
std::uint32_t fill(PriceLadder& ladder, std::int64_t key) {
    const std::uint32_t level = ladder.open(key);
    ladder[level].head = 0;
    return level;
}

void empty(PriceLadder& ladder, std::uint32_t level) {
    ladder[level].head = no_index;
    ladder.close(level);
}

std::vector<std::int64_t> keys(const PriceLadder& ladder) {
    std::vector<std::int64_t> all;
    for (std::uint32_t level = ladder.best(); level != no_index; level = ladder.next(level)) {
        all.push_back(ladder.key(level));
    }
    return all;
}

}  // namespace

TEST_CASE("price ladder: levels come in the order of their keys, however far apart") {
    PriceLadder ladder;
    CHECK(ladder.empty());
    CHECK(ladder.best_key() == INT64_MAX);

    for (const std::int64_t key : {64l, 5l, 4'096l, 63l, 1l << 40, 262'144l}) fill(ladder, key);

    CHECK(keys(ladder) == std::vector<std::int64_t>{5, 63, 64, 4'096, 262'144, 1l << 40});
    CHECK(ladder.best_key() == 5);
    CHECK(ladder.key(ladder.find(4'096)) == 4'096);
    CHECK(ladder.find(4'097) == no_index);
    CHECK(ladder.find(-5) == no_index);
}

TEST_CASE("price ladder: keys of a buy side, all negative, reach to both ends of their range") {
    PriceLadder ladder;
    const std::int64_t dearest = ~(INT64_MAX - 1);
    for (const std::int64_t key : {~1l, dearest, ~100'000l, ~1'000'000l}) fill(ladder, key);

    CHECK(keys(ladder) == std::vector<std::int64_t>{dearest, ~1'000'000l, ~100'000l, ~1l});
}

TEST_CASE("price ladder: closing the best level makes the next one the best") {
    PriceLadder ladder;
    const std::uint32_t near = fill(ladder, 100);
    const std::uint32_t far = fill(ladder, 1'000'000);

    empty(ladder, near);
    CHECK(ladder.best() == far);
    CHECK(ladder.best_key() == 1'000'000);
    empty(ladder, far);

    CHECK(ladder.empty());
    CHECK(ladder.best_key() == INT64_MAX);
}

TEST_CASE("price ladder: an emptied ladder starts again anywhere, in the memory it has") {
    PriceLadder ladder;
    empty(ladder, fill(ladder, 1));
    const std::size_t bytes = ladder.bytes();

    empty(ladder, fill(ladder, 1l << 50));
    fill(ladder, 3);

    CHECK(keys(ladder) == std::vector<std::int64_t>{3});
    CHECK(ladder.bytes() == bytes);
}

TEST_SUITE("property") {
    TEST_CASE("price ladder: holds what a map holds, over jumps of six orders of magnitude") {
        PriceLadder ladder;
        std::map<std::int64_t, std::uint32_t> map;
        SplitMix64 random{3};
        bool equal = true;
        for (int step = 0; step < 100'000 && equal; ++step) {
            const std::int64_t span = std::int64_t{1} << (6 + random.below(36));
            const std::int64_t key = random.below(span);
            const auto found = map.find(key);
            equal = ladder.find(key) == (found == map.end() ? no_index : found->second);
            if (map.size() < 200 && found == map.end()) {
                map[key] = fill(ladder, key);
            } else if (!map.empty()) {
                auto victim = map.lower_bound(key);
                if (victim == map.end()) victim = map.begin();
                empty(ladder, victim->second);
                map.erase(victim);
            }
            const std::int64_t best = map.empty() ? INT64_MAX : map.begin()->first;
            equal = equal && ladder.best_key() == best;
            if (step % 64 != 0) continue;
            std::vector<std::int64_t> expected;
            for (const auto& [at, level] : map) expected.push_back(at);
            equal = equal && keys(ladder) == expected;
        }
        CHECK(equal);
    }
}
