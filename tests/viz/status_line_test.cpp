// SPDX-License-Identifier: Apache-2.0
#include "viz/status_line.hpp"

#include <doctest/doctest.h>

using namespace crowdout;
using viz::Language;

TEST_CASE("status line: a span is said in its largest unit") {
    CHECK(viz::span_text({}, Language::english) == "0 s");
    CHECK(viz::span_text(market::second * 59, Language::english) == "59 s");
    CHECK(viz::span_text(market::minute * 3, Language::english) == "3 min");
    CHECK(viz::span_text(market::hour * 5, Language::english) == "5 h");
    CHECK(viz::span_text(market::hour * 60, Language::english) == "2.5 d");
    CHECK(viz::span_text(market::day * 30, Language::english) == "30 d");
    CHECK(viz::span_text(market::hour * 5, Language::chinese) == "5 小时");
    CHECK(viz::span_text(market::hour * 60, Language::chinese) == "2.5 天");
}
