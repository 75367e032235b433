// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "viz/axis.hpp"
#include "viz/canvas.hpp"
#include "viz/decimate.hpp"
#include "viz/look.hpp"
#include "viz/pointer.hpp"
#include "viz/time_window.hpp"

namespace crowdout::viz {

struct PlotLine {
    const Series* series;
    std::string_view name;
    sf::Color color;
    bool dashed = false;
};

/// Something that happened: a line through the chart, with a word at its foot where there is room.
struct EventMark {
    market::Time time;
    sf::Color color;
    std::string_view label;
};

struct PlotStyle {
    std::string_view title;
    Unit unit = Unit::plain;
    bool filled = false;     ///< between the line and zero: a drawdown
    bool with_zero = false;  ///< zero is always in sight
    /// Equal ratios are equally far apart. Not where a value in sight is zero or less.
    bool logarithmic = false;
};

/// A chart of several series over time: title, legend with values, axes, events, crosshair.
///
/// It keeps nothing but what it drew last, so that a chart that did not change costs no search.
/// Cost: two vertices and their quads for each pixel column of each line.
class Plot {
public:
    /// Wheel: zoom at the pointer. Drag: pan. Double click: all. Pointing moves the crosshair of
    /// all charts that share the window. @return whether the pointer is over this chart.
    bool interact(const sf::FloatRect& rect, const Look& look, const Pointer& pointer,
                  TimeWindow& window);

    /// @param rect  the panel; nothing is drawn outside.
    void draw(Canvas& canvas, const sf::FloatRect& rect, const Look& look, const PlotStyle& style,
              const TimeWindow& window, std::span<const PlotLine> lines,
              std::span<const EventMark> events = {});

    /// Where lines are drawn, inside the panel.
    [[nodiscard]] static sf::FloatRect area(const sf::FloatRect& rect, const Look& look);

private:
    /// A line's points as last found, and what they were found for.
    struct Drawn {
        const Series* series = nullptr;
        std::size_t size = 0;
        market::Time last;
        market::Time from;
        market::Time to;
        std::size_t columns = 0;
        std::vector<PlotPoint> points;
    };

    void find_points(std::span<const PlotLine> lines, const TimeWindow& window,
                     std::size_t columns);
    void find_range(const PlotStyle& style);
    void draw_axes(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                   const PlotStyle& style, const TimeWindow& window) const;
    void draw_events(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                     const TimeWindow& window, std::span<const EventMark> events) const;
    void draw_lines(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                    const PlotStyle& style, std::span<const PlotLine> lines);
    void draw_legend(Canvas& canvas, const sf::FloatRect& rect, const Look& look,
                     const PlotStyle& style, const TimeWindow& window,
                     std::span<const PlotLine> lines) const;
    void draw_crosshair(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                        const PlotStyle& style, const TimeWindow& window,
                        std::span<const PlotLine> lines) const;
    [[nodiscard]] float y_of(double value, const sf::FloatRect& area) const;
    [[nodiscard]] double value_at(float y, const sf::FloatRect& area) const;

    std::vector<Drawn> drawn_;
    std::vector<sf::Vector2f> pixels_;
    double low_ = 0;
    double high_ = 1;
    bool logarithmic_ = false;
    bool pointed_at_ = false;
    float pointer_y_ = 0;
};

}  // namespace crowdout::viz
