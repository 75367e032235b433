// SPDX-License-Identifier: Apache-2.0
#include "world/tape_data.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace crowdout;
using namespace crowdout::world;
using agents::TapeOrder;
using agents::TapeOrderKind;
using market::Side;

namespace {

struct Read {
    TapeConfig tape;
    Report report;
    Sources sources;

    /// Each mistake as `E0142 3:5`.
    [[nodiscard]] std::vector<std::string> mistakes() const {
        std::vector<std::string> list;
        for (const Diagnostic& each : report.diagnostics()) {
            const Position at = sources.position(each.place);
            list.push_back(code_name(each.code) + " " + std::to_string(at.line) + ":" +
                           std::to_string(at.column));
        }
        return list;
    }
};

Read read(const std::string& text, TapeConfig tape = {}) {
    Read read{std::move(tape), {}, {}};
    read.tape.name = "tape";
    const std::uint32_t source = read.sources.add("tape.csv", text);
    read_tape(read.sources, source, read.tape, read.report);
    read.report.sort();
    return read;
}

constexpr std::string_view head = "time,side,size,price\n";

/// The mistakes of one row below `head`, with a right one above it.
std::vector<std::string> row(const std::string& text, TapeConfig tape = {}) {
    return read(std::string{head} + "2025-01-02T10:00:00Z,buy,1,\n" + text + "\n", std::move(tape))
        .mistakes();
}

using Mistakes = std::vector<std::string>;

// 2025-01-02 is 20,090 days after 1970-01-01: 55 years of 365 days, 14 leap days, one day.
constexpr market::Time ten{20'090 * market::day.ns + 10 * market::hour.ns};

}  // namespace

TEST_CASE("tape data: a row is an order, with its moment to the nanosecond") {
    const Read got = read(
        "# Made up.\n# By hand.\n"
        "time,side,size,price,kind,cause\n"
        "2025-01-02T10:00:00Z,buy,0.25,92000.5,,\n"
        "2025-01-02T10:00:00Z,sell,3,,,liquidation\n"
        "2025-01-02 05:00:01.25 EST,sell,1e3,91000,fill_or_kill,quote\n"
        "2025-01-02T10:00:01.250000001Z,buy,2,,market,\n");

    CHECK(got.mistakes() == Mistakes{});
    CHECK(got.tape.source == "Made up. By hand.");
    const std::vector<TapeOrder> expected{
        {.time = ten,
         .size = 0.25,
         .price = 92'000.5,
         .side = Side::buy,
         .kind = TapeOrderKind::limit},
        {.time = ten, .size = 3, .side = Side::sell, .cause = market::Cause::liquidation},
        {.time = ten + market::millisecond * 1'250,
         .size = 1'000,
         .price = 91'000,
         .side = Side::sell,
         .kind = TapeOrderKind::fill_or_kill,
         .cause = market::Cause::quote},
        {.time = ten + market::Duration{1'250'000'001}, .size = 2, .side = Side::buy}};
    CHECK(got.tape.orders.orders == expected);
    CHECK_FALSE(got.tape.orders.relative);
}

TEST_CASE("tape data: reads an exported table of fills as it is, one book of it") {
    TapeConfig tape;
    tape.where = {{"book", "BTC"}};
    const Read got = read(
        "step,time,book,taker_side,maker_cause,taker_cause,maker,taker,parent,price,quantity\n"
        "1,2025-01-02T10:00:00Z,BTC,sell,quote,choice,makers,crowd[3],0,92000,0.5\n"
        "1,2025-01-02T09:00:00Z,ETH,none,quote,choice,makers,crowd[4],0,-1,oops\n",
        tape);

    CHECK(got.mistakes() == Mistakes{});
    REQUIRE(got.tape.orders.orders.size() == 1);
    const TapeOrder expected{.time = ten,
                             .size = 0.5,
                             .price = 92'000,
                             .side = Side::sell,
                             .kind = TapeOrderKind::limit};
    CHECK(got.tape.orders.orders[0] == expected);
}

TEST_CASE("tape data: columns may have other names, and must be there if they are named") {
    TapeConfig tape;
    tape.time = "when";
    tape.side = "direction";
    tape.size = "lots";
    const std::string text = "when,direction,lots,price\n2025-01-02T10:00:00Z,buy,1,5\n";
    CHECK(read(text, tape).mistakes() == Mistakes{});

    // Time, side and size, each told where the header begins.
    CHECK(read(text).mistakes() == Mistakes{"E0181 1:1", "E0181 1:1", "E0181 1:1"});
    tape.kind = "kynd";
    CHECK(read(text, tape).mistakes() == Mistakes{"E0181 1:1"});
    tape.kind.clear();
    tape.where = {{"book", "BTC"}};
    CHECK(read(text, tape).mistakes() == Mistakes{"E0181 1:1"});
}

TEST_CASE("tape data: what is wrong with a row is told at its cell") {
    CHECK(row("2025-01-02T10:00:00Z,buy,1,92000") == Mistakes{});  // the same moment again
    CHECK(row("2025-01-02T09:59:59Z,buy,1,92000") == Mistakes{"E0184 3:1"});
    CHECK(row("2025-01-02T10:00:00,buy,1,92000") == Mistakes{"E0149 3:1"});  // no zone
    CHECK(row("2025-01-02T10:00:00.1234567891Z,buy,1,") == Mistakes{"E0149 3:1"});
    CHECK(row("2025-01-02T10:00.5Z,buy,1,") == Mistakes{"E0149 3:1"});
    CHECK(row("2025-01-02T10:00:00.Z,buy,1,") == Mistakes{"E0149 3:1"});
    CHECK(row("2025-01-02T10:00:00Z,Buy,1,") == Mistakes{"E0148 3:22"});
    CHECK(row("2025-01-02T10:00:00Z,,1,") == Mistakes{"E0148 3:22"});
    CHECK(row("2025-01-02T10:00:00Z,buy,-1,") == Mistakes{"E0142 3:26"});
    CHECK(row("2025-01-02T10:00:00Z,buy,0,") == Mistakes{"E0142 3:26"});
    CHECK(row("2025-01-02T10:00:00Z,buy,1e16,") == Mistakes{"E0142 3:26"});
    CHECK(row("2025-01-02T10:00:00Z,buy,nan,").size() == 1);
    CHECK(row("2025-01-02T10:00:00Z,buy,,").size() == 1);
    CHECK(row("2025-01-02T10:00:00Z,buy,1,0") == Mistakes{"E0142 3:28"});
    CHECK(row("2025-01-02T10:00:00Z,buy,1,-5") == Mistakes{"E0142 3:28"});
    CHECK(row("2025-01-02T10:00:00Z,buy,1") == Mistakes{"E0180 3:1"});
    // All that is wrong with a row is told at once.
    CHECK(row("yesterday,by,x,y").size() == 4);
}

TEST_CASE("tape data: prices from the mid may be negative, and leave something of it") {
    TapeConfig relative;
    relative.relative = true;
    CHECK(row("2025-01-02T10:00:00Z,buy,1,-12.5", relative) == Mistakes{});
    CHECK(row("2025-01-02T10:00:00Z,buy,1,-10000", relative) == Mistakes{"E0142 3:28"});
}

TEST_CASE("tape data: a kind and its price fit each other") {
    const auto kind = [](const std::string& cells) {
        return read("time,side,size,price,kind\n2025-01-02T10:00:00Z,buy,1," + cells + "\n")
            .mistakes();
    };
    CHECK(kind("5,limit") == Mistakes{});
    CHECK(kind("5,post_only") == Mistakes{});
    CHECK(kind(",market") == Mistakes{});
    CHECK(kind("5,market") == Mistakes{"E0180 2:28"});
    CHECK(kind(",limit") == Mistakes{"E0180 2:29"});
    CHECK(kind("5,stop") == Mistakes{"E0148 2:30"});
}

TEST_CASE("tape data: a tape has an order at least") {
    CHECK(read(std::string{head}).mistakes() == Mistakes{"E0183 1:1"});
    TapeConfig tape;
    tape.where = {{"side", "sell"}};
    CHECK(read(std::string{head} + "2025-01-02T10:00:00Z,buy,1,\n", tape).mistakes() ==
          Mistakes{"E0183 1:1"});
}

TEST_CASE("tape data: of many mistakes the first twenty are told, and how many there are more") {
    std::string text{head};
    for (int i = 0; i < 25; ++i) text += "2025-01-02T10:00:00Z,buy,-1,\n";
    const Read got = read(text);
    REQUIRE(got.mistakes().size() == 21);
    CHECK(got.mistakes().back() == "E0185 22:26");
    CHECK(got.tape.orders.orders.empty());
}
