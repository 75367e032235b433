// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/synthetic_tracks.hpp"

using namespace crowdout;
using market::Session;
using test::Synthetic;
using test::value_in;

namespace {

constexpr auto minute = market::minute;
constexpr auto hour = market::hour;

/// Rows of a coin that never moves, with every column.
Synthetic still(market::Duration spacing, std::size_t rows) {
    Synthetic given{{{"COIN", Session::always}}, spacing, rows};
    for (auto column : {&world::Tracks::Book::spread, &world::Tracks::Book::bid_depth,
                        &world::Tracks::Book::ask_depth, &world::Tracks::Book::volume,
                        &world::Tracks::Book::volume_forced}) {
        (given[0].*column).assign(rows, 0);
    }
    return given;
}

}  // namespace

// Ten rows: spreads of 1 cent to 9 cents on a price of 100, one row without a side, of which the
// ninth is shut: mean of 1 .. 8 bp is 4.5.
TEST_CASE("spread: over mid, while the book trades and has both sides") {
    Synthetic given = still(minute * 5, 10);
    for (std::size_t row = 0; row < 9; ++row) {
        given[0].spread[row] = 0.01 * static_cast<double>(row + 1);
    }
    given[0].open[8] = 0;
    const std::string ask = "measure: spread, of: COIN";
    CHECK(value_in(given.tracks, ask) == doctest::Approx(4.5e-4));
    CHECK(value_in(given.tracks, ask + ", summary: most") == doctest::Approx(8e-4));
    CHECK(value_in(given.tracks, ask + ", summary: median") == doctest::Approx(4.5e-4));
    CHECK(value_in(given.tracks, ask + ", summary: last") == doctest::Approx(8e-4));
    // Quantiles between order statistics: 1 + 0.05 x 7 and 1 + 0.95 x 7.
    CHECK(value_in(given.tracks, ask + ", summary: low") == doctest::Approx(1.35e-4));
    CHECK(value_in(given.tracks, ask + ", summary: high") == doctest::Approx(7.65e-4));
    CHECK(value_in(given.tracks, ask + ", until: 10min") == doctest::Approx(1.5e-4));
    CHECK(test::measured_in(given.tracks, ask + ", from: 40min").why_not ==
          "the book never had both sides while it traded");
}

// Two days of half-hourly moves of +-0.1 %, and 100 trades in each half hour: a trade's volatility
// is a tenth of a half hour's, 1 bp; the spread is 2 bp.
TEST_CASE("spread to volatility: over that of one trade") {
    Synthetic given = still(minute * 5, 2 * 288);
    for (std::size_t row = 0; row < given.rows(); ++row) {
        given[0].spread[row] = 0.02;
        given[0].mid[row] = (row + 1) / 6 % 2 == 0 ? 100 : 100 * std::exp(0.001);
        for (int i = 0; i < 100 && row % 6 == 5; ++i) {
            given.tracks.tape[0].push_back({given.tracks.time[row], 1, 1, 100});
        }
    }
    // 95 returns that alternate; of those the first half hour's has no price as it begins.
    CHECK(value_in(given.tracks, "measure: spread_to_volatility, of: COIN") ==
          doctest::Approx(2).epsilon(0.02));
}

TEST_CASE("depth: dollars on both sides or one") {
    Synthetic given = still(minute * 5, 4);
    given[0].bid_depth = {10, 20, 30, 40};
    given[0].ask_depth = {1, 2, 3, 4};
    CHECK(value_in(given.tracks, "measure: depth, of: COIN") == doctest::Approx(27.5));
    CHECK(value_in(given.tracks, "measure: depth, of: COIN, side: bid, summary: least") == 10);
    CHECK(value_in(given.tracks, "measure: depth, of: COIN, side: ask, summary: mean") == 2.5);
}

TEST_CASE("depth loss: the thinnest book against the median of the day before") {
    Synthetic given = still(minute * 30, 48 * 3);
    given[0].bid_depth.assign(given.rows(), 60);
    given[0].ask_depth.assign(given.rows(), 40);
    given[0].bid_depth[100] = 3;
    given[0].ask_depth[100] = 2;
    CHECK(value_in(given.tracks, "measure: depth_loss, of: COIN") == doctest::Approx(0.95));
    CHECK(test::measured_in(given.tracks, "measure: depth_loss, of: COIN, until: 6h").why_not ==
          "the book traded for less than half of what it is compared with");
}

TEST_CASE("depth hump: ticks from the best price to the thickest level") {
    Synthetic given = still(hour, 2);
    given[0].ladder = {3, 5, 9, 7, 2};
    CHECK(value_in(given.tracks, "measure: depth_hump, of: COIN") == 2);
    given[0].ladder.clear();
    CHECK(test::measured_in(given.tracks, "measure: depth_hump, of: COIN").why_not ==
          "the book of COIN was not kept");
}

