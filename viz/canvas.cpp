// SPDX-License-Identifier: Apache-2.0
#include "viz/canvas.hpp"

#include <SFML/Graphics/RenderStates.hpp>
#include <SFML/Graphics/View.hpp>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <stdexcept>

#include "viz/shape_texture.hpp"

namespace crowdout::viz {
namespace {

using Point = sf::Vector2f;

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

/// One segment of a line: four corners and where in the texture its cross-section is.
class Pen {
public:
    explicit Pen(float thickness) {
        const float index = std::clamp(std::round(thickness * 2), 1.0F,
                                       static_cast<float>(shape_texture::profile_count));
        column_ = shape_texture::profiles_left + (index - 0.5F) * shape_texture::profile_width;
        reach_ = std::max(thickness, 0.5F) / 2 + shape_texture::feather;
    }

    [[nodiscard]] float reach() const { return reach_; }

    void segment(std::vector<sf::Vertex>& out, Point a, Point a_side, Point b, Point b_side,
                 sf::Color color) const {
        out.emplace_back(a - a_side, color, Point{column_, 0});
        out.emplace_back(b - b_side, color, Point{column_, 0});
        out.emplace_back(b + b_side, color, Point{column_, shape_texture::height});
        out.emplace_back(a + a_side, color, Point{column_, shape_texture::height});
    }

private:
    float column_;
    float reach_;
};

/// Across the line from a to b, as long as `reach`; nothing where the two are one point.
Point side_of(Point a, Point b, float reach) {
    const Point along = b - a;
    const float length = std::hypot(along.x, along.y);
    if (length < 1e-4F) return {};
    return {-along.y / length * reach, along.x / length * reach};
}

sf::Color faded(sf::Color color, float share) {
    color.a = static_cast<sf::Uint8>(static_cast<float>(color.a) * share);
    return color;
}

/// The points of a dashed line, cut where a dash or a space ends.
template <class Draw>
void for_each_dash(std::span<const Point> points, float dash, const Draw& draw) {
    float left = dash;
    bool on = true;
    for (std::size_t i = 1; i < points.size(); ++i) {
        Point from = points[i - 1];
        const Point to = points[i];
        if (!finite(from) || !finite(to)) continue;
        float length = std::hypot(to.x - from.x, to.y - from.y);
        while (length > left) {
            const Point cut = from + (to - from) * (left / length);
            if (on) draw(from, cut);
            length -= left;
            from = cut;
            left = dash;
            on = !on;
        }
        if (on) draw(from, to);
        left -= length;
    }
}

}  // namespace

Canvas::Canvas(const Fonts& fonts) : fonts_{fonts} {
    if (!shapes_texture_.loadFromImage(shape_texture::image())) {
        throw std::runtime_error{"the graphics system has no memory for a texture of 256x128"};
    }
    shapes_texture_.setSmooth(true);
}

void Canvas::begin(sf::RenderTarget& target) {
    assert(target_ == nullptr);
    target_ = &target;
    size_ = Point{target.getSize()};
    vertex_count_ = 0;
    unclip();
}

void Canvas::end() {
    flush();
    target_ = nullptr;
}

void Canvas::layer() {
    flush();
}

void Canvas::clip(const sf::FloatRect& rect) {
    flush();
    apply_view(rect);
}

void Canvas::unclip() {
    flush();
    apply_view({0, 0, size_.x, size_.y});
}

/// A view of the rectangle alone: what lies outside falls off the view's edge, which needs no
/// scissors because everything here is a polygon.
void Canvas::apply_view(const sf::FloatRect& rect) {
    const float left = std::clamp(std::round(rect.left), 0.0F, size_.x);
    const float top = std::clamp(std::round(rect.top), 0.0F, size_.y);
    const float right = std::clamp(std::round(rect.left + rect.width), left, size_.x);
    const float bottom = std::clamp(std::round(rect.top + rect.height), top, size_.y);
    const sf::FloatRect whole{left, top, std::max(right - left, 1.0F),
                              std::max(bottom - top, 1.0F)};
    sf::View view{whole};
    view.setViewport(
        {left / size_.x, top / size_.y, whole.width / size_.x, whole.height / size_.y});
    target_->setView(view);
}

void Canvas::flush() {
    assert(target_ != nullptr);
    if (!grounds_.empty()) {
        target_->draw(grounds_.data(), grounds_.size(), sf::Quads, sf::RenderStates{sf::BlendNone});
        vertex_count_ += grounds_.size();
        grounds_.clear();
    }
    if (!shapes_.empty()) {
        target_->draw(shapes_.data(), shapes_.size(), sf::Quads,
                      sf::RenderStates{&shapes_texture_});
        vertex_count_ += shapes_.size();
        shapes_.clear();
    }
    for (Page& page : pages_) {
        if (page.quads.empty()) continue;
        target_->draw(page.quads.data(), page.quads.size(), sf::Quads,
                      sf::RenderStates{&fonts_.face().getTexture(page.size)});
        vertex_count_ += page.quads.size();
        page.quads.clear();
    }
}

void Canvas::quad(Point a, Point b, Point c, Point d, sf::Color color) {
    if (!finite(a) || !finite(b) || !finite(c) || !finite(d)) return;
    const Point white{2, 2};
    for (const Point corner : {a, b, c, d}) shapes_.emplace_back(corner, color, white);
}

void Canvas::ground(const sf::FloatRect& rect, sf::Color color) {
    const float right = rect.left + rect.width;
    const float bottom = rect.top + rect.height;
    for (const Point corner : {Point{rect.left, rect.top}, Point{right, rect.top},
                               Point{right, bottom}, Point{rect.left, bottom}}) {
        grounds_.emplace_back(corner, color);
    }
}

void Canvas::fill(const sf::FloatRect& rect, sf::Color color) {
    const float right = rect.left + rect.width;
    const float bottom = rect.top + rect.height;
    quad({rect.left, rect.top}, {right, rect.top}, {right, bottom}, {rect.left, bottom}, color);
}

void Canvas::fill_down(const sf::FloatRect& rect, sf::Color top, sf::Color bottom) {
    const std::size_t before = shapes_.size();
    fill(rect, top);
    if (shapes_.size() > before) shapes_[before + 2].color = shapes_[before + 3].color = bottom;
}

void Canvas::frame(const sf::FloatRect& rect, sf::Color color, float thickness) {
    fill({rect.left, rect.top, rect.width, thickness}, color);
    fill({rect.left, rect.top + rect.height - thickness, rect.width, thickness}, color);
    fill({rect.left, rect.top + thickness, thickness, rect.height - 2 * thickness}, color);
    fill({rect.left + rect.width - thickness, rect.top + thickness, thickness,
          rect.height - 2 * thickness},
         color);
}

void Canvas::line(Point from, Point to, sf::Color color, float thickness) {
    const std::array<Point, 2> points{from, to};
    polyline(points, color, thickness);
}

void Canvas::polyline(std::span<const Point> points, sf::Color color, float thickness, float dash) {
    const Pen pen{thickness};
    if (dash > 0) {
        for_each_dash(points, dash, [&](Point a, Point b) {
            const Point side = side_of(a, b, pen.reach());
            pen.segment(shapes_, a, side, b, side, color);
        });
        return;
    }
    Point last_side{};  // of the segment before, or none after a gap
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point a = points[i - 1];
        const Point b = points[i];
        const Point side = finite(a) && finite(b) ? side_of(a, b, pen.reach()) : Point{};
        if (side == Point{}) {
            if (!finite(b)) last_side = {};
            continue;
        }
        Point a_side = side;
        // At a gentle bend both segments end on the bisector, so that no wedge is drawn twice or
        // left open; at a sharp one it would stick out.
        const float along =
            (side.x * last_side.x + side.y * last_side.y) / (pen.reach() * pen.reach());
        if (along > 0.3F) {
            a_side = (side + last_side) / (1 + along);
            const std::size_t end = shapes_.size();
            shapes_[end - 3].position = a - a_side;
            shapes_[end - 2].position = a + a_side;
        }
        pen.segment(shapes_, a, a_side, b, side, color);
        last_side = side;
    }
}

