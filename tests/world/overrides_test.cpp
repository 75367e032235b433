// SPDX-License-Identifier: Apache-2.0
#include "world/overrides.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/world/toy_world.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

toy::World with(const std::vector<std::string>& overrides) {
    auto loaded = toy::load_text(std::string{toy::good_world}, overrides);
    CHECK(loaded.text() == "");
    return loaded.config;
}

std::string refused(const std::string& override) {
    const auto loaded = toy::load_text(std::string{toy::good_world}, {override});
    const std::string text = loaded.text();
    return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE("overrides: a path leads to a field, an item or a new key") {
    CHECK(with({"seed=8"}).seed == 8);
    CHECK(with({"seed=8", "seed=9"}).seed == 9);
    CHECK(with({"venue.open=false"}).venue.open == false);
    CHECK(with({"populations[makers].count=3"}).populations[0].count == 3);
    CHECK(with({"populations[1].count=4"}).populations[1].count == 4);
    CHECK(with({"populations.makers.cash=$3k"}).populations[0].cash == [] {
        agents::Distribution constant{3'000};
        constant.low = 0;
        return constant;
    }());
    CHECK(with({"populations[trend].holdings.国债=2"}).populations[1].holdings[1].second == 2);
    CHECK(with({"steps=[1min]"}).steps == std::vector<market::Duration>{market::minute});
    CHECK(with({"steps[1]=7s"}).steps[1] == market::second * 7);
    CHECK(with({"populations[makers].cash={uniform: [1, 2]}"}).populations[0].cash.kind ==
          agents::Distribution::Kind::uniform);
    CHECK_FALSE(with({"instruments[国债].coupon="}).instruments[1].coupon.has_value());
}

TEST_CASE("overrides: a wrong one names its place and the nearest name") {
    CHECK(refused("populations[maker].cash=3") ==
          "--set:1:13: error[E0170]: no item 'maker' in this list of 2; did you mean 'makers'?");
    CHECK(refused("populations[makers].cahs=3") ==
          "--set:1:21: error[E0123]: unknown key 'cahs'; did you mean 'cash'?");
    CHECK(refused("instruments[7].price=5") ==
          "--set:1:13: error[E0170]: no item '7' in this list of 2");
    CHECK(refused("venue.open.x=1") ==
          "--set:1:12: error[E0170]: the value 'true' has nothing inside");
    CHECK(refused("populations[trend].slow=5") ==
          "--set populations[trend].slow:1:1: error[E0141]: '5' needs a unit");
    CHECK(refused("seed=") == "--set seed:1:1: error[E0126]: this key has no value");
    CHECK(refused("steps=[1min") ==
          "--set steps:1:1: error[E0108]: this bracket is not closed, or a comma is missing "
          "inside");
    for (const std::string malformed :
         {"", "=", "=5", "seed", "a..b=1", ".a=1", "a.=1", "a[=1", "a[]=1", "a]=1", "a[b]c=1"}) {
        CAPTURE(malformed);
        CHECK(refused(malformed).starts_with("--set:1:1: error[E0170]"));
    }
}

TEST_CASE("overrides: a file that does not parse is not blamed for what is missing") {
    const auto loaded = toy::load_text("name: [\n", {"seed=2"});
    CHECK(loaded.report.error_count() == 1);
    CHECK(loaded.report.diagnostics()[0].code == Code::bad_syntax);
}

TEST_CASE("overrides: a path finds what the file wrote") {
    const auto loaded = toy::load_text(std::string{toy::good_world});
    const Node* spread = find_path(loaded.document.root, "populations[makers].spread");
    REQUIRE(spread != nullptr);
    CHECK(loaded.document.sources.where(spread->place) == "world.yaml:21:13");
    CHECK(find_path(loaded.document.root, "populations[makers].levels") == nullptr);
    CHECK(find_path(loaded.document.root, "populations[") == nullptr);
}
