// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace crowdout::agents {

/// What a firm can pay with before it must shrink its plans, USD over one window.
struct FirmMeans {
    double cash = 0;        ///< above the least it keeps
    double treasuries = 0;  ///< at market
    double placed = 0;      ///< own bonds issued and not yet sold, at market
    double debt_room = 0;   ///< below its highest debt
    double buyback = 0;     ///< planned, can be cut to nothing
    double spv_room = 0;    ///< project debt off its balance sheet
    double capex = 0;       ///< planned, can be cut to nothing
};

/// How a need beyond the cash flow is met, USD over the window; the parts add up to the need,
/// unless `unmet` (dividends and the like) is left.
struct FirmFunding {
    double cash = 0;
    double treasuries = 0;
    double placed = 0;
    double bonds = 0;
    double buyback_cut = 0;
    double spv = 0;
    double capex_cut = 0;
    double unmet = 0;
};

/// Takes each source in its turn, before the next is touched: inside money, then debt, then plans.
/// Source: Myers & Majluf (1984), J. Financial Economics 13, for money of one's own before debt;
/// the place of buybacks and projects is this model's.
[[nodiscard]] FirmFunding fund_firm(double need, const FirmMeans& means);

/// What decides how a firm's capex plan moves.
struct CapexRule {
    double growth_plan = 0.08;    ///< per quarter
    double return_weight = 1.5;   ///< k_i, per quarter and unit of excess return
    double spread_weight = 0.05;  ///< k_s, per quarter and 100 bp of a year's change in spread
    double hurdle = 0.02;         ///< per year, on top of the cost of capital
};

/// Growth of capex per quarter as a logarithm: plan + k_i (IRR - WACC - hurdle) - k_s (spread -
/// spread a year ago) / 100 bp, with the factor it stands for set to 0.75 .. 1.30.
/// @param spread_change  fraction per year (0.0048 is 48 bp).
/// Source: mechanisms 4.3.
[[nodiscard]] double capex_log_growth(const CapexRule& rule, double irr, double wacc,
                                      double spread_change);

/// Weighted average cost of capital per year: w_E (rf + beta ERP) + (1 - w_E)(rf + s)(1 - tax).
[[nodiscard]] double cost_of_capital(double equity_weight, double risk_free, double equity_premium,
                                     double beta, double spread, double tax);

}  // namespace crowdout::agents
