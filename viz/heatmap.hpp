// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "market/time.hpp"
#include "viz/canvas.hpp"
#include "viz/theme.hpp"

namespace crowdout::viz {

/// A book's depth over time: a column for each moment, a row for each step of price.
///
/// Bids count positive and asks negative. Columns live in a ring: the newest takes the place of
/// the oldest. Row 0 is the lowest price.
class HeatBuffer {
public:
    HeatBuffer(std::size_t columns, std::size_t rows);

    /// @param depth  one value a row.
    void push(market::Time time, std::span<const float> depth);
    void clear();

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns_max() const { return times_.size(); }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// @param column  0 is the oldest.
    [[nodiscard]] float depth(std::size_t column, std::size_t row) const;
    [[nodiscard]] market::Time time(std::size_t column) const { return times_[slot(column)]; }
    /// The largest depth of either side that is stored.
    [[nodiscard]] float largest() const;
    /// Where a column lies in the ring.
    [[nodiscard]] std::size_t slot(std::size_t column) const {
        return (next_ + times_.size() - size_ + column) % times_.size();
    }

private:
    std::size_t rows_;
    std::vector<float> depth_;  // [slot x row]
    std::vector<float> peaks_;  // of each slot
    std::vector<market::Time> times_;
    std::size_t next_ = 0;
    std::size_t size_ = 0;
};

/// What share of the largest depth is the darkest and the brightest shade, 0..1.
struct HeatCutoffs {
    float low = 0.01F;
    float high = 0.6F;
};

/// The colour of a depth as a share of the largest, -1..1: blue for bids, orange for asks, further
/// from the ground the deeper. The root of the share is shown, or thin levels would vanish.
[[nodiscard]] sf::Color heat_color(float share, const HeatCutoffs& cutoffs, const Theme& theme);

/// Draws a HeatBuffer as a texture: on software OpenGL 30 times as fast as quads.
class HeatMap {
public:
    HeatMap(std::size_t columns, std::size_t rows);

    void push(market::Time time, std::span<const float> depth);
    void clear();

    [[nodiscard]] const HeatBuffer& buffer() const { return buffer_; }

    /// The newest columns, the last at the right edge, as many as fit at `column_width` pixels.
    void draw(Canvas& canvas, const sf::FloatRect& rect, const Theme& theme,
              float column_width = 1);

    /// The column drawn at x, and the left edge of a column drawn; for marks and crosshairs.
    [[nodiscard]] std::optional<std::size_t> column_at(const sf::FloatRect& rect, float x,
                                                       float column_width = 1) const;
    [[nodiscard]] float x_of(const sf::FloatRect& rect, std::size_t column,
                             float column_width = 1) const;
    /// The middle of a row, which may be a fraction.
    [[nodiscard]] float y_of(const sf::FloatRect& rect, double row) const;

private:
    void refresh(const Theme& theme);
    void upload(std::size_t slot, std::size_t column, const Theme& theme);

    HeatBuffer buffer_;
    sf::Texture texture_;
    std::vector<sf::Uint8> pixels_;
    const Theme* painted_for_ = nullptr;  // null: everything is to be painted again
    float painted_largest_ = 0;
    std::size_t unpainted_ = 0;  // newest columns that the texture does not have yet
};

}  // namespace crowdout::viz
