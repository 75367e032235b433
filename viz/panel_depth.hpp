// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/heatmap.hpp"
#include "viz/panel_stage.hpp"
#include "viz/past_scenes.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// The order book over time as a heat map: a column a frame, a row a step of price, with the best
/// prices as lines and executions as dots where a book is recorded in full.
///
/// Going forward it asks for the frames that came since, a few at a time; after a jump it fills
/// the columns before the moment at once.
class DepthPanel {
public:
    static constexpr std::size_t rows = 121;
    static constexpr double rows_span_min = 0.05;  ///< of the price, lowest row to highest

    DepthPanel();

    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

    [[nodiscard]] std::uint16_t book() const { return book_; }
    void set_book(std::uint16_t book) { book_ = book; }

private:
    struct Column {
        std::size_t frame = 0;
        double bid = 0;  ///< USD; 0 where there is none
        double ask = 0;
    };
    struct Dot {
        std::size_t frame = 0;
        double price = 0;
        double usd = 0;
        bool bought = false;  ///< the taker did
    };

    void follow(world::FrameSource& source, std::size_t index, std::size_t columns);
    void restart(const world::FrameSource& source, std::size_t first, std::size_t last);
    void push(const world::Manifest& manifest, const world::Frame& frame, std::size_t number);
    void add_dots(const world::Manifest::Book& terms, const world::Frame& frame,
                  std::size_t number);
    void draw_prices(const Stage& stage, const sf::FloatRect& area, float column_width) const;
    void draw_dots(const Stage& stage, const sf::FloatRect& area, float column_width) const;
    void draw_axis(const Stage& stage, const sf::FloatRect& area) const;
    [[nodiscard]] double row_of(double price) const { return price / step_ - first_; }

    PastScenes past_;
    HeatMap map_;
    std::uint16_t book_ = 0;
    std::uint16_t shown_book_ = 0xffff;
    std::vector<Column> columns_;  ///< as the map's, oldest first
    std::vector<Dot> dots_;
    std::vector<float> depth_;
    double step_ = 0;    ///< USD a row
    double first_ = 0;   ///< steps below the lowest row
    double lowest_ = 0;  ///< USD: beyond these the rows are chosen again
    double highest_ = 0;
};

}  // namespace crowdout::viz
