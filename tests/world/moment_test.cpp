// SPDX-License-Identifier: Apache-2.0
#include "world/moment.hpp"

#include <doctest/doctest.h>

namespace crowdout::world {

TEST_CASE("moment: a date is itself, a span counts from the start") {
    const market::Time start = *read_moment("2026-01-05", {});

    CHECK(*read_moment("30d", start) == start + market::day * 30);
    CHECK(*read_moment("90min", start) == start + market::hour + market::minute * 30);
    CHECK(*read_moment("2026-01-06", start) == start + market::day);
    CHECK(*read_moment("2026-01-05T12:00:00Z", start) == start + market::hour * 12);
}

TEST_CASE("moment: what is neither is none") {
    for (const char* text : {"", "soon", "30", "2026-13-01", "d", "30 days", "1e400d"}) {
        CAPTURE(text);
        CHECK_FALSE(read_moment(text, {}).has_value());
    }
}

}  // namespace crowdout::world
