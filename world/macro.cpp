// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "world/catalogue.hpp"
#include "world/config.hpp"
#include "world/field_type.hpp"
#include "world/members.hpp"
#include "world/world.hpp"

namespace crowdout::world {

using market::AccountId;
using market::AssetId;
using market::InstrumentId;
using market::Money;
using market::Posting;
using market::Reason;
using market::Time;
using market::Units;

/// The slow clock: what moves by the hour, the day and the quarter, and what happens at a date.
void World::macro(Pool&) {
    const Time now = clock_.step_end();
    follow_policy(now);
    happen(now);
    if (now >= macro_.next_hour) {
        read_rates(now);
        revalue(now);
        macro_.next_hour = Time{(now.ns / market::hour.ns + 1) * market::hour.ns};
    }
    pay_recurring(now);
    meet_institutions_calls(now);
    if (now >= macro_.next_day) {
        for (std::size_t book = 0; book < instruments_.size(); ++book)
            service_instrument(book, now);
        collect_interest(now);
        macro_.next_day = Time{(now.ns / market::day.ns + 1) * market::day.ns};
    }
    if (now >= macro_.next_quarter) {
        for (std::size_t book = 0; book < instruments_.size(); ++book) pay_dividend(book);
        const Time next = quarter_end(now + market::day);
        open_gates(macro_.next_quarter, next);
        macro_.next_quarter = next;
    }
}

/// Carries out the world's shocks whose date has come, and those from outside.
void World::happen(Time now) {
    const auto& shocks = config_->shocks;
    for (std::size_t at = 0; at < shocks.size(); ++at) {
        const ShockConfig& shock = shocks[at];
        if (shock.at <= clock_.now() - market::Duration{1} || shock.at > now) continue;
        if (shock.at == clock_.now() && clock_.steps() > 0) continue;  // was at the last step's end
        carry_out(shock, now);
        scratch_.events.push_back({.kind = static_cast<std::uint8_t>(EventKind::shock),
                                   .reference = static_cast<std::uint32_t>(at)});
    }
    for (const Injected& each : injected_) {
        carry_out(*each.shock, now);
        // Those of the world file are known to the venues from the beginning.
        if (each.shock->kind.holds<OutageShock>()) {
            begin_outage(each.shock->kind.as<OutageShock>(), now);
        }
        scratch_.events.push_back(
            {.kind = static_cast<std::uint8_t>(EventKind::input), .reference = each.number});
    }
    injected_.clear();
}

/// Sets the target to that of the past where it was changed within the step. What a shock set in
/// between holds until then.
void World::follow_policy(Time now) {
    const DataSeriesConfig* target = config_->data.find(config_->rates.policy_series);
    if (target == nullptr) return;
    const double rate = target->history.known_at(now);
    if (rate != target->history.known_at(clock_.now())) set_policy_rate(rate, now);
}

void World::set_policy_rate(double rate, Time now) {
    macro_.policy_rate = rate;
    economy_.loans.set_reference_rate(market::to_whole(rate * 1e9, market::Rounding::half_even),
                                      now);
    macro_.next_hour = now;  // rates and values are looked at again at once
}

/// From the first moment of the next step.
void World::begin_outage(const OutageShock& shock, Time now) {
    const Time from = now + market::Duration{1};
    const auto& instruments = config_->instruments;
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        if (instruments[book].venue == shock.venue) {
            markets_[book].add_outage({from, from + shock.lasts}, now);
        }
    }
}

void World::inject(ShockConfig shock, std::uint32_t number) {
    injected_.push_back({std::make_shared<const ShockConfig>(std::move(shock)), number});
}

