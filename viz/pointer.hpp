// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <SFML/System/Vector2.hpp>

namespace crowdout::viz {

/// The mouse over the pictures during one frame. What a panel of Dear ImGui took is not in it.
struct Pointer {
    sf::Vector2f position{-1, -1};    ///< pixels of the window
    sf::Vector2f pressed_at{-1, -1};  ///< where the left button went down last
    sf::Vector2f moved;               ///< since the frame before
    float wheel = 0;                  ///< notches; away from the user is positive
    bool inside = false;              ///< over the window, and not over a panel
    bool held = false;                ///< the left button is down
    bool pressed = false;             ///< it went down in this frame
    bool released = false;            ///< it went up in this frame
    bool double_clicked = false;      ///< a second press, soon and near

    [[nodiscard]] bool over(const sf::FloatRect& rect) const {
        return inside && rect.contains(position);
    }
    /// A drag belongs to where it began, wherever it goes, up to the frame of its release.
    [[nodiscard]] bool drags(const sf::FloatRect& rect) const {
        return (held || released) && rect.contains(pressed_at);
    }
};

/// Pixels that the mouse may move between press and release of a click, and between two clicks
/// of a double one (our choice).
inline constexpr float click_slack = 5;

}  // namespace crowdout::viz
