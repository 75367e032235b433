// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "studies/chart.hpp"

namespace crowdout::studies {

/// The area of a chart over time, its axes and marks.
class TimePlot {
public:
    struct Axes {
        std::int64_t from = 0;
        std::int64_t to = 0;
        double low = 0;
        double high = 1;
        Unit unit = Unit::plain;
        bool log = false;
        double height = 320;
        double margin_right = 16;  ///< for labels of lines
        bool since_start = false;
    };

    /// Opens the `svg` element and draws what lies below the data.
    TimePlot(Markup& out, const Sheet& sheet, const Axes& axes, std::string_view alternative);

    [[nodiscard]] double x(std::int64_t time) const;
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] double left() const { return left_; }
    [[nodiscard]] double right() const { return right_; }
    [[nodiscard]] double top() const { return top_; }
    [[nodiscard]] double bottom() const { return bottom_; }

    /// Upright lines, named at the top where there is room for it.
    void mark(const std::vector<Moment>& moments) const;
    void baseline(double value) const;

private:
    void draw_times(const Axes& axes) const;

    Markup& out_;
    const Sheet& sheet_;
    double left_;
    double right_;
    double top_;
    double bottom_;
    std::int64_t from_;
    std::int64_t to_;
    AxisScale scale_;
};

/// A range of values with a little air around it; one of no height gets some.
struct ValueRange {
    double low = 0;
    double high = 1;
    bool log = false;
};
/// @param log  only where all values are above zero.
[[nodiscard]] ValueRange with_air(double low, double high, bool log);

/// A value axis at the left of a chart: lines across it, and their labels.
void draw_value_axis(Markup& out, const AxisScale& scale, double left, double right, Unit unit,
                     Language language);
/// Room for its labels, px.
[[nodiscard]] double value_axis_width(const ValueRange& range, Unit unit, Language language);

/// Ticks of a value axis; on a logarithmic one 1, 2 and 5 times powers of ten.
[[nodiscard]] std::vector<ValueTick> scale_ticks(const AxisScale& scale, Unit unit,
                                                 std::size_t count, Language language);

/// `x,y x,y ...` for a polyline.
[[nodiscard]] std::string polyline_points(const TimePlot& plot, const std::vector<Point>& points);

/// As many of the points as a width of so many pixels can show, peaks included.
[[nodiscard]] std::vector<Point> thinned(const std::vector<Point>& points, double width);

}  // namespace crowdout::studies
