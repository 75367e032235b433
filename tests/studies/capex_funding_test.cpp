// SPDX-License-Identifier: Apache-2.0
#include "studies/capex_funding.hpp"

#include <doctest/doctest.h>

#include <map>

#include "world/flow_network.hpp"

using namespace crowdout;
using market::Money;
using market::Reason;
using studies::CapexStream;

namespace {

constexpr std::uint16_t bank = 0;
constexpr std::uint16_t savers = 1;
constexpr std::uint16_t funds = 2;
constexpr std::uint16_t builder = 3;
constexpr std::uint16_t chips = 4;

/// 1e-4 dollars, so that a Money of 10,000 is a dollar.
world::MoneyRow pays(std::uint16_t from, std::uint16_t to, Reason reason, std::int64_t dollars) {
    return {.from = from,
            .to = to,
            .reason = static_cast<std::uint8_t>(reason),
            .money = dollars * 10'000};
}

world::Manifest manifest_of(std::vector<std::string> sources) {
    world::Manifest manifest;
    for (const char* name : {"bank", "savers", "funds", "builder", "chips"}) {
        manifest.sectors.push_back({.name = name});
    }
    manifest.books.push_back({.name = "NOTE", .kind = market::InstrumentKind::bond});
    manifest.books.push_back({.name = "SHARE", .kind = market::InstrumentKind::share});
    manifest.sources = std::move(sources);
    return manifest;
}

world::TradedRow sold(std::uint16_t sector, std::uint16_t book, std::int64_t dollars) {
    return {.book = book,
            .sector = sector,
            .side = static_cast<std::uint8_t>(market::Side::sell),
            .money = dollars * 10'000};
}

}  // namespace

TEST_CASE("capex funding: a pot's mix is split by channel, market and source") {
    // The builder has 20, is lent 30, sells bonds for 15 and shares for 35: a pot of 100, of which
    // 60 become capex. What it sold was paid by funds, half of whose 100 came from savers.
    const std::vector<world::MoneyRow> flows{
        pays(bank, builder, Reason::loans, 30), pays(savers, funds, Reason::subscriptions, 50),
        pays(funds, builder, Reason::trades, 50), pays(builder, chips, Reason::capex, 60)};
    const std::vector<world::TradedRow> trades{sold(builder, 0, 15), sold(builder, 1, 35),
                                               sold(savers, 1, 99)};
    const std::vector<std::int64_t> opening{-1'000'000, 500'000, 500'000, 200'000, 0};

    const auto streams = studies::capex_streams(manifest_of({"savers"}), flows, trades, opening);

    struct Key {
        std::uint16_t source;
        std::optional<Reason> reason;
        std::optional<studies::MarketClass> market;
        auto operator<=>(const Key&) const = default;
    };
    std::map<Key, double> usd;
    double sum = 0;
    for (const CapexStream& stream : streams) {
        CHECK(stream.spender == builder);
        CHECK(stream.is_opening == (stream.source != savers));
        usd[{stream.source, stream.channel.reason, stream.channel.market}] += stream.usd;
        sum += stream.usd;
    }
    using studies::MarketClass;
    CHECK(sum == doctest::Approx(60));
    CHECK(usd[{builder, std::nullopt, std::nullopt}] == doctest::Approx(12));
    CHECK(usd[{bank, Reason::loans, std::nullopt}] == doctest::Approx(18));
    CHECK(usd[{savers, Reason::trades, MarketClass::bonds}] == doctest::Approx(4.5));
    CHECK(usd[{savers, Reason::trades, MarketClass::shares}] == doctest::Approx(10.5));
    CHECK(usd[{funds, Reason::trades, MarketClass::bonds}] == doctest::Approx(4.5));
    CHECK(usd[{funds, Reason::trades, MarketClass::shares}] == doctest::Approx(10.5));
    CHECK(usd.size() == 6);
}

// Tracing counts whole 1e-4 dollars: the last digit may differ.
TEST_CASE("capex funding: streams of a source sum to what tracing says of it, also in circles") {
    // Suppliers buy from the fund that bought the builder's bonds: money goes round.
    const std::vector<world::MoneyRow> flows{
        pays(bank, builder, Reason::loans, 10),    pays(savers, funds, Reason::subscriptions, 40),
        pays(funds, builder, Reason::trades, 70),  pays(builder, chips, Reason::capex, 90),
        pays(chips, funds, Reason::trades, 30),    pays(chips, savers, Reason::wages, 20),
        pays(builder, savers, Reason::interest, 5)};
    const std::vector<world::TradedRow> trades{sold(builder, 0, 70)};
    const std::vector<std::int64_t> opening{-5'000'000, 600'000, 100'000, 300'000, 50'000};

    const auto streams = studies::capex_streams(manifest_of({"savers"}), flows, trades, opening);

    constexpr std::uint32_t sink = 5;
    world::FlowNetwork network{sink + 1};
    for (const world::MoneyRow& row : flows) {
        const bool capex = row.reason == static_cast<std::uint8_t>(Reason::capex);
        network.add(row.from, capex ? sink : row.to, Money{row.money});
        if (capex) network.add(sink, row.to, Money{row.money});
    }
    std::vector<Money> cash;
    for (const std::int64_t each : opening) cash.push_back(Money{each});
    cash.push_back(Money{0});
    const std::vector<std::uint32_t> sources{savers};
    const world::SourceTrace trace = world::trace_sources(network, cash, sources, sink);
    std::map<std::uint32_t, double> by_source;
    for (const CapexStream& stream : streams) by_source[stream.source] += stream.usd;
    CHECK(by_source[savers] ==
          doctest::Approx(static_cast<double>(trace.proportional[0].money.value()) / 10'000)
              .epsilon(1e-4));
    for (const world::NodeAmount& each : trace.balances) {
        CHECK(by_source[each.node] ==
              doctest::Approx(static_cast<double>(each.money.value()) / 10'000).epsilon(1e-4));
    }
}

TEST_CASE("capex funding: a spender that is a named source pays with its own") {
    const std::vector<world::MoneyRow> flows{pays(savers, builder, Reason::sales, 50),
                                             pays(builder, chips, Reason::capex, 20)};
    const std::vector<std::int64_t> opening(5, 100'000);

    const auto streams = studies::capex_streams(manifest_of({"builder"}), flows, {}, opening);

    REQUIRE(streams.size() == 1);
    CHECK(streams[0].source == builder);
    CHECK_FALSE(streams[0].is_opening);
    CHECK_FALSE(streams[0].channel.reason.has_value());
    CHECK(streams[0].usd == doctest::Approx(20));
    CHECK(studies::capex_streams(manifest_of({}), {}, {}, opening).empty());
}