void World::carry_out(const ShockConfig& shock, Time now) {
    if (shock.kind.holds<ReportShock>()) {
        const auto& report = shock.kind.as<ReportShock>();
        for (std::size_t book = 0; book < instruments_.size(); ++book) {
            if (instruments_[book].name != report.instrument) continue;
            if (auto& valuation = macro_.fundamentals[book].valuation) {
                valuation->report(
                    {report.fact, report.reported, report.expected, report.period_years});
            }
        }
        macro_.next_hour = now;  // analysts do not wait for the hour
    } else if (shock.kind.holds<PolicyRateShock>()) {
        set_policy_rate(shock.kind.as<PolicyRateShock>().rate, now);
    } else if (shock.kind.holds<TransferShock>()) {
        const auto& wish = shock.kind.as<TransferShock>();
        const auto party = [this](const std::string& name) {
            return all_members(economy_.ledger, account_named(name));
        };
        const Money amount{market::to_whole(wish.amount * market::money_per_dollar)};
        scratch_.postings.clear();
        macro_.payments.move(amount, {party(wish.from), ShareBy::cash},
                             {party(wish.to), ShareBy::equal}, Reason::benefits, economy_.ledger,
                             scratch_.postings);
        for (const Posting& posting : scratch_.postings) economy_.post(posting);
    }
}

/// Reads the yields that the bond books show, and the equity premium that goes with volatility.
void World::read_rates(Time now) {
    const RatesConfig& config = config_->rates;
    const market::Date today = market::civil_date(market::new_york_day(now));
    rates_.policy = macro_.policy_rate;
    rates_.government = macro_.policy_rate;
    rates_.credit = macro_.policy_rate;
    for (std::size_t book = 0; book < instruments_.size(); ++book) {
        Fundamentals& fundamentals = macro_.fundamentals[book];
        if (!fundamentals.bond) continue;
        const double yield =
            market::yield_to_maturity(fundamentals.bond->terms(), tapes_[book].mid, today);
        if (instruments_[book].name == config.government) rates_.government = yield;
        if (instruments_[book].name == config.credit) rates_.credit = yield;
        if (fundamentals.fair_yield) fundamentals.fair_yield->advance(now, yield);
    }
    if (config.credit.empty()) rates_.credit = rates_.government;
    double sigma = config.equity_premium.sigma_mean;
    for (std::size_t book = 0; book < instruments_.size(); ++book) {
        if (instruments_[book].name != config.equity_market) continue;
        sigma = views_[book].sigma_daily * 15.87;  // sqrt of 252 trading days
    }
    rates_.equity_premium = config.equity_premium.premium(sigma);
}

/// What analysts make of each instrument now, and what each asset is worth.
void World::revalue(Time now) {
    const market::Date today = market::civil_date(market::new_york_day(now));
    for (std::size_t book = 0; book < instruments_.size(); ++book) {
        Fundamentals& fundamentals = macro_.fundamentals[book];
        const market::Instrument& instrument = instruments_[book];
        const double mid = tapes_[book].mid;
        if (fundamentals.valuation) {
            fundamentals.valuation->advance(now, mid);
            const Units supply = economy_.ledger.outstanding(instrument.asset);
            views_[book].value =
                fundamentals.valuation->value({now, rates_, instrument.whole_from_units(supply)});
        } else if (fundamentals.fair_yield) {
            views_[book].value = market::clean_price(fundamentals.bond->terms(),
                                                     fundamentals.fair_yield->yield(), today);
        }
    }
    for (std::size_t book = 0; book < instruments_.size(); ++book) {
        const auto& etf = macro_.fundamentals[book].etf;
        if (!etf || etf->shares() <= Units{0}) continue;
        std::vector<double>& prices = scratch_.prices;
        prices.clear();
        for (const auto& item : etf->terms().basket) {
            prices.push_back(macro_.asset_price[index(item.asset)]);
        }
        views_[book].value = etf->net_asset_value(prices);
    }
    price_funds();
}

/// Net assets of each fund population over the units that it has issued.
void World::price_funds() {
    const market::Ledger& ledger = economy_.ledger;
    for (std::size_t asset = instruments_.size() + 1; asset < ledger.asset_count(); ++asset) {
        const AssetId id{static_cast<std::uint16_t>(asset)};
        const AccountId issuer = ledger.issuer(id);
        const bool is_fund = issuer.block() > config_->institutions.size();
        const Units outstanding = ledger.outstanding(id);
        if (!is_fund || outstanding <= Units{0} || !backs_units(issuer.block())) continue;
        double net_assets = 0;
        for (std::uint32_t member = 0; member < ledger.layout(issuer.block()).rows; ++member) {
            net_assets += equity_of({issuer.block(), member});
        }
        macro_.asset_price[asset] =
            std::max(net_assets, 0.0) / static_cast<double>(outstanding.value());
    }
}

