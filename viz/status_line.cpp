// SPDX-License-Identifier: Apache-2.0
#include "viz/status_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/axis.hpp"

namespace crowdout::viz {
namespace {

struct SpanUnit {
    market::Duration length;
    std::array<const char*, language_count> name;
};

constexpr std::array span_units{
    SpanUnit{market::day, {" d", " 天"}}, SpanUnit{market::hour, {" h", " 小时"}},
    SpanUnit{market::minute, {" min", " 分钟"}}, SpanUnit{market::second, {" s", " 秒"}}};

/// Writes figures from left to right, as long as there is room.
class Writer {
public:
    Writer(Canvas& canvas, const Look& look, const sf::FloatRect& rect, float right)
        : canvas_{canvas}, look_{look}, rect_{rect}, left_{rect.left}, right_{right} {}

    void write(const std::string& words, sf::Color color) {
        const float width = canvas_.text_width(words, look_.small_text());
        if (left_ + width > right_) return;
        canvas_.text_in(words, {left_, rect_.top, width + 1, rect_.height},
                        {look_.small_text(), color});
        left_ += std::round(width + look_.px(16));
    }
    void dot(sf::Color color) {
        canvas_.disc({left_ + look_.px(4), rect_.top + rect_.height / 2}, look_.px(4), color);
        left_ += look_.px(14);
    }

private:
    Canvas& canvas_;
    const Look& look_;
    sf::FloatRect rect_;
    float left_;
    float right_;
};

/// A bar of eight parts, and the part under the pointer in words.
void draw_phases(Canvas& canvas, const Look& look, const Pointer& pointer, const sf::FloatRect& bar,
                 const StatusState& state, double whole) {
    float left = bar.left;
    for (std::size_t i = 0; i < world::phase_count; ++i) {
        const double share = state.phase_seconds[i] / whole;
        const sf::FloatRect part{left, bar.top, static_cast<float>(share) * bar.width, bar.height};
        canvas.fill(part, look.colors.instrument(i));
        left += part.width;
        if (!pointer.over(part)) continue;
        const std::string words = fmt::format("{} {:.0f}%", world::phase_names[i], share * 100);
        canvas.text(words, {bar.left - look.px(8), bar.top - look.px(4)},
                    {look.small_text(), look.colors.text, Align::right});
    }
}

}  // namespace

std::string span_text(market::Duration span, Language language) {
    for (const SpanUnit& unit : span_units) {
        if (span < unit.length && unit.length > market::second) continue;
        const double count = static_cast<double>(span.ns) / static_cast<double>(unit.length.ns);
        const char* name = unit.name[static_cast<std::size_t>(language)];
        return count < 10 && unit.length == market::day ? fmt::format("{:.1f}{}", count, name)
                                                        : fmt::format("{:.0f}{}", count, name);
    }
    return {};
}

void draw_status(Canvas& canvas, const Look& look, const Pointer& pointer,
                 const sf::FloatRect& rect, const StatusState& state) {
    const Theme& colors = look.colors;
    canvas.ground(rect, colors.panel);
    const auto figure = [&](Phrase phrase, const std::string& value) {
        return text(phrase, look.language, value);
    };
    const double whole =
        std::accumulate(state.phase_seconds.begin(), state.phase_seconds.end(), 0.0);
    float right = rect.left + rect.width - look.px(8);
    if (whole > 0) {
        const sf::FloatRect bar{right - look.px(160), rect.top + look.px(6), look.px(160),
                                rect.height - look.px(12)};
        draw_phases(canvas, look, pointer, bar, state, whole);
        right = bar.left - look.px(110);  // room for the words beside it
    }

    Writer writer{canvas, look, {rect.left + look.px(8), rect.top, rect.width, rect.height}, right};
    const bool failed = state.what == Phrase::status_failed;
    const bool growing =
        state.what == Phrase::status_live || state.what == Phrase::status_recording;
    writer.dot(failed ? colors.warning : growing ? colors.accent : colors.muted);
    writer.write(std::string{look.word(state.what)}, failed ? colors.warning : colors.text);
    writer.write(time_text(state.now, look.language), colors.text);
    if (!state.playing) writer.write(std::string{look.word(Phrase::status_paused)}, colors.muted);
    writer.write(figure(Phrase::status_steps, fmt::format("{}", state.step)), colors.muted);
    if (state.steps_per_second > 0) {
        writer.write(figure(Phrase::status_rate, fmt::format("{:.0f}", state.steps_per_second)),
                     colors.muted);
    }
    if (state.behind > market::Duration{}) {
        writer.write(figure(Phrase::status_behind, span_text(state.behind, look.language)),
                     colors.muted);
    }
    writer.write(figure(Phrase::status_fps, fmt::format("{:.0f}", state.frames_per_second)),
                 colors.muted);
    writer.write(state.subject, colors.muted);
}

}  // namespace crowdout::viz
