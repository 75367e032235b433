// SPDX-License-Identifier: Apache-2.0
#include "world/arrival_sort.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "tests/support/split_mix.hpp"

namespace crowdout::world {

using market::Time;

namespace {

constexpr Time from{1'000'000'000};
constexpr Time to{61'000'000'000};

/// `count` keys, of which each arrives at one of `moments` evenly spread moments.
std::vector<QueueKey> crowd(std::uint32_t count, std::int64_t moments) {
    test::SplitMix64 random{count};
    std::vector<QueueKey> keys;
    for (std::uint32_t n = 0; n < count; ++n) {
        const std::int64_t at = random.below(moments) * ((to - from).ns / moments);
        keys.push_back({Time{from.ns + at}, n / 7, n % 7});
    }
    return keys;
}

void check_against_std(std::vector<QueueKey> keys, Time begin, Time end) {
    std::vector<QueueKey> expected = keys;
    std::ranges::sort(expected);
    ArrivalSort{}.sort(keys, begin, end);
    CHECK(keys == expected);
}

}  // namespace

TEST_CASE("arrival sort: by arrival, then chunk, then intent") {
    std::vector<QueueKey> keys{{Time{5}, 1, 0}, {Time{2}, 3, 3}, {Time{5}, 0, 9}, {Time{5}, 0, 8}};
    ArrivalSort{}.sort(keys, Time{0}, Time{10});

    const std::vector<QueueKey> expected{
        {Time{2}, 3, 3}, {Time{5}, 0, 8}, {Time{5}, 0, 9}, {Time{5}, 1, 0}};
    CHECK(keys == expected);
}

TEST_CASE("arrival sort: few or many, spread out or crowded, as std::sort would") {
    for (const std::uint32_t count : {0U, 1U, 2U, 31U, 32U, 33U, 64U, 1'000U, 4'097U}) {
        for (const std::int64_t moments : {1, 2, 100, 60'000}) {
            check_against_std(crowd(count, moments), from, to);
        }
    }
}

TEST_CASE("arrival sort: a step of a nanosecond has one moment, which is its first and last") {
    std::vector<QueueKey> keys(40, QueueKey{from, 0, 0});
    for (std::uint32_t n = 0; n < 40; ++n) keys[n].intent = 39 - n;
    check_against_std(keys, from, from + market::Duration{1});
}

TEST_CASE("arrival sort: the last moment of a step has its place") {
    std::vector<QueueKey> keys = crowd(100, 60'000);
    keys.front().arrival = to - market::Duration{1};
    check_against_std(keys, from, to);
}

}  // namespace crowdout::world
