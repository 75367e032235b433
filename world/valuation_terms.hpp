// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/field.hpp"

namespace crowdout::world {

/// What analysts expect of a firm, or of a basket of firms: the whole of it, not a share.
///
/// Cash flow a year, t years after the opening, is
///
///     CF(t) = cash_flow * exp(L(t)) - investment * max(0, 1 - t / investment_years)
///
/// where L(t) is the integral of the growth: ln(1 + growth) for `explicit_years`, then linear in
/// time to ln(1 + terminal_growth) over `fade_years`, and that for good.
struct CashFlowTerms {
    double cash_flow = 0;  ///< USD a year at the opening, before growth investment
    double growth = 0.05;
    double explicit_years = 5;
    double fade_years = 5;
    double terminal_growth = 0.03;
    double investment = 0;  ///< USD a year at the opening, shrinking to nothing
    double investment_years = 5;
    double beta = 1;
    double premium = 0;         ///< idiosyncratic, a year; `open` chooses it
    double credit_loading = 1;  ///< of the discount rate on the credit spread (our choice)
    double net_debt = 0;        ///< USD
    /// Present value that the market grants a dollar of newly announced investment; 1 is neutral.
    double investment_worth = 0.7;  ///< our choice
    /// Share of an unexpected cash flow that comes again every year.
    double persistence = 0.1;  ///< our choice: free cash flow is mostly timing

    template <class Visitor>
    void visit(Visitor& field);
};

/// No cash flow, and the discounting of a distant one: a zero-coupon bond without a face.
///
///     V = V0 exp( -horizon_years (y - y0) + adoption t )
///
/// with y the government yield plus the credit spread, a year; inflation expected is taken as
/// constant, so that the nominal yield moves as the real one. Source: our choice.
struct PremiumTerms {
    double horizon_years = 30;  ///< 25 to 40
    double adoption = 0;        ///< drift a year; 0 in scored runs

    template <class Visitor>
    void visit(Visitor& field);
};

/// No cash flow and no anchor but the memory of past prices: their exponential mean.
struct MemoryTerms {
    double memory_days = 250;

    template <class Visitor>
    void visit(Visitor& field);
};

/// The premium for which equities are held, moving with the market's variance only.
///
///     ERP = clip( mean + variance_price (sigma^2 - sigma_mean^2) memory / horizon, 0, max )
///
/// What is asked for variance today is asked only as long as the variance lasts, while a discount
/// rate holds for good: over `memory_years` it costs what memory / horizon of it costs for ever.
/// Without that factor a market of duration 23 that becomes as lively as 25 % a year would lose
/// half. Sources: the price of variance, Campbell & Hentschel (1992), JFE 31; its persistence,
/// Poterba & Summers (1986), AER 76.
struct EquityPremiumTerms {
    double mean = 0.025;  ///< a year: near the lowest on record at the end of 2025
    double variance_price = 1.5;
    double sigma_mean = 0.18;   ///< a year, of the equity market
    double memory_years = 0.5;  ///< of excess variance; half-lives are months
    double horizon_years = 20;  ///< the market's duration
    double max = 0.08;          ///< our choice

    template <class Visitor>
    void visit(Visitor& field);

    /// @param sigma  yearly volatility of the market over weeks, not minutes.
    [[nodiscard]] double premium(double sigma) const;
};

template <class Visitor>
void CashFlowTerms::visit(Visitor& field) {
    using agents::Dimension;
    field("cash_flow", cash_flow,
          {.help = "Free cash flow a year of the whole firm, before growth investment.",
           .help_zh = "整个公司每年的自由现金流（扣除扩张性投资之前）。",
           .unit = Dimension::money_rate,
           .required = true,
           .positive = true});
    field("growth", growth,
          {.help = "Growth of cash flow in the explicit years.",
           .help_zh = "明确预测期内现金流的增长率。",
           .unit = Dimension::rate,
           .min = -0.9,
           .max = 5});
    field(
        "explicit_years", explicit_years,
        {.help = "Years of that growth.", .help_zh = "该增长率持续的年数。", .min = 0, .max = 50});
    field("fade_years", fade_years,
          {.help = "Years over which growth then fades to the terminal rate.",
           .help_zh = "增长率随后线性降至永续增长率的年数。",
           .min = 0,
           .max = 50});
    field("terminal_growth", terminal_growth,
          {.help = "Growth ever after.",
           .help_zh = "永续增长率。",
           .unit = Dimension::rate,
           .min = -0.2,
           .max = 0.1});
    field("investment", investment,
          {.help = "Growth investment a year at the opening, which shrinks to nothing.",
           .help_zh = "开始时每年的扩张性投资，随后线性减少到零。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("investment_years", investment_years,
          {.help = "Years until growth investment has ended.",
           .help_zh = "扩张性投资结束所需的年数。",
           .max = 50,
           .positive = true});
    field("beta", beta,
          {.help = "Exposure to the equity premium.",
           .help_zh = "对股权风险溢价的敏感度。",
           .min = 0,
           .max = 5});
    field("credit_loading", credit_loading,
          {.help = "Exposure of the discount rate to the credit spread.",
           .help_zh = "贴现率对信用利差的敏感度。",
           .min = 0,
           .max = 5});
    field("net_debt", net_debt,
          {.help = "Debt less cash.", .help_zh = "净债务。", .unit = Dimension::money});
    field("investment_worth", investment_worth,
          {.help = "Value granted to a dollar of newly announced investment.",
           .help_zh = "市场对每一美元新宣布投资所给予的现值。",
           .min = 0,
           .max = 3});
    field("persistence", persistence,
          {.help = "Share of an unexpected cash flow that recurs every year.",
           .help_zh = "意外现金流中每年重复出现的比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
}

template <class Visitor>
void PremiumTerms::visit(Visitor& field) {
    field("horizon_years", horizon_years,
          {.help = "Duration: percent of value lost per point of yield.",
           .help_zh = "久期：收益率每上升一个百分点价值损失的百分比。",
           .min = 0,
           .max = 100});
    field("adoption", adoption,
          {.help = "Drift of value by adoption.",
           .help_zh = "采用带来的价值漂移。",
           .unit = agents::Dimension::rate,
           .min = -1,
           .max = 1});
}

template <class Visitor>
void MemoryTerms::visit(Visitor& field) {
    field("memory_days", memory_days,
          {.help = "Time constant of the mean of past prices, in days.",
           .help_zh = "过去价格指数平均的时间常数（天）。",
           .max = 5000,
           .positive = true});
}

template <class Visitor>
void EquityPremiumTerms::visit(Visitor& field) {
    using agents::Dimension;
    field("mean", mean,
          {.help = "Equity premium over the government yield at usual volatility.",
           .help_zh = "正常波动率下相对国债收益率的股权溢价。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 0.2});
    field("variance_price", variance_price,
          {.help = "Premium per unit of yearly variance.",
           .help_zh = "每单位年方差的溢价。",
           .min = 0,
           .max = 10});
    field("sigma_mean", sigma_mean,
          {.help = "Usual volatility of the equity market.",
           .help_zh = "股票市场的正常波动率。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 2});
    field("memory_years", memory_years,
          {.help = "How long variance beyond the usual lasts, in years.",
           .help_zh = "超额方差持续的年数。",
           .min = 0,
           .max = 20});
    field("horizon_years", horizon_years,
          {.help = "Duration of the equity market, in years.",
           .help_zh = "股票市场的久期（年）。",
           .max = 100,
           .positive = true});
    field("max", max,
          {.help = "Largest premium.",
           .help_zh = "最大溢价。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 1});
}

}  // namespace crowdout::world
