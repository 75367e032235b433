// SPDX-License-Identifier: Apache-2.0
#include "studies/chart.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "studies/chart_frame.hpp"

using namespace crowdout;
using namespace crowdout::studies;

namespace {

std::string labels(const std::vector<ValueTick>& ticks) {
    std::string joined;
    for (const ValueTick& tick : ticks) joined += (joined.empty() ? "" : " ") + tick.label;
    return joined;
}

template <class Chart>
std::string drawn(const Chart& chart, const Sheet& sheet) {
    Markup out;
    draw(out, chart, sheet, "alternative");
    return out.bytes();
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("chart: a logarithmic scale puts equal ratios at equal distances") {
    const AxisScale scale{.low = 1, .high = 100, .at_low = 0, .at_high = 200, .log = true};
    CHECK(scale(1) == doctest::Approx(0));
    CHECK(scale(10) == doctest::Approx(100));
    CHECK(scale(100) == doctest::Approx(200));
}

TEST_CASE("chart: ticks of a logarithmic scale are round numbers within it") {
    const AxisScale decades{.low = 0.8, .high = 2'000, .log = true};
    CHECK(labels(scale_ticks(decades, Unit::plain, 12, Language::english)) ==
          "1.00 2.00 5.00 10.00 20.00 50.00 100.0 200.0 500.0 1,000 2,000");
    CHECK(labels(scale_ticks(decades, Unit::plain, 5, Language::english)) ==
          "1.00 10.00 100.0 1,000");
    const AxisScale within{.low = 80, .high = 130, .log = true};
    CHECK(labels(scale_ticks(within, Unit::plain, 6, Language::english)) ==
          "80 90 100 110 120 130");
}

TEST_CASE("chart: labels are moved apart, in order, and stay where they fit") {
    CHECK(spread({10, 50, 90}, 10, 0, 100) == std::vector<double>{10, 50, 90});
    CHECK(spread({40, 41, 42}, 10, 0, 100) == std::vector<double>{31, 41, 51});
    CHECK(spread({3, 4, 5}, 10, 0, 100) == std::vector<double>{0, 10, 20});
    CHECK(spread({95, 96, 97}, 10, 0, 100) == std::vector<double>{80, 90, 100});
    CHECK(spread({}, 10, 0, 100).empty());
}

TEST_CASE("chart: text is cut where it has no room, and wide characters take more of it") {
    CHECK(fitted("short", 100) == "short");
    // Six characters of 6.2 and one of 9.5 px, and the ellipsis of 10.
    CHECK(fitted("a name that is far too long", 60, 10) == "a name…");
    CHECK(text_width("家庭", 10) == doctest::Approx(20));
    CHECK(text_width(fitted("家庭家庭家庭家庭", 45, 10), 10) <= 45);
}

TEST_CASE("chart: a flow's node is as large as what goes through it") {
    const Sankey sankey{
        .nodes = {{"a", 0, "c0"}, {"b", 0, "c1"}, {"m", 1, "mute"}, {"z", 2, "mute"}},
        .links = {{0, 2, 30}, {1, 2, 12}, {2, 3, 42}}};
    CHECK(sankey.size(0) == 30);
    CHECK(sankey.size(2) == 42);
    CHECK(sankey.size(3) == 42);
    // Wide: one picture of three links; narrow: two pictures, which have them all between them.
    CHECK(count(drawn(sankey, wide_sheet(Language::english)), "<svg") == 1);
    CHECK(count(drawn(sankey, wide_sheet(Language::english)), "class=\"flow") == 3);
    CHECK(count(drawn(sankey, narrow_sheet(Language::english)), "<svg") == 2);
    CHECK(count(drawn(sankey, narrow_sheet(Language::english)), "class=\"flow") == 3);
}

TEST_CASE("chart: nothing is drawn of nothing") {
    CHECK(drawn(LineChart{}, wide_sheet(Language::english)).empty());
    CHECK(drawn(Stack{.edges = {0, 1}}, wide_sheet(Language::english)).empty());
    CHECK(drawn(Sankey{}, wide_sheet(Language::english)).empty());
}

TEST_CASE("chart: a line of one value and a range without height are drawn") {
    const LineChart flat{.lines = {{.name = "flat", .color = "c0", .points = {{0, 5}, {10, 5}}}}};
    const std::string svg = drawn(flat, wide_sheet(Language::english));
    CHECK(count(svg, "<polyline") == 1);
    CHECK(count(svg, "nan") == 0);
    CHECK(count(svg, "inf") == 0);
    const LineChart single{.lines = {{.name = "one", .color = "c0", .points = {{7, 1}}}}};
    CHECK(count(drawn(single, narrow_sheet(Language::english)), "nan") == 0);
}

TEST_CASE("chart: a tree lists each node below the one it follows") {
    const Tree tree{.nodes = {{"first", "$1"},
                              {"second", "$2"},
                              {.label = "of first", .value = "$3", .size = 3, .follows = 0}}};
    const std::string svg = drawn(tree, wide_sheet(Language::english));
    CHECK(svg.find(">first ") < svg.find(">of first "));
    CHECK(svg.find(">of first ") < svg.find(">second "));
    CHECK(count(svg, "class=\"tree\"") == 1);
}

TEST_CASE("chart: an interval may reach beyond its row's scale") {
    const double infinity = std::numeric_limits<double>::infinity();
    const RowChart chart{.rows = {{.label = "claim",
                                   .value = "holds",
                                   .band = {{0.4, infinity}},
                                   .whisker = {{0.5, 0.7}},
                                   .dot = 0.6}},
                         .own_scales = true};
    const std::string svg = drawn(chart, wide_sheet(Language::english));
    CHECK(count(svg, "class=\"allowed\"") == 1);
    CHECK(count(svg, "inf") == 0);
    CHECK(count(svg, "nan") == 0);
}

TEST_CASE("chart: rows that are all zero have a scale around it") {
    const RowChart chart{
        .rows = {{.label = "no change", .value = "0", .whisker = {{0, 0}}, .dot = 0}}};
    const std::string svg = drawn(chart, wide_sheet(Language::english));
    CHECK(count(svg, "<circle") == 1);
    CHECK(count(svg, "nan") == 0);
}

TEST_CASE("chart: a curve keeps its ends and leaves out what has no room") {
    Curve curve{.across = "depth",
                .points = {{.x = 1, .value = 10, .title = "one", .interval = {{9, 11}}},
                           {.x = 10, .value = 20, .title = "ten", .interval = {{18, 22}}},
                           {.x = 100, .value = 15, .title = "hundred", .interval = {{15, 15}}}},
                .ticks = {{1, "1"}, {10, "10"}, {10.1, "crowded"}, {100, "a hundred"}},
                .marks = {{1, "start"}, {1.1, "best"}},
                .log_across = true};

    const std::string wide = drawn(curve, wide_sheet(Language::english));

    CHECK(count(wide, "<circle") == 3);
    CHECK(count(wide, "class=\"band c1\"") == 1);
    CHECK(count(wide, "class=\"band light c1\"") == 0);
    CHECK(wide.find(">crowded</text>") == std::string::npos);
    CHECK(wide.find(">a hundred</text>") != std::string::npos);
    CHECK(wide.find(">start</text>") != std::string::npos);
    CHECK(wide.find(">best</text>") == std::string::npos);
    CHECK(wide.find("<title>best</title>") != std::string::npos);
    CHECK(wide.find("depth →") != std::string::npos);
    CHECK(drawn(Curve{}, wide_sheet(Language::english)).empty());
}
