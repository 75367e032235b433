// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "studies/chart.hpp"

namespace crowdout::studies {
namespace {

constexpr double row_height = 28;
constexpr double head_height = 40;
/// How strong the colour is at the lowest value, and how much stronger at the highest: text on it
/// keeps its contrast in both.
constexpr double opacity_low = 0.04;
constexpr double opacity_range = 0.5;

std::pair<double, double> range_of(const HeatMap& map) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto& row : map.values) {
        for (const double value : row) {
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return {low, high};
}

}  // namespace

void draw(Markup& out, const HeatMap& map, const Sheet& sheet, std::string_view alternative) {
    const auto [lowest, highest] = range_of(map);
    double names = 0;
    for (const std::string& row : map.rows) names = std::max(names, text_width(row));
    names = std::min(names + 10, sheet.width / 3);
    const double cell = (sheet.width - names) / static_cast<double>(map.columns.size());
    const double height = head_height + row_height * static_cast<double>(map.rows.size()) + 4;
    out.open("svg", {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
                     {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(height))},
                     {"role", "img"},
                     {"aria-label", alternative}});
    const double half = sheet.width / 2 - 8;
    out.leaf("text", {{"class", "tick end"}, {"x", sheet.width - 2}, {"y", 12.0}},
             fitted(map.across + " →", half));
    out.leaf("text", {{"class", "tick"}, {"x", 0.0}, {"y", 12.0}}, fitted(map.down + " ↓", half));
    for (std::size_t column = 0; column < map.columns.size(); ++column) {
        out.leaf("text",
                 {{"class", "tick mid"},
                  {"x", names + (static_cast<double>(column) + 0.5) * cell},
                  {"y", 32.0}},
                 fitted(map.columns[column], cell - 4));
    }
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        const double top = head_height + row_height * static_cast<double>(row);
        out.leaf("text", {{"class", "name end"}, {"x", names - 8}, {"y", top + 18}},
                 fitted(map.rows[row], names - 10));
        for (std::size_t column = 0; column < map.columns.size(); ++column) {
            const double value = map.values[row][column];
            const double left = names + static_cast<double>(column) * cell;
            if (!std::isfinite(value)) continue;
            const double share = highest > lowest ? (value - lowest) / (highest - lowest) : 0.5;
            const std::string shown = value_text(value, map.unit, sheet.language);
            {
                const Element rectangle{out,
                                        "rect",
                                        {{"class", "heat"},
                                         {"x", left + 1},
                                         {"y", top + 1},
                                         {"width", std::max(cell - 2, 1.0)},
                                         {"height", row_height - 2},
                                         {"fill-opacity", opacity_low + opacity_range * share}}};
                out.leaf("title", {},
                         fmt::format("{} {}, {} {}: {}", map.down, map.rows[row], map.across,
                                     map.columns[column], shown));
            }
            if (text_width(shown) > cell - 4) continue;
            out.leaf("text", {{"class", "name mid"}, {"x", left + cell / 2}, {"y", top + 18}},
                     shown);
        }
    }
    out.close();
}

}  // namespace crowdout::studies
