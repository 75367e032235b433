// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "viz/panel_stage.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// What waits in a book at one price, or on a rung of prices.
struct Rung {
    double price = 0;  ///< USD per whole; of its edge that is nearer to the other side
    double usd = 0;    ///< what it is worth
};

/// A book's orders in sight: best first on each side.
struct Rungs {
    std::vector<Rung> bids;
    std::vector<Rung> asks;
};

[[nodiscard]] Rungs rungs_of(const world::Manifest& manifest, const world::Frame& frame,
                             std::uint16_t book);

/// The name of a book between two arrows that lead to its neighbours. @return the book to show.
std::uint16_t draw_book_choice(const Stage& stage, const sf::FloatRect& panel,
                               const world::Manifest& manifest, std::uint16_t book);

/// Bids and asks as bars, the best next to the middle.
class LadderPanel {
public:
    void draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
              std::size_t index);

    [[nodiscard]] std::uint16_t book() const { return book_; }
    void set_book(std::uint16_t book) { book_ = book; }

private:
    std::uint16_t book_ = 0;
};

}  // namespace crowdout::viz
