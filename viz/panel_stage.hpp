// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "viz/axis.hpp"
#include "viz/canvas.hpp"
#include "viz/look.hpp"
#include "viz/pointer.hpp"
#include "viz/time_window.hpp"
#include "world/manifest.hpp"

namespace crowdout::viz {

/// What every picture draws with, for one frame of the window.
struct Stage {
    Canvas& canvas;
    Look look;
    const Pointer& pointer;
    TimeWindow& time;    ///< what all charts show
    double seconds = 0;  ///< of the animation's clock; stands still while paused

    /// The text size for so many pixels at scale 1.
    [[nodiscard]] unsigned size(float pixels) const { return text_size(look.px(pixels)); }
    [[nodiscard]] std::string_view words(Phrase phrase) const { return look.word(phrase); }
    [[nodiscard]] std::string words(Phrase phrase, std::string_view value) const {
        return text(phrase, look.language, value);
    }
    /// `$1.25bn`
    [[nodiscard]] std::string dollars(double usd) const {
        return value_text(usd, Unit::dollars, look.language);
    }
    /// A Money, in 1e-4 dollars.
    [[nodiscard]] std::string money(std::int64_t money) const;
    /// `+3.2%`, with its sign.
    [[nodiscard]] std::string change(double share) const;
};

/// The ground of a panel: its face, border and title. @return what is left for its content.
sf::FloatRect draw_panel(const Stage& stage, const sf::FloatRect& rect, Phrase title);

/// In the middle of a panel that has nothing to show.
void draw_nothing(const Stage& stage, const sf::FloatRect& rect, Phrase why);

/// Whether the mouse was pressed and released on a rectangle, without a drag between.
[[nodiscard]] bool clicked(const Pointer& pointer, const sf::FloatRect& rect);

/// A row of words of which one is active, at the right end of a panel's title line; left out where
/// less than `room_left` would be left of it. @return the one that was clicked, or `active`.
std::size_t draw_choice(const Stage& stage, const sf::FloatRect& panel, std::size_t active,
                        const std::vector<std::string_view>& words, float room_left);

/// Pixels that a row of choices takes.
[[nodiscard]] float choice_width(const Stage& stage, const std::vector<std::string_view>& words);

/// Pixels that a panel's title takes.
[[nodiscard]] float title_width(const Stage& stage, Phrase title);

/// A line of a tooltip: words at the left, a figure at the right, and a swatch before them.
struct TipLine {
    std::string words;
    std::string figure{};
    sf::Color swatch = sf::Color::Transparent;
};

/// A box beside the mouse, inside `bounds`, above everything drawn so far. The first line is its
/// title.
void draw_tip(const Stage& stage, const sf::FloatRect& bounds, const std::vector<TipLine>& lines);

/// 1, 2 or 5 times a power of ten: the first that is not below `least`, nor below 1.
[[nodiscard]] double round_above(double least);

/// A part of a rectangle: from share `from` of its height to share `to`.
[[nodiscard]] sf::FloatRect slice(const sf::FloatRect& rect, float from, float to);

/// As people read it.
[[nodiscard]] std::string_view name_of(const world::Manifest::Sector& sector, Language language);

}  // namespace crowdout::viz
