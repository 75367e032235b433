// SPDX-License-Identifier: Apache-2.0
#include "studies/forced_sales.hpp"

#include <doctest/doctest.h>

#include "market/ids.hpp"
#include "market/time.hpp"

using namespace crowdout;
using market::Cause;
using market::hour;
using studies::ForcedSale;
using studies::RunSketch;

namespace {

/// Two books, two sectors, and three accounts: two funds of the first sector, one of the second.
class Tape {
public:
    Tape() : sketch_{manifest()} {}

    struct Trade {
        std::uint16_t book;
        std::uint16_t sector;
        Cause cause;
        std::int64_t dollars;
    };
    struct Call {
        std::uint32_t account;
        std::int64_t dollars;
    };
    /// An hour in which prices are these at its end.
    void add(std::int64_t mid, const std::vector<Trade>& trades, const std::vector<Call>& calls) {
        world::Frame frame;
        frame.head.from = now_;
        frame.head.to = now_ += hour.ns;
        for (std::uint16_t book = 0; book < 2; ++book) {
            frame.books.push_back({.book = book, .mid_twice = 2 * mid});
        }
        for (const Trade& trade : trades) {
            frame.trades.push_back({.book = trade.book,
                                    .sector = trade.sector,
                                    .cause = static_cast<std::uint8_t>(trade.cause),
                                    .side = static_cast<std::uint8_t>(market::Side::sell),
                                    .money = trade.dollars * 10'000});
        }
        for (const Call& call : calls) {
            frame.events.push_back(
                {.kind = static_cast<std::uint8_t>(world::EventKind::forced_sale),
                 .account = market::AccountId{call.account, 0}.packed(),
                 .amount = call.dollars * 10'000});
        }
        sketch_.take(frame);
    }
    void pass(int hours, std::int64_t mid) {
        for (int i = 0; i < hours; ++i) add(mid, {}, {});
    }
    [[nodiscard]] std::vector<ForcedSale> sales() const { return studies::forced_sales(sketch_); }

private:
    static world::Manifest manifest() {
        world::Manifest manifest;
        manifest.duration = 10 * market::day.ns;
        manifest.books = {{.name = "A", .usd_per_tick = 1}, {.name = "B", .usd_per_tick = 1}};
        manifest.sectors = {{.name = "funds"}, {.name = "people"}};
        manifest.blocks = {{.name = "one", .sector = 0},
                           {.name = "two", .sector = 0},
                           {.name = "crowd", .sector = 1}};
        return manifest;
    }
    RunSketch sketch_;
    std::int64_t now_ = 0;
};

}  // namespace

TEST_CASE("forced sales: one follows another in the same market, later and lower") {
    Tape tape;
    tape.add(100, {}, {{0, 50}});
    tape.add(95, {{0, 0, Cause::liquidation, 50}}, {});
    tape.add(90, {{0, 1, Cause::liquidation, 20}}, {{2, 30}});

    const auto sales = tape.sales();

    REQUIRE(sales.size() == 2);
    CHECK(sales[0].account == market::AccountId{0, 0}.packed());
    CHECK(sales[0].books == std::vector<std::uint16_t>{0});
    CHECK(sales[0].usd == 50);
    CHECK_FALSE(sales[0].follows.has_value());
    CHECK(sales[1].sector == 1);
    REQUIRE(sales[1].follows.has_value());
    CHECK(*sales[1].follows == 0);
}

TEST_CASE("forced sales: what is in another market, higher, or days later follows nothing") {
    SUBCASE("another market") {
        Tape tape;
        tape.add(100, {{0, 0, Cause::margin_call, 50}}, {});
        tape.add(90, {{1, 1, Cause::margin_call, 20}}, {});
        REQUIRE(tape.sales().size() == 2);
        CHECK_FALSE(tape.sales()[1].follows.has_value());
    }
    SUBCASE("the price rose") {
        Tape tape;
        tape.add(100, {{0, 0, Cause::margin_call, 50}}, {});
        tape.add(110, {{0, 1, Cause::margin_call, 20}}, {});
        REQUIRE(tape.sales().size() == 2);
        CHECK_FALSE(tape.sales()[1].follows.has_value());
    }
    SUBCASE("after two days") {
        Tape tape;
        tape.add(100, {{0, 0, Cause::margin_call, 50}}, {});
        tape.pass(48, 100);
        tape.add(90, {{0, 1, Cause::margin_call, 20}}, {});
        REQUIRE(tape.sales().size() == 2);
        CHECK_FALSE(tape.sales()[1].follows.has_value());
    }
}

TEST_CASE(
    "forced sales: what a sector sells without peace is one sale, and its sum is what was sold") {
    Tape tape;
    tape.add(100, {{0, 0, Cause::margin_call, 50}}, {});
    tape.pass(2, 100);
    tape.add(95, {{1, 0, Cause::deleveraging, 20}}, {});
    tape.pass(5, 95);
    tape.add(94, {{1, 0, Cause::margin_call, 7}}, {});
    // Own choices and calls by investors are no forced sales of this kind.
    tape.add(93, {{0, 0, Cause::choice, 90}, {0, 0, Cause::capital_call, 90}}, {});

    const auto sales = tape.sales();

    REQUIRE(sales.size() == 2);
    CHECK(sales[0].account == ForcedSale::whole_sector);
    CHECK(sales[0].usd == doctest::Approx(70));
    CHECK(sales[0].books == std::vector<std::uint16_t>{0, 1});
    CHECK(sales[1].usd == doctest::Approx(7));
}

TEST_CASE("forced sales: a lender's call is counted once, by its account") {
    Tape tape;
    tape.add(100, {}, {{0, 40}, {1, 10}});
    tape.add(90, {{0, 0, Cause::liquidation, 50}}, {{0, 45}});
    tape.pass(3, 90);
    tape.add(80, {{0, 0, Cause::margin_call, 5}}, {});

    const auto sales = tape.sales();

    REQUIRE(sales.size() == 3);
    CHECK(sales[0].usd == 45);
    CHECK(sales[1].account == market::AccountId{1, 0}.packed());
    CHECK(sales[2].account == ForcedSale::whole_sector);
    CHECK(sales[2].usd == doctest::Approx(5));
    // Two accounts called at the same moment follow neither each other nor themselves.
    CHECK_FALSE(sales[1].follows.has_value());
    CHECK(sales[2].follows == 1);
}
