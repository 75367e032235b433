// SPDX-License-Identifier: Apache-2.0
#include "market/loan.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "market/hash.hpp"

namespace crowdout::market {

namespace {

/// One ledger unit of interest, in the unit of `Loan::accrued`.
constexpr Int128 accrual_unit = static_cast<Int128>(r9_one) * (year.ns / millisecond.ns);

std::int64_t whole_ms(Time time) {
    assert(time.ns >= 0);
    return time.ns / millisecond.ns;
}

Units due(Int128 accrued) {
    if (accrued <= 0) return Units{0};  // a fraction was paid too much
    const Int128 units = (accrued + accrual_unit - 1) / accrual_unit;
    if (units > INT64_MAX) throw std::overflow_error{"interest"};
    return Units{static_cast<std::int64_t>(units)};
}

void insert(std::vector<LoanBook::Entry>& entries, LoanBook::Entry entry) {
    entries.insert(std::lower_bound(entries.begin(), entries.end(), entry), entry);
}

void erase(std::vector<LoanBook::Entry>& entries, LoanBook::Entry entry) {
    const auto at = std::lower_bound(entries.begin(), entries.end(), entry);
    assert(at != entries.end() && *at == entry);
    entries.erase(at);
}

std::span<const LoanBook::Entry> range(const std::vector<LoanBook::Entry>& entries,
                                       AccountId account) {
    const auto first = std::lower_bound(entries.begin(), entries.end(), account,
                                        [](const auto& e, AccountId a) { return e.account < a; });
    const auto last = std::upper_bound(first, entries.end(), account,
                                       [](AccountId a, const auto& e) { return a < e.account; });
    return {first, last};
}

}  // namespace

LoanId LoanBook::open(const LoanTerms& terms, Time now) {
    assert(terms.debtor != no_account && terms.creditor != no_account);
    assert(terms.debtor != terms.creditor && terms.limit >= Units{0});
    if (vacant_.empty()) {
        vacant_.push_back(LoanId{static_cast<std::uint32_t>(rows_.size())});
        rows_.emplace_back();
    }
    const LoanId id = vacant_.back();
    vacant_.pop_back();
    const std::int64_t ms = whole_ms(now);
    Loan& loan = rows_[index(id)];
    loan.terms = terms;
    loan.is_open = true;
    loan.touched_ms = ms;
    loan.touched_reference = reference_index(ms);
    insert(by_debtor_, {terms.debtor, id});
    insert(by_creditor_, {terms.creditor, id});
    return id;
}

Units LoanBook::draw(LoanId id, Units wanted, Time now, std::vector<Posting>& out) {
    assert(wanted >= Units{0});
    const Units lent = std::min(wanted, available(id, now));
    if (lent == Units{0}) return lent;
    Loan& loan = touch(id, now);
    loan.principal += lent;
    out.push_back({loan.terms.creditor, loan.terms.debtor, loan.terms.asset, lent, Reason::loans});
    return lent;
}

LoanPayment LoanBook::pay(LoanId id, Units at_most, Time now, std::vector<Posting>& out) {
    assert(at_most >= Units{0});
    Loan& loan = touch(id, now);
    const Units interest = take_interest(loan, at_most, out);
    return {interest, take_principal(loan, at_most - interest, out)};
}

Units LoanBook::pay_interest(LoanId id, Units at_most, Time now, std::vector<Posting>& out) {
    assert(at_most >= Units{0});
    return take_interest(touch(id, now), at_most, out);
}

Units LoanBook::capitalise_interest(LoanId id, Time now) {
    Loan& loan = touch(id, now);
    const Units added = due(loan.accrued);
    loan.accrued -= added.value() * accrual_unit;
    loan.principal += added;
    return added;
}

LoanLoss LoanBook::write_off(LoanId id, Units recovered, Time now, std::vector<Posting>& out) {
    LoanLoss result;
    result.recovered = pay(id, recovered, now, out);
    const Loan& loan = (*this)[id];
    result.lost = {due(loan.accrued), loan.principal};
    end(id);
    return result;
}

void LoanBook::close(LoanId id, [[maybe_unused]] Time now) {
    assert(owed(id, now) == Units{0});
    end(id);
}

void LoanBook::renew(LoanId id, Units limit, RateR9 rate, Time maturity, Time now) {
    assert(limit >= Units{0});
    LoanTerms& terms = touch(id, now).terms;
    terms.limit = limit;
    terms.rate = rate;
    terms.maturity = maturity;
}

void LoanBook::assign(LoanId id, AccountId creditor) {
    LoanTerms& terms = rows_[index(id)].terms;
    assert((*this)[id].is_open && creditor != terms.debtor && creditor != no_account);
    erase(by_creditor_, {terms.creditor, id});
    terms.creditor = creditor;
    insert(by_creditor_, {creditor, id});
}

void LoanBook::set_reference_rate(RateR9 rate, Time now) {
    const std::int64_t ms = whole_ms(now);
    reference_index_ = reference_index(ms);
    reference_ms_ = ms;
    reference_rate_ = rate;
}

const Loan& LoanBook::operator[](LoanId id) const {
    assert(index(id) < rows_.size() && rows_[index(id)].is_open);
    return rows_[index(id)];
}

RateR9 LoanBook::rate(LoanId id) const {
    const LoanTerms& terms = (*this)[id].terms;
    return terms.rate + (terms.floating ? reference_rate_ : 0);
}

Units LoanBook::interest_due(LoanId id, Time now) const {
    return due(accrued((*this)[id], whole_ms(now)));
}

Units LoanBook::owed(LoanId id, Time now) const {
    return (*this)[id].principal + interest_due(id, now);
}

Units LoanBook::available(LoanId id, Time now) const {
    const Loan& loan = (*this)[id];
    if (now >= loan.terms.maturity) return Units{0};
    return std::max(Units{0}, loan.terms.limit - loan.principal);
}

std::span<const LoanBook::Entry> LoanBook::debts_of(AccountId debtor) const {
    return range(by_debtor_, debtor);
}

std::span<const LoanBook::Entry> LoanBook::claims_of(AccountId creditor) const {
    return range(by_creditor_, creditor);
}

void LoanBook::append_matured(Time now, std::vector<LoanId>& out) const {
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
        if (rows_[row].is_open && rows_[row].terms.maturity <= now) out.push_back(LoanId{row});
    }
}

