// SPDX-License-Identifier: Apache-2.0
#include "world/bound.hpp"

#include <doctest/doctest.h>

#include <string>

#include "world/quantity_text.hpp"

using crowdout::agents::Dimension;
using crowdout::world::Bound;
using crowdout::world::format_bound;
using crowdout::world::parse_bound;

TEST_CASE("bounds: the text tells the unit") {
    const auto read = [](const std::string& text) {
        Bound bound;
        const auto refusal = parse_bound(text, bound);
        CHECK_MESSAGE(!refusal, text);
        return bound;
    };
    CHECK(read("0.4") == Bound{0.4, Dimension::number});
    CHECK(read("-3k") == Bound{-3'000, Dimension::number});
    CHECK(read("-12.5%") == Bound{-0.125, Dimension::ratio});
    CHECK(read("25bp") == Bound{0.0025, Dimension::ratio});
    CHECK(read("25bp/yr") == Bound{0.0025, Dimension::rate});
    CHECK(read("-$1.5B") == Bound{-1.5e9, Dimension::money});
    CHECK(read("$1B/yr") == Bound{1e9, Dimension::money_rate});
    CHECK(read("36h") == Bound{129'600, Dimension::duration});
}

TEST_CASE("bounds: what is printed is read back") {
    for (const double value : {0.088, -0.35, 1.0 / 3, 0.0, 2.5e-5}) {
        for (const Dimension unit : {Dimension::number, Dimension::ratio, Dimension::rate,
                                     Dimension::money, Dimension::duration}) {
            const Bound bound{value, unit};
            Bound again;
            const std::string text = format_bound(bound);
            CHECK_MESSAGE(!parse_bound(text, again), text);
            CHECK(again.value == value);
            // Nothing of something is a bare 0, which fits everything.
            CHECK((again.unit == unit || (value == 0 && unit != Dimension::ratio)));
        }
    }
}

TEST_CASE("bounds: what is no number stays as it was") {
    Bound bound{7, Dimension::number};
    for (const char* text : {"", "none", "5pct", "$", "1e", "0x10", ".nan", "%"}) {
        CHECK_MESSAGE(parse_bound(text, bound), text);
    }
    CHECK(bound == Bound{7, Dimension::number});
}
