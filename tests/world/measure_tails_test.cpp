// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/split_mix.hpp"
#include "tests/support/synthetic_tracks.hpp"

using namespace crowdout;
using market::Session;
using test::Synthetic;
using test::value_in;

namespace {

constexpr auto hour = market::hour;
constexpr auto day = market::day;

/// A coin whose log price moves by `moves` at successive midnights.
Synthetic daily(const std::vector<double>& moves) {
    Synthetic given{{{"COIN", Session::always}}, hour, 24 * moves.size()};
    double log_price = 0;
    for (std::size_t d = 0; d < moves.size(); ++d) {
        log_price += moves[d];
        given.price_from(0, given.row_at(day * static_cast<std::int64_t>(d + 1)),
                         100 * std::exp(log_price));
    }
    return given;
}

/// A coin whose log price moves by `moves` every hour.
Synthetic hourly(const std::vector<double>& moves) {
    Synthetic given{{{"COIN", Session::always}}, hour, moves.size()};
    double log_price = 0;
    for (std::size_t i = 0; i < moves.size(); ++i) {
        log_price += moves[i];
        given[0].mid[i] = 100 * std::exp(log_price);
    }
    return given;
}

/// Signs that follow no pattern.
std::vector<double> coin_tosses(std::size_t count) {
    test::SplitMix64 draws{7};
    std::vector<double> signs;
    for (std::size_t i = 0; i < count; ++i) signs.push_back(draws.below(2) == 0 ? 1 : -1);
    return signs;
}

}  // namespace

// Moments of {3, 1, -1, -1, -2}: mean 0, m2 = 16/5, m3 = (27 + 1 - 1 - 1 - 8)/5 = 18/5,
// m4 = (81 + 1 + 1 + 1 + 16)/5 = 20.
TEST_CASE("kurtosis and gain-loss asymmetry: moments of daily returns") {
    const Synthetic given = daily({0.03, 0.01, -0.01, -0.01, -0.02});
    CHECK(value_in(given.tracks, "measure: kurtosis, of: COIN, horizon: 1d") ==
          doctest::Approx(20 / (3.2 * 3.2) - 3));
    CHECK(value_in(given.tracks, "measure: gain_loss_asymmetry, of: COIN") ==
          doctest::Approx(3.6 / std::pow(3.2, 1.5)));
}

// Goal: the season of the day is no fat tail.
// Method: returns of one size but at noon, where they are ten times larger: without the season
// all are alike in size, and the kurtosis is that of a coin toss, -2.
TEST_CASE("kurtosis: the season of the day is taken out, or left in") {
    std::vector<double> moves = coin_tosses(24 * 40);
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] *= i % 24 == 12 ? 0.01 : 0.001;
    const Synthetic given = hourly(moves);
    const std::string ask = "measure: kurtosis, of: COIN, horizon: 1h";

    CHECK(value_in(given.tracks, ask) == doctest::Approx(-2).epsilon(0.01));
    // One in 24 is 100 times the square: m4 / m2^2 = 24 (23 + 1e4) / (23 + 1e2)^2.
    CHECK(value_in(given.tracks, ask + ", remove_season: false") ==
          doctest::Approx(24 * 10'023.0 / (123.0 * 123.0) - 3).epsilon(0.02));
}

// A large move in one hour of 40 days: kurtosis of about the number of returns, which falls from
// each horizon to the next.
TEST_CASE("kurtosis fall: the share of steps between horizons at which it falls") {
    std::vector<double> moves = coin_tosses(24 * 40);
    for (double& move : moves) move *= 1e-3;
    moves[500] = 0.5;
    const Synthetic given = hourly(moves);
    CHECK(value_in(given.tracks, "measure: kurtosis_fall, of: COIN, horizons: [1h, 6h, 1d]") == 1);

    const world::Measured few =
        test::measured_in(given.tracks, "measure: kurtosis_fall, of: COIN, horizons: [1h, 5d]");
    CHECK(few.why_not == "there are fewer than ten returns of a horizon");

    const world::Measured still =
        test::measured_in(hourly(std::vector<double>(24 * 20)).tracks,
                          "measure: kurtosis_fall, of: COIN, horizons: [1h, 1d]");
    CHECK(still.why_not == "the price did not move");
}

// 100 returns, of which the three largest are 8, 4 and 2 times the rest, half up and half down:
// with a tail of 3 %, Hill = 3 / (ln 8 + ln 4 + ln 2) = 3 / (6 ln 2).
TEST_CASE("hill: of the largest sizes") {
    std::vector<double> moves;
    for (int d = 0; d < 100; ++d) moves.push_back(d % 2 == 0 ? 0.001 : -0.001);
    moves[10] *= 8;
    moves[20] *= -4;
    moves[30] *= 2;
    const Synthetic given = daily(moves);
    const world::Measured found =
        test::measured_in(given.tracks, "measure: hill, of: COIN, horizon: 1d, tail: 3.5%");
    REQUIRE(found.value);
    const double hill = 3 / (6 * std::log(2));
    CHECK(*found.value == doctest::Approx(hill));
    REQUIRE(found.within_run_95);
    CHECK(found.within_run_95->first == doctest::Approx(hill - 1.96 * hill / std::sqrt(3)));
}

TEST_CASE("autocorrelation: of returns at a lag, or the farthest from zero of several") {
    // Up, up, down, down: at lag 1 half the pairs agree, at lag 2 none, at lag 4 all.
    std::vector<double> moves;
    for (int i = 0; i < 24 * 20; ++i) moves.push_back(i % 4 < 2 ? 0.01 : -0.01);
    const Synthetic given = hourly(moves);
    const std::string ask = "measure: autocorrelation, of: COIN, horizon: 1h, ";

    CHECK(value_in(given.tracks, ask + "lag: 1") == doctest::Approx(0).epsilon(0.01));
    CHECK(value_in(given.tracks, ask + "lag: 2") == doctest::Approx(-1).epsilon(0.01));
    CHECK(value_in(given.tracks, ask + "lag: 1, lag_last: 3") == doctest::Approx(-1).epsilon(0.01));
    CHECK(test::measured_in(given.tracks, ask + "lag: 300").why_not ==
          "the stretch is shorter than twice the last lag");
}

TEST_CASE("autocorrelation: of sizes, which remember what signs forget") {
    // Ten days lively, ten days calm, and so on: |r| is a square wave, signs are tossed.
    std::vector<double> moves = coin_tosses(24 * 100);
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] *= i / 240 % 2 == 0 ? 0.01 : 0.001;
    const Synthetic given = hourly(moves);
    const std::string ask = "measure: autocorrelation, of: COIN, horizon: 1h, lag: 24";
    CHECK(std::abs(value_in(given.tracks, ask)) < 0.1);
    // A square wave of half period 240 at lag 24: 1 - 2 x 24 / 240.
    CHECK(value_in(given.tracks, ask + ", series: sizes") == doctest::Approx(0.8).epsilon(0.03));
}

