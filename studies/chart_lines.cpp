// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "studies/chart.hpp"
#include "studies/chart_frame.hpp"

namespace crowdout::studies {
namespace {

/// Room for the names of lines at their right ends, px.
constexpr double names_width = 150;
constexpr double name_gap = 14;

struct Extent {
    std::int64_t from = std::numeric_limits<std::int64_t>::max();
    std::int64_t to = std::numeric_limits<std::int64_t>::min();
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(const std::vector<Point>& points) {
        for (const Point& point : points) {
            from = std::min(from, point.time);
            to = std::max(to, point.time);
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
};

TimePlot::Axes axes_of(const LineChart& chart, const Extent& extent, bool narrow) {
    const double base_low = std::min(extent.low, chart.baseline.value_or(extent.low));
    const double base_high = std::max(extent.high, chart.baseline.value_or(extent.high));
    const ValueRange range = with_air(base_low, base_high, chart.log);
    return {.from = extent.from,
            .to = extent.to,
            .low = range.low,
            .high = range.high,
            .unit = chart.unit,
            .log = range.log,
            .height = narrow ? std::min(chart.height, 260.0) : chart.height,
            .margin_right = narrow ? 16 : names_width,
            .since_start = chart.since_start};
}

/// Forwards along the upper edge and back along the lower one.
std::string outline(const TimePlot& plot, std::vector<Point> low, const std::vector<Point>& high) {
    std::ranges::reverse(low);
    return polyline_points(plot, high) + ' ' + polyline_points(plot, low);
}

/// Each line's area begins where the one before ends; all have the same times.
void draw_stacked(Markup& out, const TimePlot& plot, const LineChart& chart) {
    std::vector<Point> below;
    for (const Line& line : chart.lines) {
        std::vector<Point> above = line.points;
        if (below.empty()) {
            below = line.points;
            for (Point& point : below) point.value = 0;
        }
        for (std::size_t i = 0; i < above.size(); ++i) above[i].value += below[i].value;
        const Element area{
            out,
            "polygon",
            {{"class", "area " + line.color}, {"points", outline(plot, below, above)}}};
        out.leaf("title", {}, line.name);
        below = std::move(above);
    }
}

void draw_line(Markup& out, const TimePlot& plot, const Line& line) {
    const auto points = thinned(line.points, plot.right() - plot.left());
    const Element drawn{out,
                        "polyline",
                        {{"class", (line.dashed ? "line dashed " : "line ") + line.color},
                         {"data-name", line.name},
                         {"points", polyline_points(plot, points)}}};
    out.leaf("title", {}, line.name);
}

/// Names beside the right ends, moved apart where lines end close together.
void draw_names(Markup& out, const TimePlot& plot, const LineChart& chart) {
    std::vector<std::pair<double, const Line*>> ends;
    double below = 0;
    for (const Line& line : chart.lines) {
        if (line.points.empty() || line.name.empty()) continue;
        const double value = line.points.back().value;
        ends.emplace_back(plot.y(chart.is_stacked ? below + value / 2 : value), &line);
        if (chart.is_stacked) below += value;
    }
    std::ranges::stable_sort(ends, {}, &std::pair<double, const Line*>::first);
    std::vector<double> wanted;
    for (const auto& end : ends) wanted.push_back(end.first);
    const auto placed = spread(wanted, name_gap, plot.top(), plot.bottom());
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const Line& line = *ends[i].second;
        out.mark("line", {{"class", "leader " + line.color},
                          {"x1", plot.right() + 1},
                          {"x2", plot.right() + 11},
                          {"y1", wanted[i]},
                          {"y2", placed[i]}});
        out.leaf("text", {{"class", "name"}, {"x", plot.right() + 14}, {"y", placed[i] + 4}},
                 fitted(line.name, names_width - 14));
    }
}

}  // namespace

void draw(Markup& out, const LineChart& chart, const Sheet& sheet, std::string_view alternative) {
    Extent extent;
    if (chart.is_stacked) {
        std::vector<Point> sums;
        for (const Line& line : chart.lines) {
            if (sums.empty())
                sums = line.points;
            else
                for (std::size_t i = 0; i < sums.size(); ++i) sums[i].value += line.points[i].value;
        }
        extent.take(sums);
        extent.low = std::min(0.0, extent.low);
    } else {
        for (const Line& line : chart.lines) extent.take(line.points);
    }
    for (const Band& band : chart.bands) {
        extent.take(band.low);
        extent.take(band.high);
    }
    if (extent.from > extent.to) return;

    const TimePlot plot{out, sheet, axes_of(chart, extent, sheet.narrow), alternative};
    if (chart.baseline) plot.baseline(*chart.baseline);
    plot.mark(chart.moments);
    for (const Band& band : chart.bands) {
        out.mark("polygon", {{"class", (band.light ? "band light " : "band ") + band.color},
                             {"points", outline(plot, band.low, band.high)}});
    }
    if (chart.is_stacked) {
        draw_stacked(out, plot, chart);
    } else {
        for (const Line& line : chart.lines) draw_line(out, plot, line);
    }
    if (!sheet.narrow) draw_names(out, plot, chart);
    out.close();
}

void draw(Markup& out, const Stack& stack, const Sheet& sheet, std::string_view alternative) {
    const std::size_t spans = stack.edges.size() - 1;
    double high = 0;
    for (std::size_t span = 0; span < spans; ++span) {
        double sum = 0;
        for (const auto& values : stack.values) sum += values[span];
        high = std::max(high, sum);
    }
    if (high <= 0) return;
    const TimePlot plot{out,
                        sheet,
                        {.from = stack.edges.front(),
                         .to = stack.edges.back(),
                         .low = 0,
                         .high = high * 1.04,
                         .unit = stack.unit,
                         .height = stack.height},
                        alternative};
    std::vector<double> below(spans);
    for (std::size_t name = 0; name < stack.names.size(); ++name) {
        std::string path;
        for (std::size_t span = 0; span < spans; ++span) {
            const double value = stack.values[name][span];
            if (value <= 0) continue;
            const double left = plot.x(stack.edges[span]);
            const double right = std::max(plot.x(stack.edges[span + 1]) - 0.5, left + 0.5);
            const double bottom = plot.y(below[span]);
            below[span] += value;
            path += fmt::format("M{} {}H{}V{}H{}z", pixels(left), pixels(bottom), pixels(right),
                                pixels(plot.y(below[span])), pixels(left));
        }
        if (path.empty()) continue;
        const Element bars{out, "path", {{"class", "area " + stack.colors[name]}, {"d", path}}};
        out.leaf("title", {}, stack.names[name]);
    }
    plot.mark(stack.moments);
    out.close();
}

}  // namespace crowdout::studies
