// SPDX-License-Identifier: Apache-2.0
#include "studies/report_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/replay_film.hpp"

using namespace crowdout;
using studies::Language;
using studies::RunSketch;

namespace {

std::string page_of(const RunSketch& sketch, Language language) {
    return studies::run_report(
        sketch, {.version = "1.2.3", .compiler = "cc", .world = "a: <b>", .seed = 7}, language);
}

RunSketch busy_sketch() {
    const test::ReplayFilm& film = test::busy_film();
    RunSketch sketch{film.head.manifest};
    for (const world::Frame& frame : film.frames) sketch.take(frame);
    return sketch;
}

}  // namespace

TEST_CASE("report: both languages have the same sections, charts and tables") {
    const RunSketch sketch = busy_sketch();
    const std::string english = page_of(sketch, Language::english);
    const std::string chinese = page_of(sketch, Language::chinese);
    const auto count = [](const std::string& text, std::string_view part) {
        std::size_t found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
            ++found;
        }
        return found;
    };
    for (const char* part : {"<section", "<svg", "<table", "<polyline", "<tr>"}) {
        CAPTURE(part);
        CHECK(count(english, part) > 0);
        CHECK(count(english, part) == count(chinese, part));
    }
    CHECK(english.find("a: &lt;b&gt;") != std::string::npos);
    CHECK(english.find("--seed 7") != std::string::npos);
    CHECK(chinese.find("lang=\"zh-Hans\"") != std::string::npos);
}

TEST_CASE("report: of a run without frames says so") {
    const RunSketch none{test::busy_film().head.manifest};
    CHECK(page_of(none, Language::english).find("Nothing was recorded.") != std::string::npos);
    CHECK(page_of(none, Language::chinese).find("没有任何记录。") != std::string::npos);
}

TEST_CASE("report: spans are said in their two largest units") {
    using namespace market;
    const auto said = [](Duration span) { return studies::span_text(span.ns, Language::english); };
    CHECK(said(day) == "1 day");
    CHECK(said(day * 20 + hour * 3 + minute) == "20 days 3 hours");
    CHECK(said(minute * 90) == "1 hour 30 minutes");
    CHECK(said(Duration{0}) == "0 seconds");
    CHECK(studies::span_text((day * 2).ns, Language::chinese) == "2 天");
}

TEST_CASE("report: what the world has of the past is drawn dashed, and named with its source") {
    const test::ReplayFilm& film = test::busy_film();
    world::Manifest manifest = film.head.manifest;
    const std::int64_t first = film.frames.front().head.to;
    const std::int64_t last = film.frames.back().head.to;
    manifest.overlays = {{.name = "coin_then",
                          .source = "a <table>",
                          .book = 0,
                          .times = {first, last, last + 1},
                          .values = {5, 10, 20}}};
    RunSketch sketch{manifest};
    for (const world::Frame& frame : film.frames) sketch.take(frame);

    const std::string page = page_of(sketch, Language::english);
    const std::string line = "class=\"line dashed c0\" data-name=\"coin_then\" points=\"";
    const auto at = page.find(line);
    REQUIRE(at != std::string::npos);
    // What lies after the run is not drawn: one blank between two points.
    const std::string points =
        page.substr(at + line.size(), page.find('"', at + line.size()) - at - line.size());
    CHECK(std::ranges::count(points, ' ') == 1);
    CHECK(page.find("Dashed: coin_then, what " + manifest.books[0].name +
                    " was (a &lt;table&gt;); in proportion, from the run’s own price") !=
          std::string::npos);
    CHECK(page_of(sketch, Language::chinese).find("虚线：coin_then") != std::string::npos);

    // A frame tells of its end, but the run's first price is also where it begins.
    manifest.overlays[0].times = {film.frames.front().head.from, last, last + 1};
    RunSketch from_start{manifest};
    for (const world::Frame& frame : film.frames) from_start.take(frame);
    CHECK(page_of(from_start, Language::english)
              .find("from the run’s own price at " +
                    studies::time_text(market::Time{film.frames.front().head.from},
                                       Language::english)) != std::string::npos);
}
