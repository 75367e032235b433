// SPDX-License-Identifier: Apache-2.0
#include "world/apportion.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::world {

void Apportion::split(market::Money total, std::span<const std::int64_t> weights,
                      std::vector<std::int64_t>& shares) {
    assert(total >= market::Money{0});
    const auto count = static_cast<std::int64_t>(weights.size());
    assert(count > 0 || total == market::Money{0});
    shares.clear();

    market::Int128 sum = 0;
    for (const std::int64_t weight : weights) {
        assert(weight >= 0);
        sum += weight;
    }
    if (sum == 0) {
        for (std::int64_t i = 0; i < count; ++i) {
            shares.push_back(equal_share(total.value(), count, i));
        }
        return;
    }

    fractions_.clear();
    std::int64_t left = total.value();
    for (const std::int64_t weight : weights) {
        const market::Int128 product = static_cast<market::Int128>(total.value()) * weight;
        const auto share = static_cast<std::int64_t>(product / sum);
        fractions_.push_back({product % sum, static_cast<std::uint32_t>(fractions_.size())});
        shares.push_back(share);
        left -= share;
    }
    if (left == 0) return;
    // The order is total, so the set of the first `left` does not depend on the algorithm.
    const auto last = fractions_.begin() + left;
    std::nth_element(fractions_.begin(), last - 1, fractions_.end(),
                     [](const Fraction& a, const Fraction& b) {
                         if (a.remainder != b.remainder) return a.remainder > b.remainder;
                         return a.index < b.index;
                     });
    for (auto fraction = fractions_.begin(); fraction != last; ++fraction) {
        ++shares[fraction->index];
    }
}

}  // namespace crowdout::world
