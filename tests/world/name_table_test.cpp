// SPDX-License-Identifier: Apache-2.0
#include "world/name_table.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/support/small_world.hpp"

namespace crowdout::world {

using market::AccountId;
using market::AssetId;
using market::InstrumentId;

TEST_CASE("name table: dollars come first, then what instruments deliver, then the rest") {
    const NameTable names = name_table(*test::config_of(test::quiet_world));
    CHECK(names.instrument("COIN") == InstrumentId{0});
    CHECK(names.instrument("FUND") == InstrumentId{3});
    CHECK(names.asset("USD") == market::usd);
    CHECK(names.asset("COIN") == AssetId{1});
    CHECK(names.asset("FUND") == AssetId{4});
    CHECK(names.asset("LAB_SHARE") == AssetId{5});
    CHECK(names.asset("HEDGE_UNIT") == AssetId{6});
    CHECK(names.asset_count() == 7);
}

TEST_CASE("name table: accounts are numbered after the escrow, institutions first") {
    const NameTable names = name_table(*test::config_of(test::quiet_world));
    CHECK(names.account("bank") == AccountId{1, 0});
    CHECK(names.account("vault") == AccountId{9, 0});
    CHECK(names.account("hands", 3) == AccountId{10, 3});
    CHECK(names.account("hedge") == AccountId{11, 0});
}

TEST_CASE("name table: it remembers once which assets were asked for") {
    const NameTable names = name_table(*test::config_of(test::quiet_world));
    (void)names.take_asked();
    (void)names.instrument("STOCK");
    (void)names.asset("USD");  // which everybody has
    (void)names.instrument("STOCK");
    CHECK(names.take_asked() == std::vector{AssetId{2}});
    CHECK(names.take_asked().empty());
}

TEST_CASE("name table: a name that nobody has is an error in words") {
    const NameTable names = name_table(*test::config_of(test::quiet_world));
    CHECK_THROWS_WITH_AS((void)names.instrument("GOLD"), "no instrument is called GOLD",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)names.asset("GOLD"), "no asset is called GOLD",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)names.account("nobody"), "no account is called nobody",
                         std::invalid_argument);
}

}  // namespace crowdout::world