/// Wages, taxes, sales: what is due by now, in the order of the file.
void World::pay_recurring(Time now) {
    macro_.payments.run(now, economy_.ledger, economy_.flows,
                        [this](const Posting& posting) { economy_.post(posting); });
}

/// Institutions decide nothing: what they are called for they pay when it falls due, as far as
/// their cash goes.
void World::meet_institutions_calls(Time now) {
    ObligationBook& book = economy_.obligations;
    // By debtor, so that theirs come first.
    for (std::size_t at = 0; at < book.all().size();) {
        const agents::Obligation call = book.all()[at];
        if (call.debtor.block() > config_->institutions.size()) return;
        agents::Instruction payment;
        payment.self = call.debtor;
        payment.amount = Units{call.amount.value()};
        payment.reference = call.id;
        if (call.due <= now) meet_obligation(payment);
        if (book.find(call.debtor, call.id) != nullptr) ++at;  // not met, or not in full
    }
}

/// Fees and coupons of one instrument on a new day.
void World::service_instrument(std::size_t book, Time now) {
    Fundamentals& fundamentals = macro_.fundamentals[book];
    std::vector<Posting>& postings = scratch_.postings;
    postings.clear();
    if (fundamentals.etf) fundamentals.etf->accrue_fee(now, postings);
    for (const Posting& posting : postings) economy_.post(posting);

    mint(book);
    const market::Date today = market::civil_date(market::new_york_day(now));
    if (fundamentals.bond && fundamentals.bond->status() == market::BondStatus::live &&
        today >= fundamentals.bond->next_payment()) {
        pay_coupon(book);
    }
}

/// A day's new coins, in equal parts to those who made them.
void World::mint(std::size_t book) {
    const InstrumentConfig& config = config_->instruments[book];
    if (config.mint_to.empty() || config.mint_per_day <= 0) return;
    const AssetId asset = instruments_[book].asset;
    const Units minted{market::to_whole(config.mint_per_day / config.unit)};
    divide_equally(
        all_members(economy_.ledger, account_named(config.mint_to)), minted,
        [&](AccountId member, Units part) {
            economy_.post({economy_.ledger.issuer(asset), member, asset, part, Reason::mining});
        });
}

/// Lists who holds an asset, what waits in escrow with those who placed the orders.
void World::list_holders(std::size_t book) {
    std::vector<market::Holding>& holders = scratch_.holders;
    holders.clear();
    const market::Ledger& ledger = economy_.ledger;
    const AssetId asset = instruments_[book].asset;
    const AccountId issuer = ledger.issuer(asset);
    for (std::uint32_t block = 1; block < ledger.block_count(); ++block) {
        if (!ledger.has({block, 0}, asset)) continue;
        for (std::uint32_t row = 0; row < ledger.layout(block).rows; ++row) {
            const AccountId account{block, row};
            if (account == issuer) continue;
            const Units units = ledger.balance(account, asset);
            if (units > Units{0}) holders.push_back({account, units});
        }
    }
    markets_[book].book().for_each(market::Side::sell, [&](const market::RestingOrder& order) {
        holders.push_back({order.owner, instruments_[book].to_units(order.left)});
    });
    markets_[book].stops().for_each(market::Side::sell, [&](const market::Order& order) {
        holders.push_back({order.owner, instruments_[book].to_units(order.quantity)});
    });
}

