// SPDX-License-Identifier: Apache-2.0
#include "studies/chart_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crowdout::studies {
namespace {

constexpr double tick_gap = 44;  // px between value ticks, at least (our choice)

/// Days since the start, or moments.
std::vector<TimeTick> ticks_of(const TimePlot::Axes& axes, std::size_t count, Language language) {
    if (!axes.since_start) {
        return time_ticks(market::Time{axes.from}, market::Time{axes.to}, count, language);
    }
    const auto days = [](std::int64_t ns) {
        return static_cast<double>(ns) / static_cast<double>(market::day.ns);
    };
    std::vector<TimeTick> ticks;
    for (const ValueTick& tick :
         value_ticks(days(axes.from), days(axes.to), count, Unit::plain, language)) {
        const double ns = tick.value * static_cast<double>(market::day.ns);
        ticks.push_back({market::Time{std::llround(ns)},
                         tick.label + std::string{Words{{" d", " 天"}}[language]}});
    }
    return ticks;
}

}  // namespace

TimePlot::TimePlot(Markup& out, const Sheet& sheet, const Axes& axes, std::string_view alternative)
    : out_{out},
      sheet_{sheet},
      left_{value_axis_width({axes.low, axes.high, axes.log}, axes.unit, sheet.language)},
      right_{sheet.width - axes.margin_right},
      top_{20},
      bottom_{axes.height - 24},
      from_{axes.from},
      to_{std::max(axes.to, axes.from + 1)},
      scale_{
          .low = axes.low, .high = axes.high, .at_low = bottom_, .at_high = top_, .log = axes.log} {
    static constexpr std::string_view units[]{"plain", "dollars", "percent"};
    out_.open(
        "svg",
        {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
         {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(axes.height))},
         {"role", "img"},
         {"aria-label", alternative},
         {"data-plot",
          fmt::format("{} {} {} {} {} {} {:.17g} {:.17g} {} {} {}", pixels(left_), pixels(right_),
                      pixels(top_), pixels(bottom_), from_ / 1'000'000, to_ / 1'000'000, axes.low,
                      axes.high, axes.log ? 1 : 0, units[static_cast<std::size_t>(axes.unit)],
                      axes.since_start ? 1 : 0)}});
    draw_value_axis(out_, scale_, left_, right_, axes.unit, sheet.language);
    draw_times(axes);
}

double TimePlot::x(std::int64_t time) const {
    const double share = static_cast<double>(time - from_) / static_cast<double>(to_ - from_);
    return left_ + share * (right_ - left_);
}

double TimePlot::y(double value) const {
    return scale_(std::clamp(value, scale_.low, scale_.high));
}

void TimePlot::draw_times(const Axes& axes) const {
    const auto count = static_cast<std::size_t>((right_ - left_) / 80);
    double free_from = 0;
    for (const TimeTick& tick : ticks_of(axes, count, sheet_.language)) {
        const double at = x(tick.time.ns);
        out_.mark(
            "line",
            {{"class", "grid"}, {"x1", at}, {"x2", at}, {"y1", bottom_}, {"y2", bottom_ + 4}});
        const double half = text_width(tick.label) / 2;
        if (at - half < free_from || at + half > sheet_.width) continue;
        free_from = at + half + 8;
        out_.leaf("text", {{"class", "tick mid"}, {"x", at}, {"y", bottom_ + 17}}, tick.label);
    }
    out_.mark("line",
              {{"class", "axis"}, {"x1", left_}, {"x2", right_}, {"y1", bottom_}, {"y2", bottom_}});
}

void TimePlot::mark(const std::vector<Moment>& moments) const {
    double free_from = left_;
    for (const Moment& moment : moments) {
        if (moment.time < from_ || moment.time > to_) continue;
        const double at = x(moment.time);
        const Element group{out_, "g", {{"class", "moment"}}};
        out_.leaf("title", {},
                  fmt::format("{}: {}", time_text(market::Time{moment.time}, sheet_.language),
                              moment.label));
        out_.mark("line", {{"x1", at}, {"x2", at}, {"y1", top_ - 4}, {"y2", bottom_}});
        const std::string label = fitted(moment.label, 160);
        const double width = text_width(label);
        const double begin = std::min(at, right_ - width);
        if (begin < free_from) continue;
        out_.leaf("text", {{"x", begin}, {"y", 12.0}}, label);
        free_from = begin + width + 8;
    }
}