void Canvas::band(std::span<const Point> upper, std::span<const Point> lower, sf::Color from,
                  sf::Color to) {
    assert(upper.size() == lower.size());
    const auto count = static_cast<float>(upper.size() - 1);
    const auto blend = [&](std::size_t i) {
        const float share = static_cast<float>(i) / count;
        const auto mix = [share](sf::Uint8 x, sf::Uint8 y) {
            return static_cast<sf::Uint8>(static_cast<float>(x) * (1 - share) +
                                          static_cast<float>(y) * share);
        };
        return sf::Color{mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b),
                         mix(from.a, to.a)};
    };
    const auto part = [&](std::size_t i, Point a, Point b, Point c, Point d, float a_share,
                          float d_share) {
        const std::size_t before = shapes_.size();
        const sf::Color left = blend(i - 1);
        const sf::Color right = blend(i);
        quad(a, b, c, d, left);
        if (shapes_.size() == before) return;
        shapes_[before].color = faded(left, a_share);
        shapes_[before + 1].color = faded(right, a_share);
        shapes_[before + 2].color = faded(right, d_share);
        shapes_[before + 3].color = faded(left, d_share);
    };
    const Point edge{0, shape_texture::feather};
    for (std::size_t i = 1; i < upper.size(); ++i) {
        part(i, upper[i - 1] - edge, upper[i] - edge, upper[i], upper[i - 1], 0, 1);
        part(i, upper[i - 1], upper[i], lower[i], lower[i - 1], 1, 1);
        part(i, lower[i - 1], lower[i], lower[i] + edge, lower[i - 1] + edge, 1, 0);
    }
}

