// SPDX-License-Identifier: Apache-2.0
#include "viz/plot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace crowdout::viz {
namespace {

float right(const sf::FloatRect& rect) {
    return rect.left + rect.width;
}
float bottom(const sf::FloatRect& rect) {
    return rect.top + rect.height;
}

float x_of(market::Time time, const sf::FloatRect& area, const TimeWindow& window) {
    return area.left + area.width * static_cast<float>(window.share_of(time));
}

/// Text on a small plate, kept inside the area's width.
void tag(Canvas& canvas, const std::string& text, float center, float top,
         const sf::FloatRect& within, const Look& look) {
    const float width = canvas.text_width(text, look.small_text()) + look.px(8);
    const float left =
        std::clamp(center - width / 2, within.left, std::max(within.left, right(within) - width));
    const sf::FloatRect plate{std::round(left), top, width, look.px(16)};
    canvas.fill(plate, mixed(look.colors.panel, look.colors.text, 0.18F));
    canvas.text_in(text, {plate.left + look.px(4), plate.top, width, plate.height},
                   {look.small_text(), look.colors.text});
}

}  // namespace

sf::FloatRect Plot::area(const sf::FloatRect& rect, const Look& look) {
    const float top = look.px(44);   // title and legend
    const float axis = look.px(62);  // values, at the right: where the newest is
    const float dates = look.px(22);
    return {rect.left + look.px(8), rect.top + top, std::max(rect.width - axis - look.px(8), 1.0F),
            std::max(rect.height - top - dates, 1.0F)};
}

bool Plot::interact(const sf::FloatRect& rect, const Look& look, const Pointer& pointer,
                    TimeWindow& window) {
    const sf::FloatRect place = area(rect, look);
    pointed_at_ = pointer.over(place);
    pointer_y_ = pointer.position.y;
    if (window.empty()) return pointed_at_;
    const auto time_at = [&](float x) {
        return window.at_share(static_cast<double>((x - place.left) / place.width));
    };
    if (pointed_at_) {
        // A notch is a fifth: a dozen notches lead from a year to a month.
        if (pointer.wheel != 0)
            window.zoom(time_at(pointer.position.x), std::pow(0.8, pointer.wheel));
        if (pointer.double_clicked) window.show_all();
        window.point_at(time_at(pointer.position.x));
    }
    if (pointer.drags(place) && pointer.moved.x != 0) {
        window.pan(time_at(0) - time_at(pointer.moved.x));
    }
    return pointed_at_;
}

void Plot::draw(Canvas& canvas, const sf::FloatRect& rect, const Look& look, const PlotStyle& style,
                const TimeWindow& window, std::span<const PlotLine> lines,
                std::span<const EventMark> events) {
    const sf::FloatRect place = area(rect, look);
    // Among many lines a pixel more or less is not seen, and each costs two vertices a column.
    constexpr std::size_t few_lines = 6;
    const float detail = lines.size() > few_lines ? 2 : 1;  // pixels
    find_points(lines, window, static_cast<std::size_t>(place.width / detail));
    find_range(style);
    canvas.clip(rect);
    if (!window.empty()) {
        draw_axes(canvas, place, look, style, window);
        draw_events(canvas, place, look, window, events);
        canvas.clip(place);
        draw_lines(canvas, place, look, style, lines);
        canvas.clip(rect);
    } else {
        canvas.text_in(look.word(Phrase::no_data), place,
                       {look.body_text(), look.colors.muted, Align::center});
    }
    draw_legend(canvas, rect, look, style, window, lines);
    if (window.crosshair() && !window.empty()) {
        canvas.layer();
        draw_crosshair(canvas, place, look, style, window, lines);
    }
    canvas.unclip();
}

