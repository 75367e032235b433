// SPDX-License-Identifier: Apache-2.0
#include "studies/number_range.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace crowdout::studies {

TEST_CASE("number range: a share leads to a number and back") {
    const NumberRange linear{.from = 10, .to = 30};
    CHECK(linear.at(0.25) == 15);
    CHECK(linear.share_of(15) == 0.25);
    const NumberRange log{.from = 1, .to = 10'000, .scale = Scale::log};
    CHECK(log.at(0.5) == doctest::Approx(100));
    CHECK(log.share_of(1000) == doctest::Approx(0.75));
    // 10^0.4 is 2.51188643...
    CHECK(log.at(0.1) == 2.51189);
    for (const NumberRange& range : {linear, log}) {
        CHECK(range.at(0) == range.from);
        CHECK(range.at(1) == range.to);
        CHECK(range.contains(range.to));
        CHECK_FALSE(range.contains(range.to + 1));
    }
}

TEST_CASE("number range: what is wrong with its ends is told at the end that has it") {
    const auto mistake = [](const char* from, const char* to, Scale scale) {
        std::vector<FieldMistake> mistakes;
        const auto range = read_range({{from}, {to}}, scale, agents::Dimension::money, mistakes);
        CHECK(range.has_value() == mistakes.empty());
        return mistakes.empty() ? std::string{}
                                : mistakes.front().at + ": " + mistakes.front().what;
    };
    CHECK(mistake("$5k", "$1M", Scale::log).empty());
    CHECK(mistake("5%", "$1M", Scale::linear).starts_with("range[0]: "));
    CHECK(mistake("$5k", "much", Scale::linear).starts_with("range[1]: "));
    CHECK(mistake("$1M", "$5k", Scale::linear) ==
          "range: does not rise from its first end to its second");
    CHECK(mistake("0", "$5k", Scale::log) == "range: ratios need ends above zero");
}

}  // namespace crowdout::studies
