// SPDX-License-Identifier: Apache-2.0
#include "world/valuation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/random.hpp"
#include "market/hash.hpp"

namespace crowdout::world {

using market::Duration;
using market::Time;

namespace {

constexpr double discount_over_growth_min = 0.005;
constexpr double limited_liability = 0.01;

/// L(t) of `CashFlowTerms`: what cash flow has grown by, as a logarithm.
double log_growth(const CashFlowTerms& terms, double log_explicit, double log_terminal,
                  double years) {
    double sum = log_explicit * std::min(years, terms.explicit_years);
    const double into_fade = std::clamp(years - terms.explicit_years, 0.0, terms.fade_years);
    if (into_fade > 0) {
        const double slope = (log_terminal - log_explicit) / terms.fade_years;
        sum += (log_explicit + 0.5 * slope * into_fade) * into_fade;
    }
    return sum + log_terminal * std::max(0.0, years - terms.explicit_years - terms.fade_years);
}

/// Weight of the past in an exponential mean after `span`.
double decay(Duration span, double memory_days) {
    return agents::exp(-span.days() / memory_days);
}

/// The yield at which distant money is discounted: what governments and firms pay for it.
double long_yield(const agents::RatesView& rates) {
    return rates.credit;
}

std::int64_t day_cell(Time time) {
    return time.ns / market::day.ns;
}

}  // namespace

double discount_rate(const CashFlowTerms& terms, const agents::RatesView& rates) {
    return rates.government + terms.beta * rates.equity_premium + terms.premium +
           terms.credit_loading * (rates.credit - rates.government);
}

double equity_value(const CashFlowTerms& terms, double discount, double elapsed_years) {
    const double log_explicit = agents::log1p(terms.growth);
    const double log_terminal = agents::log1p(terms.terminal_growth);
    const double k = std::max(discount, terms.terminal_growth + discount_over_growth_min);
    const double fade_end = terms.explicit_years + terms.fade_years - elapsed_years;
    const double last = std::max(1.0, std::ceil(fade_end));

    double flow = 0;
    double factor = 1;
    double gross = 0;
    for (double year = 1; year <= last; ++year) {
        flow = terms.cash_flow *
               agents::exp(log_growth(terms, log_explicit, log_terminal, elapsed_years + year));
        factor /= 1 + k;
        gross += flow * factor;
    }
    gross += flow * (1 + terms.terminal_growth) / (k - terms.terminal_growth) * factor;

    double investment = 0;
    factor = 1;
    for (double t = elapsed_years + 1; t < terms.investment_years; ++t) {
        factor /= 1 + k;
        investment += terms.investment * (1 - t / terms.investment_years) * factor;
    }
    return std::max(gross - investment - terms.net_debt, limited_liability * gross);
}

RateSensitivity rate_sensitivity(const CashFlowTerms& terms, double discount) {
    constexpr double step = 1e-4;
    const double here = equity_value(terms, discount);
    const double above = equity_value(terms, discount + step);
    const double below = equity_value(terms, discount - step);
    return {.duration = (below - above) / (2 * step * here),
            .convexity = (above - 2 * here + below) / (step * step * here)};
}

std::optional<double> calibrate(CashFlowTerms terms, const agents::RatesView& rates,
                                double market_value) {
    terms.premium = 0;
    const double common = discount_rate(terms, rates);
    double low = terms.terminal_growth + discount_over_growth_min;
    double high = common + 1;
    if (!(equity_value(terms, low) >= market_value && equity_value(terms, high) <= market_value)) {
        return std::nullopt;
    }
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = 0.5 * (low + high);
        (equity_value(terms, middle) > market_value ? low : high) = middle;
    }
    return 0.5 * (low + high) - common;
}