void Plot::find_points(std::span<const PlotLine> lines, const TimeWindow& window,
                       std::size_t columns) {
    drawn_.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Series& series = *lines[i].series;
        Drawn& drawn = drawn_[i];
        const market::Time last = series.empty() ? market::Time{} : series.time(series.size() - 1);
        const bool same = drawn.series == &series && drawn.size == series.size() &&
                          drawn.last == last && drawn.from == window.from() &&
                          drawn.to == window.to() && drawn.columns == columns;
        if (same) continue;
        decimate(series, window.from(), window.to(), columns, drawn.points);
        drawn = {&series, series.size(),          last, window.from(), window.to(),
                 columns, std::move(drawn.points)};
    }
}

/// The lines' lowest and highest in sight, with a little air.
void Plot::find_range(const PlotStyle& style) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const Drawn& drawn : drawn_) {
        for (const PlotPoint& point : drawn.points) {
            // The points beyond either end are only there to aim at.
            if (point.column < 0 || point.column > static_cast<double>(drawn.columns)) continue;
            low = std::fmin(low, point.value);
            high = std::fmax(high, point.value);
        }
    }
    if (style.with_zero || style.filled) {
        low = std::fmin(low, 0);
        high = std::fmax(high, 0);
    }
    if (!(low <= high)) low = 0, high = 1;
    logarithmic_ = style.logarithmic && low > 0;
    double air = (high - low) * 0.06;
    if (logarithmic_) air = std::min(air, low * 0.06);
    if (air == 0) air = high == 0 ? 1 : std::abs(high) * 0.01;
    low_ = style.with_zero && low == 0 ? 0 : low - air;
    high_ = style.filled && high == 0 ? 0 : high + air;
}

float Plot::y_of(double value, const sf::FloatRect& area) const {
    const double share = logarithmic_ ? std::log(value / low_) / std::log(high_ / low_)
                                      : (value - low_) / (high_ - low_);
    return bottom(area) - area.height * static_cast<float>(share);
}

double Plot::value_at(float y, const sf::FloatRect& area) const {
    const double share = static_cast<double>((bottom(area) - y) / area.height);
    return logarithmic_ ? low_ * std::pow(high_ / low_, share) : low_ + (high_ - low_) * share;
}

void Plot::draw_axes(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                     const PlotStyle& style, const TimeWindow& window) const {
    const auto rows = static_cast<std::size_t>(std::max(area.height / look.px(24), 1.0F));
    const TextStyle label{look.small_text(), look.colors.muted};
    for (const ValueTick& tick : value_ticks(low_, high_, rows, style.unit, look.language)) {
        const float y = std::round(y_of(tick.value, area));
        canvas.fill({area.left, y, area.width, 1}, look.colors.grid);
        canvas.text_in(tick.label,
                       {right(area) + look.px(6), y - look.px(8), look.px(56), look.px(16)}, label);
    }
    const auto columns = static_cast<std::size_t>(std::max(area.width / look.px(60), 1.0F));
    float free_from = area.left;  // labels that would overlap are left out
    for (const TimeTick& tick : time_ticks(window.from(), window.to(), columns, look.language)) {
        const float x = std::round(x_of(tick.time, area, window));
        canvas.fill({x, area.top, 1, area.height}, look.colors.grid);
        const float half = canvas.text_width(tick.label, label.size) / 2;
        const float middle = std::clamp(x, area.left + half, right(area) + look.px(56) - half);
        if (middle - half < free_from) continue;
        free_from = middle + half + look.px(4);
        canvas.text(tick.label, {middle, bottom(area) + look.px(3)},
                    {label.size, label.color, Align::center});
    }
    canvas.frame(area, look.colors.border);
}

