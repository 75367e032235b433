// SPDX-License-Identifier: Apache-2.0
#include "world/scene.hpp"

#include <doctest/doctest.h>

#include "market/posting.hpp"

namespace crowdout::world {

namespace {

constexpr auto capex = static_cast<std::uint8_t>(market::Reason::capex);
constexpr auto wages = static_cast<std::uint8_t>(market::Reason::wages);

Manifest two_books() {
    Manifest manifest;
    manifest.books = {{.name = "A", .usd_per_tick = 0.5}, {.name = "B", .usd_per_tick = 1}};
    manifest.sectors = {{.name = "one"}, {.name = "two"}};
    manifest.series = {{"policy_rate", "rate"}};
    return manifest;
}

/// Frame n: prices n and 2 n ticks, and $n of capex; a ladder of A at even frames only.
Frame frame(std::int64_t n) {
    Frame f;
    f.head = {.step = static_cast<std::uint64_t>(n), .from = n - 1, .to = n};
    f.books = {{.book = 0, .mid_twice = 2 * n, .volume = 10'000}, {.book = 1, .mid_twice = 4 * n}};
    f.cash = {{.sector = 0, .cash = 5, .idle = 10'000 * n}, {.sector = 1, .cash = 5, .idle = 0}};
    f.flows = {{.from = 0, .to = 1, .reason = capex, .money = 10'000 * n}};
    if (n == 1) f.series = {{.series = 0, .value = 36'000'000}};
    if (n == 1) f.ladders = {{.book = 1, .side = 0, .price = 7, .lots = 1}};
    if (n % 2 == 0) f.ladders = {{.book = 0, .side = 0, .price = n, .lots = 1}};
    if (n == 3) f.flows.push_back({.from = 1, .to = 0, .reason = wages, .money = 7});
    if (n == 3) f.events = {{.kind = 0, .reference = 4}};
    return f;
}

FilmStrip strip_of(int frames) {
    FilmStrip strip{two_books()};
    for (int n = 1; n <= frames; ++n) strip.append(frame(n));
    return strip;
}

}  // namespace

TEST_CASE("scene: sums what flows, and keeps it sorted") {
    FilmStrip strip = strip_of(4);
    const std::vector<MoneyRow> expected{{.from = 1, .to = 0, .reason = wages, .money = 7},
                                         {.from = 0, .to = 1, .reason = capex, .money = 100'000}};
    CHECK(strip.at(3).flows == expected);
}

TEST_CASE("scene: a state holds, a change does not, a ladder goes book by book") {
    FilmStrip strip = strip_of(4);
    const Scene& scene = strip.at(3);
    REQUIRE(scene.frame.series.size() == 1);
    CHECK(scene.frame.series[0].value == 36'000'000);
    CHECK(scene.frame.events.empty());
    REQUIRE(scene.frame.ladders.size() == 2);
    CHECK(scene.frame.ladders[0].price == 4);
    CHECK(scene.frame.ladders[1].price == 7);
}

TEST_CASE("scene: backwards shows what forwards did") {
    FilmStrip strip = strip_of(9);
    std::vector<std::uint64_t> forwards;
    for (std::uint64_t i = 0; i < 9; ++i) forwards.push_back(strip.at(i).digest());
    for (std::uint64_t i = 9; i-- > 0;) CHECK(strip.at(i).digest() == forwards[i]);
    for (std::size_t i = 1; i < 9; ++i) CHECK(forwards[i] != forwards[i - 1]);
}

TEST_CASE("scene: flows between two moments are the difference, without zeros") {
    FilmStrip strip = strip_of(4);
    const std::vector<MoneyRow> then = strip.at(2).flows;
    const std::vector<MoneyRow> expected{{.from = 0, .to = 1, .reason = capex, .money = 40'000}};
    CHECK(flows_between(strip.at(3).flows, then) == expected);
    CHECK(flows_between(then, then).empty());
}

}  // namespace crowdout::world
