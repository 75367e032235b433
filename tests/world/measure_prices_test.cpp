// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/synthetic_tracks.hpp"

using namespace crowdout;
using market::Session;
using test::Synthetic;
using test::value_in;

namespace {

constexpr auto hour = market::hour;
constexpr auto day = market::day;

/// Ten days of hours of a coin and a share, both at 100.
Synthetic two_books() {
    return {{{"COIN", Session::always}, {"OTHER", Session::us_equities}}, hour, 240};
}

std::string why_not(const Synthetic& given, const std::string& text) {
    const world::Measured found = test::measured_in(given.tracks, text);
    CHECK_FALSE(found.value);
    return found.why_not;
}

}  // namespace

TEST_CASE("total return: the end over the beginning, less one, and less another's") {
    Synthetic given = two_books();
    given.price_from(0, given.row_at(day * 3), 80);
    given.price_from(1, given.row_at(day * 3), 110);

    CHECK(value_in(given.tracks, "measure: total_return, of: COIN") == doctest::Approx(-0.2));
    CHECK(value_in(given.tracks, "measure: total_return, of: COIN, against: OTHER") ==
          doctest::Approx(-0.3));
    // Before the fall, after it, and across it.
    CHECK(value_in(given.tracks, "measure: total_return, of: COIN, until: 2d") == 0);
    CHECK(value_in(given.tracks, "measure: total_return, of: COIN, from: 4d") == 0);
    CHECK(value_in(given.tracks, "measure: total_return, of: COIN, from: 2d, until: 4d") ==
          doctest::Approx(-0.2));
}

TEST_CASE("drawdown: from the peak to the trough, within a time, over another's") {
    Synthetic given = two_books();
    given.price_from(0, given.row_at(day * 1), 120);
    given.price_from(0, given.row_at(day * 2), 90);
    given.price_from(0, given.row_at(day * 4), 60);
    given.price_from(1, given.row_at(day * 1), 80);

    CHECK(value_in(given.tracks, "measure: drawdown, of: COIN") == doctest::Approx(0.5));
    // 24 hours see 120 -> 90 and 90 -> 60, a quarter and a third.
    CHECK(value_in(given.tracks, "measure: drawdown, of: COIN, within: 24h") ==
          doctest::Approx(1.0 / 3));
    CHECK(value_in(given.tracks, "measure: drawdown, of: COIN, against: OTHER") ==
          doctest::Approx(2.5));
    CHECK(why_not(given, "measure: drawdown, of: COIN, against: OTHER, until: 12h") ==
          "OTHER did not fall");
}

TEST_CASE("recovery: what of the fall is won back in a day") {
    Synthetic given = two_books();
    given.price_from(0, given.row_at(day * 2), 60);
    given.price_from(0, given.row_at(day * 2 + hour * 10), 70);
    given.price_from(0, given.row_at(day * 4), 100);

    CHECK(value_in(given.tracks, "measure: recovery, of: COIN") == doctest::Approx(0.25));
    CHECK(value_in(given.tracks, "measure: recovery, of: COIN, after: 5h") == 0);
    CHECK(value_in(given.tracks, "measure: recovery, of: COIN, after: 3d") == doctest::Approx(1));
    CHECK(why_not(given, "measure: recovery, of: COIN, until: 1d") ==
          "COIN did not fall, or the window ends at the trough");
}

// Goal: daily deviation, whatever the horizon.
// Method: the log price goes up and down by 1 % each day at midnight. Ten daily returns of which
// five are +1 % and five are -1 %: their deviation is 1 % sqrt(10 / 9).
TEST_CASE("volatility: per day, from closes or from within the day") {
    Synthetic given = two_books();
    for (int d = 1; d <= 10; ++d) {
        given.price_from(0, given.row_at(day * d), 100 * (d % 2 == 1 ? std::exp(0.01) : 1));
    }
    CHECK(value_in(given.tracks, "measure: volatility, of: COIN") ==
          doctest::Approx(0.01 * std::sqrt(10.0 / 9)));
    // By the hour: 239 returns, for the first hour has no price as it begins; ten of them are 1 %
    // in size, and 24 make a day.
    CHECK(value_in(given.tracks, "measure: volatility, of: COIN, horizon: 1h") ==
          doctest::Approx(std::sqrt(10 * 1e-4 / 238 * 24)));
    CHECK(why_not(given, "measure: volatility, of: COIN, horizon: 5min") ==
          "prices were not kept often enough for the horizon");
    CHECK(why_not(given, "measure: volatility, of: COIN, until: 1d") ==
          "there are fewer than two returns");
}

