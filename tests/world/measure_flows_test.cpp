// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "market/order.hpp"
#include "market/posting.hpp"
#include "tests/support/synthetic_tracks.hpp"

using namespace crowdout;
using market::Cause;
using market::Reason;
using market::Session;
using market::Side;
using test::Synthetic;
using test::value_in;

namespace {

constexpr auto hour = market::hour;
constexpr auto day = market::day;
constexpr std::int64_t dollar = market::money_per_dollar;
constexpr std::int64_t billion = 1'000'000'000 * dollar;

world::MoneyRow flow(std::uint16_t from, std::uint16_t to, Reason reason, std::int64_t money) {
    return {from, to, static_cast<std::uint8_t>(reason), money};
}

world::TradedRow traded(std::uint16_t sector, Cause cause, Side side, std::int64_t money) {
    return {.book = 0,
            .sector = sector,
            .cause = static_cast<std::uint8_t>(cause),
            .side = static_cast<std::uint8_t>(side),
            .money = money,
            .lots = 1};
}

/// Four days; sectors 0 funds, 1 labs, 2 makers (intermediaries); a coin and the world's figures.
Synthetic four_days() {
    Synthetic given{{{"COIN", Session::always}, {"OTHER", Session::always}}, hour, 96};
    world::Tracks& tracks = given.tracks;
    tracks.manifest.sectors = {
        {.name = "funds"}, {.name = "labs"}, {.name = "makers", .is_intermediary = true}};
    tracks.manifest.sources = {"funds"};
    for (std::int64_t d = 0; d < 4; ++d) {
        tracks.stretches.push_back({.begin = test::monday + d * day.ns,
                                    .end = test::monday + (d + 1) * day.ns,
                                    .cash = {100 * dollar, 0, 0},
                                    .flows = {},
                                    .trades = {}});
    }
    return given;
}

}  // namespace

TEST_CASE("flow: dollars by payer, payee and reason, without escrow") {
    Synthetic given = four_days();
    given.tracks.stretches[0].flows = {flow(0, 1, Reason::capital_calls, 70 * dollar),
                                       flow(1, 0, Reason::interest, 5 * dollar)};
    given.tracks.stretches[2].flows = {flow(0, 1, Reason::capital_calls, 30 * dollar),
                                       flow(0, 2, Reason::trades, 11 * dollar),
                                       flow(0, 2, Reason::escrow, 999 * dollar)};
    const std::string ask = "measure: flow, ";
    CHECK(value_in(given.tracks, ask + "reason: capital_calls") == 100);
    CHECK(value_in(given.tracks, ask + "payer: funds") == 111);
    CHECK(value_in(given.tracks, ask + "payer: funds, payee: labs") == 100);
    CHECK(value_in(given.tracks, ask + "payee: funds") == 5);
    CHECK(value_in(given.tracks, ask + "reason: escrow") == 999);
    CHECK(value_in(given.tracks, ask + "reason: capital_calls, from: 1d") == 30);
    CHECK(value_in(given.tracks, ask + "reason: capital_calls, until: 2d") == 70);
    CHECK(test::measured_in(given.tracks, ask + "reason: sales, until: 36h").why_not ==
          "flows were not kept by the window's edges");
    given.tracks.stretches.clear();
    CHECK(test::measured_in(given.tracks, ask + "reason: sales").why_not == "flows were not kept");
}

TEST_CASE("sold: by sector and cause, with or without what was bought") {
    Synthetic given = four_days();
    given.tracks.stretches[1].trades = {traded(0, Cause::capital_call, Side::sell, 50 * dollar),
                                        traded(0, Cause::choice, Side::sell, 8 * dollar),
                                        traded(0, Cause::choice, Side::buy, 3 * dollar),
                                        traded(2, Cause::quote, Side::sell, 20 * dollar)};
    CHECK(value_in(given.tracks, "measure: sold, of: COIN") == 78);
    CHECK(value_in(given.tracks, "measure: sold, of: COIN, sector: funds") == 58);
    CHECK(value_in(given.tracks, "measure: sold, of: COIN, cause: capital_call") == 50);
    CHECK(value_in(given.tracks, "measure: sold, of: COIN, sector: funds, net: true") == 55);
    CHECK(value_in(given.tracks, "measure: sold, of: OTHER") == 0);
}

