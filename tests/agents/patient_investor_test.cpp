// SPDX-License-Identifier: Apache-2.0
#include "agents/patient_investor.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::IntentKind;
using agents::PatientInvestor;
using market::Side;

namespace {

PatientInvestor::Params plain() {
    PatientInvestor::Params params;
    params.instrument = "asset0";
    PatientInvestor::bind(params, FakeNames{});
    return params;
}

}  // namespace

TEST_CASE(
    "patient investor: waits for its price, posts when it is near, withdraws when it leaves") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    const auto params = plain();
    PatientInvestor::State state;
    (void)market.begin<PatientInvestor>(params, state);
    REQUIRE(state.sells == 0);  // it has only cash
    state.reservation = 90;
    auto wake = market.decide<PatientInvestor>(params, state);
    CHECK(market.intents.orders.empty());

    state.reservation = 90;  // whatever it thought meanwhile
    market.quote(0, 90.4, 0.0001);
    wake = market.decide<PatientInvestor>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    const auto& order = market.intents.orders[0].order;
    CHECK(order.side == Side::buy);
    CHECK(order.limit == market::Price{9'000});
    CHECK(order.quantity == market::Quantity{556});  // half of $1000 / $0.90, rounded up
    CHECK(wake.above == doctest::Approx(90 * std::exp(0.01)));

    market.rest(0, Side::buy, 9'000, 556);
    market.quote(0, 90.8, 0.0001);  // 0.88 %: beyond `reveal`, within twice that
    (void)market.decide<PatientInvestor>(params, state);
    CHECK(market.intents.orders.empty());
    market.quote(0, 91.0, 0.0001);
    wake = market.decide<PatientInvestor>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(wake.below == doctest::Approx(90 * std::exp(0.005)));
}

TEST_CASE("patient investor: who has bought all it can becomes a seller above the market") {
    FakeMarket market{{100.0}};
    market.set_holding(0, 10);
    const auto params = plain();
    PatientInvestor::State state{.reservation = 100, .sells = 0, .posted = 1};
    const auto wake = market.decide<PatientInvestor>(params, state);

    CHECK(state.sells == 1);
    CHECK(state.posted == 0);
    CHECK(state.reservation > 100);
    CHECK(wake.above == doctest::Approx(state.reservation * std::exp(-0.005)));
}

TEST_CASE("patient investor: keeps its price while it thinks of nothing new") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    auto params = plain();
    params.recentre = 0;
    PatientInvestor::State state{.reservation = 80, .sells = 0, .posted = 0};
    (void)market.decide<PatientInvestor>(params, state);
    CHECK(state.reservation == 80);

    params.recentre = 1;
    (void)market.decide<PatientInvestor>(params, state);
    CHECK(state.reservation != 80);
}

TEST_CASE("patient investor: news about value moves its price") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.books[0].value = 110;
    auto params = plain();
    params.recentre = 0;
    PatientInvestor::State state{.reservation = 80, .value = 100};
    (void)market.decide<PatientInvestor>(params, state);
    CHECK(state.reservation == doctest::Approx(88));
    CHECK(state.value == 110);

    params.news = 0.5;
    state = {.reservation = 80, .value = 100};
    (void)market.decide<PatientInvestor>(params, state);
    CHECK(state.reservation == doctest::Approx(80 * std::sqrt(1.1)));
}

TEST_CASE("patient investor: an order that news has left behind is withdrawn and posted anew") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.books[0].value = 110;
    PatientInvestor::State state{.reservation = 90, .value = 100, .posted = 1};
    market.rest(0, Side::buy, 9'000, 556);
    market.quote(0, 99.1, 0.0001);  // its price is 99 by now
    const auto wake = market.decide<PatientInvestor>(plain(), state);

    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(wake.at == market.snapshot.now + market.step);

    market.orders.clear();
    market.pass(market.step);
    (void)market.decide<PatientInvestor>(plain(), state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].order.limit == market::Price{9'900});
}

// Goal: the density of latent orders grows linearly with the distance, which makes impact a square
// root. Method: reservations of 20,000 owners counted in ten bins; bin i holds (2 i + 1) / 100.
TEST_CASE("patient investor: reservation prices have a linear density in log distance" *
          doctest::test_suite("property")) {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.set_holding(0, 10);
    const auto params = plain();
    std::array<int, 10> bins{};
    int sellers = 0;
    constexpr int owners = 20'000;
    for (std::uint32_t member = 0; member < owners; ++member) {
        PatientInvestor::State state;
        (void)market.begin<PatientInvestor>(params, state, owners, member);
        const double x = std::abs(std::log(state.reservation / 100));
        ++bins.at(static_cast<std::size_t>(x / params.reach * 10));
        sellers += state.sells == 1 ? 1 : 0;
    }

    for (int i = 0; i < 10; ++i) {
        const double share = (2.0 * i + 1) / 100;
        const double deviation = std::sqrt(owners * share * (1 - share));
        CHECK(std::abs(bins.at(static_cast<std::size_t>(i)) - owners * share) < 5 * deviation);
    }
    CHECK(std::abs(sellers - owners / 2) < 354);
}

TEST_CASE("patient investor: one who takes resting orders back as well thinks again at its clock") {
    FakeMarket market{{100.0}};
    market.set_cash(1'000);
    market.quote(0, 90.2, 0.0001);
    market.rest(0, Side::buy, 9'000, 556);
    auto params = plain();

    PatientInvestor::State firm{.reservation = 90, .posted = 1};
    (void)market.decide<PatientInvestor>(params, firm);
    CHECK(market.intents.orders.empty());
    CHECK(firm.reservation == 90);

    params.withdraw = 1;
    PatientInvestor::State state{.reservation = 90, .posted = 1};
    (void)market.decide<PatientInvestor>(params, state);
    REQUIRE(market.intents.orders.size() == 1);
    CHECK(market.intents.orders[0].kind == IntentKind::cancel);
    CHECK(state.posted == 0);
    CHECK(state.reservation != 90);
    CHECK(state.reservation < 90.2);
}