// Goal: what happens over night belongs to no span within the day.
// Method: a share, Monday to Friday, whose price is another by the first trade of the day, and
// rises by 1 % at noon in New York, 16:00 UTC.
TEST_CASE("volatility: of a share, within its session and from close to close") {
    Synthetic given{{{"OTHER", Session::us_equities}}, market::minute * 30, 48 * 5};
    double log_price = 0;
    for (int d = 0; d < 5; ++d) {
        log_price += 0.04;
        given.price_from(0, given.row_at(day * d + hour * 14), 100 * std::exp(log_price));
        log_price += 0.01;
        given.price_from(0, given.row_at(day * d + hour * 16), 100 * std::exp(log_price));
    }
    // 13 half hours from 13:30 to 20:00; the first has no price that is not the evening's. 60
    // returns, five of them 1 %: mean 1/12 %, sum of squares about it 5 (1 - 1/12) %^2.
    CHECK(value_in(given.tracks, "measure: volatility, of: OTHER, horizon: 30min") ==
          doctest::Approx(std::sqrt(5 * (1 - 1.0 / 12) * 1e-4 / 59 * 13)));
    // From close to close each return is 5 %, so nothing varies.
    CHECK(value_in(given.tracks, "measure: volatility, of: OTHER") == doctest::Approx(0));
}

// A coin beside a share is looked at as the share closes, 20:00 UTC on working days: Monday to
// Friday and Monday to Wednesday, eight closes, seven returns.
TEST_CASE("volatility ratio: both as the shares close") {
    Synthetic given = two_books();
    for (int d = 0; d < 10; ++d) {
        // At noon; the weekend's moves cancel before Monday's close sees them.
        const double up = d % 2 == 1 ? 1 : 0;
        given.price_from(0, given.row_at(day * d + hour * 12), 100 * std::exp(0.03 * up));
        given.price_from(1, given.row_at(day * d + hour * 15), 100 * std::exp(0.01 * up));
    }
    // Days 0, 1, 2, 3, 4, 7, 8, 9: up is 0 1 0 1 0 1 0 1, each return +-0.03 against +-0.01.
    CHECK(value_in(given.tracks, "measure: volatility_ratio, of: COIN, against: OTHER") ==
          doctest::Approx(3));
}

TEST_CASE("return order: Spearman's correlation with the order that was foretold") {
    Synthetic given{
        {{"COIN", Session::always}, {"OTHER", Session::always}, {"THIRD", Session::always}},
        hour,
        48};
    given.price_from(0, 30, 130);
    given.price_from(1, 30, 120);
    given.price_from(2, 30, 90);

    CHECK(value_in(given.tracks, "measure: return_order, order: [COIN, OTHER, THIRD]") ==
          doctest::Approx(1));
    CHECK(value_in(given.tracks, "measure: return_order, order: [THIRD, OTHER, COIN]") ==
          doctest::Approx(-1));
    // Two neighbours swapped: 1 - 6 (1 + 1) / (3 x 8).
    CHECK(value_in(given.tracks, "measure: return_order, order: [OTHER, COIN, THIRD]") ==
          doctest::Approx(0.5));
}

