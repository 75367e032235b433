// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viz/canvas.hpp"
#include "viz/keys.hpp"
#include "viz/layout.hpp"
#include "viz/look.hpp"
#include "viz/playback.hpp"
#include "viz/pointer.hpp"

namespace crowdout::viz {

/// What the toolbar shows as switched on.
struct ToolbarState {
    bool playing = false;
    bool following = false;
    bool live = false;  ///< a run that can be told what to do
    bool log = true;
    bool inject = false;
    Speed speed = Speed::one();
    View view = View::overview;
};

/// A button, and the command of the key table that it stands for.
struct ToolbarButton {
    Command command;
    sf::FloatRect rect;
    std::string words{};  ///< empty: a sign is drawn
    bool active = false;
};

/// Where buttons are: transport and speed at the left, views in the middle, the rest at the right.
/// In a narrow window the views are called by their keys alone.
[[nodiscard]] std::vector<ToolbarButton> toolbar_buttons(const sf::FloatRect& rect,
                                                         const Look& look,
                                                         const ToolbarState& state,
                                                         const Canvas& canvas);

/// Draws the buttons. @return what was clicked.
std::optional<Command> draw_toolbar(Canvas& canvas, const Look& look, const Pointer& pointer,
                                    const sf::FloatRect& rect,
                                    std::span<const ToolbarButton> buttons,
                                    const ToolbarState& state);

/// What a button under the pointer does, and its key: drawn after everything else.
void draw_toolbar_hint(Canvas& canvas, const Look& look, const Pointer& pointer,
                       std::span<const ToolbarButton> buttons);

}  // namespace crowdout::viz