void Canvas::area(std::span<const Point> points, float base, sf::Color color) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        quad(points[i - 1], points[i], {points[i].x, base}, {points[i - 1].x, base}, color);
    }
}

void Canvas::disc(Point center, float radius, sf::Color color) {
    if (!finite(center) || !(radius > 0)) return;
    const float half = radius * (shape_texture::height / 2.0F) / shape_texture::disc_radius;
    const std::array<Point, 4> corners{Point{-1, -1}, Point{1, -1}, Point{1, 1}, Point{-1, 1}};
    for (const Point corner : corners) {
        const Point texel{shape_texture::disc_left + (corner.x + 1) * shape_texture::height / 2,
                          (corner.y + 1) * shape_texture::height / 2};
        shapes_.emplace_back(center + corner * half, color, texel);
    }
}

void Canvas::triangle(Point a, Point b, Point c, sf::Color color) {
    quad(a, b, c, c, color);
}

void Canvas::image(const sf::Texture& texture, const sf::FloatRect& rect,
                   const sf::FloatRect& part) {
    flush();
    const std::array<sf::Vertex, 4> corners{
        sf::Vertex{{rect.left, rect.top}, {part.left, part.top}},
        sf::Vertex{{rect.left + rect.width, rect.top}, {part.left + part.width, part.top}},
        sf::Vertex{{rect.left + rect.width, rect.top + rect.height},
                   {part.left + part.width, part.top + part.height}},
        sf::Vertex{{rect.left, rect.top + rect.height}, {part.left, part.top + part.height}}};
    target_->draw(corners.data(), corners.size(), sf::Quads, sf::RenderStates{&texture});
    vertex_count_ += corners.size();
}

std::vector<Point> flow_curve(Point from, Point to, std::size_t count) {
    assert(count >= 2);
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(count - 1);
        const float rise = t * t * (3 - 2 * t);
        points[i] = {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * rise};
    }
    return points;
}

}  // namespace crowdout::viz
