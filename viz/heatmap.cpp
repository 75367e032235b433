// SPDX-License-Identifier: Apache-2.0
#include "viz/heatmap.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <stdexcept>

namespace crowdout::viz {

HeatBuffer::HeatBuffer(std::size_t columns, std::size_t rows)
    : rows_{rows}, depth_(columns * rows), peaks_(columns), times_(columns) {
    assert(columns > 0 && rows > 0);
}

void HeatBuffer::push(market::Time time, std::span<const float> depth) {
    assert(depth.size() == rows_);
    float peak = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
        const float value = std::isfinite(depth[row]) ? depth[row] : 0.0F;
        depth_[next_ * rows_ + row] = value;
        peak = std::max(peak, std::abs(value));
    }
    peaks_[next_] = peak;
    times_[next_] = time;
    next_ = (next_ + 1) % times_.size();
    size_ = std::min(size_ + 1, times_.size());
}

void HeatBuffer::clear() {
    std::ranges::fill(depth_, 0.0F);
    std::ranges::fill(peaks_, 0.0F);
    next_ = size_ = 0;
}

float HeatBuffer::depth(std::size_t column, std::size_t row) const {
    assert(column < size_ && row < rows_);
    return depth_[slot(column) * rows_ + row];
}

float HeatBuffer::largest() const {
    return *std::ranges::max_element(peaks_);
}

sf::Color heat_color(float share, const HeatCutoffs& cutoffs, const Theme& theme) {
    const float range = std::max(cutoffs.high - cutoffs.low, 1e-6F);
    const float strength =
        std::sqrt(std::clamp((std::abs(share) - cutoffs.low) / range, 0.0F, 1.0F));
    const sf::Color hue = share >= 0 ? theme.bid : theme.ask;
    // Through the hue at two thirds to nearly the text's colour: lightness goes one way all along.
    constexpr float turn = 0.66F;
    if (strength <= turn) return mixed(theme.panel, hue, strength / turn);
    return mixed(hue, theme.text, 0.8F * (strength - turn) / (1 - turn));
}

HeatMap::HeatMap(std::size_t columns, std::size_t rows)
    : buffer_{columns, rows}, pixels_(rows * 4) {
    if (!texture_.create(static_cast<unsigned>(columns), static_cast<unsigned>(rows))) {
        throw std::runtime_error{"the graphics system has no memory for a heat map"};
    }
}

void HeatMap::push(market::Time time, std::span<const float> depth) {
    buffer_.push(time, depth);
    unpainted_ = std::min(unpainted_ + 1, buffer_.size());
}

void HeatMap::clear() {
    buffer_.clear();
    painted_for_ = nullptr;
}

/// Paints new columns alone, or all of them where the colours or the measure have changed.
void HeatMap::refresh(const Theme& theme) {
    const float largest = buffer_.largest();
    // The measure follows only larger changes, or every new maximum would repaint everything.
    const bool fits = largest <= painted_largest_ && largest >= painted_largest_ / 2;
    if (painted_for_ != &theme || !fits) {
        painted_for_ = &theme;
        painted_largest_ = largest * 1.25F;
        unpainted_ = buffer_.size();
    }
    for (std::size_t column = buffer_.size() - unpainted_; column < buffer_.size(); ++column) {
        upload(buffer_.slot(column), column, theme);
    }
    unpainted_ = 0;
}

void HeatMap::upload(std::size_t slot, std::size_t column, const Theme& theme) {
    const std::size_t rows = buffer_.rows();
    const float scale = painted_largest_ > 0 ? 1 / painted_largest_ : 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const sf::Color color =
            heat_color(buffer_.depth(column, row) * scale, HeatCutoffs{}, theme);
        sf::Uint8* pixel = &pixels_[(rows - 1 - row) * 4];  // the highest price on top
        pixel[0] = color.r;
        pixel[1] = color.g;
        pixel[2] = color.b;
        pixel[3] = 255;
    }
    texture_.update(pixels_.data(), 1, static_cast<unsigned>(rows), static_cast<unsigned>(slot), 0);
}

void HeatMap::draw(Canvas& canvas, const sf::FloatRect& rect, const Theme& theme,
                   float column_width) {
    if (buffer_.size() == 0) return;
    refresh(theme);
    const auto room = static_cast<std::size_t>(std::ceil(rect.width / column_width));
    std::size_t column = buffer_.size() - std::min(room, buffer_.size());
    canvas.clip(rect);
    // One piece up to the end of the ring, one from its beginning.
    while (column < buffer_.size()) {
        const std::size_t slot = buffer_.slot(column);
        const std::size_t count = std::min(buffer_.size() - column, buffer_.columns_max() - slot);
        const auto wide = static_cast<float>(count);
        canvas.image(texture_,
                     {x_of(rect, column, column_width), rect.top, wide * column_width, rect.height},
                     {static_cast<float>(slot), 0, wide, static_cast<float>(buffer_.rows())});
        column += count;
    }
    canvas.unclip();
}

std::optional<std::size_t> HeatMap::column_at(const sf::FloatRect& rect, float x,
                                              float column_width) const {
    const float from_right = std::floor((rect.left + rect.width - x) / column_width);
    if (x < rect.left || x >= rect.left + rect.width || buffer_.size() == 0) return std::nullopt;
    const auto back = static_cast<std::size_t>(std::max(from_right, 0.0F));
    if (back >= buffer_.size()) return std::nullopt;
    return buffer_.size() - 1 - back;
}

float HeatMap::x_of(const sf::FloatRect& rect, std::size_t column, float column_width) const {
    const auto back = static_cast<float>(buffer_.size() - column);
    return rect.left + rect.width - back * column_width;
}

float HeatMap::y_of(const sf::FloatRect& rect, double row) const {
    const double share = (row + 0.5) / static_cast<double>(buffer_.rows());
    return rect.top + rect.height * (1 - static_cast<float>(share));
}

}  // namespace crowdout::viz
