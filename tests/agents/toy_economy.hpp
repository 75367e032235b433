// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/intent.hpp"
#include "agents/observation.hpp"
#include "agents/order_tape.hpp"
#include "market/ledger.hpp"

namespace toy {

using namespace crowdout;
using namespace crowdout::agents;

inline constexpr market::Time monday{1'764'633'600LL * 1'000'000'000};  // 2025-12-02 00:00 UTC

/// One agent, and a world that carries out what it asks: instructions in order, orders in full at
/// mid and without fees. Prices move only where a test moves them.
class Economy : public Names {
public:
    market::Time now = monday;
    RatesView rates{.policy = 0.04, .government = 0.04, .credit = 0.05, .equity_premium = 0.03};
    CreditView credit{};
    std::vector<Obligation> obligations;  ///< by due date
    std::vector<Obligation> receivables;
    Intents intents;  ///< of the last look
    std::map<std::string, HistoricalSeries, std::less<>> data;
    std::map<std::string, double> paid;  ///< USD by name of the receiver
    std::map<InstructionKind, double> instructed;
    std::map<market::InstrumentId, double> sold;    ///< USD, less what was bought
    std::map<market::InstrumentId, double> issued;  ///< whole units, less what was retired
    double received = 0;                            ///< USD of sales
    OrderTape tape;                                 ///< by whatever name

    /// A market with `daily` USD of volume a day; shares trade single, coins in thousandths.
    market::InstrumentId add(const std::string& name, double mid, double daily,
                             market::InstrumentKind kind = market::InstrumentKind::coin,
                             market::Session session = market::Session::always) {
        const bool coin = kind == market::InstrumentKind::coin;
        market::Instrument instrument;
        instrument.name = name;
        instrument.kind = kind;
        instrument.session = session;
        instrument.asset = market::AssetId{static_cast<std::uint16_t>(instruments_.size() + 1)};
        instrument.money_per_tick_lot = coin ? 1 : 100;  // 0.1 dollars a coin, 0.01 a share
        instrument.usd_per_tick = coin ? 0.1 : 0.01;
        instrument.whole_per_lot = coin ? 0.001 : 1;
        instrument.units_per_lot = coin ? 100'000 : 1'000;
        instruments_.push_back(instrument);
        BookView book;
        book.open = book.accepts = true;
        book.next_change = market::never;
        book.mid = mid;
        book.bid = instrument.to_price(mid, market::Rounding::floor);
        book.ask = instrument.to_price(mid, market::Rounding::ceil);
        book.volume_daily = daily;
        book.sigma_daily = 0.02;
        auto history = std::make_unique<PriceHistory>();
        history->start(now, mid);
        book.history = history.get();
        histories_.push_back(std::move(history));
        books_.push_back(book);
        return market::InstrumentId{static_cast<std::uint16_t>(instruments_.size() - 1)};
    }
    BookView& book(market::InstrumentId id) { return books_[market::index(id)]; }

    /// Opens the accounts: the agent is row 0 of block 0, everybody else a row of block 1.
    void open(double cash) {
        ledger_ = market::Ledger{instruments_.size() + 1};
        std::vector<market::AssetId> assets{market::usd};
        for (const auto& instrument : instruments_) assets.push_back(instrument.asset);
        (void)ledger_.add_block({"self", 1, assets});
        (void)ledger_.add_block({"others", 32, assets});
        for (const market::AssetId asset : assets) ledger_.set_issuer(asset, outside);
        give_cash(cash);
    }
    void give_cash(double usd) { move(outside, self, market::usd, std::llround(usd * 1e4)); }
    void give(market::InstrumentId id, double whole) {
        const auto& instrument = instruments_[market::index(id)];
        const auto units = std::llround(whole / instrument.whole_per_lot *
                                        static_cast<double>(instrument.units_per_lot));
        move(outside, self, instrument.asset, units);
    }

    [[nodiscard]] Observation observe() {
        snapshot_ = {now, instruments_, books_, rates};
        return {.now = now,
                .step = step,
                .self = self,
                .market = snapshot_,
                .own = ledger_.view(self),
                .orders = orders,
                .obligations = obligations,
                .credit = credit,
                .receivables = receivables};
    }
    [[nodiscard]] double cash() { return observe().cash(); }
    [[nodiscard]] double value(market::InstrumentId id) { return observe().position_usd(id); }
    [[nodiscard]] double drawn() const { return static_cast<double>(credit.drawn.value()) * 1e-4; }
    [[nodiscard]] const market::Instrument& instrument(market::InstrumentId id) const {
        return instruments_[market::index(id)];
    }

    void call(double usd, market::Duration in) {
        obligations.push_back({.id = ++obligation_count_,
                               .kind = ObligationKind::capital_call,
                               .debtor = self,
                               .creditor = account("lab"),
                               .amount = market::Money{std::llround(usd * 1e4)},
                               .due = now + in});
    }

    template <class A>
    typename A::State begin(const typename A::Params& params) {
        typename A::State state{};
        const Observation seen = observe();
        Random random{1, 0, Purpose::trait, 0};
        wake_ = A::begin(params, state, Genesis{0, 1, 1, seen}, random).at;
        return state;
    }
    /// Lets the agent look now and carries out what it asks for.
    template <class A>
    void look(const typename A::Params& params, typename A::State& state) {
        const Observation seen = observe();
        Random random{1, 0, Purpose::decide, static_cast<std::uint64_t>(now.ns)};
        intents.clear();
        intents.begin(seen);
        wake_ = A::decide(params, state, seen, random, intents).at;
        for (const Instruction& instruction : intents.instructions) carry_out(instruction);
        for (const Intent& intent : intents.orders) fill(intent);
        std::erase_if(obligations, [](const Obligation& o) { return o.amount.value() == 0; });
    }
    /// Steps of length `step` until `until`; the agent looks in the step in which it wakes.
    /// @param before  is called at the start of each step.
    template <class A, class Before>
    void run(const typename A::Params& params, typename A::State& state, market::Time until,
             Before before) {
        while (now < until) {
            before(step);
            if (wake_ <= now) look<A>(params, state);
            now = now + step;
        }
    }
    template <class A>
    void run(const typename A::Params& params, typename A::State& state, market::Time until) {
        run<A>(params, state, until, [](market::Duration) {});
    }