TEST_CASE("correlation: over all returns with Fisher's interval, or over windows") {
    Synthetic given{{{"COIN", Session::always}, {"OTHER", Session::always}}, hour, 24 * 20};
    double coin = 0;
    double other = 0;
    for (int d = 1; d <= 20; ++d) {
        const double move = d % 2 == 1 ? 0.02 : -0.01;
        coin += move;
        other += d <= 10 ? move : -move;  // together, then apart
        given.price_from(0, given.row_at(day * d), 100 * std::exp(coin));
        given.price_from(1, given.row_at(day * d), 100 * std::exp(other));
    }
    const std::string ask = "measure: correlation, of: COIN, with: OTHER, window: ";

    // Ten pairs alike and ten of opposite sign; x is 0.02 or -0.01, its mean 0.005, and y the same
    // in the first half, the negative in the second, its mean 0. Sxy = sum of x y = 0; the means
    // leave nothing to take off: the correlation is 0.
    const world::Measured all = test::measured_in(given.tracks, ask + "0");
    REQUIRE(all.value);
    CHECK(*all.value == doctest::Approx(0).epsilon(1e-9));
    REQUIRE(all.within_run_95);
    CHECK(all.within_run_95->second == doctest::Approx(std::tanh(1.959964 / std::sqrt(17.0))));
    // Windows of five days end with days 5 to 20: the first six see +1, the last six -1.
    CHECK(value_in(given.tracks, ask + "5d, summary: most") == doctest::Approx(1));
    CHECK(value_in(given.tracks, ask + "5d, summary: least") == doctest::Approx(-1));
    CHECK(value_in(given.tracks, ask + "5d, summary: last") == doctest::Approx(-1));
    CHECK(value_in(given.tracks, ask + "5d, until: 10d") == doctest::Approx(1));
    CHECK(value_in(given.tracks, ask + "5d, until: 9d, basis: levels") == doctest::Approx(1));
    CHECK(why_not(given, ask + "5d, until: 4d") ==
          "no window of that length lies within the days that count");
}

// Goal: only days of stress count, by the price of `with`.
// Method: 60 days alike, then a fall by 20 % from which it does not come back.
TEST_CASE("correlation: in days of stress and in calm ones") {
    Synthetic given{{{"COIN", Session::always}, {"OTHER", Session::always}}, hour, 24 * 80};
    double coin = 0;
    double other = 0;
    for (int d = 1; d <= 80; ++d) {
        const double move = d == 61 ? -0.25 : d % 2 == 1 ? 0.01 : -0.01;
        other += move;
        coin += d > 60 ? move : -move;
        given.price_from(0, given.row_at(day * d), 100 * std::exp(coin));
        given.price_from(1, given.row_at(day * d), 100 * std::exp(other));
    }
    const std::string ask = "measure: correlation, of: COIN, with: OTHER, window: 0, when: ";

    CHECK(value_in(given.tracks, ask + "stress") == doctest::Approx(1));
    CHECK(value_in(given.tracks, ask + "calm") == doctest::Approx(-1));
}

TEST_CASE("beta asymmetry: the slope on falls over the slope on rises") {
    Synthetic given{{{"COIN", Session::always}, {"OTHER", Session::always}}, hour, 24 * 8};
    double coin = 0;
    double other = 0;
    const double moves[] = {0.01, -0.01, 0.02, -0.02, 0.03, -0.03, 0.01, -0.01};
    for (int d = 1; d <= 8; ++d) {
        other += moves[d - 1];
        coin += moves[d - 1] * (moves[d - 1] < 0 ? 3 : 2);
        given.price_from(0, given.row_at(day * d), 100 * std::exp(coin));
        given.price_from(1, given.row_at(day * d), 100 * std::exp(other));
    }
    CHECK(value_in(given.tracks, "measure: beta_asymmetry, of: COIN, with: OTHER") ==
          doctest::Approx(1.5));
}

TEST_CASE("measures: what is not there is told in words") {
    const Synthetic given = two_books();
    CHECK(why_not(given, "measure: total_return, of: GONE") == "no instrument is named GONE");
    CHECK(why_not(given, "measure: total_return, of: COIN, from: 11d") ==
          "the run ends before the window begins");
    CHECK(why_not(given, "measure: total_return, of: COIN, until: 11d") ==
          "the run ends before the window does");
    CHECK(why_not(given, "measure: spread, of: COIN") == "what it needs of COIN was not kept");
    Synthetic empty = two_books();
    empty.tracks.books[0].mid.clear();
    CHECK(why_not(empty, "measure: total_return, of: COIN") == "the prices of COIN were not kept");
    CHECK(why_not({{{"COIN", Session::always}}, hour, 0}, "measure: total_return, of: COIN") ==
          "the run has no frames");
}
