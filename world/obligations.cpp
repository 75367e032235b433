// SPDX-License-Identifier: Apache-2.0
#include "world/obligations.hpp"

#include <algorithm>
#include <cassert>

#include "market/hash.hpp"

namespace crowdout::world {

using market::AccountId;
using market::Money;
using market::Time;
using Obligation = agents::Obligation;
using Kind = agents::ObligationKind;

namespace {

constexpr market::Duration close_of_trading = market::hour * 16;

/// Earlier in the queue.
bool before(const Obligation& a, const Obligation& b) {
    if (a.debtor != b.debtor) return a.debtor < b.debtor;
    if (a.due != b.due) return a.due < b.due;
    return a.id < b.id;
}

std::uint64_t hash(const Obligation& o) {
    std::uint64_t h =
        market::mix(static_cast<std::uint64_t>(o.id) << 8 | static_cast<std::uint64_t>(o.kind));
    h = market::mix(h ^
                    (static_cast<std::uint64_t>(o.debtor.packed()) << 32 | o.creditor.packed()));
    h = market::mix(h ^ static_cast<std::uint64_t>(o.amount.value()));
    return market::mix(h ^ static_cast<std::uint64_t>(o.due.ns));
}

/// The close of the last trading day of the quarter in which a day lies.
Time close_of_quarter(market::Date date) {
    const market::Date in_last_month =
        market::add_months({date.year, date.month, 1}, 2 - (date.month - 1) % 3);
    const market::DayNumber last =
        market::day_number({in_last_month.year, in_last_month.month,
                            market::days_in_month(in_last_month.year, in_last_month.month)});
    // The business day before the first of the next quarter.
    const market::DayNumber trading =
        market::add_business_days(market::Session::us_equities, last + 1, -1);
    return market::new_york_time(trading, close_of_trading);
}

}  // namespace

Time quarter_end(Time time) {
    const market::Date today = market::civil_date(market::new_york_day(time));
    const Time close = close_of_quarter(today);
    return close >= time ? close : close_of_quarter(market::add_months(today, 3));
}

Time redemption_date(const RedemptionTerms& terms, Time requested) {
    const auto notice_ns =
        market::to_whole(terms.notice_days * static_cast<double>(market::day.ns));
    return quarter_end(requested + market::Duration{notice_ns});
}

std::uint32_t ObligationBook::add(Kind kind, AccountId debtor, AccountId creditor, Money amount,
                                  Time due) {
    assert(amount >= Money{0});
    if (amount == Money{0}) return 0;
    const std::uint32_t id = next_id_++;
    totals_[static_cast<std::size_t>(kind)].added += amount;
    insert({id, kind, debtor, creditor, amount, due});
    return id;
}

std::span<const Obligation> ObligationBook::of(AccountId debtor) const {
    const auto first = std::ranges::lower_bound(open_, debtor, {}, &Obligation::debtor);
    const auto last = std::ranges::upper_bound(open_, debtor, {}, &Obligation::debtor);
    return {first, last};
}

const Obligation* ObligationBook::find(AccountId debtor, std::uint32_t id) const {
    const std::size_t at = place(debtor, id);
    return at == open_.size() ? nullptr : &open_[at];
}

Money ObligationBook::meet(AccountId debtor, std::uint32_t id, Money amount) {
    const std::size_t at = place(debtor, id);
    if (at == open_.size()) return Money{0};
    Totals& totals = totals_[static_cast<std::size_t>(open_[at].kind)];
    const Money taken = reduce(at, amount);
    totals.met += taken;
    return taken;
}

Money ObligationBook::forgive(AccountId debtor, std::uint32_t id, Money amount) {
    const std::size_t at = place(debtor, id);
    if (at == open_.size()) return Money{0};
    Totals& totals = totals_[static_cast<std::size_t>(open_[at].kind)];
    const Money taken = reduce(at, amount);
    totals.forgiven += taken;
    return taken;
}

bool ObligationBook::extend(AccountId debtor, std::uint32_t id, Time due) {
    const std::size_t at = place(debtor, id);
    if (at == open_.size()) return false;
    Obligation moved = open_[at];
    erase(at);
    moved.due = due;
    insert(moved);
    return true;
}

Money ObligationBook::open_gate(AccountId fund, Time due, Money payable_most, Time next_due) {
    assert(payable_most >= Money{0} && next_due > due);
    std::vector<Obligation> queue;
    std::vector<std::int64_t> amounts;
    Money sum;
    for (const Obligation& obligation : of(fund)) {
        if (obligation.kind != Kind::redemption || obligation.due != due) continue;
        queue.push_back(obligation);
        amounts.push_back(obligation.amount.value());
        sum += obligation.amount;
    }
    if (sum <= payable_most) return sum;

    std::vector<std::int64_t> payable;
    Apportion{}.split(payable_most, amounts, payable);
    for (std::size_t i = 0; i < queue.size(); ++i) {
        erase(place(fund, queue[i].id));
        const Money now{payable[i]};
        Obligation rolled = queue[i];
        rolled.amount -= now;
        rolled.due = next_due;
        if (rolled.amount > Money{0}) insert(rolled);
        if (now > Money{0}) {
            queue[i].amount = now;
            if (rolled.amount > Money{0}) queue[i].id = next_id_++;
            insert(queue[i]);
        }
    }
    return payable_most;
}

Time ObligationBook::next_due(Time time) const {
    Time first = market::never;
    for (const Obligation& obligation : open_) {
        if (obligation.due > time) first = std::min(first, obligation.due);
    }
    return first;
}

void ObligationBook::overdue(Time time, std::vector<Obligation>& out) const {
    out.clear();
    for (const Obligation& obligation : open_) {
        if (obligation.due < time) out.push_back(obligation);
    }
}

Money ObligationBook::open_total(Kind kind) const {
    const Totals& totals = totals_[static_cast<std::size_t>(kind)];
    return totals.added - totals.met - totals.forgiven;
}

Money ObligationBook::open_total(AccountId debtor, Kind kind) const {
    Money sum;
    for (const Obligation& obligation : of(debtor)) {
        if (obligation.kind == kind) sum += obligation.amount;
    }
    return sum;
}

Money ObligationBook::met_total(Kind kind) const {
    return totals_[static_cast<std::size_t>(kind)].met;
}

Money ObligationBook::forgiven_total(Kind kind) const {
    return totals_[static_cast<std::size_t>(kind)].forgiven;
}

std::string ObligationBook::audit() const {
    std::array<Money, obligation_kind_count> open{};
    for (std::size_t i = 0; i < open_.size(); ++i) {
        const std::string name = "obligation " + std::to_string(open_[i].id);
        if (open_[i].amount <= Money{0}) return name + " is of nothing";
        if (i > 0 && !before(open_[i - 1], open_[i])) return name + " is out of order";
        open[static_cast<std::size_t>(open_[i].kind)] += open_[i].amount;
    }
    for (std::size_t kind = 0; kind < obligation_kind_count; ++kind) {
        if (open[kind] == open_total(static_cast<Kind>(kind))) continue;
        return "obligations of kind " + std::to_string(kind) + " sum to " +
               std::to_string(open[kind].value()) + ", not to what was added less met and forgiven";
    }
    return {};
}

std::uint64_t ObligationBook::digest_afresh() const {
    std::uint64_t sum = 0;
    for (const Obligation& obligation : open_) sum += hash(obligation);
    return sum;
}

std::size_t ObligationBook::place(AccountId debtor, std::uint32_t id) const {
    const auto mine = of(debtor);
    const auto found = std::ranges::find(mine, id, &Obligation::id);
    if (found == mine.end()) return open_.size();
    return static_cast<std::size_t>(&*found - open_.data());
}

void ObligationBook::insert(const Obligation& obligation) {
    open_.insert(std::ranges::upper_bound(open_, obligation, before), obligation);
    digest_ += hash(obligation);
}

void ObligationBook::erase(std::size_t at) {
    digest_ -= hash(open_[at]);
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
}

Money ObligationBook::reduce(std::size_t at, Money amount) {
    assert(amount >= Money{0});
    const Money taken = std::min(amount, open_[at].amount);
    if (taken == open_[at].amount) {
        erase(at);
        return taken;
    }
    digest_ -= hash(open_[at]);
    open_[at].amount -= taken;
    digest_ += hash(open_[at]);
    return taken;
}

}  // namespace crowdout::world