void Plot::draw_events(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                       const TimeWindow& window, std::span<const EventMark> events) const {
    float free_from = area.left;  // labels that would overlap are left out
    for (const EventMark& event : events) {
        const float x = std::round(x_of(event.time, area, window));
        if (x < area.left || x > right(area)) continue;
        canvas.fill({x, area.top, 1, area.height}, with_alpha(event.color, 0.5F));
        canvas.triangle({x - look.px(4), area.top}, {x + look.px(5), area.top},
                        {x + 0.5F, area.top + look.px(6)}, event.color);
        const float width = canvas.text_width(event.label, look.small_text());
        const bool low = area.height < look.px(70);  // words would cover the lines
        if (low || x < free_from || x + look.px(4) + width > right(area)) continue;
        canvas.text(event.label, {x + look.px(4), bottom(area) - look.px(17)},
                    {look.small_text(), look.colors.muted});
        free_from = x + width + look.px(12);
    }
}

void Plot::draw_lines(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                      const PlotStyle& style, std::span<const PlotLine> lines) {
    const float zero = std::clamp(y_of(0, area), area.top, bottom(area));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Drawn& drawn = drawn_[i];
        const float column = area.width / static_cast<float>(drawn.columns);
        pixels_.clear();
        for (const PlotPoint& point : drawn.points) {
            pixels_.emplace_back(area.left + static_cast<float>(point.column) * column,
                                 y_of(point.value, area));
        }
        if (style.filled) canvas.area(pixels_, zero, with_alpha(lines[i].color, 0.16F));
        canvas.polyline(pixels_, lines[i].color, look.px(1.5F), lines[i].dashed ? look.px(5) : 0);
    }
}

void Plot::draw_legend(Canvas& canvas, const sf::FloatRect& rect, const Look& look,
                       const PlotStyle& style, const TimeWindow& window,
                       std::span<const PlotLine> lines) const {
    canvas.text_in(
        style.title,
        {rect.left + look.px(8), rect.top + look.px(3), rect.width - look.px(16), look.px(20)},
        {look.title_text(), look.colors.text});
    float x = rect.left + look.px(8);
    const float y = rect.top + look.px(24);
    for (const PlotLine& line : lines) {
        const market::Time at = window.crosshair().value_or(window.to());
        const std::string value = value_text(line.series->value_at(at), style.unit, look.language);
        const std::string entry = std::string{line.name}.append(" ").append(value);
        const float width = canvas.text_width(entry, look.small_text());
        if (x + look.px(12) + width > right(rect) - look.px(8)) break;
        if (line.dashed) {
            canvas.fill({x, y + look.px(7), look.px(4), look.px(2)}, line.color);
            canvas.fill({x + look.px(6), y + look.px(7), look.px(4), look.px(2)}, line.color);
        } else {
            canvas.disc({x + look.px(4), y + look.px(8)}, look.px(3.5F), line.color);
        }
        canvas.text_in(entry, {x + look.px(12), y, width + 1, look.px(16)},
                       {look.small_text(), look.colors.muted});
        x += width + look.px(24);
    }
}

void Plot::draw_crosshair(Canvas& canvas, const sf::FloatRect& area, const Look& look,
                          const PlotStyle& style, const TimeWindow& window,
                          std::span<const PlotLine> lines) const {
    const market::Time time = *window.crosshair();
    const float x = std::round(x_of(time, area, window));
    if (x < area.left || x > right(area)) return;
    const sf::Color ink = with_alpha(look.colors.crosshair, 0.7F);
    canvas.fill({x, area.top, 1, area.height}, ink);
    for (const PlotLine& line : lines) {
        const float y = y_of(line.series->value_at(time), area);
        if (y >= area.top && y <= bottom(area)) canvas.disc({x + 0.5F, y}, look.px(3), line.color);
    }
    if (!pointed_at_) return;
    const float y = std::round(pointer_y_);
    canvas.fill({area.left, y, area.width, 1}, ink);
    canvas.layer();
    tag(canvas, time_text(time, look.language), x, bottom(area) + look.px(2), area, look);
    const double value = value_at(y, area);
    tag(canvas, value_text(value, style.unit, look.language), right(area) + look.px(31),
        y - look.px(8), {right(area) + look.px(2), area.top, look.px(58), area.height}, look);
}

}  // namespace crowdout::viz
