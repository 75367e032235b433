// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <array>
#include <cstdint>
#include <string>

#include "market/time.hpp"
#include "viz/canvas.hpp"
#include "viz/look.hpp"
#include "viz/pointer.hpp"
#include "world/frame.hpp"

namespace crowdout::viz {

/// What the line at the bottom says of the run and of the window.
struct StatusState {
    Phrase what = Phrase::status_replay;  ///< live, replay, being recorded, finished, failed
    bool playing = false;
    market::Time now;  ///< the moment shown
    std::uint64_t step = 0;
    double steps_per_second = 0;  ///< of a live run; 0 is not shown
    market::Duration behind;      ///< of the newest frame; 0 is not shown
    double frames_per_second = 0;
    std::array<double, world::phase_count> phase_seconds{};  ///< of a live run
    std::string subject{};                                   ///< the world, or the file
};

/// `3 min`, `5 h`, `2.5 d`, in the language's units.
[[nodiscard]] std::string span_text(market::Duration span, Language language);

/// Figures at the left, where the time of a step goes at the right.
void draw_status(Canvas& canvas, const Look& look, const Pointer& pointer,
                 const sf::FloatRect& rect, const StatusState& state);

}  // namespace crowdout::viz
