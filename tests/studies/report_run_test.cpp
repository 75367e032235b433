// SPDX-License-Identifier: Apache-2.0
#include "studies/report_run.hpp"

#include <doctest/doctest.h>

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
