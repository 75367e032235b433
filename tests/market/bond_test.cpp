// SPDX-License-Identifier: Apache-2.0
#include "market/bond.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>

using namespace crowdout::market;

namespace {

const AccountId treasury{1, 0};
const AccountId pension{2, 0};
const AccountId foreigner{2, 1};
constexpr AssetId note{7};

/// The ten-year Treasury note of mid-November 2025.
BondTerms ten_year(RateR9 coupon) {
    return {.asset = note,
            .issuer = treasury,
            .coupon = coupon,
            .issued = {2025, 11, 15},
            .maturity = {2035, 11, 15}};
}

std::int64_t received(const std::vector<Posting>& postings, AccountId who, AssetId asset) {
    std::int64_t sum = 0;
    for (const Posting& p : postings) {
        if (p.asset != asset) continue;
        if (p.to == who) sum += p.units.value();
        if (p.from == who) sum -= p.units.value();
    }
    return sum;
}

}  // namespace

TEST_CASE("bond: coupon dates count back from maturity by months") {
    const BondTerms terms = ten_year(40'000'000);

    const CouponPeriod first = coupon_period(terms, {2025, 11, 15});
    CHECK(first.last == Date{2025, 11, 15});
    CHECK(first.next == Date{2026, 5, 15});
    CHECK(first.coupons_left == 20);
    CHECK(first.share_left == 1.0);

    const CouponPeriod inside = coupon_period(terms, {2026, 5, 14});
    CHECK(inside.next == Date{2026, 5, 15});
    CHECK(inside.share_left == doctest::Approx(1.0 / 181));

    const CouponPeriod last = coupon_period(terms, {2035, 11, 14});
    CHECK(last.next == terms.maturity);
    CHECK(last.coupons_left == 1);
}

TEST_CASE("bond: a month's end stays a month's end") {
    BondTerms terms = ten_year(0);
    terms.maturity = {2035, 8, 31};
    CHECK(coupon_period(terms, {2026, 1, 1}).next == Date{2026, 2, 28});
    CHECK(coupon_period(terms, {2026, 2, 28}).next == Date{2026, 8, 31});
    CHECK(coupon_period(terms, {2026, 2, 27}).last == Date{2025, 8, 31});
}

