// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "studies/chart.hpp"
#include "studies/chart_frame.hpp"

namespace crowdout::studies {
namespace {

constexpr double top = 20;           // px, for the names of marks
constexpr double bottom_room = 42;   // px, for ticks and what the curve goes over
constexpr double margin_right = 16;  // px

using Pair = std::pair<double, double>;

/// Least and greatest of what is drawn.
struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

Extent across_of(const Curve& curve) {
    Extent extent;
    for (const Curve::At& point : curve.points) extent.take(point.x);
    for (const Curve::Mark& mark : curve.marks) extent.take(mark.x);
    if (extent.low == extent.high) {
        extent.take(extent.low * 0.9 - (extent.low == 0 ? 1 : 0));
        extent.take(extent.high * 1.1 + (extent.high == 0 ? 1 : 0));
    }
    return extent;
}

Extent values_of(const Curve& curve) {
    Extent extent;
    for (const Curve::At& point : curve.points) {
        extent.take(point.value);
        for (const auto& range : {point.interval, point.outer}) {
            if (!range) continue;
            extent.take(range->first);
            extent.take(range->second);
        }
    }
    for (const Pair& point : curve.line) extent.take(point.second);
    return extent;
}

/// Draws one curve: where its numbers lie, and what is seen there.
class CurvePlot {
public:
    CurvePlot(Markup& out, const Curve& curve, const Sheet& sheet)
        : out_{out}, curve_{curve}, sheet_{sheet} {
        const Extent values = values_of(curve);
        const ValueRange range = with_air(values.low, values.high, curve.log);
        const Extent across = across_of(curve);
        left_ = value_axis_width(range, curve.unit, sheet.language);
        right_ = sheet.width - margin_right;
        bottom_ = curve.height - bottom_room;
        y_ = {.low = range.low,
              .high = range.high,
              .at_low = bottom_,
              .at_high = top,
              .log = range.log};
        x_ = {.low = across.low,
              .high = across.high,
              .at_low = left_ + 6,
              .at_high = right_ - 6,
              .log = curve.log_across && across.low > 0};
    }

    void draw() const {
        draw_value_axis(out_, y_, left_, right_, curve_.unit, sheet_.language);
        draw_ticks();
        draw_marks();
        draw_band(&Curve::At::outer, "band light c1");
        draw_band(&Curve::At::interval, "band c1");
        draw_line();
        draw_dots();
    }

private:
    [[nodiscard]] std::string at(double x, double value) const {
        return pixels(x_(x)) + ',' + pixels(y_(value));
    }

    void draw_ticks() const {
        double free_from = 0;
        for (const ValueTick& tick : curve_.ticks) {
            const double x = x_(tick.value);
            out_.mark(
                "line",
                {{"class", "grid"}, {"x1", x}, {"x2", x}, {"y1", bottom_}, {"y2", bottom_ + 4}});
            const double half = text_width(tick.label) / 2;
            const double middle = std::clamp(x, half, sheet_.width - half);
            if (middle - half < free_from) continue;
            free_from = middle + half + 8;
            out_.leaf("text", {{"class", "tick mid"}, {"x", middle}, {"y", bottom_ + 17}},
                      tick.label);
        }
        out_.mark(
            "line",
            {{"class", "axis"}, {"x1", left_}, {"x2", right_}, {"y1", bottom_}, {"y2", bottom_}});
        out_.leaf("text", {{"class", "tick end"}, {"x", right_}, {"y", bottom_ + 36}},
                  fitted(curve_.across + " →", right_ - left_));
    }

    void draw_marks() const {
        double free_from = left_;
        for (const Curve::Mark& mark : curve_.marks) {
            const double x = x_(mark.x);
            const Element group{out_, "g", {{"class", "moment"}}};
            out_.leaf("title", {}, mark.label);
            out_.mark("line", {{"x1", x}, {"x2", x}, {"y1", top - 4}, {"y2", bottom_}});
            const double width = text_width(mark.label);
            const double begin = std::min(x, right_ - width);
            if (begin < free_from) continue;
            out_.leaf("text", {{"x", begin}, {"y", 12.0}}, mark.label);
            free_from = begin + width + 8;
        }
    }

    void draw_band(std::optional<Pair> Curve::At::*range, const char* color) const {
        std::string above;
        std::string below;
        for (const Curve::At& point : curve_.points) {
            if (!(point.*range)) continue;
            above += (above.empty() ? "" : " ") + at(point.x, (point.*range)->second);
            below.insert(0, " " + at(point.x, (point.*range)->first));
        }
        if (above.empty()) return;
        out_.mark("polygon", {{"class", color}, {"points", above + below}});
    }

    void draw_line() const {
        std::string points;
        const auto add = [&](double x, double value) {
            points += (points.empty() ? "" : " ") + at(x, value);
        };
        for (const Pair& point : curve_.line) add(point.first, point.second);
        if (curve_.line.empty()) {
            for (const Curve::At& point : curve_.points) add(point.x, point.value);
        }
        out_.mark("polyline", {{"class", "line c1"}, {"points", points}});
    }

    void draw_dots() const {
        for (const Curve::At& point : curve_.points) {
            const Element dot{
                out_,
                "circle",
                {{"class", "area c1"}, {"cx", x_(point.x)}, {"cy", y_(point.value)}, {"r", 3.0}}};
            if (!point.title.empty()) out_.leaf("title", {}, point.title);
        }
    }

    Markup& out_;
    const Curve& curve_;
    const Sheet& sheet_;
    double left_ = 0;
    double right_ = 0;
    double bottom_ = 0;
    AxisScale x_;
    AxisScale y_;
};

}  // namespace

void draw(Markup& out, const Curve& curve, const Sheet& sheet, std::string_view alternative) {
    if (curve.points.empty()) return;
    const Element svg{
        out,
        "svg",
        {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
         {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(curve.height))},
         {"role", "img"},
         {"aria-label", alternative}}};
    CurvePlot{out, curve, sheet}.draw();
}

}  // namespace crowdout::studies
