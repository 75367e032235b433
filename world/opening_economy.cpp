// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "world/apportion.hpp"
#include "world/catalogue.hpp"
#include "world/config.hpp"
#include "world/field_type.hpp"
#include "world/members.hpp"
#include "world/world_builder.hpp"

namespace crowdout::world {

using market::AccountId;
using market::Money;
using market::Posting;
using market::Rounding;
using market::Time;
using market::Units;

namespace {

Money dollars(double usd) {
    return Money{market::to_whole(usd * market::money_per_dollar)};
}

}  // namespace

/// Credit lines, member by member in proportion to wealth. What is drawn at the opening was spent
/// long ago: the debt is there, its dollars are not.
void Builder::open_credit() {
    for (std::size_t at = 0; at < config_.populations.size(); ++at) {
        const auto& credit = config_.populations[at].credit;
        if (!credit) continue;
        in_hand_ = "populations[" + config_.populations[at].name + "].credit";
        std::vector<std::int64_t> limits;
        std::vector<std::int64_t> drawn;
        Apportion{}.split(dollars(credit->limit), wealth_[at], limits);
        Apportion{}.split(dollars(std::min(credit->drawn, credit->limit)), wealth_[at], drawn);
        for (std::uint32_t member = 0; member < limits.size(); ++member) {
            const AccountId debtor{world_.populations_[at]->block, member};
            const market::LoanId line = world_.economy_.loans.open(
                {.debtor = debtor,
                 .creditor = names_.account(credit->lender),
                 .limit = Units{limits[member]},
                 .rate = market::to_whole(credit->spread * 1e9, Rounding::half_even),
                 .floating = true},
                config_.start);
            std::vector<Posting> spent;
            if (drawn[member] > 0) {
                world_.economy_.loans.draw(line, Units{drawn[member]}, config_.start, spent);
            }
            if (credit->loan_to_value < 1) {
                world_.borrowers_.push_back({debtor, line, credit->loan_to_value, 0});
            }
        }
    }
    world_.economy_.loans.set_reference_rate(
        market::to_whole(opening_policy_rate() * 1e9, Rounding::half_even), config_.start);
}

double Builder::opening_policy_rate() const {
    const std::string& series = config_.rates.policy_series;
    return series.empty() ? config_.rates.policy : names_.series(series).known_at(config_.start);
}

/// Bonds, funds, payments and the analysts' first opinion.
void Builder::open_economy() {
    MacroState& macro = world_.macro_;
    macro.policy_rate = opening_policy_rate();
    macro.asset_price = usd_per_unit_;
    const market::Date today = market::civil_date(market::new_york_day(config_.start));
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) {
        const InstrumentConfig& config = config_.instruments[at];
        in_hand_ = "instruments[" + config.name + "]";
        Fundamentals& fundamentals = macro.fundamentals[at];
        fundamentals.dividend_yield = config.dividend_yield;
        if (config.bond) {
            const auto months = static_cast<std::int32_t>(std::lround(config.bond->years * 12));
            const market::Date maturity = market::add_months(today, months);
            if (maturity <=
                market::civil_date(market::new_york_day(config_.start + config_.duration))) {
                throw ImpossibleWorld{in_hand_ + ".bond.years",
                                      "matures within the run, which its book would outlive"};
            }
            fundamentals.bond = market::Bond{
                {.asset = names_.asset(config.name),
                 .issuer = names_.account(config.issuer),
                 .coupon = market::to_whole(config.bond->coupon * 1e9, Rounding::half_even),
                 .issued = today,
                 .maturity = maturity}};
            fundamentals.fair_yield = FairYield{
                config_.start,
                market::yield_to_maturity(fundamentals.bond->terms(), config.price, today)};
        }
    }
    world_.read_rates(config_.start);
    for (std::size_t at = 0; at < config_.instruments.size(); ++at) open_valuation(at);
    world_.revalue(config_.start);

    for (const auto& payment : config_.payments) {
        in_hand_ = "payments[" + payment.name + "]";
        macro.payments.add(payment, party(payment.from), party(payment.to), config_.start);
    }
    macro.next_hour = Time{(config_.start.ns / market::hour.ns + 1) * market::hour.ns};
    macro.next_day = Time{(config_.start.ns / market::day.ns + 1) * market::day.ns};
    macro.next_quarter = quarter_end(config_.start);
}

Party Builder::party(const std::string& name) const {
    return all_members(world_.economy_.ledger, names_.account(name));
}

void Builder::open_valuation(std::size_t at) {
    const InstrumentConfig& config = config_.instruments[at];
    in_hand_ = "instruments[" + config.name + "]";
    ValuationTerms terms;
    if (config.valuation.holds<CashFlowTerms>()) {
        terms = config.valuation.as<CashFlowTerms>();
    } else if (config.valuation.holds<PremiumTerms>()) {
        terms = config.valuation.as<PremiumTerms>();
    } else if (config.valuation.holds<ParTerms>()) {
        terms = PremiumTerms{.horizon_years = 0};
    } else if (config.valuation.holds<MemoryTerms>()) {
        terms = config.valuation.as<MemoryTerms>();
    } else {
        return;
    }
    auto valuation =
        Valuation::open(terms, config.news_sigma, agents::stream_key(world_.seed_, config.name),
                        {config_.start, world_.rates_, config.supply}, config.price);
    if (!valuation) {
        throw ImpossibleWorld{in_hand_ + ".valuation",
                              "no discount rate makes its cash flow worth its opening price"};
    }
    world_.macro_.fundamentals[at].valuation = valuation;
}

}  // namespace crowdout::world
