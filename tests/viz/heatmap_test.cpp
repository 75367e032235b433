// SPDX-License-Identifier: Apache-2.0
#include "viz/heatmap.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

using namespace crowdout;
using market::Time;
using viz::HeatBuffer;
using viz::HeatCutoffs;

TEST_CASE("heat buffer: the newest column takes the place of the oldest") {
    HeatBuffer buffer{3, 2};
    for (int i = 1; i <= 5; ++i) {
        const auto value = static_cast<float>(i);
        buffer.push(Time{i}, std::array{value, -value});
    }

    REQUIRE(buffer.size() == 3);
    CHECK(buffer.time(0) == Time{3});
    CHECK(buffer.time(2) == Time{5});
    CHECK(buffer.depth(0, 0) == 3);
    CHECK(buffer.depth(2, 1) == -5);
    CHECK(buffer.slot(0) == 2);  // the fourth and fifth went round to 0 and 1
    CHECK(buffer.slot(2) == 1);
    CHECK(buffer.largest() == 5);
}

TEST_CASE("heat buffer: the largest is forgotten with its column") {
    HeatBuffer buffer{2, 1};
    buffer.push(Time{1}, std::array{-9.0F});
    buffer.push(Time{2}, std::array{1.0F});
    CHECK(buffer.largest() == 9);
    buffer.push(Time{3}, std::array{2.0F});
    CHECK(buffer.largest() == 2);
}

TEST_CASE("heat buffer: what is not a number is no depth") {
    HeatBuffer buffer{1, 2};
    buffer.push(Time{1}, std::array{std::nanf(""), std::numeric_limits<float>::infinity()});
    CHECK(buffer.depth(0, 0) == 0);
    CHECK(buffer.depth(0, 1) == 0);
    buffer.clear();
    CHECK(buffer.size() == 0);
}

// Goal: a deeper level is never drawn fainter, in either theme. Method: contrast with the ground
// along the whole scale.
TEST_CASE("heat colours: the deeper, the further from the ground") {
    for (const auto name : {viz::ThemeName::dark, viz::ThemeName::light}) {
        const viz::Theme& theme = viz::theme(name);
        const HeatCutoffs cutoffs{.low = 0.1F, .high = 0.9F};
        for (const float side : {1.0F, -1.0F}) {
            double before = 0;
            for (int i = 0; i <= 100; ++i) {
                const float share = side * static_cast<float>(i) / 100;
                const double now =
                    viz::contrast(viz::heat_color(share, cutoffs, theme), theme.panel);
                CAPTURE(share);
                CHECK(now >= before - 0.02);  // a step of one in 255 may round either way
                before = now;
            }
            CHECK(before > 5);
            CHECK(viz::heat_color(side * 0.1F, cutoffs, theme) == theme.panel);
            CHECK(viz::heat_color(side * 0.9F, cutoffs, theme) ==
                  viz::heat_color(side, cutoffs, theme));
        }
        CHECK(viz::heat_color(0.5F, cutoffs, theme) != viz::heat_color(-0.5F, cutoffs, theme));
    }
}
