// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "market/ledger.hpp"
#include "market/time.hpp"
#include "world/flow_of_funds.hpp"

/// What the claims are about, measured from the ledger and the flows. No agent reads any of it.
namespace crowdout::world {

/// An account whose cash above `floor` is idle: a sovereign, a holding company, a money fund.
struct IdleHolder {
    std::uint32_t block = 0;  ///< a population or an institution
    market::Money floor;
};

/// Sum of max(0, cash - floor), cash being what lies free. Lines not drawn do not count until they
/// are.
[[nodiscard]] market::Money idle_capital(const market::Ledger& ledger,
                                         std::span<const IdleHolder> holders);

/// A sector's part in funding. Whoever both saves and issues is a saver.
enum class FundingRole : std::uint8_t {
    other,
    issuer,  ///< sells securities and calls capital: hyperscalers, labs, the Treasury
    saver,   ///< puts its income away: households, the rest of the world
    bank,    ///< makes deposits by lending
};

/// New claims that somebody must hold, against the money that came to hold them.
///
///     gap = demand - saving - credit
///
/// What the gap takes comes out of idle cash, and then out of sales of what is held.
struct FundingGap {
    market::Money demand;  ///< net receipts of issuers from issuance, capital calls and loans
    market::Money saving;  ///< net lending of savers
    market::Money credit;  ///< loans made by banks less loans repaid

    [[nodiscard]] market::Money gap() const { return demand - saving - credit; }
};

/// @param rows   flows of a window between sectors (see `roll_up`).
/// @param roles  by sector.
[[nodiscard]] FundingGap funding_gap(std::span<const FlowRow> rows,
                                     std::span<const FundingRole> roles);

/// Dollars of market value per dollar of net flow: the slope of a regression with intercept whose
/// observations fade with a half-life.
///
/// A measure, not an instrument: where flows answer prices it says how they went together.
class FlowMultiplier {
public:
    explicit FlowMultiplier(double half_life_days = 60) : half_life_days_{half_life_days} {}

    /// @param span          since the observation before, a day as a rule.
    /// @param flow          net inflow in it, USD.
    /// @param value_change  change of market value in it, USD.
    void record(market::Duration span, double flow, double value_change);

    /// 0 while fewer than two different flows were seen.
    [[nodiscard]] double value() const;

private:
    double half_life_days_;
    double weight_ = 0;
    double mean_flow_ = 0;
    double mean_change_ = 0;
    double flow_squares_ = 0;    ///< about the mean
    double cross_products_ = 0;  ///< about the means
};

/// How far below its peak a price is, and was at worst.
class Drawdown {
public:
    Drawdown() = default;
    Drawdown(market::Time now, double price) : peak_{price}, peak_time_{now}, worst_time_{now} {}

    void record(market::Time now, double price);

    [[nodiscard]] double peak() const { return peak_; }
    [[nodiscard]] double now() const { return now_; }  ///< share of the peak lost, 0 to 1
    [[nodiscard]] double worst() const { return worst_; }
    [[nodiscard]] market::Time peak_time() const { return peak_time_; }
    [[nodiscard]] market::Time worst_time() const { return worst_time_; }

private:
    double peak_ = 0;
    double now_ = 0;
    double worst_ = 0;
    market::Time peak_time_;
    market::Time worst_time_;
};

}  // namespace crowdout::world
