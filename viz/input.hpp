// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Time.hpp>
#include <SFML/Window/Event.hpp>
#include <deque>
#include <vector>

#include "viz/pointer.hpp"

namespace crowdout::viz {

/// Hands out events so that no click is lost, however slow the frames.
///
/// Both Dear ImGui 1.86 and our pictures look at a button's level once a frame: a press and its
/// release within one frame would cancel out, and a press would be seen where the mouse has gone
/// since. So in a frame a button or key changes once, no move follows a click, no key follows a
/// click, and no click or turn of the wheel follows a move, because only after a frame is it known
/// what the mouse is over and where typed text goes. The rest waits for the next frame.
class InputQueue {
public:
    void push(const sf::Event& event) { waiting_.push_back(event); }

    /// The events of one frame, in their order.
    void take_frame(std::vector<sf::Event>& events);

private:
    std::deque<sf::Event> waiting_;
};

/// Follows the mouse from events.
class PointerTracker {
public:
    /// Forgets what lasts one frame only.
    void begin_frame();

    /// @param taken  whether a panel took the event: presses and turns of the wheel are not ours
    ///               then, but a release still ends our drag.
    /// @param now    since any fixed moment; for double clicks.
    void handle(const sf::Event& event, bool taken, sf::Time now);

    void set_inside(bool inside) { pointer_.inside = inside && in_window_; }
    [[nodiscard]] const Pointer& pointer() const { return pointer_; }

private:
    void press(sf::Vector2f at, sf::Time now);

    Pointer pointer_;
    bool in_window_ = false;
    bool was_click_ = false;  // the last press was the first of a possible double click
    sf::Time last_press_;
};

}  // namespace crowdout::viz
