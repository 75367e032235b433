// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "studies/chart.hpp"
#include "studies/chart_frame.hpp"

namespace crowdout::studies {
namespace {

/// Where the parts of a row stand, px. On a narrow sheet a row's name is above its bar.
struct Layout {
    double name_width;
    double value_width;
    double left;
    double right;
    double height;  ///< of a row
    double bar;     ///< middle of the bar below the row's top
};

Layout layout_of(const RowChart& chart, const Sheet& sheet) {
    double name = 0;
    double value = 0;
    for (const Row& row : chart.rows) {
        name = std::max(name, text_width(row.label) + 8);
        value = std::max(value, text_width(row.value) + 8);
    }
    if (sheet.narrow) return {sheet.width - value, value, 4, sheet.width - 4, 36, 25};
    name = std::min(name, 330.0);
    value = std::min(value, 240.0);
    return {name, value, name + 4, sheet.width - value - 4, 24, 12};
}

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    void take(const Row& row) {
        for (const Row::Piece& piece : row.pieces) {
            take(piece.from);
            take(piece.to);
        }
        for (const auto& pair : {row.band, row.whisker}) {
            if (!pair) continue;
            take(pair->first);
            take(pair->second);
        }
        for (const auto& mark : {row.dot, row.ring, row.diamond}) {
            if (mark) take(*mark);
        }
    }
};

/// From the first to the last value with some air; an end at zero stays there.
AxisScale scale_of(Range range, const Layout& layout) {
    if (!(range.low <= range.high)) range = {0, 1};
    if (range.low == range.high) {
        const double half = range.low == 0 ? 1 : std::abs(range.low) / 2;
        range = {range.low - half, range.high + half};
    }
    const double air = (range.high - range.low) * 0.05;
    return {.low = range.low == 0 ? 0 : range.low - air,
            .high = range.high == 0 ? 0 : range.high + air,
            .at_low = layout.left,
            .at_high = layout.right};
}

void draw_row(Markup& out, const Row& row, const AxisScale& scale, const Layout& layout,
              double top) {
    const double middle = top + layout.bar;
    const auto x = [&](double value) { return scale(std::clamp(value, scale.low, scale.high)); };
    const auto bar = [&](double from, double to, const std::string& color, double height) {
        const double left = std::min(x(from), x(to));
        out.open("rect", {{"class", color},
                          {"x", left},
                          {"y", middle - height / 2},
                          {"width", std::max(std::abs(x(to) - x(from)), 1.0)},
                          {"height", height}});
    };
    if (row.band) {
        bar(row.band->first, row.band->second, "allowed", 18);
        out.close();
    }
    for (const Row::Piece& piece : row.pieces) {
        bar(piece.from, piece.to, "area " + piece.color, 14);
        if (!piece.title.empty()) out.leaf("title", {}, piece.title);
        out.close();
    }
    if (row.whisker) {
        const double from = x(row.whisker->first);
        const double to = x(row.whisker->second);
        out.mark("path", {{"class", "whisker"},
                          {"d", fmt::format("M{0} {2}V{3}M{0} {4}H{1}M{1} {2}V{3}", pixels(from),
                                            pixels(to), pixels(middle - 5), pixels(middle + 5),
                                            pixels(middle))}});
    }
    if (row.diamond) {
        out.mark("path", {{"class", "whisker"},
                          {"d", fmt::format("M{} {}l6 6l-6 6l-6 -6z", pixels(x(*row.diamond)),
                                            pixels(middle - 6))}});
    }
    if (row.ring) {
        out.mark("circle", {{"class", "ring"}, {"cx", x(*row.ring)}, {"cy", middle}, {"r", 4.0}});
    }
    if (row.dot) {
        out.mark(
            "circle",
            {{"class", "area " + row.dot_color}, {"cx", x(*row.dot)}, {"cy", middle}, {"r", 4.5}});
    }
}

}  // namespace

void draw(Markup& out, const RowChart& chart, const Sheet& sheet, std::string_view alternative) {
    const Layout layout = layout_of(chart, sheet);
    const double axis = chart.own_scales ? 0 : 24;
    const double height = layout.height * static_cast<double>(chart.rows.size()) + axis + 4;
    out.open("svg", {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
                     {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(height))},
                     {"role", "img"},
                     {"aria-label", alternative}});
    Range all;
    if (chart.with_zero) all.take(0.0);
    for (const Row& row : chart.rows) {
        if (!row.pieces.empty()) all.take(0.0);
        all.take(row);
    }
    const AxisScale common = scale_of(all, layout);
    if (!chart.own_scales) {
        const auto count = static_cast<std::size_t>((layout.right - layout.left) / 90);
        double free_from = 0;
        for (const ValueTick& tick : scale_ticks(common, chart.unit, count, sheet.language)) {
            const double x = common(tick.value);
            out.mark("line", {{"class", tick.value == 0 ? "axis" : "grid"},
                              {"x1", x},
                              {"x2", x},
                              {"y1", 0.0},
                              {"y2", height - axis}});
            const double half = text_width(tick.label) / 2;
            if (x - half < free_from || x + half > sheet.width) continue;
            free_from = x + half + 8;
            out.leaf("text", {{"class", "tick mid"}, {"x", x}, {"y", height - 8}}, tick.label);
        }
    }
    double top = 2;
    for (const Row& row : chart.rows) {
        Range own;
        own.take(row);
        draw_row(out, row, chart.own_scales ? scale_of(own, layout) : common, layout, top);
        const double line = sheet.narrow ? top + 12 : top + 16;
        const std::string name = fitted(row.label, layout.name_width - 6);
        if (sheet.narrow) {
            out.leaf("text", {{"class", "name"}, {"x", 4.0}, {"y", line}}, name);
        } else {
            out.leaf("text", {{"class", "name end"}, {"x", layout.name_width}, {"y", line}}, name);
        }
        out.leaf("text", {{"class", "name end"}, {"x", sheet.width - 2}, {"y", line}},
                 fitted(row.value, layout.value_width));
        top += layout.height;
    }
    out.close();
}

}  // namespace crowdout::studies