/// An issuer that cannot pay in full draws on the bank, which then has a claim on it: nobody's
/// coupon is made of nothing.
void World::cover(AccountId payer, Money amount) {
    if (payer == economy_.ledger.issuer(market::usd)) return;  // it pays in deposits of its own
    const Units cash = economy_.ledger.balance(payer, market::usd);
    const Units missing{amount.value() - cash.value()};
    if (missing <= Units{0}) return;
    const Time now = clock_.step_end();
    auto line = economy_.line_of(payer);
    if (!line) {
        line = economy_.loans.open({.debtor = payer,
                                    .creditor = economy_.ledger.issuer(market::usd),
                                    .limit = Units{INT64_MAX / 4},
                                    .rate = 20'000'000,  // 2 % over policy: our choice
                                    .floating = true},
                                   now);
    } else if (economy_.loans.available(*line, now) < missing) {
        // Its lender would rather extend the line than see it default.
        const market::Loan& loan = economy_.loans[*line];
        economy_.loans.renew(*line, loan.principal + missing, loan.terms.rate, market::never, now);
    }
    std::vector<Posting> postings;
    economy_.loans.draw(*line, missing, now, postings);
    for (const Posting& posting : postings) economy_.post(posting);
}

void World::pay_coupon(std::size_t book) {
    market::Bond& bond = *macro_.fundamentals[book].bond;
    list_holders(book);
    std::int64_t units = 0;
    for (const auto& holding : scratch_.holders) units += holding.units.value();
    cover(bond.terms().issuer, bond.due(Units{units}));
    scratch_.postings.clear();
    bond.pay(scratch_.holders, scratch_.postings);
    for (const Posting& posting : scratch_.postings) economy_.post(posting);
}

/// A quarter's dividend on what others hold, at the yield of the price; no more than the issuer
/// has.
void World::pay_dividend(std::size_t book) {
    const double yield = macro_.fundamentals[book].dividend_yield;
    if (yield <= 0) return;
    const market::Instrument& instrument = instruments_[book];
    const AccountId issuer = economy_.ledger.issuer(instrument.asset);
    list_holders(book);
    double units = 0;
    for (const auto& holding : scratch_.holders) {
        units += static_cast<double>(holding.units.value());
    }
    if (units <= 0) return;
    // A bank pays in its own deposits, of which it has as many as it makes.
    const bool makes_money = issuer == economy_.ledger.issuer(market::usd);
    const double cash =
        makes_money ? 9e18
                    : static_cast<double>(economy_.ledger.balance(issuer, market::usd).value());
    const double declared =
        yield / 4 * macro_.asset_price[index(instrument.asset)] * market::money_per_dollar;
    const double per_unit = std::min(declared, cash / units);
    for (const auto& [holder, held] : scratch_.holders) {
        Units due{market::to_whole(per_unit * static_cast<double>(held.value()))};
        // Each share is rounded down, but a quotient may have been rounded up.
        if (!makes_money) due = std::min(due, economy_.ledger.balance(issuer, market::usd));
        if (due > Units{0}) economy_.post({issuer, holder, market::usd, due, Reason::dividends});
    }
}

/// Interest is due at the end of a month: from cash, and what is missing joins the debt.
void World::collect_interest(Time now) {
    if (market::civil_date(market::new_york_day(now)).day != 1) return;
    for (std::uint32_t block = 1; block < economy_.ledger.block_count(); ++block) {
        for (std::uint32_t row = 0; row < economy_.ledger.layout(block).rows; ++row) {
            const auto line = economy_.line_of({block, row});
            if (!line) continue;
            scratch_.postings.clear();
            economy_.loans.pay_interest(*line, economy_.ledger.balance({block, row}, market::usd),
                                        now, scratch_.postings);
            for (const Posting& posting : scratch_.postings) economy_.post(posting);
            economy_.loans.capitalise_interest(*line, now);
        }
    }
}

/// At a quarter's end each fund pays out at most its gate; the rest rolls to the `next`.
void World::open_gates(Time due, Time next) {
    const RedemptionTerms terms;
    for (const auto& population : populations_) {
        if (!backs_units(population->block)) continue;
        for (std::uint32_t member = 0; member < population->members; ++member) {
            const AccountId fund{population->block, member};
            const double most = std::max(0.0, terms.gate * equity_of(fund));
            economy_.obligations.open_gate(
                fund, due, Money{market::to_whole(most * market::money_per_dollar)}, next);
        }
    }
}

}  // namespace crowdout::world
