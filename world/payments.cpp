// SPDX-License-Identifier: Apache-2.0
#include "world/payments.hpp"

#include <algorithm>
#include <cassert>

#include "agents/numeric.hpp"
#include "market/hash.hpp"

namespace crowdout::world {

using market::Money;
using market::Time;

namespace {

Time midnight(market::DayNumber day) {
    return Time{} + market::day * day;
}

/// USD that a rate of one dollar a year comes to, where it grows.
double years_paid(double growth, double years) {
    if (growth == 0) return years;
    const double rate = agents::log1p(growth);
    return agents::expm1(rate * years) / rate;
}

}  // namespace

void Schedule::check(agents::Complaints& complaints) const {
    if (every == Every::week && on > 7) complaints.error("on", "a week has seven days");
}

Time Schedule::next(Time time) const {
    const auto today = static_cast<market::DayNumber>(time.ns / market::day.ns);
    const auto later = [&](market::DayNumber day) { return midnight(day) + at > time; };
    switch (every) {
        case Every::day:
            return midnight(later(today) ? today : today + 1) + at;
        case Every::week: {
            const auto wanted = static_cast<market::DayNumber>(on - 1);
            const auto weekday = static_cast<market::DayNumber>(market::weekday(today));
            const market::DayNumber day = today + (wanted - weekday + 7) % 7;
            return midnight(later(day) ? day : day + 7) + at;
        }
        case Every::month: {
            const market::Date date = market::civil_date(today);
            const auto in_month = [&](market::Date first) {
                const auto last = market::days_in_month(first.year, first.month);
                first.day = std::min(static_cast<std::int32_t>(on), last);
                return market::day_number(first);
            };
            const market::Date first{date.year, date.month, 1};
            const market::DayNumber day = in_month(first);
            return midnight(later(day) ? day : in_month(market::add_months(first, 1))) + at;
        }
    }
    return market::never;
}

void PaymentBook::add(const PaymentTerms& terms, const Party& from, const Party& to, Time opening) {
    assert(from.count > 0 && to.count > 0);
    Item item;
    item.from = from;
    item.to = to;
    item.schedule = terms.schedule;
    item.reason = terms.reason;
    item.paid_by = terms.paid_by;
    item.received_by = terms.received_by;
    item.rate = terms.rate;
    item.growth = terms.growth;
    if (terms.link) {
        item.linked = terms.link->received;
        item.linked_share = market::to_whole(
            terms.link->share * static_cast<double>(market::r9_one), market::Rounding::half_even);
    }
    item.opening = opening;
    item.due_at = terms.schedule.next(opening);
    items_.push_back(item);
}

Time PaymentBook::next_due() const {
    Time first = market::never;
    for (const Item& item : items_) first = std::min(first, item.due_at);
    return first;
}

PaymentOutcome PaymentBook::collect(std::size_t index, Time now, const market::Ledger& ledger,
                                    const FlowMatrix& flows, std::vector<market::Posting>& out) {
    Item& item = items_[index];
    PaymentOutcome outcome;
    outcome.due = fall_due(item, now, flows);
    item.due_at = item.schedule.next(now);

    outcome.paid = move(outcome.due, {item.from, item.paid_by}, {item.to, item.received_by},
                        item.reason, ledger, out);
    item.total += outcome;
    return outcome;
}

Money PaymentBook::move(Money amount, const Side& from, const Side& to, market::Reason reason,
                        const market::Ledger& ledger, std::vector<market::Posting>& out) {
    divide(amount, from.party, from.by, ledger, paid_);
    Money paid;
    for (std::uint32_t i = 0; i < from.party.count; ++i) {
        const market::AccountId payer = from.party.account(i);
        if (payer != ledger.issuer(market::usd)) {
            paid_[i] = std::min(paid_[i], ledger.view(payer).cash().value());
        }
        paid += Money{paid_[i]};
    }
    divide(paid, to.party, to.by, ledger, received_);

    // Both lists sum to `paid`: walk along them together, a posting for each overlap.
    std::uint32_t payer = 0;
    std::uint32_t receiver = 0;
    for (Money left = paid; left > Money{0};) {
        while (paid_[payer] == 0) ++payer;
        while (received_[receiver] == 0) ++receiver;
        const std::int64_t both = std::min(paid_[payer], received_[receiver]);
        out.push_back({from.party.account(payer), to.party.account(receiver), market::usd,
                       market::Units{both}, reason});
        paid_[payer] -= both;
        received_[receiver] -= both;
        left -= Money{both};
    }
    return paid;
}

/// What has come due since the payment before. The rate's part is a difference of integrals from
/// the opening, so that how often it is paid does not change what is paid in all.
Money PaymentBook::fall_due(Item& item, Time now, const FlowMatrix& flows) {
    const double years = (now - item.opening).years();
    const Money accrued{
        market::to_whole(item.rate * market::money_per_dollar * years_paid(item.growth, years))};
    Money due = accrued - item.accrued;
    item.accrued = accrued;
    if (item.linked_share > 0) {
        const Money received = flows.received(item.from.block, item.linked);
        const Money since = received - item.linked_before;
        item.linked_before = received;
        due += Money{market::muldiv(since.value(), item.linked_share, market::r9_one,
                                    market::Rounding::floor)};
    }
    return due;
}

void PaymentBook::divide(Money amount, const Party& party, ShareBy by, const market::Ledger& ledger,
                         std::vector<std::int64_t>& shares) {
    weights_.clear();
    for (std::uint32_t i = 0; i < party.count; ++i) {
        const std::int64_t cash =
            by == ShareBy::cash ? ledger.view(party.account(i)).cash().value() : 1;
        weights_.push_back(std::max<std::int64_t>(cash, 0));
    }
    apportion_.split(amount, weights_, shares);
}

std::uint64_t PaymentBook::digest() const {
    std::uint64_t sum = 0;
    for (std::size_t index = 0; index < items_.size(); ++index) {
        const Item& item = items_[index];
        const std::array<std::int64_t, 5> state{item.due_at.ns, item.accrued.value(),
                                                item.linked_before.value(), item.total.due.value(),
                                                item.total.paid.value()};
        sum += market::hash_bytes(state.data(), sizeof state, index);
    }
    return sum;
}

}  // namespace crowdout::world
