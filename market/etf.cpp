// SPDX-License-Identifier: Apache-2.0
#include "market/etf.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace crowdout::market {

namespace {

constexpr Int128 fee_unit = static_cast<Int128>(r9_one) * (year.ns / millisecond.ns);

Units times(Units each, std::int64_t count) {
    return Units{muldiv(each.value(), count, 1, Rounding::floor)};
}

}  // namespace

Etf::Etf(EtfTerms terms, Time launch)
    : terms_{std::move(terms)}, accrued_ms_{launch.ns / millisecond.ns} {
    assert(terms_.block_shares > 0 && terms_.share_units > Units{0});
    assert(terms_.fee >= 0 && !terms_.basket.empty());
    for (const BasketItem& item : terms_.basket) {
        assert(item.per_block > Units{0});
        items_.emplace_back().per_block = item.per_block;
    }
}

Units Etf::block_units() const {
    return times(terms_.share_units, terms_.block_shares);
}

void Etf::accrue_fee(Time now, std::vector<Posting>& out) {
    const std::int64_t ms = now.ns / millisecond.ns;
    assert(ms >= accrued_ms_);
    const Int128 growth = static_cast<Int128>(terms_.fee) * (ms - accrued_ms_);
    accrued_ms_ = ms;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        Item& item = items_[i];
        Int128 owed = 0;
        if (__builtin_mul_overflow(growth, static_cast<Int128>(item.held.value()), &owed)) {
            throw std::overflow_error{"a fund's fee"};
        }
        owed += item.fee_owed;
        const Int128 whole = std::min<Int128>(owed / fee_unit, item.held.value());
        item.fee_owed = owed - whole * fee_unit;
        const Units paid{static_cast<std::int64_t>(whole)};
        if (paid == Units{0}) continue;
        item.held -= paid;
        out.push_back({terms_.fund, terms_.sponsor, terms_.basket[i].asset, paid, Reason::fees});
    }
}

Units Etf::basket_units(std::size_t item, std::int64_t blocks, Rounding mode) const {
    const Item& it = items_[item];
    if (shares_ == Units{0}) return times(it.per_block, blocks);
    return Units{
        muldiv(it.held.value(), times(block_units(), blocks).value(), shares_.value(), mode)};
}

void Etf::create(AccountId participant, std::int64_t blocks, Time now, std::vector<Posting>& out) {
    assert(blocks > 0 && participant != terms_.fund);
    accrue_fee(now, out);
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Units delivered = basket_units(i, blocks, Rounding::ceil);
        items_[i].held += delivered;
        if (delivered == Units{0}) continue;
        out.push_back(
            {participant, terms_.fund, terms_.basket[i].asset, delivered, Reason::baskets});
    }
    const Units created = times(block_units(), blocks);
    shares_ += created;
    out.push_back({terms_.fund, participant, terms_.share, created, Reason::baskets});
}

void Etf::redeem(AccountId participant, std::int64_t blocks, Time now, std::vector<Posting>& out) {
    const Units returned = times(block_units(), blocks);
    assert(blocks > 0 && returned <= shares_ && participant != terms_.fund);
    accrue_fee(now, out);
    out.push_back({participant, terms_.fund, terms_.share, returned, Reason::baskets});
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Units received = basket_units(i, blocks, Rounding::floor);
        // Remembered in case these are the last shares.
        items_[i].per_block = std::max(Units{1}, basket_units(i, 1, Rounding::floor));
        items_[i].held -= received;
        if (received == Units{0}) continue;
        out.push_back(
            {terms_.fund, participant, terms_.basket[i].asset, received, Reason::baskets});
    }
    shares_ -= returned;
}

double Etf::net_asset_value(std::span<const double> usd_per_unit) const {
    assert(usd_per_unit.size() == items_.size());
    const bool empty = shares_ == Units{0};
    double sum = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Units units = empty ? items_[i].per_block : items_[i].held;
        sum += static_cast<double>(units.value()) * usd_per_unit[i];
    }
    const double share_units = static_cast<double>((empty ? block_units() : shares_).value());
    return sum / share_units * static_cast<double>(terms_.share_units.value());
}

}  // namespace crowdout::market
