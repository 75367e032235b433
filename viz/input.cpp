// SPDX-License-Identifier: Apache-2.0
#include "viz/input.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace crowdout::viz {
namespace {

const sf::Time double_click_time = sf::milliseconds(400);  // our choice; desktops use 250-500 ms

enum class Change : std::uint8_t { none, pressed, released };

}  // namespace

void InputQueue::take_frame(std::vector<sf::Event>& events) {
    events.clear();
    std::array<bool, sf::Mouse::ButtonCount> clicked{};  // pressed or released in this frame
    std::array<Change, sf::Keyboard::KeyCount> typed{};
    bool any_clicked = false;
    bool moved = false;
    for (; !waiting_.empty(); waiting_.pop_front()) {
        const sf::Event& event = waiting_.front();
        switch (event.type) {
            case sf::Event::MouseButtonPressed:
            case sf::Event::MouseButtonReleased:
                if (moved || clicked[event.mouseButton.button]) return;
                clicked[event.mouseButton.button] = any_clicked = true;
                break;
            case sf::Event::MouseMoved:
            case sf::Event::MouseLeft:
                if (any_clicked) return;
                moved = true;
                break;
            case sf::Event::MouseWheelScrolled:
                if (moved) return;
                break;
            case sf::Event::KeyPressed:
            case sf::Event::KeyReleased: {
                if (any_clicked) return;
                if (event.key.code < 0) break;
                // A key that is held down is pressed again and again; that is no change.
                const bool down = event.type == sf::Event::KeyPressed;
                Change& change = typed[static_cast<std::size_t>(event.key.code)];
                if (change == (down ? Change::released : Change::pressed)) return;
                change = down ? Change::pressed : Change::released;
                break;
            }
            default:
                break;
        }
        events.push_back(event);
    }
}

void PointerTracker::begin_frame() {
    pointer_.moved = {};
    pointer_.wheel = 0;
    pointer_.pressed = pointer_.released = pointer_.double_clicked = false;
}

void PointerTracker::handle(const sf::Event& event, bool taken, sf::Time now) {
    const auto at = [](int x, int y) {
        return sf::Vector2f{static_cast<float>(x), static_cast<float>(y)};
    };
    switch (event.type) {
        case sf::Event::MouseMoved: {
            const sf::Vector2f position = at(event.mouseMove.x, event.mouseMove.y);
            if (in_window_) pointer_.moved += position - pointer_.position;
            pointer_.position = position;
            in_window_ = true;
            break;
        }
        case sf::Event::MouseEntered:
            in_window_ = true;
            break;
        case sf::Event::MouseLeft:
            in_window_ = false;
            break;
        case sf::Event::MouseButtonPressed:
            in_window_ = true;
            pointer_.position = at(event.mouseButton.x, event.mouseButton.y);
            if (!taken && event.mouseButton.button == sf::Mouse::Left) {
                press(pointer_.position, now);
            }
            break;
        case sf::Event::MouseButtonReleased:
            pointer_.position = at(event.mouseButton.x, event.mouseButton.y);
            if (event.mouseButton.button == sf::Mouse::Left && pointer_.held) {
                pointer_.held = false;
                pointer_.released = true;
            }
            break;
        case sf::Event::MouseWheelScrolled:
            if (!taken && event.mouseWheelScroll.wheel == sf::Mouse::VerticalWheel) {
                pointer_.wheel += event.mouseWheelScroll.delta;
            }
            break;
        case sf::Event::LostFocus:
            // The release will happen elsewhere and never be told.
            pointer_.released = pointer_.held;
            pointer_.held = false;
            break;
        default:
            break;
    }
}

void PointerTracker::press(sf::Vector2f at, sf::Time now) {
    const sf::Vector2f off = at - pointer_.pressed_at;
    const bool near = std::hypot(off.x, off.y) <= click_slack;
    pointer_.double_clicked = was_click_ && near && now - last_press_ <= double_click_time;
    was_click_ = !pointer_.double_clicked;  // a third press begins anew
    last_press_ = now;
    pointer_.pressed_at = at;
    pointer_.pressed = pointer_.held = true;
}

}  // namespace crowdout::viz