std::optional<Valuation> Valuation::open(const ValuationTerms& terms, double news_sigma,
                                         std::uint64_t news_key, const ValuationInputs& opening,
                                         double price) {
    Valuation made;
    made.terms_ = terms;
    if (auto* firm = std::get_if<CashFlowTerms>(&made.terms_)) {
        const auto premium = calibrate(*firm, opening.rates, price * opening.supply);
        if (!premium) return std::nullopt;
        firm->premium = *premium;
    }
    made.news_sigma_ = news_sigma;
    made.news_key_ = news_key;
    made.opened_ = opening.now;
    made.advanced_ = opening.now;
    made.opening_value_ = price;
    made.opening_yield_ = long_yield(opening.rates);
    made.memory_ = price;
    return made;
}

void Valuation::advance(Time now, double price) {
    assert(now >= advanced_);
    // Revisions are a martingale: the value expected for tomorrow is today's.
    const double variance = news_sigma_ * news_sigma_ / 365;
    for (std::int64_t cell = day_cell(advanced_) + 1; cell <= day_cell(now); ++cell) {
        if (news_sigma_ == 0) break;
        agents::Random random{news_key_, 0, agents::Purpose::news,
                              static_cast<std::uint64_t>(cell)};
        log_revision_ += std::sqrt(variance) * random.normal() - 0.5 * variance;
    }
    if (const auto* slow = std::get_if<MemoryTerms>(&terms_)) {
        memory_ = price + (memory_ - price) * decay(now - advanced_, slow->memory_days);
    }
    advanced_ = now;
}

void Valuation::report(const Fact& fact) {
    assert(std::holds_alternative<CashFlowTerms>(terms_));
    auto& firm = std::get<CashFlowTerms>(terms_);
    const double surprise = fact.reported - fact.expected;
    switch (fact.kind) {
        case FactKind::revenue:
            assert(fact.reported >= 0 && fact.expected > 0);
            firm.cash_flow *= fact.reported / fact.expected;
            break;
        case FactKind::cash_flow: {
            assert(fact.period_years > 0);
            firm.net_debt -= surprise;
            // A firm that is expected to earn something keeps a hundredth of it at the worst.
            const double recurring = firm.persistence * surprise / fact.period_years;
            firm.cash_flow = std::max(firm.cash_flow + recurring, 0.01 * firm.cash_flow);
            break;
        }
        case FactKind::investment:
            firm.net_debt += surprise * (1 - firm.investment_worth);
            break;
        case FactKind::net_debt:
            firm.net_debt += surprise;
            break;
        case FactKind::growth:
            firm.growth = std::max(firm.growth + surprise, -0.9);
            break;
    }
}

double Valuation::value(const ValuationInputs& inputs) const {
    const double years = (inputs.now - opened_).years();
    const double revision = agents::exp(log_revision_);
    if (const auto* firm = std::get_if<CashFlowTerms>(&terms_)) {
        const double whole = equity_value(*firm, discount_rate(*firm, inputs.rates), years);
        return whole / inputs.supply * revision;
    }
    if (const auto* coin = std::get_if<PremiumTerms>(&terms_)) {
        const double tightening = long_yield(inputs.rates) - opening_yield_;
        return opening_value_ * revision *
               agents::exp(-coin->horizon_years * tightening + coin->adoption * years);
    }
    return memory_ * revision;
}

std::uint64_t Valuation::digest(std::uint64_t key) const {
    const std::array<double, 2> state{memory_, log_revision_};
    std::uint64_t sum = market::hash_bytes(state.data(), sizeof state, key);
    if (const auto* firm = std::get_if<CashFlowTerms>(&terms_)) {
        const std::array<double, 3> expected{firm->cash_flow, firm->growth, firm->net_debt};
        sum += market::hash_bytes(expected.data(), sizeof expected, ~key);
    }
    return sum;
}

void FairYield::advance(Time now, double traded) {
    assert(now >= advanced_);
    yield_ = traded + (yield_ - traded) * decay(now - advanced_, memory_days);
    advanced_ = now;
}

double EquityPremiumTerms::premium(double sigma) const {
    const double excess_variance = sigma * sigma - sigma_mean * sigma_mean;
    const double lasting = memory_years / horizon_years;
    return std::clamp(mean + variance_price * excess_variance * lasting, 0.0, max);
}

}  // namespace crowdout::world
