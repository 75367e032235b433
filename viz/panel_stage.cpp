// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "market/units.hpp"

namespace crowdout::viz {
namespace {

/// A word of a row of choices with the air around it.
float chip_width(const Stage& stage, std::string_view word) {
    return std::round(stage.canvas.text_width(word, stage.look.small_text()) + stage.look.px(12));
}
float chip_gap(const Stage& stage) {
    return std::round(stage.look.px(2));
}

}  // namespace

std::string Stage::money(std::int64_t money) const {
    return dollars(static_cast<double>(money) / market::money_per_dollar);
}

std::string Stage::change(double share) const {
    return std::abs(share) < 0.0005 ? "0.0%" : fmt::format("{:+.1f}%", share * 100);
}

sf::FloatRect draw_panel(const Stage& stage, const sf::FloatRect& rect, Phrase title) {
    const Look& look = stage.look;
    stage.canvas.ground(rect, look.colors.panel);
    stage.canvas.frame(rect, look.colors.border);
    const float margin = std::round(look.px(8));
    const float heading = std::round(look.px(26));
    stage.canvas.text_in(
        stage.words(title),
        {rect.left + margin, rect.top + look.px(3), rect.width - 2 * margin, look.px(20)},
        {.size = look.title_text(), .color = look.colors.text});
    return {rect.left + margin, rect.top + heading, std::max(rect.width - 2 * margin, 1.0F),
            std::max(rect.height - heading - margin, 1.0F)};
}

void draw_nothing(const Stage& stage, const sf::FloatRect& rect, Phrase why) {
    stage.canvas.text_in(
        stage.words(why), rect,
        {.size = stage.size(13), .color = stage.look.colors.muted, .align = Align::center});
}

bool clicked(const Pointer& pointer, const sf::FloatRect& rect) {
    const sf::Vector2f moved = pointer.position - pointer.pressed_at;
    return pointer.released && pointer.over(rect) && rect.contains(pointer.pressed_at) &&
           std::hypot(moved.x, moved.y) <= click_slack;
}

float choice_width(const Stage& stage, const std::vector<std::string_view>& words) {
    float width = 0;
    for (const std::string_view word : words) width += chip_width(stage, word) + chip_gap(stage);
    return width;
}

std::size_t draw_choice(const Stage& stage, const sf::FloatRect& panel, std::size_t active,
                        const std::vector<std::string_view>& words, float room_left) {
    const Look& look = stage.look;
    float left = panel.left + panel.width - look.px(6) - choice_width(stage, words);
    // Half a choice would be worse than none; a larger view has room for it.
    if (left < panel.left + room_left) return active;
    std::size_t chosen = active;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const sf::FloatRect rect{std::round(left), std::round(panel.top + look.px(4)),
                                 chip_width(stage, words[i]), std::round(look.px(18))};
        if (i == active) stage.canvas.fill(rect, with_alpha(look.colors.accent, 0.22F));
        const bool lit = i == active || stage.pointer.over(rect);
        stage.canvas.text_in(words[i], rect,
                             {.size = look.small_text(),
                              .color = lit ? look.colors.text : look.colors.muted,
                              .align = Align::center});
        if (clicked(stage.pointer, rect)) chosen = i;
        left += rect.width + chip_gap(stage);
    }
    return chosen;
}

float title_width(const Stage& stage, Phrase title) {
    return stage.canvas.text_width(stage.words(title), stage.look.title_text()) + stage.look.px(20);
}

void draw_tip(const Stage& stage, const sf::FloatRect& bounds, const std::vector<TipLine>& lines) {
    if (lines.empty()) return;
    const unsigned size = stage.size(12);
    const float padding = std::round(8 * stage.look.scale);
    const float line_height = std::round(17 * stage.look.scale);
    const float swatch = std::round(9 * stage.look.scale);
    float words_width = 0;
    float figure_width = 0;
    for (const TipLine& line : lines) {
        const float indent = line.swatch.a > 0 ? swatch + padding / 2 : 0;
        words_width = std::max(words_width, stage.canvas.text_width(line.words, size) + indent);
        figure_width = std::max(figure_width, stage.canvas.text_width(line.figure, size));
    }
    const float between = figure_width > 0 ? 2 * padding : 0;
    const float width =
        std::min(words_width + between + figure_width + 2 * padding, bounds.width - 4);
    const float height = line_height * static_cast<float>(lines.size()) + 1.5F * padding;

    const sf::Vector2f at = stage.pointer.position;
    // Beside the mouse and not under it; on the other side where the window ends.
    float left = at.x + 2 * padding;
    if (left + width > bounds.left + bounds.width) left = at.x - 2 * padding - width;
    const float top = std::clamp(at.y + padding, bounds.top + 2,
                                 std::max(bounds.top + 2, bounds.top + bounds.height - height - 2));
    const sf::FloatRect box{std::round(std::max(left, bounds.left + 2)), std::round(top),
                            std::round(width), std::round(height)};
    stage.canvas.layer();
    stage.canvas.fill({box.left + 3, box.top + 3, box.width, box.height},
                      with_alpha(sf::Color::Black, 0.25F));
    stage.canvas.fill(box, mixed(stage.look.colors.panel, stage.look.colors.grid, 0.6F));
    stage.canvas.frame(box, stage.look.colors.border);
    float y = box.top + padding * 0.75F;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TipLine& line = lines[i];
        float x = box.left + padding;
        if (line.swatch.a > 0) {
            stage.canvas.fill({x, std::round(y + (line_height - swatch) / 2), swatch, swatch},
                              line.swatch);
            x += swatch + padding / 2;
        }
        const float room = box.left + box.width - padding - x;
        const float figure = stage.canvas.text_width(line.figure, size);
        stage.canvas.text_in(line.words, {x, y, room - figure, line_height},
                             {.size = size, .color = stage.look.colors.text});
        stage.canvas.text_in(line.figure, {x, y, room, line_height},
                             {.size = size,
                              .color = i == 0 ? stage.look.colors.muted : stage.look.colors.text,
                              .align = Align::right});
        y += line_height;
    }
    stage.canvas.layer();
}

double round_above(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(least, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least) return factor * power;
    }
    return 10 * power;
}

sf::FloatRect slice(const sf::FloatRect& rect, float from, float to) {
    const float top = std::round(rect.top + rect.height * from);
    const float bottom = std::round(rect.top + rect.height * to);
    return {rect.left, top, rect.width, bottom - top};
}

std::string_view name_of(const world::Manifest::Sector& sector, Language language) {
    const std::string& label = language == Language::chinese ? sector.label_zh : sector.label;
    return label.empty() ? sector.name : label;
}

}  // namespace crowdout::viz
