// SPDX-License-Identifier: Apache-2.0
#include <SFML/System/Utf.hpp>
#include <cmath>

#include "viz/canvas.hpp"

namespace crowdout::viz {

using Point = sf::Vector2f;

std::vector<sf::Vertex>& Canvas::page(unsigned size) {
    for (Page& known : pages_) {
        if (known.size == size) return known.quads;
    }
    return pages_.emplace_back(Page{size, {}}).quads;
}

void Canvas::text(std::string_view text, Point at, const TextStyle& style) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
    float x = at.x;
    if (style.align == Align::center) x -= text_width(text, style.size) / 2;
    if (style.align == Align::right) x -= text_width(text, style.size);
    // Whole pixels: glyphs between them are blurred.
    x = std::round(x);
    const float baseline = std::round(at.y) + static_cast<float>(style.size);
    std::vector<sf::Vertex>& quads = page(style.size);
    for (auto next = text.begin(); next != text.end();) {
        sf::Uint32 character = 0;
        next = sf::Utf8::decode(next, text.end(), character, U'?');
        const sf::Glyph& glyph = fonts_.face().getGlyph(character, style.size, false);
        if (glyph.textureRect.width > 0) {
            // A pixel around each glyph is taken along, as its smoothed edge lies there.
            const float left = x + glyph.bounds.left - 1;
            const float top = baseline + glyph.bounds.top - 1;
            const Point extent{glyph.bounds.width + 2, glyph.bounds.height + 2};
            const Point texel{static_cast<float>(glyph.textureRect.left) - 1,
                              static_cast<float>(glyph.textureRect.top) - 1};
            const Point texels{static_cast<float>(glyph.textureRect.width) + 2,
                               static_cast<float>(glyph.textureRect.height) + 2};
            quads.emplace_back(Point{left, top}, style.color, texel);
            quads.emplace_back(Point{left + extent.x, top}, style.color,
                               Point{texel.x + texels.x, texel.y});
            quads.emplace_back(Point{left, top} + extent, style.color, texel + texels);
            quads.emplace_back(Point{left, top + extent.y}, style.color,
                               Point{texel.x, texel.y + texels.y});
        }
        x += glyph.advance;
    }
}

void Canvas::text_in(std::string_view text, const sf::FloatRect& rect, const TextStyle& style) {
    const std::string shown = elided(text, style.size, rect.width);
    const float shares = style.align == Align::left     ? 0.0F
                         : style.align == Align::center ? 0.5F
                                                        : 1.0F;
    // Capitals reach about 0.73 of the size above the baseline: their middle is the line's.
    const float top = rect.top + rect.height / 2 - 0.64F * static_cast<float>(style.size);
    this->text(shown, {rect.left + rect.width * shares, top}, style);
}

float Canvas::text_width(std::string_view text, unsigned size) const {
    float width = 0;
    for (auto next = text.begin(); next != text.end();) {
        sf::Uint32 character = 0;
        next = sf::Utf8::decode(next, text.end(), character, U'?');
        width += fonts_.face().getGlyph(character, size, false).advance;
    }
    return width;
}

std::string Canvas::elided(std::string_view text, unsigned size, float width_max) const {
    if (text_width(text, size) <= width_max) return std::string{text};
    constexpr std::string_view ellipsis =
        "...";  // the font's own stands in mid-line, as in Chinese
    const float room = width_max - text_width(ellipsis, size);
    float width = 0;
    auto next = text.begin();
    while (next != text.end()) {
        sf::Uint32 character = 0;
        const auto after = sf::Utf8::decode(next, text.end(), character, U'?');
        width += fonts_.face().getGlyph(character, size, false).advance;
        if (width > room) break;
        next = after;
    }
    return std::string{text.begin(), next}.append(ellipsis);
}

}  // namespace crowdout::viz
