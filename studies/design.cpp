// SPDX-License-Identifier: Apache-2.0
#include "studies/design.hpp"

#include <cassert>
#include <numeric>

#include "agents/random.hpp"
#include "studies/sobol_sequence.hpp"

namespace crowdout::studies {

namespace {

/// 0 .. count - 1 in an order of chance. Source: Durstenfeld (1964), CACM 7(7), algorithm 235.
std::vector<std::size_t> permutation(std::size_t count, agents::Random& random) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
    }
    return order;
}

agents::Random stream(std::uint64_t seed, const char* design, std::size_t member) {
    return {agents::stream_key(seed, design), static_cast<std::uint32_t>(member),
            agents::Purpose::trait, 0};
}

}  // namespace

double level_share(const GridAxis& axis, std::size_t level) {
    assert(level < axis.levels);
    const auto count = static_cast<double>(axis.levels);
    if (!axis.ends) return (static_cast<double>(level) + 0.5) / count;
    return axis.levels == 1 ? 0.5 : static_cast<double>(level) / (count - 1);
}

std::vector<DesignRow> grid_design(std::span<const GridAxis> axes) {
    std::vector<DesignRow> rows;
    std::vector<std::size_t> levels(axes.size(), 0);
    for (bool more = true; more;) {
        DesignRow& row = rows.emplace_back();
        row.row = static_cast<std::int64_t>(rows.size()) - 1;
        for (std::size_t i = 0; i < axes.size(); ++i) {
            row.shares.push_back(level_share(axes[i], levels[i]));
        }
        // Counts up like an odometer; it is over when the first wheel comes round.
        std::size_t wheel = axes.size();
        while (wheel > 0 && ++levels[wheel - 1] == axes[wheel - 1].levels) levels[--wheel] = 0;
        more = wheel > 0;
    }
    return rows;
}

std::vector<DesignRow> list_design(std::span<const GridAxis> axes) {
    std::vector<DesignRow> rows(axes.empty() ? 1 : axes.front().levels);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].row = static_cast<std::int64_t>(i);
        for (const GridAxis& axis : axes) rows[i].shares.push_back(level_share(axis, i));
    }
    return rows;
}

std::vector<DesignRow> latin_hypercube_design(std::size_t samples, std::size_t factors,
                                              std::uint64_t seed) {
    std::vector<DesignRow> rows(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        rows[i].row = static_cast<std::int64_t>(i);
        rows[i].shares.resize(factors);
    }
    for (std::size_t factor = 0; factor < factors; ++factor) {
        agents::Random random = stream(seed, "latin_hypercube", factor);
        const std::vector<std::size_t> stratum = permutation(samples, random);
        for (std::size_t i = 0; i < samples; ++i) {
            rows[i].shares[factor] =
                (static_cast<double>(stratum[i]) + random.uniform()) / static_cast<double>(samples);
        }
    }
    return rows;
}

std::string mixed_part(const std::string& factor) {
    return "AB:" + factor;
}

std::vector<DesignRow> sobol_design(std::size_t samples, std::span<const std::string> factors) {
    const std::size_t count = factors.size();
    const std::vector<double> points = sobol_points(samples, 2 * count);
    std::vector<DesignRow> rows;
    rows.reserve(samples * (count + 2));
    for (std::size_t i = 0; i < samples; ++i) {
        const double* a = points.data() + i * 2 * count;
        const double* b = a + count;
        const auto row = static_cast<std::int64_t>(i);
        rows.push_back({"A", row, {a, a + count}});
        rows.push_back({"B", row, {b, b + count}});
        for (std::size_t factor = 0; factor < count; ++factor) {
            rows.push_back({mixed_part(factors[factor]), row, {a, a + count}});
            rows.back().shares[factor] = b[factor];
        }
    }
    return rows;
}

std::vector<DesignRow> morris_design(std::size_t trajectories, std::size_t levels,
                                     std::span<const std::string> factors, std::uint64_t seed) {
    assert(levels >= 2 && levels % 2 == 0);
    const auto steps = static_cast<double>(levels - 1);
    const double jump = static_cast<double>(levels) / (2 * steps);
    std::vector<DesignRow> rows;
    for (std::size_t trajectory = 0; trajectory < trajectories; ++trajectory) {
        agents::Random random = stream(seed, "morris", trajectory);
        std::vector<double> shares;
        std::vector<double> jumps;
        for (std::size_t i = 0; i < factors.size(); ++i) {
            // A level from which a jump upwards stays inside; half the factors start above it.
            const double low = random.below(static_cast<std::uint32_t>(levels / 2)) / steps;
            const bool down = random.bernoulli(0.5);
            shares.push_back(down ? low + jump : low);
            jumps.push_back(down ? -jump : jump);
        }
        const auto row = static_cast<std::int64_t>(trajectory);
        rows.push_back({morris_start, row, shares});
        for (const std::size_t factor : permutation(factors.size(), random)) {
            shares[factor] += jumps[factor];
            rows.push_back({factors[factor], row, shares});
        }
    }
    return rows;
}

}  // namespace crowdout::studies
