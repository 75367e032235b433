// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_inspector.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "market/ids.hpp"
#include "market/posting.hpp"
#include "market/units.hpp"

using namespace crowdout;
using viz::InspectorSection;
using viz::Language;
using viz::Picked;

namespace {

constexpr std::int64_t dollar = market::money_per_dollar;

world::Manifest manifest() {
    world::Manifest all;
    all.sectors = {{.name = "fund", .label = "Fund"}, {.name = "state", .label = "State"}};
    all.assets = {{.name = "USD"}, {.name = "COIN"}};
    all.books = {{.name = "COIN", .usd_per_tick = 1, .money_per_tick_lot = dollar, .asset = 1}};
    all.blocks = {{.name = "-"}, {.name = "fund", .members = 3}};
    return all;
}

world::Scene scene() {
    world::Scene all;
    all.frame.cash = {{.sector = 0, .cash = 70 * dollar, .idle = 20 * dollar}};
    all.frame.holdings = {{.sector = 0, .asset = 0, .units = 1, .worth = 70 * dollar},
                          {.sector = 0, .asset = 1, .units = 5, .worth = 500 * dollar},
                          {.sector = 0, .asset = world::HoldingRow::debt, .worth = -250 * dollar},
                          {.sector = 1, .asset = 1, .units = 9, .worth = 900 * dollar}};
    all.flows = {{.from = 0,
                  .to = 1,
                  .reason = static_cast<std::uint8_t>(market::Reason::taxes),
                  .money = 40 * dollar},
                 {.from = 1,
                  .to = 0,
                  .reason = static_cast<std::uint8_t>(market::Reason::coupons),
                  .money = 6 * dollar},
                 {.from = 1,
                  .to = 0,
                  .reason = static_cast<std::uint8_t>(market::Reason::trades),
                  .money = 99 * dollar}};
    all.trades = {{.book = 0, .sector = 0, .cause = 0, .side = 0, .money = 30 * dollar},
                  {.book = 0, .sector = 0, .cause = 6, .side = 1, .money = 80 * dollar},
                  {.book = 0, .sector = 1, .cause = 0, .side = 0, .money = 50 * dollar}};
    all.frame.books = {{.book = 0,
                        .mid_twice = 200,
                        .bid = 99,
                        .ask = 101,
                        .bid_depth = 7 * dollar,
                        .ask_depth = 8 * dollar,
                        .volume = 160 * dollar,
                        .value_twice = 160,
                        .sigma = 30'000}};
    return all;
}

/// The figure beside some words of a section, or "".
std::string figure(const std::vector<InspectorSection>& sections, std::string_view title,
                   std::string_view words) {
    const auto section = std::ranges::find(sections, title, &InspectorSection::title);
    if (section == sections.end()) return {};
    const auto row = std::ranges::find(section->rows, words, &InspectorSection::Row::words);
    return row == section->rows.end() ? "" : row->figure;
}

}  // namespace

TEST_CASE("panel inspector: a sector's sheet, trades and payments") {
    const auto all =
        viz::inspect({Picked::Kind::sector, 0}, manifest(), scene(), Language::english);

    REQUIRE_FALSE(all.empty());
    CHECK(all[0].title == "Fund");
    CHECK(figure(all, "Cash", "dollars") == "$70.00");
    CHECK(figure(all, "Cash", "idle cash") == "$20.00");
    CHECK(figure(all, "Owns and owes", "COIN") == "$500.0");
    CHECK(figure(all, "Owns and owes", "debt") == "-$250.0");
    CHECK(figure(all, "Bought, less sold", "COIN") == "-$50.00");  // 30 - 80
    CHECK(figure(all, "Paid since the start", "State: taxes and benefits") == "$40.00");
    CHECK(figure(all, "Received since the start", "State: interest and dividends") == "$6.00");
    // Trades are under "bought": as payments they would count twice.
    CHECK(figure(all, "Received since the start", "State: trades").empty());
}

TEST_CASE("panel inspector: bars are shares of the largest, to either side") {
    const auto all =
        viz::inspect({Picked::Kind::sector, 0}, manifest(), scene(), Language::english);
    const auto sheet = std::ranges::find(all, "Owns and owes", &InspectorSection::title);

    REQUIRE(sheet != all.end());
    REQUIRE(sheet->rows.size() == 2);
    CHECK(sheet->rows[0].share == 1);
    CHECK(sheet->rows[1].share == -0.5);
}

TEST_CASE("panel inspector: a book's price against its value, and who trades it why") {
    const auto all = viz::inspect({Picked::Kind::book, 0}, manifest(), scene(), Language::english);

    CHECK(all[0].title == "COIN");
    CHECK(figure(all, "Now", "price") == "$100.0");
    CHECK(figure(all, "Now", "analysts' value") == "$80.00");
    CHECK(figure(all, "Now", "above value") == "25.00%");
    CHECK(figure(all, "Now", "spread") == "2.00%");
    CHECK(figure(all, "Now", "bids within 1%") == "$7.00");
    CHECK(figure(all, "Now", "volatility a day") == "3.00%");
    CHECK(figure(all, "Net buyers and sellers", "Fund") == "-$50.00");
    CHECK(figure(all, "Net buyers and sellers", "State") == "$50.00");
    CHECK(figure(all, "Sold, by cause", "redemption") == "$80.00");
}

TEST_CASE("panel inspector: an account's balances, orders and decisions") {
    world::Scene watched = scene();
    const std::uint32_t account = market::AccountId{1, 2}.packed();
    watched.frame.accounts = {{.account = account, .asset = 1, .units = 1, .worth = 12 * dollar},
                              {.account = account + 1, .asset = 1, .units = 1, .worth = dollar}};
    watched.frame.orders = {
        {.account = account, .book = 0, .side = 1, .cause = 5, .price = 110, .lots = 2}};
    const std::deque<world::DecisionRow> decisions{
        {.account = account, .book = 0, .price = 80, .lots = 1, .at = market::hour.ns},
        {.account = account, .book = 0, .price = 90, .lots = 1, .at = 2 * market::hour.ns}};

    const auto all = viz::inspect({Picked::Kind::account, account}, manifest(), watched,
                                  Language::english, decisions);

    CHECK(all[0].title == "fund [2]");
    CHECK(figure(all, "Owns and owes", "COIN") == "$12.00");
    CHECK(figure(all, "Open orders", "sells COIN, capital call") == "$220.0 @ $110.0");
    REQUIRE(all.back().title == "Last decisions");
    const auto& rows = all.back().rows;
    REQUIRE(rows.size() == 4);  // the newest first, each under its time
    CHECK(rows[0].words == "1 Jan 1970 02:00");
    CHECK(rows[1].words == "buys COIN, own choice");
    CHECK(rows[1].figure == "$90.00 @ $90.00");
    CHECK(rows[3].figure == "$80.00 @ $80.00");
}

TEST_CASE("panel inspector: names lead to whom they name") {
    const world::Manifest names = manifest();
    const auto sector = viz::inspect({Picked::Kind::sector, 0}, names, scene(), Language::english);
    const auto accounts = std::ranges::find(sector, "Accounts", &InspectorSection::title);
    REQUIRE(accounts != sector.end());
    REQUIRE(accounts->rows.size() == 1);
    CHECK(accounts->rows[0].words == "fund");
    CHECK(accounts->rows[0].figure == "×3");
    const Picked first{Picked::Kind::account, market::AccountId{1, 0}.packed()};
    CHECK(accounts->rows[0].leads_to == first);

    const auto account = viz::inspect(first, names, scene(), Language::english);
    CHECK(account[0].rows[0].words == "Fund");
    CHECK(account[0].rows[0].leads_to == Picked{Picked::Kind::sector, 0});
    REQUIRE(account[0].rows.size() == 2);
    CHECK(account[0].rows[1].words == "Nothing recorded yet");
    CHECK(account.size() == 1);

    world::Scene traded = scene();
    traded.frame.fills = {{.book = 0,
                           .taker_side = 0,
                           .maker = market::AccountId{1, 2}.packed(),
                           .taker = first.number,
                           .price = 100,
                           .lots = 2}};
    const auto book = viz::inspect({Picked::Kind::book, 0}, names, traded, Language::english);
    REQUIRE(book.back().title == "Largest trades of this frame");
    CHECK(book.back().rows[0].words == "fund [0] ← fund [2]");
    CHECK(book.back().rows[0].figure == "$200.0");
    CHECK(book.back().rows[0].leads_to == first);
}

TEST_CASE("panel inspector: what is not there is no crash") {
    CHECK(viz::inspect({Picked::Kind::sector, 9}, manifest(), scene(), Language::english).empty());
    CHECK(viz::inspect({Picked::Kind::book, 9}, manifest(), scene(), Language::english).empty());
    CHECK(viz::inspect({Picked::Kind::account, market::AccountId{7, 0}.packed()}, manifest(),
                       scene(), Language::english)
              .empty());
}
