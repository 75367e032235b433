// SPDX-License-Identifier: Apache-2.0
#include "world/apportion.hpp"

#include <doctest/doctest.h>

#include <vector>

using crowdout::market::Money;
using crowdout::world::Apportion;
using crowdout::world::equal_share;

namespace {

using Shares = std::vector<std::int64_t>;

Shares split(std::int64_t total, const Shares& weights) {
    Apportion apportion;
    Shares shares;
    apportion.split(Money{total}, weights, shares);
    return shares;
}

}  // namespace

TEST_CASE("apportion: what is left over goes to the largest fractions") {
    // Exact parts of 10: 4.7, 3.9, 1.4.
    CHECK(split(10, {47, 39, 14}) == Shares{5, 4, 1});
    // Exact parts of 10: 3.33 each; the earlier is first among equals.
    CHECK(split(10, {1, 1, 1}) == Shares{4, 3, 3});
    CHECK(split(11, {1, 1, 1}) == Shares{4, 4, 3});
}

TEST_CASE("apportion: no weight is everybody's equal weight") {
    CHECK(split(7, {0, 0}) == Shares{4, 3});
    CHECK(split(7, {0, 5}) == Shares{0, 7});
    CHECK(split(0, {}) == Shares{});
    CHECK(split(0, {3, 4}) == Shares{0, 0});
}

TEST_CASE("apportion: the parts of the largest amounts add up") {
    const std::int64_t most = INT64_MAX;
    const Shares shares = split(most, {most, most, most, 1});

    // Exact parts a little below a third of `most` (2/9 above the floor), and 1/3.
    CHECK(shares == Shares{most / 3, most / 3, most / 3, 1});
}

TEST_CASE("apportion: equals get equal shares, the first of them a unit more") {
    CHECK(equal_share(11, 4, 0) == 3);
    CHECK(equal_share(11, 4, 2) == 3);
    CHECK(equal_share(11, 4, 3) == 2);
}
