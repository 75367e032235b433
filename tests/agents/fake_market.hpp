// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/observation.hpp"
#include "agents/order_tape.hpp"
#include "agents/price_history.hpp"

/// A market made by hand, for one agent at a time: what it sees is set, what it wants is read.
///
/// Every instrument has a tick of $0.01 and a lot of 0.01 whole units, 1,000 ledger units each; its
/// asset has the number of the instrument plus one. Fees are zero.
struct FakeMarket {
    explicit FakeMarket(std::vector<double> prices) : histories(prices.size()) {
        snapshot.now = crowdout::market::Time{20'000 * crowdout::market::day.ns};
        columns.push_back(0);
        balances.push_back(0);
        for (std::size_t i = 0; i < prices.size(); ++i) {
            crowdout::market::Instrument instrument;
            instrument.name = "asset" + std::to_string(i);
            instrument.asset = crowdout::market::AssetId{static_cast<std::uint16_t>(i + 1)};
            instrument.money_per_tick_lot = 1;  // $0.01 x 0.01
            instrument.units_per_lot = 1'000;
            instrument.usd_per_tick = 0.01;
            instrument.whole_per_lot = 0.01;
            instruments.push_back(instrument);
            columns.push_back(static_cast<std::uint8_t>(i + 1));
            balances.push_back(0);
            books.emplace_back();
            histories[i].start(snapshot.now, prices[i]);
            quote(i, prices[i], 0.0001);
            books[i].open = true;
            books[i].accepts = true;
            books[i].next_change = crowdout::market::never;
            books[i].volume_daily = 1e9;
            books[i].sigma_daily = 0.02;
            books[i].sigma_fast = 0.02;
            books[i].history = &histories[i];
        }
    }
    FakeMarket(const FakeMarket&) = delete;
    FakeMarket& operator=(const FakeMarket&) = delete;

    static crowdout::market::InstrumentId id(std::size_t i) {
        return crowdout::market::InstrumentId{static_cast<std::uint16_t>(i)};
    }

    /// Mid at `price` USD, best quotes `half_spread` (a fraction) away.
    void quote(std::size_t i, double price, double half_spread) {
        using crowdout::market::Rounding;
        books[i].mid = price;
        books[i].bid = instruments[i].to_price(price * (1 - half_spread), Rounding::half_even);
        books[i].ask = instruments[i].to_price(price * (1 + half_spread), Rounding::half_even);
        books[i].last = books[i].bid;
        books[i].bid_depth = 1e7;
        books[i].ask_depth = 1e7;
    }
    void set_cash(double usd) { balances[0] = static_cast<std::int64_t>(usd * 1e4 + 0.5); }
    void set_holding(std::size_t i, double whole) {
        balances[i + 1] = static_cast<std::int64_t>(whole * 1e5 + 0.5);
    }
    void rest(std::size_t i, crowdout::market::Side side, std::int64_t ticks, std::int64_t lots) {
        crowdout::agents::OpenOrder order;
        order.ticket = {crowdout::market::OrderId{orders.size() + 1}, 0};
        order.instrument = id(i);
        order.side = side;
        order.limit = crowdout::market::Price{ticks};
        order.left = crowdout::market::Quantity{lots};
        orders.push_back(order);
    }
    /// Lets time go by; prices stay.
    void pass(crowdout::market::Duration span) {
        snapshot.now = snapshot.now + span;
        for (std::size_t i = 0; i < books.size(); ++i) {
            histories[i].record(snapshot.now, books[i].mid);
        }
    }

    /// What member `member` of a population of key 7 sees.
    crowdout::agents::Observation see(std::uint32_t member = 0) {
        snapshot.instruments = instruments;
        snapshot.books = books;
        return {snapshot.now,
                step,
                crowdout::market::AccountId{3, member},
                snapshot,
                crowdout::market::AccountView{balances.data(), columns},
                orders,
                obligations,
                credit,
                receivables,
                key};
    }

    /// One call of an archetype's `begin`, as member 0 of `members`.
    template <class A>
    crowdout::agents::Wake begin(const typename A::Params& params, typename A::State& state,
                                 std::uint32_t members = 1, std::uint32_t member = 0) {
        const auto seen = see(member);
        crowdout::agents::Random random{key, member, crowdout::agents::Purpose::trait, 0};
        return A::begin(params, state, {member, members, 1.0, seen}, random);
    }
    /// One call of an archetype's `decide`, now; what it wants is in `intents` afterwards.
    template <class A>
    crowdout::agents::Wake decide(const typename A::Params& params, typename A::State& state,
                                  std::uint32_t member = 0) {
        const auto seen = see(member);
        crowdout::agents::Random random{key, member, crowdout::agents::Purpose::decide,
                                        static_cast<std::uint64_t>(snapshot.now.ns)};
        intents.clear();
        intents.begin(seen);
        return A::decide(params, state, seen, random, intents);
    }

    static constexpr std::uint64_t key = 7;

    crowdout::agents::Snapshot snapshot;
    crowdout::market::Duration step = crowdout::market::minute;
    std::vector<crowdout::market::Instrument> instruments;
    std::vector<crowdout::agents::BookView> books;
    std::vector<crowdout::agents::PriceHistory> histories;
    std::vector<std::uint8_t> columns;
    std::vector<std::int64_t> balances;
    std::vector<crowdout::agents::OpenOrder> orders;
    std::vector<crowdout::agents::Obligation> obligations;
    std::vector<crowdout::agents::Obligation> receivables;
    crowdout::agents::CreditView credit;
    crowdout::agents::Intents intents;
};

/// Names "asset0", "asset1", ... as `FakeMarket` numbers them; every account is {9, member}, every
/// series empty, every tape its own.
struct FakeNames final : crowdout::agents::Names {
    [[nodiscard]] crowdout::market::InstrumentId instrument(std::string_view name) const override {
        return FakeMarket::id(static_cast<std::size_t>(name.back() - '0'));
    }
    [[nodiscard]] crowdout::market::AssetId asset(std::string_view name) const override {
        return crowdout::market::AssetId{static_cast<std::uint16_t>(name.back() - '0' + 1)};
    }
    [[nodiscard]] crowdout::market::AccountId account(std::string_view,
                                                      std::uint32_t member) const override {
        return {9, member};
    }
    [[nodiscard]] const crowdout::agents::HistoricalSeries& series(
        std::string_view) const override {
        return data;
    }
    [[nodiscard]] const crowdout::agents::OrderTape& order_tape(std::string_view) const override {
        return tape;
    }

    crowdout::agents::HistoricalSeries data;
    crowdout::agents::OrderTape tape{};
};