    [[nodiscard]] market::InstrumentId instrument(std::string_view name) const override {
        for (std::size_t i = 0; i < instruments_.size(); ++i) {
            if (instruments_[i].name == name) {
                return market::InstrumentId{static_cast<std::uint16_t>(i)};
            }
        }
        return market::no_instrument;
    }
    [[nodiscard]] market::AssetId asset(std::string_view name) const override {
        return instruments_[market::index(instrument(name))].asset;
    }
    [[nodiscard]] market::AccountId account(std::string_view name, std::uint32_t) const override {
        return account(name);
    }
    [[nodiscard]] const HistoricalSeries& series(std::string_view name) const override {
        return data.find(name)->second;
    }
    [[nodiscard]] const OrderTape& order_tape(std::string_view) const override { return tape; }
    [[nodiscard]] market::AccountId account(std::string_view name) const {
        const auto found = std::ranges::find(accounts_, name);
        const auto row = static_cast<std::uint32_t>(found - accounts_.begin()) + 1;
        if (found == accounts_.end()) accounts_.emplace_back(name);
        return {1, row};
    }

    market::Duration step = market::hour;
    std::vector<OpenOrder> orders;
    market::AccountId self{0, 0};
    market::AccountId outside{1, 0};

private:
    void move(market::AccountId from, market::AccountId to, market::AssetId asset,
              std::int64_t units) {
        ledger_.post({from, to, asset, market::Units{units}, market::Reason::endowment});
    }
    void carry_out(const Instruction& instruction) {
        const market::AssetId asset = instruction.asset;
        std::int64_t units = instruction.amount.value();
        const double usd = static_cast<double>(units) * 1e-4;
        instructed[instruction.kind] += usd;
        switch (instruction.kind) {
            case InstructionKind::pay:
                units = std::min(units, ledger_.balance(self, asset).value());
                move(self, outside, asset, units);
                paid[accounts_[instruction.counterparty.row() - 1]] +=
                    static_cast<double>(units) * 1e-4;
                break;
            case InstructionKind::draw:
                units = std::min(units, (credit.limit - credit.drawn).value());
                credit.drawn += market::Money{units};
                move(outside, self, market::usd, units);
                break;
            case InstructionKind::repay:
                units = std::min(
                    {units, credit.drawn.value(), ledger_.balance(self, market::usd).value()});
                credit.drawn -= market::Money{units};
                move(self, outside, market::usd, units);
                break;
            case InstructionKind::issue:
                move(outside, self, asset, units);
                note_issue(asset, units);
                break;
            case InstructionKind::retire:
                move(self, outside, asset, units);
                note_issue(asset, -units);
                break;
            case InstructionKind::meet:
                for (Obligation& o : obligations) {
                    if (o.id != instruction.reference) continue;
                    units = std::min(
                        {units, o.amount.value(), ledger_.balance(self, market::usd).value()});
                    o.amount -= market::Money{units};
                    move(self, outside, market::usd, units);
                }
                break;
            case InstructionKind::call_capital:
                receivables.push_back({.id = ++obligation_count_,
                                       .kind = ObligationKind::capital_call,
                                       .debtor = instruction.counterparty,
                                       .creditor = self,
                                       .amount = market::Money{units},
                                       .due = instruction.due});
                break;
            case InstructionKind::create_baskets:
            case InstructionKind::redeem_baskets:
            case InstructionKind::request_redemption:
                break;
        }
    }
    void note_issue(market::AssetId asset, std::int64_t units) {
        for (std::size_t i = 0; i < instruments_.size(); ++i) {
            if (instruments_[i].asset != asset) continue;
            issued[market::InstrumentId{static_cast<std::uint16_t>(i)}] +=
                instruments_[i].whole_from_units(market::Units{units});
        }
    }
    void fill(const Intent& intent) {
        if (intent.kind != IntentKind::submit || intent.order.type != market::OrderType::market) {
            return;
        }
        const auto& instrument = instruments_[market::index(intent.instrument)];
        const double usd = instrument.to_whole_units(intent.order.quantity) *
                           books_[market::index(intent.instrument)].mid;
        const std::int64_t money = std::llround(usd * 1e4);
        const std::int64_t units = instrument.to_units(intent.order.quantity).value();
        if (intent.order.side == market::Side::sell) {
            move(self, outside, instrument.asset, units);
            move(outside, self, market::usd, money);
            sold[intent.instrument] += usd;
            received += usd;
        } else {
            move(self, outside, market::usd, money);
            move(outside, self, instrument.asset, units);
            sold[intent.instrument] -= usd;
        }
    }

    std::vector<market::Instrument> instruments_;
    std::vector<BookView> books_;
    std::vector<std::unique_ptr<PriceHistory>> histories_;
    market::Ledger ledger_;
    Snapshot snapshot_;
    mutable std::vector<std::string> accounts_;
    std::uint32_t obligation_count_ = 0;
    market::Time wake_;
};

}  // namespace toy
