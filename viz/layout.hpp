// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <SFML/System/Vector2.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "viz/language.hpp"
#include "viz/pointer.hpp"

namespace crowdout::viz {

/// The smallest window that everything fits into; pixels.
inline const sf::Vector2u window_size_min{960, 600};

enum class View : std::uint8_t { overview, flow, markets, book, rates, agents };
inline constexpr std::size_t view_count = 6;

enum class Panel : std::uint8_t {
    toolbar,
    flow,
    prices,
    drawdowns,
    volume,
    depth,
    ladder,
    rates,
    log,
    inspector,
    timeline,
    status,
};
inline constexpr std::size_t panel_count = 12;

/// Where panels meet, as shares of what they divide. They are remembered between runs.
struct Splits {
    float main = 0.66F;   ///< of the width: the view's first picture
    float charts = 0.5F;  ///< of the height: the upper of two charts
    float bottom = 0.2F;  ///< of the height: the strip under the first picture
    float side = 0.19F;   ///< of the width: log or inspector at the right edge

    friend bool operator==(const Splits&, const Splits&) = default;
};

/// What a layout is made for.
struct LayoutRequest {
    sf::Vector2f size;  ///< of the window; pixels; less than the least counts as the least
    View view = View::overview;
    bool log = true;
    bool inspector = false;
    Splits splits{};
    float scale = 1;  ///< of text and of what must hold text
};

/// The gap between two panels where the user may take hold of a split.
struct SplitHandle {
    sf::FloatRect gap;
    float Splits::*share = nullptr;
    bool upright = true;    ///< the gap runs from top to bottom: it is moved sideways
    bool from_end = false;  ///< the share is that of the right or lower part
    float start = 0;        ///< of what the split divides, pixels, and how long that is
    float length = 1;
};

/// The panels' rectangles: inside the window, whole pixels, a gap apart. A panel that the view does
/// not show has none.
struct Layout {
    std::array<std::optional<sf::FloatRect>, panel_count> rects;
    std::array<std::optional<SplitHandle>, 4> handles;

    [[nodiscard]] const std::optional<sf::FloatRect>& operator[](Panel panel) const {
        return rects[static_cast<std::size_t>(panel)];
    }
};

[[nodiscard]] Layout lay_out(const LayoutRequest& request);

/// Moves splits with the mouse.
class SplitDrag {
public:
    /// @return whether `splits` changed; lay out anew then. While a split is held, what lies under
    /// the pointer is none of the panels' business: see `holds`.
    bool update(const Layout& layout, const Pointer& pointer, Splits& splits);

    [[nodiscard]] bool holds() const { return held_.has_value(); }

private:
    std::optional<SplitHandle> held_;
};

/// The handle under the pointer, a few pixels wider than its gap; to show that it can be moved.
[[nodiscard]] const SplitHandle* handle_at(const Layout& layout, sf::Vector2f position);

/// How much larger than at 1280x720 text is drawn: the square root of the window's growth, in
/// quarters, so that a larger window shows both more and larger (our choice).
[[nodiscard]] float text_scale(sf::Vector2f window_size);

/// What a panel is called over its picture. Not for the toolbar, the timeline and the line
/// of figures, which need none.
[[nodiscard]] Phrase title_of(Panel panel);

[[nodiscard]] Phrase title_of(View view);

}  // namespace crowdout::viz
