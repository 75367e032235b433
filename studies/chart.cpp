// SPDX-License-Identifier: Apache-2.0
#include "studies/chart.hpp"

#include <algorithm>
#include <cmath>

#include "world/text.hpp"

namespace crowdout::studies {

namespace {

bool is_broad(char character) {
    return std::string_view{"MWmw%@"}.find(character) != std::string_view::npos;
}

}  // namespace

double text_width(std::string_view text, double size) {
    double ems = 0;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(world::utf8_length(text), 1);
        ems += world::is_wide(text) ? 1 : is_broad(text.front()) ? 0.95 : 0.62;
        text.remove_prefix(length);
    }
    return ems * size;
}

std::string fitted(std::string_view text, double width, double size) {
    if (text_width(text, size) <= width) return std::string{text};
    std::string kept;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(world::utf8_length(text), 1);
        if (text_width(kept, size) + text_width(text.substr(0, length), size) + size > width) break;
        kept += text.substr(0, length);
        text.remove_prefix(length);
    }
    while (!kept.empty() && kept.back() == ' ') kept.pop_back();
    return kept + "…";
}

double AxisScale::operator()(double value) const {
    const double share =
        log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return at_low + share * (at_high - at_low);
}

// With the gaps taken off, labels need only be in order: the nearest such places, by least squares,
// are means of those that crowd (pool adjacent violators).
std::vector<double> spread(const std::vector<double>& wanted, double gap, double low, double high) {
    struct Pool {
        double sum = 0;
        double count = 0;
        [[nodiscard]] double mean() const { return sum / count; }
    };
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        pools.push_back({wanted[i] - gap * static_cast<double>(i), 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            pools[pools.size() - 2].sum += pools.back().sum;
            pools[pools.size() - 2].count += pools.back().count;
            pools.pop_back();
        }
    }
    std::vector<double> placed;
    for (const Pool& pool : pools)
        placed.resize(placed.size() + static_cast<std::size_t>(pool.count), pool.mean());
    for (std::size_t i = 0; i < placed.size(); ++i) {
        placed[i] =
            std::max(placed[i] + gap * static_cast<double>(i), low + gap * static_cast<double>(i));
    }
    for (std::size_t i = placed.size(); i-- > 0;) {
        const double below = static_cast<double>(placed.size() - 1 - i);
        placed[i] = std::min(placed[i], high - gap * below);
    }
    return placed;
}

}  // namespace crowdout::studies
