// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/calendar.hpp"
#include "market/ids.hpp"
#include "market/posting.hpp"
#include "market/units.hpp"

namespace crowdout::market {

/// A bullet bond: equal coupons, and the face with the last one. A bill has coupon 0.
struct BondTerms {
    AssetId asset = no_asset;  ///< its ledger unit is one face
    AccountId issuer;
    Money face{100 * money_per_dollar};  ///< market convention: prices are per $100
    RateR9 coupon = 0;                   ///< per year, of face
    std::int32_t coupons_per_year = 2;   ///< 1, 2, 4 or 12; Treasury and corporate notes pay 2
    Date issued;
    Date maturity;
};

/// The coupon period in which a day lies: from `last`, included, to `next`, excluded.
struct CouponPeriod {
    Date last;
    Date next;
    std::int32_t coupons_left = 0;  ///< the next one included
    double share_left = 0;          ///< of the period, 0 < share <= 1 (actual/actual, ICMA)
};

/// @param on  before maturity. Coupon dates count back from maturity in whole months.
[[nodiscard]] CouponPeriod coupon_period(const BondTerms& terms, Date on);

/// What one unit is paid on a coupon date, rounded down; the rest stays with the issuer.
[[nodiscard]] Money coupon_per_unit(const BondTerms& terms);

/// Coupon earned since the last date, by actual days, per unit, rounded down.
[[nodiscard]] Money accrued_interest(const BondTerms& terms, Date on);

/// Present value per 100 of face without accrued interest: what markets quote.
///
/// price + accrued = (1 / (1 + w i)) * sum_k flow_k / (1 + i)^k, with i = yield / coupons a year
/// and w the share of the period that is left: simple interest in the broken period, so that only
/// whole powers occur. Source: 31 CFR 356 Appendix B (the Treasury's own formulas).
/// @param yield  per year, compounded at each coupon; above -0.9 times the coupons a year.
/// Cost: O(coupons left), as the two below.
[[nodiscard]] double clean_price(const BondTerms& terms, double yield, Date on);

/// The yield at which `clean_price` is that price. Newton's steps within a bracket that shrinks, so
/// that it ends for every price; error below 1e-12 in yield where 1 < price < 1000.
[[nodiscard]] double yield_to_maturity(const BondTerms& terms, double clean_price_of_100, Date on);

/// - (dP / dyield) / P of the price with accrued interest. @return years.
[[nodiscard]] double modified_duration(const BondTerms& terms, double yield, Date on);

/// Bonds in escrow belong to whoever placed the order: the caller lists him, not the venue.
struct Holding {
    AccountId holder;
    Units units;
};

enum class BondStatus : std::uint8_t { live, redeemed, defaulted };

/// One issue and what it still has to pay. How many units there are is the ledger's knowledge:
/// the issuer holds them negatively. Commands return postings.
class Bond {
public:
    Bond() = default;
    explicit Bond(const BondTerms& terms);

    [[nodiscard]] const BondTerms& terms() const { return terms_; }
    [[nodiscard]] BondStatus status() const { return status_; }

    /// The next day on which something is due; the maturity for good once nothing is.
    [[nodiscard]] Date next_payment() const { return next_payment_; }
    /// What one unit is due on that day: the coupon, and at maturity the face.
    [[nodiscard]] Money due_per_unit() const;
    /// What the issuer must have on that day. Exact: the sum over any split into holdings.
    [[nodiscard]] Money due(Units outstanding) const;

    /// Creates units against whatever the caller has the buyer pay.
    void issue(AccountId buyer, Units units, std::vector<Posting>& out) const;

    /// Pays what is due on `next_payment` to all who hold; at maturity takes the bonds back.
    /// @param holdings  every holder but the issuer. @return what was paid.
    Money pay(std::span<const Holding> holdings, std::vector<Posting>& out);

    /// The issuer fails: holders get a share of the face, rounded down per unit, for their bonds.
    /// @param recovery  0 to 1e9. @return what was paid.
    Money settle_default(RateR9 recovery, std::span<const Holding> holdings,
                         std::vector<Posting>& out);

private:
    Money pay_each(Money per_unit, Reason reason, std::span<const Holding> holdings,
                   std::vector<Posting>& out) const;
    void take_back(std::span<const Holding> holdings, std::vector<Posting>& out) const;

    BondTerms terms_;
    Date next_payment_;
    BondStatus status_ = BondStatus::live;
};

}  // namespace crowdout::market
