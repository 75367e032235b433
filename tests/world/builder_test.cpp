// SPDX-License-Identifier: Apache-2.0
#include "world/builder.hpp"

#include <doctest/doctest.h>

#include "tests/support/busy_world.hpp"
#include "tests/support/world_probe.hpp"

namespace crowdout::world {

namespace {

std::string impossible(std::string_view text, const std::vector<std::string>& overrides) {
    try {
        (void)test::build_world(text, overrides);
    } catch (const ImpossibleWorld& error) {
        return error.path() + ": " + error.what();
    }
    return "possible";
}

}  // namespace

TEST_CASE("builder: a new world passes every audit") {
    CHECK(test::build_world(test::crowd_world).audit_afresh() == "");
    CHECK(test::build_world(test::quiet_world).audit_afresh() == "");
    CHECK(test::build_world(test::busy_world).audit_afresh() == "");
}

TEST_CASE("builder: the whole supply is handed out, the rest to who is named for it") {
    WorldProbe probe = test::quiet_probe();
    const auto coin = name_table(probe.world().config()).asset("COIN");
    // A million coins in ten-thousandths. Two populations have $1.2M of them, the fund half a
    // coin for each of its 100,000 shares.
    CHECK(probe.economy().ledger.outstanding(coin).value() == 10'000'000'000);
    CHECK(probe.balance(probe.account("vault"), "COIN") ==
          10'000'000'000 - 120'000'000 - 500'000'000);
    CHECK(probe.balance(probe.account("vault"), "FUND") == 100'000);
    CHECK(probe.balance(probe.account("trust"), "FUND") == -100'000);
}

TEST_CASE("builder: members share by their wealth, to the last unit") {
    WorldProbe probe{test::build_world(
        test::quiet_world, {"populations[hands].count=1000",
                            "populations[hands].wealth={pareto: {min: 1, alpha: 1.2}, max: 100}"})};
    std::int64_t sum = 0;
    std::int64_t most = 0;
    std::int64_t least = INT64_MAX;
    for (std::uint32_t member = 0; member < 1000; ++member) {
        const std::int64_t cash = probe.balance(probe.account("hands", member), "USD");
        sum += cash;
        most = std::max(most, cash);
        least = std::min(least, cash);
    }
    CHECK(sum == 4'000'000'000);
    // Of a thousand draws from that law some are above thirty and some below one and a half.
    CHECK(most > 20 * least);
}

TEST_CASE("builder: an account has columns for what its population may hold, and no others") {
    const World world = test::build_world(test::quiet_world);
    const market::Ledger& ledger = world.economy().ledger;
    const NameTable names = name_table(world.config());
    const auto hedge = names.account("hedge");
    CHECK(ledger.has(hedge, names.asset("USD")));
    CHECK(ledger.has(hedge, names.asset("COIN")));
    CHECK(ledger.has(hedge, names.asset("STOCK")));
    CHECK(ledger.has(hedge, names.asset("HEDGE_UNIT")));  // it issues them
    CHECK_FALSE(ledger.has(hedge, names.asset("NOTE")));
}

TEST_CASE("builder: debt of the opening was spent before it") {
    const std::vector<std::string> debt{
        "populations[hedge].credit={lender: bank, limit: $1M, drawn: $300k, spread: 1%/yr}"};
    WorldProbe probe{test::build_world(test::quiet_world, debt)};
    const auto fund = probe.account("hedge", 0);
    CHECK(probe.balance(fund, "USD") == 1'000'000'000);
    CHECK(probe.economy().credit_of(fund, probe.world().now()).drawn ==
          market::Money{1'500'000'000});
    CHECK(probe.world().equity_of(fund) == doctest::Approx(350'000));
}

TEST_CASE("builder: what cannot be is refused in words") {
    CHECK(impossible(test::quiet_world, {"instruments[COIN].lot=0.00015"}) ==
          "instruments[COIN].tick: tick x lot, in units of $0.0001, must be a whole number of at "
          "least 1");
    CHECK(impossible(test::quiet_world, {"instruments[COIN].unit=0.003"}) ==
          "instruments[COIN].lot: lot / unit must be a whole number of at least 1");
    CHECK(impossible(test::quiet_world, {"populations[hands].owns={USD: $1k, STOCK: $51M}"}) ==
          "instruments[STOCK].supply: more is held than there is: 1020000 of 1000000");
    CHECK(impossible(test::quiet_world, {"instruments[NOTE].bond.years=1"}) ==
          "instruments[NOTE].bond.years: matures within the run, which its book would outlive");
    CHECK(impossible(test::quiet_world, {}) == "possible");
}

TEST_CASE("builder: the same file and seed make the same world, another seed another") {
    const auto config = test::config_of(test::busy_world);
    CHECK(build(config, 5).digest() == build(config, 5).digest());
    CHECK(build(config, 5).digest() != build(config, 6).digest());
}

}  // namespace crowdout::world
