// SPDX-License-Identifier: Apache-2.0
#include "market/bond.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::market {

namespace {

/// Price with accrued interest, per 100 of face, and its slope in the yield.
struct Valuation {
    double price = 0;
    double slope = 0;
};

/// What does not depend on the yield, so that a search works it out once.
struct Flows {
    double coupon = 0;  ///< per 100 of face and period
    double share_left = 0;
    std::int32_t count = 0;
    double per_year = 0;
};

Flows flows(const BondTerms& terms, Date on) {
    const CouponPeriod period = coupon_period(terms, on);
    const auto per_year = static_cast<double>(terms.coupons_per_year);
    const double coupon = static_cast<double>(terms.coupon) * 1e-7 / per_year;
    return {coupon, period.share_left, period.coupons_left, per_year};
}

double accrued_of_100(const Flows& f) {
    return f.coupon * (1 - f.share_left);
}

Valuation value(const Flows& f, double yield) {
    const double i = yield / f.per_year;
    const double v = 1 / (1 + i);
    // Horner's scheme from the last flow to the next; `slope` is d(sum)/dv.
    double sum = f.coupon + 100;
    double slope = 0;
    for (std::int32_t k = 1; k < f.count; ++k) {
        slope = slope * v + sum;
        sum = sum * v + f.coupon;
    }
    const double wait = 1 + f.share_left * i;
    const double slope_in_i = (-slope * v * v - sum * f.share_left / wait) / wait;
    return {sum / wait, slope_in_i / f.per_year};
}

}  // namespace

CouponPeriod coupon_period(const BondTerms& terms, Date on) {
    assert(on < terms.maturity);
    assert(terms.coupons_per_year > 0 && 12 % terms.coupons_per_year == 0);
    const std::int32_t months = 12 / terms.coupons_per_year;
    const std::int32_t months_to_go =
        (terms.maturity.year - on.year) * 12 + terms.maturity.month - on.month;
    // Within one of the answer; a day of the month decides.
    std::int32_t left = std::max(1, months_to_go / months);
    while (left > 1 && add_months(terms.maturity, -months * (left - 1)) <= on) --left;
    while (add_months(terms.maturity, -months * left) > on) ++left;
    CouponPeriod period;
    period.last = add_months(terms.maturity, -months * left);
    period.next = add_months(terms.maturity, -months * (left - 1));
    period.coupons_left = left;
    const DayNumber end = day_number(period.next);
    period.share_left = static_cast<double>(end - day_number(on)) /
                        static_cast<double>(end - day_number(period.last));
    return period;
}

Money coupon_per_unit(const BondTerms& terms) {
    return Money{
        muldiv(terms.face.value(), terms.coupon, r9_one * terms.coupons_per_year, Rounding::floor)};
}

Money accrued_interest(const BondTerms& terms, Date on) {
    const CouponPeriod period = coupon_period(terms, on);
    const DayNumber start = day_number(period.last);
    return Money{muldiv(coupon_per_unit(terms).value(), day_number(on) - start,
                        day_number(period.next) - start, Rounding::floor)};
}

double clean_price(const BondTerms& terms, double yield, Date on) {
    const Flows f = flows(terms, on);
    assert(yield > -0.9 * f.per_year);
    return value(f, yield).price - accrued_of_100(f);
}

double yield_to_maturity(const BondTerms& terms, double clean_price_of_100, Date on) {
    const Flows f = flows(terms, on);
    const double target = clean_price_of_100 + accrued_of_100(f);
    double low = -0.9 * f.per_year;  // the price falls in the yield: it is above target here ...
    double high = 1e6;               // ... and below it there
    double yield = f.coupon * f.per_year / 100;
    for (int step = 0; step < 200; ++step) {
        const Valuation at = value(f, yield);
        (at.price > target ? low : high) = yield;
        double next = yield + (target - at.price) / at.slope;
        if (!(next > low && next < high)) next = (low + high) / 2;
        const double move = std::abs(next - yield);
        yield = next;
        if (move < 1e-15) break;
    }
    return yield;
}

double modified_duration(const BondTerms& terms, double yield, Date on) {
    const Valuation at = value(flows(terms, on), yield);
    return -at.slope / at.price;
}

Bond::Bond(const BondTerms& terms) : terms_{terms} {
    assert(terms.face > Money{0} && terms.coupon >= 0 && terms.issued < terms.maturity);
    next_payment_ = coupon_period(terms_, terms_.issued).next;
}

Money Bond::due_per_unit() const {
    if (status_ != BondStatus::live) return Money{0};
    const Money coupon = coupon_per_unit(terms_);
    return next_payment_ == terms_.maturity ? coupon + terms_.face : coupon;
}

Money Bond::due(Units outstanding) const {
    return Money{muldiv(due_per_unit().value(), outstanding.value(), 1, Rounding::floor)};
}

void Bond::issue(AccountId buyer, Units units, std::vector<Posting>& out) const {
    assert(status_ == BondStatus::live && units > Units{0});
    out.push_back({terms_.issuer, buyer, terms_.asset, units, Reason::issuance});
}

Money Bond::pay(std::span<const Holding> holdings, std::vector<Posting>& out) {
    assert(status_ == BondStatus::live);
    Money paid = pay_each(coupon_per_unit(terms_), Reason::coupons, holdings, out);
    if (next_payment_ == terms_.maturity) {
        paid += pay_each(terms_.face, Reason::issuance, holdings, out);
        take_back(holdings, out);
        status_ = BondStatus::redeemed;
    } else {
        next_payment_ = coupon_period(terms_, next_payment_).next;
    }
    return paid;
}

Money Bond::settle_default(RateR9 recovery, std::span<const Holding> holdings,
                           std::vector<Posting>& out) {
    assert(status_ == BondStatus::live && recovery >= 0 && recovery <= r9_one);
    const Money per_unit{muldiv(terms_.face.value(), recovery, r9_one, Rounding::floor)};
    const Money paid = pay_each(per_unit, Reason::issuance, holdings, out);
    take_back(holdings, out);
    status_ = BondStatus::defaulted;
    next_payment_ = terms_.maturity;
    return paid;
}

Money Bond::pay_each(Money per_unit, Reason reason, std::span<const Holding> holdings,
                     std::vector<Posting>& out) const {
    Units sum;
    for (const Holding& holding : holdings) {
        assert(holding.units >= Units{0} && holding.holder != terms_.issuer);
        const Units cash{muldiv(per_unit.value(), holding.units.value(), 1, Rounding::floor)};
        if (cash == Units{0}) continue;
        out.push_back({terms_.issuer, holding.holder, usd, cash, reason});
        sum += cash;
    }
    return Money{sum.value()};
}

void Bond::take_back(std::span<const Holding> holdings, std::vector<Posting>& out) const {
    for (const Holding& holding : holdings) {
        if (holding.units == Units{0}) continue;
        out.push_back(
            {holding.holder, terms_.issuer, terms_.asset, holding.units, Reason::issuance});
    }
}

}  // namespace crowdout::market
