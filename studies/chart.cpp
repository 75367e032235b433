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

double Scale::operator()(double value) const {
    const double share =
        log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return at_low + share * (at_high - at_low);
}

std::vector<double> spread(const std::vector<double>& wanted, double gap, double low, double high) {
    std::vector<double> placed = wanted;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const double least = i == 0 ? low : placed[i - 1] + gap;
        placed[i] = std::max(placed[i], least);
    }
    // What was pushed out at the end comes back, and pushes those before it.
    for (std::size_t i = placed.size(); i-- > 0;) {
        const double most = i + 1 == placed.size() ? high : placed[i + 1] - gap;
        placed[i] = std::min(placed[i], most);
    }
    return placed;
}

}  // namespace crowdout::studies
