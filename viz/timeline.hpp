// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Rect.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "viz/canvas.hpp"
#include "viz/decimate.hpp"
#include "viz/look.hpp"
#include "viz/plot.hpp"
#include "viz/pointer.hpp"

namespace crowdout::viz {

/// What the scrub bar shows: how far the recording goes, and where in it we are.
struct TimelineState {
    market::Time first;
    market::Time last;                  ///< the newest moment recorded
    market::Time current;               ///< the moment that is shown
    const Series* sparkline = nullptr;  ///< a story in one line: total market value, say
    std::span<const EventMark> events;
    std::optional<market::Time> loop_begin{};
    std::optional<market::Time> loop_end{};
};

/// The bar along the bottom: a line of the whole run with marks where something happened. Pressing
/// or dragging goes there.
class Timeline {
public:
    /// @return the moment to go to, while the user points out one.
    [[nodiscard]] std::optional<market::Time> interact(const sf::FloatRect& rect, const Look& look,
                                                       const Pointer& pointer,
                                                       const TimelineState& state);

    void draw(Canvas& canvas, const sf::FloatRect& rect, const Look& look,
              const TimelineState& state);

    /// The part of the panel that stands for the run.
    [[nodiscard]] static sf::FloatRect track(const sf::FloatRect& rect, const Look& look);

private:
    void draw_sparkline(Canvas& canvas, const sf::FloatRect& bar, const Look& look,
                        const TimelineState& state);
    void draw_times(Canvas& canvas, const sf::FloatRect& bar, const Look& look,
                    const TimelineState& state) const;

    std::vector<PlotPoint> points_;
    std::vector<sf::Vector2f> pixels_;
    std::optional<float> hover_x_;
};

/// The event under the mouse: the nearest mark, where one is within `within`.
[[nodiscard]] const EventMark* event_near(std::span<const EventMark> events, market::Time time,
                                          market::Duration within);

/// The event nearest to a moment in one direction, or none: where "next event" goes.
/// @param events  in the order of their times.
[[nodiscard]] std::optional<market::Time> next_event(std::span<const EventMark> events,
                                                     market::Time after);
[[nodiscard]] std::optional<market::Time> previous_event(std::span<const EventMark> events,
                                                         market::Time before);

}  // namespace crowdout::viz
