// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <SFML/Graphics/RenderTarget.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <SFML/Graphics/Vertex.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/fonts.hpp"

namespace crowdout::viz {

enum class Align : std::uint8_t { left, center, right };

struct TextStyle {
    unsigned size = 13;  ///< pixels; one of `text_size`
    sf::Color color = sf::Color::White;
    Align align = Align::left;
};

/// Draws shapes and text in few calls.
///
/// Everything is a quad of one vertex array, and every edge is smooth without multisampling: lines
/// and discs take their transparency from a small texture. Within a layer shapes lie under text;
/// `layer()` begins the next one above. Coordinates are pixels of the target, y downwards. What is
/// not finite is left out.
///
/// Cost: a draw call for the shapes of a layer and one for each text size in it; 4 vertices a
/// shape, a segment or a character, 12 a segment of a band.
class Canvas {
public:
    explicit Canvas(const Fonts& fonts);

    /// @param target  must outlive `end`; its view becomes that of its pixels.
    void begin(sf::RenderTarget& target);
    void end();
    /// What follows is above everything so far.
    void layer();

    /// Restricts what follows to a rectangle, until `unclip`. The rectangles do not nest.
    void clip(const sf::FloatRect& rect);
    void unclip();

    /// An opaque rectangle under everything else in its layer. On software OpenGL a pixel of it
    /// costs a fraction of one of `fill`, which looks up the texture and blends: use it for panels.
    void ground(const sf::FloatRect& rect, sf::Color color);
    void fill(const sf::FloatRect& rect, sf::Color color);
    /// From one colour at the top edge to another at the bottom.
    void fill_down(const sf::FloatRect& rect, sf::Color top, sf::Color bottom);
    void frame(const sf::FloatRect& rect, sf::Color color, float thickness = 1);
    void line(sf::Vector2f from, sf::Vector2f to, sf::Color color, float thickness = 1);
    /// @param dash  pixels drawn and pixels left out in turn; 0 draws all.
    void polyline(std::span<const sf::Vector2f> points, sf::Color color, float thickness = 1.5F,
                  float dash = 0);
    /// Fills between two lines with as many points each, from one colour to another along them.
    /// Both edges fade over a pixel. The lines lead from left to right.
    void band(std::span<const sf::Vector2f> upper, std::span<const sf::Vector2f> lower,
              sf::Color from, sf::Color to);
    /// Fills between a line and a height.
    void area(std::span<const sf::Vector2f> points, float base, sf::Color color);
    void disc(sf::Vector2f center, float radius, sf::Color color);
    void triangle(sf::Vector2f a, sf::Vector2f b, sf::Vector2f c, sf::Color color);
    /// Part of another texture: a heat map. Begins a new layer.
    void image(const sf::Texture& texture, const sf::FloatRect& rect, const sf::FloatRect& part);

    /// One line of UTF-8 text; `at` is its upper left corner, or upper centre, or upper right.
    void text(std::string_view text, sf::Vector2f at, const TextStyle& style);
    /// Text in the middle of a rectangle's height, cut with an ellipsis where it is too wide.
    void text_in(std::string_view text, const sf::FloatRect& rect, const TextStyle& style);
    [[nodiscard]] float text_width(std::string_view text, unsigned size) const;
    [[nodiscard]] std::string elided(std::string_view text, unsigned size, float width_max) const;

    [[nodiscard]] sf::Vector2f size() const { return size_; }
    /// Vertices drawn since `begin`: a budget for machines without a graphics card.
    [[nodiscard]] std::size_t vertex_count() const { return vertex_count_; }

private:
    struct Page {
        unsigned size;
        std::vector<sf::Vertex> quads;
    };

    void quad(sf::Vector2f a, sf::Vector2f b, sf::Vector2f c, sf::Vector2f d, sf::Color color);
    void flush();
    void apply_view(const sf::FloatRect& rect);
    std::vector<sf::Vertex>& page(unsigned size);

    const Fonts& fonts_;
    sf::Texture shapes_texture_;
    sf::RenderTarget* target_ = nullptr;  // between `begin` and `end`
    sf::Vector2f size_;
    std::vector<sf::Vertex> grounds_;
    std::vector<sf::Vertex> shapes_;
    std::vector<Page> pages_;
    std::size_t vertex_count_ = 0;
};

/// Points of a smooth curve that leaves `from` and reaches `to` level: a flow between two columns.
[[nodiscard]] std::vector<sf::Vector2f> flow_curve(sf::Vector2f from, sf::Vector2f to,
                                                   std::size_t count = 24);

}  // namespace crowdout::viz
