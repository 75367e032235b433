// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/units.hpp"

namespace crowdout::world {

/// Splits whole amounts without losing or making a unit: largest remainder.
///
/// Each share is its exact part rounded down; what is left over goes, a unit each, to the largest
/// fractions, the earlier one first among equals. Source: Hamilton's method of apportionment.
class Apportion {
public:
    /// @param weights  not negative; where all are zero, everybody's is one.
    /// @param shares   replaced: as many as weights, not negative, summing to `total`.
    /// Cost: O(weights); allocates only beyond the largest call so far.
    void split(market::Money total, std::span<const std::int64_t> weights,
               std::vector<std::int64_t>& shares);

private:
    struct Fraction {
        market::Int128 remainder = 0;
        std::uint32_t index = 0;
    };

    std::vector<Fraction> fractions_;
};

/// The share of each of `count` equals, the first ones a unit more where it does not come out.
[[nodiscard]] constexpr std::int64_t equal_share(std::int64_t total, std::int64_t count,
                                                 std::int64_t index) {
    return total / count + (index < total % count ? 1 : 0);
}

}  // namespace crowdout::world