// Four days of owners' net purchases -1, 0, 1, 2 billion with returns of -2, 0, 2, 4 %: a slope of
// 2 % per billion. What makers trade does not count, nor a day on which nothing happened.
TEST_CASE("flow slope: daily returns on net purchases of owners") {
    Synthetic given = four_days();
    double log_price = 0;
    for (int d = 0; d < 4; ++d) {
        log_price += 0.02 * (d - 1);
        given.price_from(0, given.row_at(day * (d + 1)), 100 * std::exp(log_price));
        given.tracks.stretches[static_cast<std::size_t>(d)].trades = {
            traded(0, Cause::choice, Side::buy, 3 * billion),
            traded(1, Cause::choice, Side::sell, (4 - d) * billion),
            traded(2, Cause::quote, Side::sell, 77 * billion)};
    }
    const world::Measured found = test::measured_in(given.tracks, "measure: flow_slope, of: COIN");
    REQUIRE(found.value);
    CHECK(*found.value == doctest::Approx(0.02));
    CHECK(found.within_run_95->first == doctest::Approx(0.02));  // without scatter
    // Funds alone always bought 3: no slope.
    CHECK(test::measured_in(given.tracks, "measure: flow_slope, of: COIN, sector: funds").why_not ==
          "net purchases were the same on every day");
}

// Funds hold 100 at first and give labs 60; labs earn 20 from makers, and spend 40 of these 80 on
// capex, which makers receive. All 40 can have come from funds.
TEST_CASE("capex funding: traced in proportion, and at the most") {
    Synthetic given = four_days();
    given.tracks.stretches[0].cash = {100 * dollar, 0, 20 * dollar};
    given.tracks.stretches[0].flows = {flow(0, 1, Reason::capital_calls, 60 * dollar),
                                       flow(2, 1, Reason::sales, 20 * dollar)};
    given.tracks.stretches[3].flows = {flow(1, 2, Reason::capex, 40 * dollar)};
    const std::string ask = "measure: capex_funding, sector: ";
    CHECK(value_in(given.tracks, ask + "funds, as: at_most") == doctest::Approx(40));
    // What capex pays goes on to makers, who paid labs out of the same pot: with L the share of
    // funds' dollars in labs' pot and M in makers', L = (60 + 20 M) / 80 and M = 40 L / 60, so 0.9.
    CHECK(value_in(given.tracks, ask + "funds") == doctest::Approx(0.9));
    CHECK(value_in(given.tracks, ask + "funds, as: dollars") == doctest::Approx(36));
    CHECK(test::measured_in(given.tracks, ask + "labs").why_not ==
          "labs is none of the world's sources");
}