// Sizes 1, and the three largest 8, 4, 2: Hill = 3 / (ln 8 + ln 4 + ln 2) = 1 / (2 ln 2).
TEST_CASE("trade size tail: Hill's index of what takers took") {
    Synthetic given = still(hour, 24);
    for (int i = 0; i < 100; ++i) given.tracks.tape[0].push_back({given.tracks.time[3], 1, 1, 100});
    given.tracks.tape[0][10].size = 8;
    given.tracks.tape[0][20].size = 4;
    given.tracks.tape[0][30].size = 2;
    CHECK(value_in(given.tracks, "measure: trade_size_tail, of: COIN, tail: 3.5%") ==
          doctest::Approx(1 / (2 * std::log(2))));
    CHECK(
        test::measured_in(given.tracks, "measure: trade_size_tail, of: COIN, until: 2h").why_not ==
        "fewer than two trades lie in the tail");
}

TEST_CASE("forced share and concentration: sold by force, and how much at once") {
    Synthetic given = still(minute * 10, 144);
    given[0].volume.assign(given.rows(), 10);
    given[0].volume_forced[20] = 2;
    given[0].volume_forced[22] = 5;
    given[0].volume_forced[24] = 1;
    given[0].volume_forced[90] = 2;
    // 10 of 1,440. Within 40 minutes: the three of rows 20 to 24 less the one that is 40 min old.
    CHECK(value_in(given.tracks, "measure: forced_share, of: COIN") ==
          doctest::Approx(10.0 / 1'440));
    CHECK(value_in(given.tracks, "measure: forced_concentration, of: COIN") ==
          doctest::Approx(0.7));
    CHECK(value_in(given.tracks, "measure: forced_concentration, of: COIN, within: 50min") ==
          doctest::Approx(0.8));
    CHECK(test::measured_in(given.tracks, "measure: forced_concentration, of: COIN, from: 20h")
              .why_not == "nothing was sold by force");
}

// Goal: the exponent, Y and what is left after a while, of orders that follow the law exactly.
// Method: half-hourly moves of +-s make the daily volatility known; orders of two sizes, ten of
// each, with impact 0.8 sigma sqrt(Q / V), signs in turn.
TEST_CASE("impact: orders on the square-root law") {
    Synthetic given = still(minute * 30, 48 * 30);
    const double half_hour = 0.002;
    for (std::size_t row = 0; row < given.rows(); ++row) {
        given[0].mid[row] = row % 2 == 0 ? 100 : 100 * std::exp(half_hour);
        given[0].volume[row] = 1e6 / 48;
    }
    // 1,439 returns that alternate: one more of one sign leaves a mean of s / 1,439.
    const double n = 48 * 30 - 1;
    const double sigma = half_hour * std::sqrt((n - 1 / n) / (n - 1)) * std::sqrt(48.0);
    const double day_volume = 1e6 * (48 * 30) / n;  // so many returns make so many days
    for (int i = 0; i < 40; ++i) {
        const double size = i % 4 < 2 ? 0.001 : 0.1;
        const std::int8_t sign = i % 2 == 0 ? 1 : -1;
        const auto begin = given.tracks.time[static_cast<std::size_t>(20 + 30 * i)];
        const double impact = 0.8 * sigma * std::sqrt(size);
        given.tracks.parents.push_back({.book = 0,
                                        .sign = sign,
                                        .begin = begin,
                                        .end = begin + hour.ns,
                                        .price_begin = 100,
                                        .price_end = 100 * std::exp(sign * impact),
                                        .quantity = size * day_volume / 100,
                                        .money = size * day_volume,
                                        .trades = 5});
    }
    CHECK(value_in(given.tracks, "measure: impact_exponent, of: COIN") == doctest::Approx(0.5));
    CHECK(value_in(given.tracks, "measure: impact_prefactor, of: COIN") ==
          doctest::Approx(0.8).epsilon(1e-3));
    CHECK(test::measured_in(given.tracks, "measure: impact_exponent, of: COIN, trades_min: 6")
              .why_not == "no parent order of COIN was kept");

    // All orders begin in even rows, at 100, and an hour after their end it is 100 again: nothing
    // is left. Half an hour after, those that bought see the higher price.
    CHECK(value_in(given.tracks, "measure: impact_decay, of: COIN, after: 1") ==
          doctest::Approx(0));
    // 20 buys see +s, 20 sales -s (their move the wrong way): again nothing.
    CHECK(value_in(given.tracks, "measure: impact_decay, of: COIN, after: 0.5") ==
          doctest::Approx(0).epsilon(1e-9));
    for (auto& parent : given.tracks.parents) {
        parent.sign = 1;
        parent.price_end = 100 * std::exp(2 * half_hour);
    }
    CHECK(value_in(given.tracks, "measure: impact_decay, of: COIN, after: 0.5") ==
          doctest::Approx(0.5));
}
