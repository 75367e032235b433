// SPDX-License-Identifier: Apache-2.0
#include "viz/timeline.hpp"

#include <algorithm>
#include <cmath>

#include "viz/axis.hpp"

namespace crowdout::viz {
namespace {

double share_of(market::Time time, const TimelineState& state) {
    const auto whole = static_cast<double>((state.last - state.first).ns);
    if (!(whole > 0)) return 1;
    return std::clamp(static_cast<double>((time - state.first).ns) / whole, 0.0, 1.0);
}

float x_of(market::Time time, const sf::FloatRect& track, const TimelineState& state) {
    return std::round(track.left + track.width * static_cast<float>(share_of(time, state)));
}

market::Time time_at(float x, const sf::FloatRect& track, const TimelineState& state) {
    const double share = std::clamp(static_cast<double>((x - track.left) / track.width), 0.0, 1.0);
    const auto whole = static_cast<double>((state.last - state.first).ns);
    return state.first + market::Duration{std::llround(whole * share)};
}

}  // namespace

sf::FloatRect Timeline::track(const sf::FloatRect& rect, const Look& look) {
    const float side = look.px(10);
    return {rect.left + side, rect.top + look.px(6), rect.width - 2 * side,
            rect.height - look.px(24)};
}

std::optional<market::Time> Timeline::interact(const sf::FloatRect& rect, const Look& look,
                                               const Pointer& pointer, const TimelineState& state) {
    hover_x_.reset();
    if (pointer.over(rect) || pointer.drags(rect)) hover_x_ = pointer.position.x;
    if (!pointer.drags(rect)) return std::nullopt;
    return time_at(pointer.position.x, track(rect, look), state);
}

void Timeline::draw(Canvas& canvas, const sf::FloatRect& rect, const Look& look,
                    const TimelineState& state) {
    const Theme& colors = look.colors;
    const sf::FloatRect bar = track(rect, look);
    const float bottom = bar.top + bar.height;
    const float now = x_of(state.current, bar, state);
    canvas.clip(rect);
    canvas.fill(bar, mixed(colors.panel, colors.text, 0.05F));
    canvas.fill({bar.left, bar.top, now - bar.left, bar.height}, with_alpha(colors.accent, 0.14F));
    if (state.sparkline != nullptr) draw_sparkline(canvas, bar, look, state);
    if (state.loop_begin) {
        const float begin = x_of(*state.loop_begin, bar, state);
        const float end = state.loop_end ? x_of(*state.loop_end, bar, state) : begin;
        const float edge = look.px(2);
        canvas.fill({begin, bar.top, end - begin, edge}, colors.text);
        canvas.fill({begin, bar.top, edge, bar.height}, colors.text);
        if (state.loop_end) canvas.fill({end - edge, bar.top, edge, bar.height}, colors.text);
    }
    for (const EventMark& event : state.events) {
        const float x = x_of(event.time, bar, state);
        canvas.fill({x, bar.top, look.px(2), bar.height}, with_alpha(event.color, 0.8F));
    }
    canvas.layer();
    canvas.fill({now - 1, bar.top - look.px(3), 2, bar.height + look.px(6)}, colors.accent);
    canvas.disc({now, bottom + look.px(3)}, look.px(4), colors.accent);
    draw_times(canvas, bar, look, state);
    canvas.unclip();
}

/// What was asked to run along, as an outline over the bar's whole height.
void Timeline::draw_sparkline(Canvas& canvas, const sf::FloatRect& bar, const Look& look,
                              const TimelineState& state) {
    constexpr float detail = 2;  // pixels a column: it is an outline, and wide
    decimate(*state.sparkline, state.first, state.last,
             static_cast<std::size_t>(bar.width / detail), points_);
    const world::Extremes range = state.sparkline->extremes(0, state.sparkline->size());
    if (range.low_at == world::Extremes::none) return;
    const double low = state.sparkline->value(range.low_at);
    const double high = state.sparkline->value(range.high_at);
    const double span = high > low ? high - low : 1;
    const float bottom = bar.top + bar.height;
    pixels_.clear();
    for (const PlotPoint& point : points_) {
        const double share = (point.value - low) / span;
        pixels_.emplace_back(bar.left + detail * static_cast<float>(point.column),
                             bottom - 2 - (bar.height - 4) * static_cast<float>(share));
    }
    canvas.area(pixels_, bottom, with_alpha(look.colors.muted, 0.18F));
    canvas.polyline(pixels_, look.colors.muted, look.px(1));
}

/// The words below the bar: both ends, the moment shown, and the one pointed at.
void Timeline::draw_times(Canvas& canvas, const sf::FloatRect& bar, const Look& look,
                          const TimelineState& state) const {
    const Theme& colors = look.colors;
    const float bottom = bar.top + bar.height;
    const float now = x_of(state.current, bar, state);
    const auto size = look.small_text();
    const float below = bottom + look.px(3);
    const auto text_at = [&](const std::string& text, float center, sf::Color color) {
        const float half = canvas.text_width(text, size) / 2;
        const float middle = std::clamp(center, bar.left + half, bar.left + bar.width - half);
        canvas.text(text, {middle, below}, {size, color, Align::center});
    };
    const std::string current = time_text(state.current, look.language);
    const std::string first = time_text(state.first, look.language);
    const std::string last = time_text(state.last, look.language);
    const auto half_width = [&](const std::string& text) {
        return canvas.text_width(text, size) / 2;
    };
    // The ends give way to the moment shown, and that to the one pointed at.
    const float shown_at = hover_x_.value_or(now);
    const float keep = half_width(current) + look.px(hover_x_ ? 120 : 20);
    if (shown_at - keep > bar.left + 2 * half_width(first)) text_at(first, 0, colors.muted);
    if (shown_at + keep < bar.left + bar.width - 2 * half_width(last)) {
        text_at(last, bar.left + bar.width, colors.muted);
    }
    if (hover_x_) {
        canvas.fill({std::round(*hover_x_), bar.top, 1, bar.height}, colors.crosshair);
        const market::Time pointed = time_at(*hover_x_, bar, state);
        const double pixel = static_cast<double>((state.last - state.first).ns) / bar.width;
        const market::Duration reach{std::llround(pixel * static_cast<double>(look.px(4)))};
        const EventMark* event = event_near(state.events, pointed, reach);
        std::string words = time_text(event == nullptr ? pointed : event->time, look.language);
        if (event != nullptr && !event->label.empty()) {
            words.append("  ").append(event->label);
        }
        text_at(words, *hover_x_, colors.text);
    } else {
        text_at(current, now + look.px(10), colors.text);
    }
}

const EventMark* event_near(std::span<const EventMark> events, market::Time time,
                            market::Duration within) {
    const EventMark* nearest = nullptr;
    std::int64_t distance = within.ns;
    for (const EventMark& event : events) {
        const std::int64_t away = std::abs((event.time - time).ns);
        if (away > distance) continue;
        nearest = &event;
        distance = away;
    }
    return nearest;
}

std::optional<market::Time> next_event(std::span<const EventMark> events, market::Time after) {
    const auto found = std::ranges::upper_bound(events, after, {}, &EventMark::time);
    if (found == events.end()) return std::nullopt;
    return found->time;
}

std::optional<market::Time> previous_event(std::span<const EventMark> events, market::Time before) {
    const auto found = std::ranges::lower_bound(events, before, {}, &EventMark::time);
    if (found == events.begin()) return std::nullopt;
    return (found - 1)->time;
}

}  // namespace crowdout::viz