// Goal: the exponent of a law that is known.
// Method: calm and lively stretches whose lengths have a tail of exponent 1.5, either with equal
// chance: the autocorrelation of sizes falls as lag^-0.5 (Taqqu & Levy 1986), signs are tossed.
TEST_CASE("memory exponent: of sizes with a memory of known law") {
    test::SplitMix64 draws{11};
    std::vector<double> moves = coin_tosses(24 * 4'000);
    for (std::size_t i = 0; i < moves.size();) {
        const double u = (static_cast<double>(draws.below(1'000'000)) + 1) / 1'000'000;
        const auto length = static_cast<std::size_t>(std::min(1e4, std::pow(u, -1 / 1.5)));
        const double size = draws.below(2) == 0 ? 0.001 : 0.002;
        const std::size_t end = std::min(moves.size(), i + length);
        for (; i < end; ++i) moves[i] *= size;
    }
    const Synthetic given = hourly(moves);
    CHECK(value_in(given.tracks,
                   "measure: memory_exponent, of: COIN, horizon: 1h, lag: 5, lag_last: 200") ==
          doctest::Approx(0.5).epsilon(0.3));
}

// A fall of 2 % is followed by a move of 3 %, a rise of 2 % by none.
TEST_CASE("leverage effect: falls that make the next day livelier") {
    std::vector<double> moves;
    for (int i = 0; i < 10; ++i) {
        moves.insert(moves.end(), {-0.02, 0.03, 0, 0.02, 0, -0.03});
    }
    const Synthetic given = daily(moves);
    // Per six days: r^2 sums to 2 (0.0004 + 0.0009) = 0.0026, its square over six: 0.0026^2 / 36.
    // Products at lag 1: -0.02 x 0.0009, 0, 0, 0, 0, and -0.03 x 0.0004 of the next period.
    const double square = 0.0026 / 6;
    const double products = (-0.02 * 0.0009 * 10 - 0.03 * 0.0004 * 9) / 59;
    CHECK(value_in(given.tracks, "measure: leverage_effect, of: COIN, lag_last: 1") ==
          doctest::Approx(products / (square * square)));
}

TEST_CASE("volume-volatility: volume of the span against the size of its return") {
    std::vector<double> moves = coin_tosses(24 * 20);
    Synthetic given = hourly(moves);
    given[0].volume.resize(given.rows());
    double log_price = 0;
    for (std::size_t i = 0; i < moves.size(); ++i) {
        const double size = 0.001 * static_cast<double>(1 + i % 5);
        log_price += moves[i] * size;
        given[0].mid[i] = 100 * std::exp(log_price);
        given[0].volume[i] = 1e6 + 1e9 * size;
    }
    CHECK(value_in(given.tracks, "measure: volume_volatility, of: COIN, horizon: 1h") ==
          doctest::Approx(1));
}

TEST_CASE("order-sign memory: runs of one sign are remembered, tosses are not") {
    Synthetic given{{{"COIN", Session::always}}, hour, 24};
    test::SplitMix64 draws{3};
    // Runs whose lengths have a power-law tail of exponent 1.5: the autocorrelation of signs falls
    // as lag^-0.5, and the Hurst exponent is 1 - 0.5 / 2.
    double sign = 1;
    while (given.tracks.tape[0].size() < 200'000) {
        const double u = (static_cast<double>(draws.below(1'000'000)) + 1) / 1'000'000;
        const auto length = static_cast<std::size_t>(std::min(2e4, std::pow(u, -1 / 1.5)));
        sign = draws.below(2) == 0 ? 1 : -1;
        for (std::size_t i = 0; i < length; ++i) {
            given.tracks.tape[0].push_back({.time = given.tracks.time[5],
                                            .sign = static_cast<std::int8_t>(sign),
                                            .size = 1,
                                            .price = 100});
        }
    }
    CHECK(value_in(given.tracks, "measure: order_sign_memory, of: COIN") ==
          doctest::Approx(0.5).epsilon(0.2));
    CHECK(value_in(given.tracks, "measure: order_sign_memory, of: COIN, as: hurst") ==
          doctest::Approx(0.75).epsilon(0.1));

    for (world::Tracks::Trade& trade : given.tracks.tape[0]) {
        trade.sign = draws.below(2) == 0 ? 1 : -1;
    }
    CHECK(value_in(given.tracks, "measure: order_sign_memory, of: COIN, as: hurst") ==
          doctest::Approx(0.5).epsilon(0.1));
}
