// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "market/ids.hpp"
#include "market/posting.hpp"
#include "market/time.hpp"
#include "market/units.hpp"

namespace crowdout::market {

enum class LoanId : std::uint32_t {};  ///< a row of the loan book; given again after `close`

inline constexpr LoanId no_loan{0xffff'ffff};
inline constexpr std::uint32_t no_collateral = 0xffff'ffff;

/// What debtor and creditor agree on. A term loan is a line that is drawn once.
struct LoanTerms {
    AccountId debtor;
    AccountId creditor;
    AssetId asset = usd;    ///< what is lent, owed and paid; amounts are its ledger units
    Units limit;            ///< largest principal that may be drawn
    RateR9 rate = 0;        ///< per year of 365 days; on top of the reference rate if `floating`
    bool floating = false;  ///< follows `LoanBook::set_reference_rate`
    Time maturity = never;  ///< from then on nothing can be drawn and all is due
    std::uint32_t collateral = no_collateral;  ///< row of the lender's table of pledges

    // One by one: the bytes between them are nobody's.
    template <class Archive>
    void archive(Archive& a) {
        a(debtor, creditor, asset, limit, rate, floating, maturity, collateral);
    }
};

/// One loan as it stands.
struct Loan {
    LoanTerms terms;
    Units principal;
    bool is_open = false;
    std::int64_t touched_ms = 0;   ///< interest is accrued up to here
    Int128 touched_reference = 0;  ///< the reference index of that moment
    Int128 accrued = 0;            ///< units x 1e-9 x milliseconds; exact

    template <class Archive>
    void archive(Archive& a) {
        a(terms, principal, is_open, touched_ms, touched_reference, accrued);
    }
};

/// What one payment was used for.
struct LoanPayment {
    Units interest;
    Units principal;
};

/// What a creditor lost in a default. It moves no money, so it is no posting.
struct LoanLoss {
    LoanPayment recovered;
    LoanPayment lost;
};

/// Every loan and line of one world: who owes whom, how much, and what it costs.
///
/// Interest is simple between payments. It is kept as an exact product of principal, rate and
/// whole milliseconds, and rows are only touched when something happens to them: a sleeper costs
/// nothing, and the sum owed does not depend on how often one looks. Where it is paid it is
/// rounded up, against the debtor; the fraction paid too much stays to his credit.
///
/// Commands return the postings to make; they change the contract, never a balance. The caller
/// sees to it that a payer has what he pays.
class LoanBook {
public:
    /// Opens a line with nothing drawn. @return its row. Cost: O(open loans), a move of indices.
    LoanId open(const LoanTerms& terms, Time now);

    /// Lends up to what is available. @return what was lent; less than `wanted` at the limit.
    Units draw(LoanId id, Units wanted, Time now, std::vector<Posting>& out);

    /// Pays interest first, then principal. @return what was used; at most what is owed.
    LoanPayment pay(LoanId id, Units at_most, Time now, std::vector<Posting>& out);

    /// Pays interest alone. @return what was paid.
    Units pay_interest(LoanId id, Units at_most, Time now, std::vector<Posting>& out);

    /// Adds the interest due to the principal, which may then exceed the limit: forbearance, or
    /// payment in kind. @return what was added.
    Units capitalise_interest(LoanId id, Time now);

    /// Ends a loan for what can be recovered, interest first; the creditor bears the rest.
    LoanLoss write_off(LoanId id, Units recovered, Time now, std::vector<Posting>& out);

    /// Ends a line on which nothing is owed.
    void close(LoanId id, Time now);

    /// New limit, rate and maturity from `now` on: a rollover, a step-up, a cut line.
    void renew(LoanId id, Units limit, RateR9 rate, Time maturity, Time now);

    /// Another creditor takes the claim, interest accrued included; its price is the caller's.
    void assign(LoanId id, AccountId creditor);

    /// @param rate  per year, 1e-9: what floating loans add their own rate to.
    void set_reference_rate(RateR9 rate, Time now);
    [[nodiscard]] RateR9 reference_rate() const { return reference_rate_; }

    [[nodiscard]] const Loan& operator[](LoanId id) const;
    /// Rate per year that the loan pays now, the reference included.
    [[nodiscard]] RateR9 rate(LoanId id) const;
    /// Rounded up, and not below zero.
    [[nodiscard]] Units interest_due(LoanId id, Time now) const;
    [[nodiscard]] Units owed(LoanId id, Time now) const;
    [[nodiscard]] Units available(LoanId id, Time now) const;

    struct Entry {
        AccountId account;
        LoanId loan{0};

        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    /// In order of row. Valid until a loan is opened, assigned or ended.
    [[nodiscard]] std::span<const Entry> debts_of(AccountId debtor) const;
    [[nodiscard]] std::span<const Entry> claims_of(AccountId creditor) const;

    /// Open loans whose maturity has come, in order of row. Cost: O(rows); once a day will do.
    void append_matured(Time now, std::vector<LoanId>& out) const;

    /// Of who owes whom what, and of the interest that has accrued. Cost: O(open loans).
    [[nodiscard]] std::uint64_t digest() const;

    [[nodiscard]] std::size_t open_count() const { return by_debtor_.size(); }

    template <class Archive>
    void archive(Archive& a) {
        a(rows_, vacant_, by_debtor_, by_creditor_, reference_rate_, reference_ms_,
          reference_index_);
    }

private:
    Loan& touch(LoanId id, Time now);
    Units take_interest(Loan& loan, Units at_most, std::vector<Posting>& out);
    Units take_principal(Loan& loan, Units at_most, std::vector<Posting>& out);
    void end(LoanId id);
    [[nodiscard]] Int128 reference_index(std::int64_t ms) const;
    [[nodiscard]] Int128 accrued(const Loan& loan, std::int64_t ms) const;

    std::vector<Loan> rows_;
    std::vector<LoanId> vacant_;
    std::vector<Entry> by_debtor_;    // sorted
    std::vector<Entry> by_creditor_;  // sorted
    RateR9 reference_rate_ = 0;
    std::int64_t reference_ms_ = 0;
    Int128 reference_index_ = 0;  // 1e-9 per year x milliseconds, up to reference_ms_
};

}  // namespace crowdout::market
