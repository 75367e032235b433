// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "world/config.hpp"
#include "world/world.hpp"

namespace crowdout::world {

using market::AccountId;
using market::Quantity;
using market::Side;
using market::Units;

namespace {

// Our choice: a broker that sells out a client gives way by so much to be done within the step.
constexpr double liquidation_discount = 0.05;

}  // namespace

/// Marks every secured borrower and sells for those whose debt has outgrown their assets.
///
/// Borrowers are tested side by side; forced orders are written in the order of accounts, and join
/// the next step like anybody's, so that a spiral is many steps and never a loop in one.
void World::margin_call(Pool& pool) {
    for (std::size_t book = 0; book < instruments_.size(); ++book) mark(book);
    pool.each(borrowers_.size(), 64, [this](std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at < end; ++at) {
            Borrower& borrower = borrowers_[at];
            borrower.must_sell = amount_to_sell(borrower);
        }
    });
    for (const Borrower& borrower : borrowers_) {
        if (borrower.must_sell <= 0) continue;
        scratch_.events.push_back(
            {.kind = static_cast<std::uint8_t>(EventKind::forced_sale),
             .account = borrower.account.packed(),
             .amount = market::to_whole(borrower.must_sell * market::money_per_dollar)});
        sell_for(borrower);
    }
}

/// What a unit of the book's asset is worth at its mid.
void World::mark(std::size_t book) {
    const market::Instrument& instrument = instruments_[book];
    macro_.asset_price[index(instrument.asset)] =
        tapes_[book].mid * instrument.whole_per_lot / static_cast<double>(instrument.units_per_lot);
}

/// USD of assets that must go so that debt is the allowed share of what is left; 0 for none.
///
/// With debt D, assets A and limit l: sell x so that (D - x) / (A - x) = l. Equality is no breach.
double World::amount_to_sell(const Borrower& borrower) const {
    const market::LoanId line = borrower.line;
    const double debt = static_cast<double>(economy_.loans.owed(line, clock_.step_end()).value()) /
                        market::money_per_dollar;
    if (debt <= 0) return 0;
    const double assets = equity_of(borrower.account) + debt;
    if (debt <= borrower.loan_to_value * assets) return 0;
    return (debt - borrower.loan_to_value * assets) / (1 - borrower.loan_to_value);
}

/// Sells pro rata what the account holds free, at the market. Cash first pays the debt.
void World::sell_for(const Borrower& borrower) {
    double wanted = borrower.must_sell;
    const Units cash = economy_.ledger.balance(borrower.account, market::usd);
    scratch_.postings.clear();
    economy_.loans.pay(borrower.line,
                       std::min(cash, Units{market::to_whole(wanted * market::money_per_dollar)}),
                       clock_.step_end(), scratch_.postings);
    for (const market::Posting& posting : scratch_.postings) {
        wanted -= static_cast<double>(posting.units.value()) / market::money_per_dollar;
        economy_.post(posting);
    }
    if (wanted <= 0) return;

    // What waits for an auction is being sold already.
    for (const agents::OpenOrder& order : open_orders_.of(borrower.account)) {
        if (order.cause != market::Cause::liquidation) continue;
        const market::Instrument& instrument = instruments_[index(order.instrument)];
        wanted -= instrument.to_usd(order.limit) * instrument.to_whole_units(order.left);
    }
    if (wanted <= 0) return;

    const auto account = economy_.ledger.view(borrower.account);
    double worth = 0;
    for (const market::Instrument& instrument : instruments_) {
        worth += static_cast<double>(account.balance(instrument.asset).value()) *
                 macro_.asset_price[index(instrument.asset)];
    }
    if (wanted > worth) recall_orders(borrower.account);
    if (worth <= 0) return;
    const double share = std::min(1.0, wanted / worth);
    for (std::size_t book = 0; book < instruments_.size(); ++book) {
        const market::Instrument& instrument = instruments_[book];
        const Quantity held = instrument.lots_in(account.balance(instrument.asset));
        const Quantity lots{
            market::to_whole(static_cast<double>(held.value()) * share, market::Rounding::ceil)};
        if (lots <= Quantity{0}) continue;
        agents::Intent& intent = forced_.emplace_back();
        intent.instrument = market::InstrumentId{static_cast<std::uint16_t>(book)};
        intent.arrival = clock_.step_end();  // the first moment of the next step
        intent.order.owner = borrower.account;
        intent.order.side = Side::sell;
        intent.order.type = market::OrderType::market;
        intent.order.time_in_force = market::TimeInForce::immediate_or_cancel;
        intent.order.cause = market::Cause::liquidation;
        intent.order.quantity = std::min(lots, instrument.lots_max);
        intent.order.limit = instrument.to_price(tapes_[book].mid * (1 - liquidation_discount),
                                                 market::Rounding::ceil);
    }
}

/// Takes an owner's orders out of their books, so that its lender can reach what is behind them in
/// the step after the next.
void World::recall_orders(AccountId owner) {
    for (const agents::OpenOrder& order : open_orders_.of(owner)) {
        if (order.cause == market::Cause::liquidation) continue;
        agents::Intent& intent = forced_.emplace_back();
        intent.kind = agents::IntentKind::cancel;
        intent.instrument = order.instrument;
        intent.slot = order.ticket.slot;
        intent.arrival = clock_.step_end();
        intent.order.owner = owner;
        intent.order.id = order.ticket.id;
    }
}

/// What an account owns less what it owes, USD at last mids; resting orders are still its own.
double World::equity_of(AccountId account) const {
    const auto view = economy_.ledger.view(account);
    double usd = static_cast<double>(view.cash().value()) / market::money_per_dollar;
    for (std::size_t asset = 1; asset < macro_.asset_price.size(); ++asset) {
        const market::AssetId id{static_cast<std::uint16_t>(asset)};
        const std::int64_t units = view.balance(id).value();
        if (units > 0) usd += static_cast<double>(units) * macro_.asset_price[asset];
    }
    usd += open_orders_.worth(account, instruments_, macro_.asset_price);
    return usd - static_cast<double>(economy_.credit_of(account, clock_.step_end()).drawn.value()) /
                     market::money_per_dollar;
}

}  // namespace crowdout::world
