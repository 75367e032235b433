// SPDX-License-Identifier: Apache-2.0
#include "agents/beliefs.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::Beliefs;
using agents::Character;
using agents::Forecast;
using agents::Purse;

TEST_CASE("beliefs: a forecast weighs value, trend and noise") {
    FakeMarket market{{100.0}};
    market.pass(market::day);
    market.quote(0, 110.0, 0.0001);
    market.pass(market::hour);
    market.books[0].value = 121.0;
    market.books[0].value_sigma = 0.1;
    Beliefs beliefs;
    beliefs.reversion = 10 * 86'400.0;
    Character character;
    character.fundamental = 2.0;
    character.trend = 1.0;
    character.noise = 1.0;
    character.horizon = 86'400.0;
    character.opinion = 0.5;

    // Value: 2 x (1 / 10) x (ln 1.1 + 0.1 x 0.5); trend: ln 1.1; noise: -1 x 2 %; all over 4.
    const Forecast forecast =
        agents::look_ahead(beliefs, character, market.instruments[0], market.books[0], -1.0);
    const double expected = (0.2 * (std::log(1.1) + 0.05) + std::log(1.1) - 0.02) / 4;
    CHECK(forecast.log_return == doctest::Approx(expected).epsilon(1e-12));
    CHECK(forecast.usual == doctest::Approx(0.0004));
    // Seven parts of the day without a move, one of ln 1.1: (8/7) (r^2 - r^2 / 8) = r^2 = 0.0091,
    // more than four times the usual.
    CHECK(forecast.variance == doctest::Approx(0.0016));
    market.books[0].sigma_daily = 0.08;
    CHECK(agents::look_ahead(beliefs, character, market.instruments[0], market.books[0], 0)
              .variance == doctest::Approx(std::log(1.1) * std::log(1.1)));
}

TEST_CASE(
    "beliefs: without a consensus the price is the value; without a move variance has a floor") {
    FakeMarket market{{100.0}};
    Character character;
    character.fundamental = 5.0;
    character.horizon = 86'400.0;
    const Forecast forecast =
        agents::look_ahead(Beliefs{}, character, market.instruments[0], market.books[0], 1.0);

    CHECK(forecast.log_return == 0.0);
    CHECK(forecast.variance == doctest::Approx(0.0001));
}

// A day is four quarters: a quarter of its variance is half of its deviation.
TEST_CASE("beliefs: an error of its own size does not follow the market's volatility") {
    FakeMarket market{{100.0}};
    Beliefs beliefs;
    beliefs.noise_daily = 0.03;
    Character character;
    character.noise = 1.0;
    character.horizon = 86'400.0 / 4;
    for (const double sigma : {0.01, 0.05}) {
        market.books[0].sigma_daily = sigma;
        const Forecast forecast =
            agents::look_ahead(beliefs, character, market.instruments[0], market.books[0], 1.0);
        CHECK(forecast.log_return == doctest::Approx(0.015));
        CHECK(forecast.usual == doctest::Approx(sigma * sigma / 4));
    }
}

namespace {

constexpr Character averse{.risk_aversion = 2.0};

}  // namespace

TEST_CASE("beliefs: a trader without a view buys below the price and sells above it") {
    const Forecast forecast{.log_return = 0, .variance = 0.01, .usual = 0.01};
    const Purse purse{.cash = 500, .holding = 5, .price = 100};
    Character character = averse;
    character.content = purse.invested();
    CHECK(character.content == 0.5);

    // phat = 100 e^(0.5 x 2 x 0.1): there it would hold nothing, at 100 what it has.
    const agents::Wish top = agents::wish_for(forecast, character, purse, 1.0);
    CHECK(top.price == doctest::Approx(100 * std::exp(0.1)));
    CHECK(top.quantity == doctest::Approx(-5));
    const agents::Wish bottom = agents::wish_for(forecast, character, purse, 0.0);
    CHECK(bottom.price < 100);
    const double u = (100 - bottom.price) / (top.price - bottom.price);
    CHECK(agents::wish_for(forecast, character, purse, u - 0.01).quantity > 0);
    CHECK(std::abs(agents::wish_for(forecast, character, purse, u).quantity) < 1e-9);
    CHECK(agents::wish_for(forecast, character, purse, u + 0.01).quantity < 0);
}

TEST_CASE("beliefs: a trader without holdings buys at the price drawn, up to all its cash") {
    const Forecast forecast{.log_return = std::log(1.1), .variance = 0.01, .usual = 0.01};
    const Purse purse{.cash = 1'000, .holding = 0, .price = 100};

    // Slope: 1000 x 0.1 / (2 x 0.01) = 5000 dollars a log point; phat = 110; cash is used up at
    // ln(phat / p) = 0.2: p_min = 110 e^-0.2.
    const agents::Wish lowest = agents::wish_for(forecast, averse, purse, 0.0);
    CHECK(lowest.price == doctest::Approx(110 * std::exp(-0.2)));
    CHECK(lowest.price * lowest.quantity == doctest::Approx(1'000));
    const double half = 110 * (1 + std::exp(-0.2)) / 2;
    const agents::Wish middle = agents::wish_for(forecast, averse, purse, 0.5);
    CHECK(middle.price == doctest::Approx(half));
    CHECK(middle.quantity == doctest::Approx(5'000 * std::log(110 / half) / half));
}

TEST_CASE("beliefs: near its target price a holder sells, and all of it at the target") {
    const Forecast forecast{.log_return = 0.0, .variance = 0.01, .usual = 0.01};
    const Purse purse{.cash = 500, .holding = 5, .price = 100};

    const agents::Wish top = agents::wish_for(forecast, averse, purse, 1.0);
    CHECK(top.price == doctest::Approx(100));
    CHECK(top.quantity == doctest::Approx(-5));
    // p_min: 5000 ln(100 / p) - 5 p = 500 has its root at p = 82.8349.
    const agents::Wish bottom = agents::wish_for(forecast, averse, purse, 0.0);
    CHECK(5'000 * std::log(100 / bottom.price) - 5 * bottom.price == doctest::Approx(500));
    CHECK(bottom.quantity * bottom.price == doctest::Approx(500));
}

TEST_CASE("beliefs: horizon and risk aversion follow the weights") {
    agents::Random random{1, 2, agents::Purpose::trait, 0};
    Beliefs beliefs;
    beliefs.horizon = agents::Distribution{1'000.0};
    const Character character = agents::draw_character(beliefs, random);
    const double ratio = (1 + character.fundamental) / (1 + character.trend);

    CHECK(character.trend >= 0);
    CHECK(character.horizon == doctest::Approx(1'000 * ratio));
    CHECK(character.risk_aversion == doctest::Approx(2 * ratio));
}
