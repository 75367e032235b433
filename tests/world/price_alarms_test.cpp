// SPDX-License-Identifier: Apache-2.0
#include "world/price_alarms.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "market/archive.hpp"
#include "tests/support/split_mix.hpp"

namespace crowdout::world {

namespace {

agents::Wake alarm(std::uint16_t book, double below, double above) {
    return {.at = market::never,
            .instrument = market::InstrumentId{book},
            .below = below,
            .above = above};
}

/// Agents that ring at a price, in ascending order.
std::vector<std::uint32_t> rung(PriceAlarms& alarms, std::size_t book, double price) {
    std::vector<std::uint32_t> agents;
    alarms.check(book, price, [&](std::uint32_t agent) { agents.push_back(agent); });
    std::ranges::sort(agents);
    return agents;
}

using Agents = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("price alarms: one rings at or beyond either price, once") {
    PriceAlarms alarms{2, 3};
    alarms.set(0, alarm(1, 90, 110));
    alarms.set(2, alarm(1, 80, 120));

    CHECK(rung(alarms, 1, 90.5) == Agents{});
    CHECK(rung(alarms, 0, 1) == Agents{});
    CHECK(rung(alarms, 1, 90) == Agents{0});
    CHECK(rung(alarms, 1, 90) == Agents{});
    CHECK(rung(alarms, 1, 130) == Agents{2});
    CHECK(rung(alarms, 1, 130) == Agents{});
}

TEST_CASE("price alarms: a side that is switched off never rings") {
    PriceAlarms alarms{1, 2};
    alarms.set(0, alarm(0, 0, 110));
    alarms.set(1, alarm(0, 90, 1e300));
    CHECK(rung(alarms, 0, 1e-6) == Agents{1});
    CHECK(rung(alarms, 0, 1e30) == Agents{0});
}

TEST_CASE("price alarms: an agent's new alarm replaces its old one, here or elsewhere") {
    PriceAlarms alarms{2, 2};
    alarms.set(0, alarm(0, 90, 110));
    alarms.set(0, alarm(0, 50, 200));
    CHECK(rung(alarms, 0, 80) == Agents{});
    alarms.set(0, alarm(1, 90, 110));
    CHECK(rung(alarms, 0, 10) == Agents{});
    CHECK(rung(alarms, 1, 115) == Agents{0});

    alarms.set(1, alarm(0, 90, 110));
    alarms.set(1, {});
    CHECK(rung(alarms, 0, 10) == Agents{});
}

// Goal: lists, nearest prices and moves agree with a table that is searched in full.
TEST_CASE("price alarms: they ring as a plain table does, through a checkpoint too") {
    constexpr std::uint32_t agents_count = 200;
    constexpr std::int64_t books = 3;
    test::SplitMix64 random{7};
    PriceAlarms alarms{static_cast<std::size_t>(books), agents_count};
    std::vector<std::optional<agents::Wake>> table(agents_count);

    for (int step = 0; step < 3'000; ++step) {
        const auto agent = static_cast<std::uint32_t>(random.below(agents_count));
        // Whole numbers are exact in single precision.
        const double below = static_cast<double>(random.below(100));
        const double above = static_cast<double>(101 + random.below(100));
        const auto book = static_cast<std::uint16_t>(random.below(books));
        if (random.below(8) == 0) {
            alarms.set(agent, {});
            table[agent].reset();
        } else {
            table[agent] = alarm(book, below, above);
            alarms.set(agent, *table[agent]);
        }

        const auto price = static_cast<double>(50 + random.below(110));
        const auto at = static_cast<std::size_t>(random.below(books));
        Agents expected;
        for (std::uint32_t a = 0; a < agents_count; ++a) {
            if (!table[a] || market::index(table[a]->instrument) != at) continue;
            if (price > table[a]->below && price < table[a]->above) continue;
            expected.push_back(a);
            table[a].reset();
        }
        REQUIRE(rung(alarms, at, price) == expected);

        if (step % 500 == 0) {
            market::ArchiveWriter writer;
            writer(alarms);
            PriceAlarms again;
            market::ArchiveReader reader{writer.bytes()};
            reader(again);
            alarms = again;
        }
    }
}

}  // namespace crowdout::world
