// SPDX-License-Identifier: Apache-2.0
#include "viz/input.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout;
using viz::InputQueue;
using viz::Pointer;
using viz::PointerTracker;

namespace {

sf::Event moved(int x, int y) {
    sf::Event event{};
    event.type = sf::Event::MouseMoved;
    event.mouseMove = {x, y};
    return event;
}

sf::Event button(bool down, int x, int y, sf::Mouse::Button which = sf::Mouse::Left) {
    sf::Event event{};
    event.type = down ? sf::Event::MouseButtonPressed : sf::Event::MouseButtonReleased;
    event.mouseButton = {which, x, y};
    return event;
}

sf::Event key(bool down, sf::Keyboard::Key code) {
    sf::Event event{};
    event.type = down ? sf::Event::KeyPressed : sf::Event::KeyReleased;
    event.key.code = code;
    return event;
}

sf::Event plain(sf::Event::EventType type) {
    sf::Event event{};
    event.type = type;
    return event;
}

/// How many events each frame gets until nothing waits.
std::vector<std::size_t> frames(const std::vector<sf::Event>& events) {
    InputQueue queue;
    for (const sf::Event& event : events) queue.push(event);
    std::vector<std::size_t> sizes;
    std::vector<sf::Event> taken;
    for (queue.take_frame(taken); !taken.empty(); queue.take_frame(taken)) {
        sizes.push_back(taken.size());
    }
    return sizes;
}

using Sizes = std::vector<std::size_t>;

}  // namespace

TEST_CASE("input: a click within one frame is spread over two") {
    CHECK(frames({button(true, 5, 5), button(false, 5, 5)}) == Sizes{1, 1});
    CHECK(frames({button(true, 5, 5), button(false, 5, 5), button(true, 5, 5),
                  button(false, 5, 5)}) == Sizes{1, 1, 1, 1});
    CHECK(frames({key(true, sf::Keyboard::A), key(false, sf::Keyboard::A)}) == Sizes{1, 1});
}

TEST_CASE("input: a key that is held repeats within a frame") {
    CHECK(frames({key(true, sf::Keyboard::Right), key(true, sf::Keyboard::Right),
                  key(true, sf::Keyboard::Right), key(false, sf::Keyboard::Right)}) == Sizes{3, 1});
}

TEST_CASE("input: a key waits until it is known what the click before it chose") {
    CHECK(frames({button(true, 5, 5), key(true, sf::Keyboard::Q)}) == Sizes{1, 1});
    CHECK(frames({key(true, sf::Keyboard::Q), button(true, 5, 5)}) == Sizes{2});
}

TEST_CASE("input: moves run together, but not past a press") {
    CHECK(frames({moved(1, 1), moved(2, 2), moved(3, 3)}) == Sizes{3});
    CHECK(frames({moved(1, 1), button(true, 1, 1), moved(2, 2), button(false, 2, 2)}) ==
          Sizes{1, 1, 1, 1});
}

TEST_CASE("input: another button's release does not wait") {
    CHECK(frames({button(true, 1, 1), button(false, 1, 1, sf::Mouse::Right)}) == Sizes{2});
}

TEST_CASE("input: a key that SFML does not know is passed on") {
    CHECK(frames({key(true, sf::Keyboard::Unknown), key(false, sf::Keyboard::Unknown)}) ==
          Sizes{2});
}

TEST_CASE("pointer: a drag lasts from press to release, wherever it goes") {
    PointerTracker tracker;
    const sf::FloatRect panel{0, 0, 100, 100};
    tracker.handle(moved(10, 10), false, {});
    tracker.set_inside(true);
    tracker.handle(button(true, 10, 10), false, {});
    CHECK(tracker.pointer().pressed);
    CHECK(tracker.pointer().drags(panel));
    CHECK(tracker.pointer().over(panel));

    tracker.begin_frame();
    tracker.handle(moved(500, 20), false, {});
    CHECK_FALSE(tracker.pointer().pressed);
    CHECK(tracker.pointer().drags(panel));
    CHECK(tracker.pointer().moved == sf::Vector2f{490, 10});

    tracker.begin_frame();
    tracker.handle(button(false, 500, 20), true, {});  // over a panel: ours all the same
    CHECK(tracker.pointer().released);
    CHECK(tracker.pointer().drags(panel));  // its last move counts

    tracker.begin_frame();
    CHECK_FALSE(tracker.pointer().drags(panel));
}

TEST_CASE("pointer: a double click is soon and near, and a third click begins anew") {
    PointerTracker tracker;
    const auto click = [&](int x, int milliseconds) {
        tracker.begin_frame();
        tracker.handle(button(true, x, 10), false, sf::milliseconds(milliseconds));
        const bool twice = tracker.pointer().double_clicked;
        tracker.handle(button(false, x, 10), false, sf::milliseconds(milliseconds + 20));
        return twice;
    };
    CHECK_FALSE(click(10, 1000));
    CHECK(click(12, 1200));
    CHECK_FALSE(click(12, 1300));
    CHECK_FALSE(click(30, 1400));  // too far
    CHECK_FALSE(click(30, 2000));  // too late
    CHECK(click(30, 2100));
}

TEST_CASE("pointer: what a panel takes is not ours") {
    PointerTracker tracker;
    tracker.handle(button(true, 10, 10), true, {});
    sf::Event wheel = plain(sf::Event::MouseWheelScrolled);
    wheel.mouseWheelScroll.delta = 2;
    tracker.handle(wheel, true, {});
    CHECK_FALSE(tracker.pointer().pressed);
    CHECK(tracker.pointer().wheel == 0);

    tracker.handle(wheel, false, {});
    CHECK(tracker.pointer().wheel == 2);
}

TEST_CASE("pointer: losing the focus ends a drag, leaving the window does not") {
    PointerTracker tracker;
    tracker.handle(button(true, 10, 10), false, {});
    tracker.handle(plain(sf::Event::MouseLeft), false, {});
    CHECK(tracker.pointer().held);
    tracker.set_inside(true);
    CHECK_FALSE(tracker.pointer().inside);

    tracker.handle(plain(sf::Event::LostFocus), false, {});
    CHECK_FALSE(tracker.pointer().held);
    CHECK(tracker.pointer().released);
}
