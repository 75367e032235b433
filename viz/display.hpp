// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Vector2.hpp>
#include <stdexcept>

namespace crowdout::viz {

/// There is no screen to draw on; `what` is a sentence for the user.
class NoDisplay : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Call before anything of SFML's that draws, on the main thread and before others start.
///
/// Where no X server answers, SFML ends the process with SIGABRT, be it in a window, an offscreen
/// texture or a font's first glyph; so the server is asked first. On Wayland the server is
/// XWayland, which desktops start by themselves. Software OpenGL is kept to one thread, unless
/// LP_NUM_THREADS says otherwise: the others belong to the simulation.
/// @throws NoDisplay
void require_display();

/// Pixels of the screen, all monitors together. @throws NoDisplay
[[nodiscard]] sf::Vector2i screen_size();

}  // namespace crowdout::viz
