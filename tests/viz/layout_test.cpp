// SPDX-License-Identifier: Apache-2.0
#include "viz/layout.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace crowdout;
using viz::Layout;
using viz::LayoutRequest;
using viz::Panel;
using viz::View;

namespace {

std::vector<sf::FloatRect> shown(const Layout& layout) {
    std::vector<sf::FloatRect> rects;
    for (const auto& rect : layout.rects) {
        if (rect) rects.push_back(*rect);
    }
    return rects;
}

/// Inside the window, whole pixels, large enough to read, nothing over anything.
void check_sound(const LayoutRequest& request) {
    const std::vector<sf::FloatRect> rects = shown(viz::lay_out(request));
    CAPTURE(request.size.x);
    CAPTURE(request.size.y);
    CAPTURE(static_cast<int>(request.view));
    CHECK(rects.size() >= 3);
    float area = 0;
    for (std::size_t i = 0; i < rects.size(); ++i) {
        const sf::FloatRect& a = rects[i];
        CAPTURE(a.left);
        CAPTURE(a.top);
        CAPTURE(a.width);
        CAPTURE(a.height);
        CHECK(a.left >= 0);
        CHECK(a.top >= 0);
        CHECK(a.left + a.width <= request.size.x);
        CHECK(a.top + a.height <= request.size.y);
        CHECK(a.width >= 150);
        CHECK(a.height >= 20);
        CHECK(a.left == std::floor(a.left));
        CHECK(a.top == std::floor(a.top));
        CHECK(a.width == std::floor(a.width));
        CHECK(a.height == std::floor(a.height));
        for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(a.intersects(rects[j]));
        area += (a.width + 6) * (a.height + 6);
    }
    // Each panel with the gap of 6 to its right and below: together they tile the window, so no
    // panel is lost and no hole is left.
    CHECK(area == doctest::Approx((request.size.x - 6) * (request.size.y - 6)).epsilon(1e-6));
}

}  // namespace

TEST_CASE("layout: panels are sound at every size, in every view, for every split") {
    const std::vector<sf::Vector2f> sizes{{960, 600},   {1280, 720},  {1366, 768},  {1600, 900},
                                          {1920, 1080}, {2560, 1440}, {3840, 2160}, {961, 1507}};
    for (const sf::Vector2f size : sizes) {
        for (std::size_t view = 0; view < viz::view_count; ++view) {
            for (const bool log : {false, true}) {
                for (const bool inspector : {false, true}) {
                    for (const float split : {0.1F, 0.37F, 0.9F}) {
                        check_sound({.size = size,
                                     .view = static_cast<View>(view),
                                     .log = log,
                                     .inspector = inspector,
                                     .splits = {split, split, split, split},
                                     .scale = viz::text_scale(size)});
                    }
                    check_sound({.size = size,
                                 .view = static_cast<View>(view),
                                 .log = log,
                                 .inspector = inspector,
                                 .scale = viz::text_scale(size)});
                }
            }
        }
    }
}

TEST_CASE("layout: in the overview the capital flow is first and largest") {
    for (const sf::Vector2f size : {sf::Vector2f{1280, 720}, {1600, 900}, {2560, 1440}}) {
        const Layout layout = viz::lay_out({.size = size});
        const sf::FloatRect flow = layout[Panel::flow].value();
        for (const auto& rect : layout.rects) {
            if (rect) CHECK(flow.width * flow.height >= rect->width * rect->height);
        }
        CHECK(flow.left == layout[Panel::toolbar]->left);
        CHECK(flow.width * flow.height > 0.3F * size.x * size.y);
    }
}

TEST_CASE("layout: a view shows its own panels, and log and inspector on demand") {
    const Layout bare = viz::lay_out({.size = {1280, 720}, .view = View::book, .log = false});
    CHECK(bare[Panel::depth].has_value());
    CHECK(bare[Panel::ladder].has_value());
    CHECK_FALSE(bare[Panel::flow].has_value());
    CHECK_FALSE(bare[Panel::log].has_value());

    const Layout both = viz::lay_out({.size = {1280, 720}, .log = true, .inspector = true});
    CHECK(both[Panel::log].has_value());
    CHECK(both[Panel::inspector].has_value());
    CHECK(both[Panel::inspector]->top < both[Panel::log]->top);
}