TEST_CASE("bond: interest accrues by actual days, rounded down") {
    const BondTerms terms = ten_year(40'000'000);
    CHECK(coupon_per_unit(terms) == Money{20'000});  // $2.00
    CHECK(accrued_interest(terms, {2025, 11, 15}) == Money{0});
    // 90 of 181 days of $2.00: 0.99447...
    CHECK(accrued_interest(terms, {2026, 2, 13}) == Money{9'944});
    CHECK(coupon_per_unit(ten_year(41'250'000)) == Money{20'625});
}

TEST_CASE("bond: at a yield of its coupon a bond is worth par") {
    const BondTerms terms = ten_year(41'500'000);
    CHECK(clean_price(terms, 0.0415, {2025, 11, 15}) == doctest::Approx(100).epsilon(1e-13));
    CHECK(clean_price(terms, 0.0415, {2030, 5, 15}) == doctest::Approx(100).epsilon(1e-13));
    // Between dates simple interest is dearer than compound: 2.075^2 / 4 / 100, about a cent.
    CHECK(clean_price(terms, 0.0415, {2026, 2, 13}) == doctest::Approx(100 - 0.0107).epsilon(2e-6));
}

TEST_CASE("bond: prices agree with sums by hand") {
    BondTerms terms = ten_year(60'000'000);
    terms.maturity = {2026, 11, 15};
    // Two flows, 3 and 103, at 4 % a year: 3/1.02 + 103/1.02^2.
    CHECK(clean_price(terms, 0.04, {2025, 11, 15}) ==
          doctest::Approx(3 / 1.02 + 103 / (1.02 * 1.02)).epsilon(1e-14));
    // Half a period to the last flow: 103 / (1 + 0.02 / 2) - 1.5 of accrued interest.
    terms.maturity = {2026, 3, 1};
    terms.coupons_per_year = 12;
    terms.coupon = 360'000'000;
    CHECK(clean_price(terms, 0.24, {2026, 2, 15}) ==
          doctest::Approx(103 / 1.01 - 1.5).epsilon(1e-14));
    // A bill: 100 / (1 + w y / 2).
    BondTerms bill = ten_year(0);
    bill.maturity = {2026, 5, 15};
    CHECK(clean_price(bill, 0.04, {2026, 2, 13}) ==
          doctest::Approx(100 / (1 + 91.0 / 181 * 0.02)).epsilon(1e-14));
}

TEST_CASE("bond: yield and price are each other's inverse") {
    for (const RateR9 coupon : {0LL, 5'000'000LL, 41'500'000LL, 150'000'000LL}) {
        const BondTerms terms = ten_year(coupon);
        for (const Date on : {Date{2025, 11, 15}, Date{2026, 2, 13}, Date{2035, 11, 14}}) {
            for (const double yield : {-0.01, 0.0, 0.001, 0.0415, 0.12, 0.9}) {
                CAPTURE(coupon);
                CAPTURE(on.year);
                CAPTURE(yield);
                const double price = clean_price(terms, yield, on);
                CHECK(std::abs(yield_to_maturity(terms, price, on) - yield) < 1e-11);
            }
        }
    }
}

TEST_CASE("bond: the search for a yield ends for absurd prices too") {
    const BondTerms terms = ten_year(41'500'000);
    const double cheap = yield_to_maturity(terms, 0.01, {2025, 11, 15});
    const double dear = yield_to_maturity(terms, 1e5, {2025, 11, 15});
    CHECK(clean_price(terms, cheap, {2025, 11, 15}) == doctest::Approx(0.01));
    CHECK(clean_price(terms, dear, {2025, 11, 15}) == doctest::Approx(1e5));
}

TEST_CASE("bond: ten years at 4.15 % have a modified duration of 8.1") {
    const BondTerms terms = ten_year(41'500'000);
    const Date on{2025, 11, 15};
    const double duration = modified_duration(terms, 0.0415, on);
    // At par it is (1 - (1 + y/2)^-20) / y.
    double discount = 1;
    for (int k = 0; k < 20; ++k) discount /= 1 + 0.0415 / 2;
    CHECK(duration == doctest::Approx((1 - discount) / 0.0415).epsilon(1e-12));
    CHECK(duration == doctest::Approx(8.1).epsilon(0.005));

    const double up = clean_price(terms, 0.0416, on);
    const double down = clean_price(terms, 0.0414, on);
    CHECK((down - up) / 0.0002 / 100 == doctest::Approx(duration).epsilon(1e-4));
}

TEST_CASE("bond: coupons are paid per unit, then the face comes back with the last one") {
    BondTerms terms = ten_year(41'250'000);
    terms.maturity = {2026, 11, 15};
    Bond bond{terms};
    std::vector<Posting> out;
    const std::array holdings{Holding{pension, Units{1'000}}, Holding{foreigner, Units{7}}};
    bond.issue(pension, Units{1'000}, out);
    bond.issue(foreigner, Units{7}, out);
    CHECK(received(out, pension, note) == 1'000);
    out.clear();

    CHECK(bond.next_payment() == Date{2026, 5, 15});
    CHECK(bond.due(Units{1'007}) == Money{1'007 * 20'625});
    CHECK(bond.pay(holdings, out) == Money{1'007 * 20'625});
    CHECK(received(out, foreigner, usd) == 7 * 20'625);
    CHECK(out.front().reason == Reason::coupons);
    out.clear();

    CHECK(bond.next_payment() == terms.maturity);
    CHECK(bond.due(Units{1'007}) == Money{1'007 * 1'020'625});
    CHECK(bond.pay(holdings, out) == Money{1'007 * 1'020'625});
    CHECK(received(out, pension, usd) == 1'000 * 1'020'625);
    CHECK(received(out, treasury, usd) == -1'007 * 1'020'625);
    CHECK(received(out, treasury, note) == 1'007);
    CHECK(bond.status() == BondStatus::redeemed);
    CHECK(bond.due(Units{1'007}) == Money{0});
}

TEST_CASE("bond: what rounding leaves stays with the issuer") {
    Bond bond{ten_year(41'234'567)};
    std::vector<Posting> out;
    // 100 * 0.041234567 / 2 = 2.06172835: 2.0617 per unit.
    CHECK(bond.due_per_unit() == Money{20'617});
    CHECK(bond.pay(std::array{Holding{pension, Units{10'000}}}, out) == Money{206'170'000});
}

TEST_CASE("bond: a default pays the recovery and takes the bonds back") {
    Bond bond{ten_year(41'250'000)};
    std::vector<Posting> out;
    const std::array holdings{Holding{pension, Units{30}}, Holding{foreigner, Units{12}}};

    CHECK(bond.settle_default(400'000'000, holdings, out) == Money{42 * 400'000});

    CHECK(received(out, foreigner, usd) == 12 * 400'000);
    CHECK(received(out, treasury, note) == 42);
    CHECK(bond.status() == BondStatus::defaulted);
    CHECK(bond.due_per_unit() == Money{0});
}

TEST_SUITE("property") {
    TEST_CASE("bond: however an issue is split, holders get exactly what the issuer pays") {
        std::mt19937 draw{11};
        for (int trial = 0; trial < 200; ++trial) {
            Bond bond{ten_year(static_cast<RateR9>(draw() % 150'000'000))};
            std::vector<Holding> holdings;
            Units outstanding;
            for (std::uint32_t row = 0; row < 50; ++row) {
                const Units units{static_cast<std::int64_t>(draw() % 1'000'000)};
                holdings.push_back({AccountId{3, row}, units});
                outstanding += units;
            }
            std::vector<Posting> out;
            const Money due = bond.due(outstanding);

            CHECK(bond.pay(holdings, out) == due);
            CHECK(received(out, treasury, usd) == -due.value());
        }
    }
}
