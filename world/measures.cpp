// SPDX-License-Identifier: Apache-2.0
#include "world/measures.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::world {

using market::Money;
using market::Reason;

namespace {

constexpr double log_2 = 0.6931471805599453;

bool is_funding(Reason reason) {
    return reason == Reason::issuance || reason == Reason::capital_calls || reason == Reason::loans;
}

}  // namespace

Money idle_capital(const market::Ledger& ledger, std::span<const IdleHolder> holders) {
    Money sum;
    for (const IdleHolder& holder : holders) {
        sum += std::max(Money{0}, ledger.cash(holder.block) - holder.floor);
    }
    return sum;
}

FundingGap funding_gap(std::span<const FlowRow> rows, std::span<const FundingRole> roles) {
    FundingGap sums;
    for (const FlowRow& row : rows) {
        const FundingRole from = roles[row.from];
        const FundingRole to = roles[row.to];
        if (is_funding(row.reason)) {
            if (to == FundingRole::issuer) sums.demand += row.money;
            if (from == FundingRole::issuer) sums.demand -= row.money;
        }
        if (row.reason == Reason::loans) {
            if (from == FundingRole::bank) sums.credit += row.money;
            if (to == FundingRole::bank) sums.credit -= row.money;
        }
        if (market::is_income(row.reason)) {
            if (to == FundingRole::saver) sums.saving += row.money;
            if (from == FundingRole::saver) sums.saving -= row.money;
        }
    }
    return sums;
}

void FlowMultiplier::record(market::Duration span, double flow, double value_change) {
    const double kept = agents::exp(-span.days() * log_2 / half_life_days_);
    weight_ = kept * weight_ + 1;
    flow_squares_ *= kept;
    cross_products_ *= kept;
    // West (1979): weighted means and moments about them, in one pass.
    const double from_mean = flow - mean_flow_;
    mean_flow_ += from_mean / weight_;
    mean_change_ += (value_change - mean_change_) / weight_;
    flow_squares_ += from_mean * (flow - mean_flow_);
    cross_products_ += from_mean * (value_change - mean_change_);
}

double FlowMultiplier::value() const {
    return flow_squares_ > 0 ? cross_products_ / flow_squares_ : 0;
}

void Drawdown::record(market::Time now, double price) {
    if (price > peak_) {
        peak_ = price;
        peak_time_ = now;
    }
    now_ = 1 - price / peak_;
    if (now_ > worst_) {
        worst_ = now_;
        worst_time_ = now;
    }
}

}  // namespace crowdout::world