TEST_CASE("layout: by hand at 1280x720") {
    const Layout layout = viz::lay_out({.size = {1280, 720}, .view = View::flow, .log = false});

    CHECK(*layout[Panel::toolbar] == sf::FloatRect{6, 6, 1268, 34});
    CHECK(*layout[Panel::timeline] == sf::FloatRect{6, 634, 1268, 54});
    CHECK(*layout[Panel::flow] == sf::FloatRect{6, 46, 1268, 582});
}

TEST_CASE("layout: a window below the least is laid out as the least") {
    CHECK(viz::lay_out({.size = {100, 80}}).rects == viz::lay_out({.size = {960, 600}}).rects);
}

TEST_CASE("layout: text grows with the root of the window") {
    CHECK(viz::text_scale({960, 600}) == 1.0F);
    CHECK(viz::text_scale({1280, 720}) == 1.0F);
    CHECK(viz::text_scale({1600, 900}) == 1.0F);    // root of 1.25: 1.118
    CHECK(viz::text_scale({2560, 1440}) == 1.25F);  // root of 2: 1.414
    CHECK(viz::text_scale({3840, 2160}) == 1.5F);   // root of 3: 1.732
}

// Goal: a split follows the mouse to where it is let go, in every view. Method: each handle is
// dragged by 20 pixels; the panels laid out anew have their gap there.
TEST_CASE("layout: a split is where the mouse has left it") {
    for (std::size_t view = 0; view < viz::view_count; ++view) {
        LayoutRequest request{.size = {1600, 900}, .view = static_cast<View>(view)};
        const Layout before = viz::lay_out(request);
        for (std::size_t i = 0; i < before.handles.size(); ++i) {
            if (!before.handles[i]) continue;
            const viz::SplitHandle& handle = *before.handles[i];
            CAPTURE(view);
            CAPTURE(i);
            for (const auto& rect : before.rects) {
                if (rect) CHECK_FALSE(rect->intersects(handle.gap));
            }
            const sf::Vector2f middle{handle.gap.left + handle.gap.width / 2,
                                      handle.gap.top + handle.gap.height / 2};
            const sf::Vector2f by = handle.upright ? sf::Vector2f{-20, 3} : sf::Vector2f{3, -20};
            viz::SplitDrag drag;
            viz::Pointer pointer;
            pointer.position = pointer.pressed_at = middle;
            pointer.pressed = pointer.held = true;
            request.splits = {};
            CHECK_FALSE(drag.update(before, pointer, request.splits));  // a press moves nothing
            CHECK(drag.holds());
            pointer.pressed = pointer.held = false;
            pointer.released = true;
            pointer.position = middle + by;
            pointer.moved = by;
            CHECK(drag.update(before, pointer, request.splits));
            CHECK_FALSE(drag.holds());

            const Layout after = viz::lay_out(request);
            REQUIRE(after.handles[i].has_value());
            const float moved = handle.upright ? after.handles[i]->gap.left - handle.gap.left
                                               : after.handles[i]->gap.top - handle.gap.top;
            CHECK(moved == doctest::Approx(-20).epsilon(0.06));
        }
    }
}

TEST_CASE("layout: a press elsewhere holds no split") {
    const Layout layout = viz::lay_out({.size = {1280, 720}});
    viz::SplitDrag drag;
    viz::Splits splits;
    viz::Pointer pointer;
    pointer.position = pointer.pressed_at = {300, 300};
    pointer.pressed = pointer.held = true;
    pointer.moved = {10, 10};

    CHECK_FALSE(drag.update(layout, pointer, splits));
    CHECK_FALSE(drag.holds());
    CHECK(splits == viz::Splits{});
}
