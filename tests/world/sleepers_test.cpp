// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>

#include "tests/support/sanitized.hpp"
#include "tests/support/small_world.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

/// A crowd at work in one coin, and people who look once in ten thousand years but for an alarm.
std::string world_with_sleepers(int sleepers) {
    return fmt::format(R"(
extends: crowd.yaml
populations:
  - {{name: sleepers, sector: public, archetype: retail_trader, count: {}, attention: 0.0001/yr,
     alarm: 80%, nerves_sigma: 0, favourites: {{COIN: 1}}, owns: {{USD: $10M, COIN: $1M}}}}
)",
                       sleepers);
}

World build_with_sleepers(int sleepers) {
    const std::string text = world_with_sleepers(sleepers);
    LoadOptions options;
    options.built_in_names = {{agents::Reference::asset, "USD"}};
    options.read = [&](const std::string& path, std::string&) {
        return std::optional{path == "crowd.yaml" ? std::string{test::crowd_world} : text};
    };
    return build(
        std::make_shared<const WorldConfig>(load_or_throw<WorldConfig>("sleepers.yaml", options)));
}

std::size_t heap_bytes() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;  // what is in use, small and mapped
}

}  // namespace

// Goal: a retail trader who sleeps takes at most 128 bytes, ledger and alarm included.
// Method: what the heap holds more for 100,000 of them than for 10,000.
TEST_CASE("world: a sleeping retail trader takes at most 128 bytes" *
          doctest::skip(test::sanitized)) {
    const std::size_t start = heap_bytes();
    const World few = build_with_sleepers(10'000);
    const std::size_t with_few = heap_bytes();
    const World many = build_with_sleepers(100'000);
    const std::size_t with_many = heap_bytes();

    const double each =
        (static_cast<double>(with_many - with_few) - static_cast<double>(with_few - start)) /
        90'000;
    MESSAGE("bytes per sleeper: ", each);
    CHECK(each <= 128);
    CHECK(each >= 64);  // or it measures something else
    // What a world says of itself is what the heap says, to the bit of a set of the awake.
    CHECK(each == doctest::Approx(static_cast<double>(many.bytes_per_sleeper(2))).epsilon(0.01));
}

// Goal: the people of the main world, who hold up to four instruments, are within the bound too.
TEST_CASE("world: each retail trader of the main world takes at most 128 bytes asleep") {
    const auto loaded = load_world(CROWDOUT_SOURCE_DIR "/configs/ai_capex_drain.yaml");
    REQUIRE(loaded.report.ok());
    const World world = build(std::make_shared<const WorldConfig>(loaded.config));
    std::size_t most_columns = 0;
    for (std::size_t at = 0; at < world.populations().size(); ++at) {
        const agents::PopulationBase& people = *world.populations()[at];
        if (people.archetype() != "retail_trader") continue;
        CAPTURE(people.name);
        CHECK(world.bytes_per_sleeper(at) <= 128);
        most_columns =
            std::max(most_columns, world.economy().ledger.layout(people.block).assets.size());
    }
    CHECK(most_columns == 1 + 4);  // dollars and four favourites
}

// Goal: sleeping costs nothing: no visit, no draw, no message.
// Method: the same crowd beside 1,000 and beside 1,000,000 sleepers: as many turns, and the same
// trades, since a population's luck does not hang on its neighbours.
TEST_CASE("world: a step does not see a million sleepers") {
    Pool pool{1};
    World few = build_with_sleepers(1'000);
    World many = build_with_sleepers(1'000'000);
    for (int i = 0; i < 30; ++i) {
        few.step(pool);
        many.step(pool);
    }
    CHECK(few.totals().turns > 1'000);
    CHECK(many.totals().turns == few.totals().turns);
    CHECK(many.totals().orders == few.totals().orders);
    CHECK(many.totals().fills == few.totals().fills);
}

}  // namespace crowdout::world