TEST_CASE("series: of the world or of a book, and what of them is taken") {
    Synthetic given = four_days();
    world::Tracks& tracks = given.tracks;
    tracks.manifest.series = {{"government_yield", "rate"},    {"credit_yield", "rate"},
                              {"funding_gap", "usd"},          {"funding_demand", "usd"},
                              {"flow_multiplier", "ratio", 0}, {"flow_multiplier", "ratio", 1}};
    tracks.series.assign(6, std::vector<double>(96));
    for (std::size_t row = 0; row < 96; ++row) {
        const auto x = static_cast<double>(row);
        tracks.series[0][row] = 0.04;
        tracks.series[1][row] = 0.05 + 1e-4 * x;
        tracks.series[2][row] = 10 + x;
        tracks.series[3][row] = 1'000;
        tracks.series[4][row] = 3;
        tracks.series[5][row] = 5;
    }
    const std::string ask = "measure: series, series: funding_gap, take: ";
    CHECK(value_in(tracks, ask + "begin") == 10);
    CHECK(value_in(tracks, ask + "end") == 105);
    CHECK(value_in(tracks, ask + "change") == 95);
    CHECK(value_in(tracks, ask + "growth") == doctest::Approx(9.5));
    CHECK(value_in(tracks, ask + "mean") == doctest::Approx(57.5));
    CHECK(value_in(tracks, ask + "least") == 10);
    CHECK(value_in(tracks, ask + "most, until: 1d") == 33);
    CHECK(value_in(tracks, "measure: funding_gap, take: end") == 105);
    CHECK(value_in(tracks, "measure: funding_gap, part: demand") == 1'000);
    CHECK(value_in(tracks, "measure: credit_spread") == doctest::Approx(95e-4));
    CHECK(value_in(tracks, "measure: credit_spread, take: begin") == doctest::Approx(0.01));
    CHECK(value_in(tracks, "measure: flow_multiplier, of: OTHER") == 5);
    CHECK(test::measured_in(tracks, "measure: series, series: policy_rate").why_not ==
          "there is no series policy_rate");

    const auto unit = [](const std::string& text) { return unit_of(test::measure_of(text)); };
    CHECK(unit(ask + "mean") == world::MeasureUnit::usd);
    CHECK(unit(ask + "growth") == world::MeasureUnit::ratio);
    CHECK(unit("measure: series, series: policy_rate") == world::MeasureUnit::rate);
}

TEST_CASE("idle capital: of one sector or of all") {
    Synthetic given = four_days();
    given.tracks.idle = {std::vector<double>(96, 50), std::vector<double>(96, 7),
                         std::vector<double>(96, 0)};
    given.tracks.idle[0].back() = 20;
    CHECK(value_in(given.tracks, "measure: idle_capital") == 27);
    CHECK(value_in(given.tracks, "measure: idle_capital, sector: funds, take: growth") ==
          doctest::Approx(-0.6));
    CHECK(value_in(given.tracks, "measure: idle_capital, sector: labs, take: most") == 7);
    CHECK(test::measured_in(given.tracks, "measure: idle_capital, sector: makers, take: growth")
              .why_not == "it was 0 at the beginning");
}

TEST_CASE("dominance and conservation: from balance sheets") {
    Synthetic given = four_days();
    given.tracks.manifest.assets = {{"USD"}, {"COIN"}, {"OTHER"}};
    given.tracks.manifest.books[0].asset = 1;
    given.tracks.manifest.books[1].asset = 2;
    given.tracks.balances = {
        {.time = test::monday + hour.ns, .worth = {9, 60, 40}, .drift = {0, 0, 0}},
        {.time = test::monday + 2 * day.ns, .worth = {9, 45, 55}, .drift = {0, 0, 0}}};
    CHECK(value_in(given.tracks, "measure: dominance, of: COIN, among: [COIN, OTHER]") ==
          doctest::Approx(-0.15));
    CHECK(value_in(given.tracks, "measure: dominance, of: COIN, among: [COIN, OTHER], take: end") ==
          doctest::Approx(0.45));
    CHECK(value_in(given.tracks, "measure: conservation") == 0);
    given.tracks.balances[1].drift[2] = -3;
    CHECK(value_in(given.tracks, "measure: conservation") == 3);
}

TEST_CASE("event count: of a kind, in one book or in all") {
    Synthetic given = four_days();
    const auto add = [&](world::EventKind kind, std::uint16_t book, market::Duration at) {
        given.tracks.events.push_back(
            {test::monday + at.ns, {.kind = static_cast<std::uint8_t>(kind), .book = book}});
    };
    add(world::EventKind::halt, 0, hour);
    add(world::EventKind::halt, 1, hour * 2);
    add(world::EventKind::halt, 0, hour * 50);
    add(world::EventKind::outage, 0, hour * 51);
    CHECK(value_in(given.tracks, "measure: event_count, kind: halt") == 3);
    CHECK(value_in(given.tracks, "measure: event_count, kind: halt, of: COIN") == 2);
    CHECK(value_in(given.tracks, "measure: event_count, kind: halt, of: COIN, from: 1d") == 1);
    CHECK(value_in(given.tracks, "measure: event_count, kind: resume") == 0);
}
