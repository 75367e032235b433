// SPDX-License-Identifier: Apache-2.0
#include "viz/timeline.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout;
using market::Time;
using viz::EventMark;
using viz::Look;
using viz::Pointer;
using viz::Timeline;
using viz::TimelineState;

namespace {

const Look look{viz::theme(viz::ThemeName::dark), viz::Language::english, 1};
const sf::FloatRect panel{0, 0, 1020, 54};  // the track: 10 to 1010

Pointer pressed_at(float x) {
    Pointer pointer;
    pointer.inside = pointer.held = pointer.pressed = true;
    pointer.position = pointer.pressed_at = {x, 20};
    return pointer;
}

}  // namespace

TEST_CASE("timeline: a press goes where it points, and a drag beyond the end to the end") {
    Timeline timeline;
    const TimelineState state{Time{0}, Time{1'000'000}, Time{5}, nullptr, {}};

    CHECK(timeline.interact(panel, look, pressed_at(10), state) == Time{0});
    CHECK(timeline.interact(panel, look, pressed_at(260), state) == Time{250'000});
    Pointer dragged = pressed_at(260);
    dragged.position = {5000, 700};
    CHECK(timeline.interact(panel, look, dragged, state) == Time{1'000'000});
}

TEST_CASE("timeline: pointing alone and drags from elsewhere go nowhere") {
    Timeline timeline;
    const TimelineState state{Time{0}, Time{1'000'000}, Time{5}, nullptr, {}};

    Pointer pointer = pressed_at(260);
    pointer.held = false;
    CHECK_FALSE(timeline.interact(panel, look, pointer, state).has_value());
    Pointer foreign = pressed_at(260);
    foreign.pressed_at = {260, 400};
    CHECK_FALSE(timeline.interact(panel, look, foreign, state).has_value());
}

TEST_CASE("timeline: a run that has not begun has one moment") {
    Timeline timeline;
    const TimelineState state{Time{7}, Time{7}, Time{7}, nullptr, {}};
    CHECK(timeline.interact(panel, look, pressed_at(600), state) == Time{7});
}

TEST_CASE("timeline: the event under the mouse is the nearest within reach") {
    const std::vector<EventMark> events{{Time{10}, sf::Color::Red, "a"},
                                        {Time{20}, sf::Color::Red, "b"}};
    const market::Duration reach{4};

    REQUIRE(viz::event_near(events, Time{14}, reach) != nullptr);
    CHECK(viz::event_near(events, Time{14}, reach)->label == "a");
    CHECK(viz::event_near(events, Time{17}, reach)->label == "b");
    CHECK(viz::event_near(events, Time{15}, reach) == nullptr);
    CHECK(viz::event_near(events, Time{16}, market::Duration{9})->label == "b");
    CHECK(viz::event_near({}, Time{10}, reach) == nullptr);
}

TEST_CASE("timeline: the next event is later, the previous one earlier") {
    const std::vector<EventMark> events{{Time{10}, sf::Color::Red, "a"},
                                        {Time{20}, sf::Color::Red, "b"},
                                        {Time{30}, sf::Color::Red, "c"}};

    CHECK(viz::next_event(events, Time{0}) == Time{10});
    CHECK(viz::next_event(events, Time{10}) == Time{20});
    CHECK(viz::next_event(events, Time{30}) == std::nullopt);
    CHECK(viz::previous_event(events, Time{30}) == Time{20});
    CHECK(viz::previous_event(events, Time{25}) == Time{20});
    CHECK(viz::previous_event(events, Time{10}) == std::nullopt);
}