std::uint64_t LoanBook::digest() const {
    std::uint64_t sum = mix(static_cast<std::uint64_t>(reference_rate_));
    for (const Entry& entry : by_debtor_) {
        const Loan& loan = rows_[index(entry.loan)];
        const LoanTerms& terms = loan.terms;
        std::uint64_t h =
            mix(static_cast<std::uint64_t>(terms.debtor.packed()) << 32 | terms.creditor.packed());
        for (const std::int64_t fact :
             {terms.limit.value(), terms.rate, terms.maturity.ns, loan.principal.value(),
              loan.touched_ms, static_cast<std::int64_t>(loan.accrued)}) {
            h = mix(h ^ static_cast<std::uint64_t>(fact));
        }
        sum += h;
    }
    return sum;
}

Loan& LoanBook::touch(LoanId id, Time now) {
    assert(index(id) < rows_.size() && rows_[index(id)].is_open);
    Loan& loan = rows_[index(id)];
    const std::int64_t ms = whole_ms(now);
    loan.accrued = accrued(loan, ms);
    loan.touched_ms = ms;
    loan.touched_reference = reference_index(ms);
    return loan;
}

Units LoanBook::take_interest(Loan& loan, Units at_most, std::vector<Posting>& out) {
    const Units paid = std::min(at_most, due(loan.accrued));
    if (paid == Units{0}) return paid;
    loan.accrued -= paid.value() * accrual_unit;
    out.push_back(
        {loan.terms.debtor, loan.terms.creditor, loan.terms.asset, paid, Reason::interest});
    return paid;
}

Units LoanBook::take_principal(Loan& loan, Units at_most, std::vector<Posting>& out) {
    const Units paid = std::min(at_most, loan.principal);
    if (paid == Units{0}) return paid;
    loan.principal -= paid;
    out.push_back({loan.terms.debtor, loan.terms.creditor, loan.terms.asset, paid, Reason::loans});
    return paid;
}

void LoanBook::end(LoanId id) {
    Loan& loan = rows_[index(id)];
    erase(by_debtor_, {loan.terms.debtor, id});
    erase(by_creditor_, {loan.terms.creditor, id});
    loan = Loan{};
    vacant_.push_back(id);
}

Int128 LoanBook::reference_index(std::int64_t ms) const {
    return reference_index_ + static_cast<Int128>(reference_rate_) * (ms - reference_ms_);
}

Int128 LoanBook::accrued(const Loan& loan, std::int64_t ms) const {
    assert(ms >= loan.touched_ms);
    Int128 growth = static_cast<Int128>(loan.terms.rate) * (ms - loan.touched_ms);
    if (loan.terms.floating) growth += reference_index(ms) - loan.touched_reference;
    Int128 interest = 0;
    if (__builtin_mul_overflow(growth, static_cast<Int128>(loan.principal.value()), &interest) ||
        __builtin_add_overflow(interest, loan.accrued, &interest)) {
        throw std::overflow_error{"interest"};
    }
    return interest;
}

}  // namespace crowdout::market