void TimePlot::baseline(double value) const {
    out_.mark(
        "line",
        {{"class", "axis"}, {"x1", left_}, {"x2", right_}, {"y1", y(value)}, {"y2", y(value)}});
}

ValueRange with_air(double low, double high, bool log) {
    if (log && low > 0) {
        const double air = std::max(std::pow(high / low, 0.04), 1.001);
        return {.low = low / air, .high = high * air, .log = true};
    }
    const double height = high > low ? high - low : std::max(std::abs(high), 1e-6);
    return {.low = low != 0 || high == low ? low - 0.04 * height : low,
            .high = high != 0 ? high + 0.04 * height : high};
}

void draw_value_axis(Markup& out, const AxisScale& scale, double left, double right, Unit unit,
                     Language language) {
    const auto count = static_cast<std::size_t>((scale.at_low - scale.at_high) / tick_gap);
    for (const ValueTick& tick : scale_ticks(scale, unit, count, language)) {
        const double at = scale(std::clamp(tick.value, scale.low, scale.high));
        out.mark("line", {{"class", "grid"}, {"x1", left}, {"x2", right}, {"y1", at}, {"y2", at}});
        out.leaf("text", {{"class", "tick end"}, {"x", left - 6}, {"y", at + 4}}, tick.label);
    }
}

double value_axis_width(const ValueRange& range, Unit unit, Language language) {
    const AxisScale scale{.low = range.low, .high = range.high, .log = range.log};
    double widest = 24;
    for (const ValueTick& tick : scale_ticks(scale, unit, 8, language)) {
        widest = std::max(widest, text_width(tick.label));
    }
    return widest + 8;
}

std::vector<ValueTick> scale_ticks(const AxisScale& scale, Unit unit, std::size_t count,
                                   Language language) {
    if (!scale.log) return value_ticks(scale.low, scale.high, count, unit, language);
    const auto in_range = [&](double value) {
        return value >= scale.low * (1 - 1e-9) && value <= scale.high * (1 + 1e-9);
    };
    const double decades = std::log10(scale.high / scale.low);
    std::vector<ValueTick> ticks;
    if (decades < 1) {
        // Within a decade round linear steps read better than two or three powers.
        for (const ValueTick& tick : value_ticks(scale.low, scale.high, count, unit, language)) {
            if (tick.value > 0 && in_range(tick.value)) ticks.push_back(tick);
        }
        return ticks;
    }
    const int stride =
        static_cast<int>(decades / static_cast<double>(std::max<std::size_t>(count, 1))) + 1;
    const bool fine = stride == 1 && decades * 3 <= static_cast<double>(count);
    for (int power = static_cast<int>(std::floor(std::log10(scale.low)));
         std::pow(10, power) <= scale.high * (1 + 1e-9); power += stride) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * std::pow(10, power);
            if (factor > 1 && !fine) continue;
            if (in_range(value)) ticks.push_back({value, value_text(value, unit, language)});
        }
    }
    return ticks;
}

std::string polyline_points(const TimePlot& plot, const std::vector<Point>& points) {
    std::string text;
    for (const Point& point : points) {
        if (!text.empty()) text += ' ';
        text += pixels(plot.x(point.time)) + ',' + pixels(plot.y(point.value));
    }
    return text;
}

std::vector<Point> thinned(const std::vector<Point>& points, double width) {
    Thinned all{std::max<std::size_t>(points.size() + points.size() % 2, 2)};
    for (const Point& point : points) all.add(point.time, point.value);
    return all.points(static_cast<std::size_t>(width / 2));
}

}  // namespace crowdout::studies
