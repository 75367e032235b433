// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_tail.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>

#include "agents/numeric.hpp"

namespace crowdout::world {

namespace {

constexpr std::array usual_shares{0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05};

std::vector<double> falling_sizes(std::span<const double> sample) {
    std::vector<double> sizes = present(magnitudes(sample));
    std::sort(sizes.begin(), sizes.end(), std::greater<>{});
    return sizes;
}

/// @param sizes  falling.
TailIndex tail_of(std::span<const double> sizes, double share) {
    assert(share > 0 && share < 1);
    // A share that is a whole number of values but for rounding counts them all.
    const auto count =
        static_cast<std::size_t>(share * static_cast<double>(sizes.size()) * (1 + 1e-12));
    TailIndex tail{.share = share, .count = count};
    if (count < 2 || count >= sizes.size() || !(sizes[count] > 0)) return tail;
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += agents::log(sizes[i] / sizes[count]);
    if (!(sum > 0)) return tail;
    tail.index = static_cast<double>(count) / sum;
    tail.error = tail.index / std::sqrt(static_cast<double>(count));
    return tail;
}

}  // namespace

TailIndex hill_index(std::span<const double> sample, double share) {
    return tail_of(falling_sizes(sample), share);
}

std::vector<TailIndex> hill_plot(std::span<const double> sample, std::span<const double> shares) {
    const std::vector<double> sizes = falling_sizes(sample);
    if (shares.empty()) shares = usual_shares;
    std::vector<TailIndex> plot;
    plot.reserve(shares.size());
    for (const double share : shares) plot.push_back(tail_of(sizes, share));
    return plot;
}

}  // namespace crowdout::world
