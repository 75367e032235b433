// SPDX-License-Identifier: Apache-2.0
#include "apps/progress.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace crowdout::apps;

TEST_CASE("progress: in a log, a line each five seconds with rates and the time left") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::line, 80};

    CHECK_FALSE(progress.due(4.9));
    CHECK(progress.due(5));
    progress.show({.share = 0.25, .steps = 1'000, .trades = 50'000, .date = "2026-01-15"}, 5);
    CHECK_FALSE(progress.due(9.9));
    CHECK(progress.due(10));

    // 1,000 steps in 5 s; a quarter took 5 s, so three quarters take 15 s.
    CHECK(out.str() ==
          "crowdout:  25 %  2026-01-15  1,000 steps  200 steps/s  10,000 trades/s  ETA 15 s\n");
}

TEST_CASE("progress: rates forget what is more than ten seconds ago") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::line, 80};

    progress.show({.share = 0.1, .steps = 10'000}, 5);
    progress.show({.share = 0.2, .steps = 10'100}, 10);
    out.str("");
    progress.show({.share = 0.3, .steps = 10'200}, 15);

    // Since the mark at 5 s: 200 steps in 10 s.
    CHECK(out.str().find("  20 steps/s") != std::string::npos);
}

TEST_CASE("progress: a bar is redrawn in place, fits the terminal, and is wiped at the end") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::bar, 120};

    CHECK(progress.due(0.1));
    progress.show({.share = 0.5, .steps = 10, .trades = 0, .date = "2026-01-15"}, 2);
    const std::string drawn = out.str();
    progress.finish();

    CHECK(drawn.front() == '\r');
    CHECK(drawn.find("[====================>                   ]  50 %") != std::string::npos);
    CHECK(drawn.size() <= 120 + 4);  // the return and the three bytes that clear the rest
    CHECK(out.str().substr(drawn.size()) == "\r\x1b[K");
}

TEST_CASE("progress: a narrow terminal gets the figures without a bar, cut to one line") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::bar, 40};

    progress.show({.share = 0.5, .steps = 10, .trades = 0, .date = "2026-01-15"}, 2);

    CHECK(out.str().find('[') == out.str().size() - 2);  // of the escape code only
    CHECK(out.str().size() == 39 + 4);
}

TEST_CASE("progress: quiet means nothing at all") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::none, 80};

    CHECK_FALSE(progress.due(1e9));
    progress.finish();

    CHECK(out.str().empty());
}

TEST_CASE("progress: work that is no run says its own words") {
    std::ostringstream out;
    Progress progress{out, ProgressStyle::line, 80};

    progress.show(0.5, "3 of 6 members", 5);

    CHECK(out.str() == "crowdout: 3 of 6 members\n");
    CHECK_FALSE(progress.due(9.9));
}
