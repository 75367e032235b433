// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"
#include "agents/payees.hpp"
#include "agents/pecking_order.hpp"

namespace crowdout::agents {

/// A firm that builds data centres: pays capex to its suppliers every day and funds what its cash
/// flow does not cover in the pecking order.
///
/// Cash flow from operations arrives by the world's payments; the parameters say what it expects.
/// Bonds (or a tap of the investment-grade basket) are issued into the own account and sold on
/// their book: it is that sale which moves the yield. Its own spread is read off that book, plus
/// what its leverage adds. Shares bought back are retired.
/// Source: mechanisms 4.3, without equity issues; calibration 7 for the companies.
struct Hyperscaler {
    static constexpr std::string_view name = "hyperscaler";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        double capex = 0;            ///< USD per year at the start
        std::string capex_series;    ///< guidance of the past, which its plan follows; "" for none
        double capex_part = 1;       ///< of the series, each member's
        double capex_growth = 0.32;  ///< planned, per year; our choice
        Payees suppliers;
        double cash_flow = 0;            ///< from operations, USD per year, before capex
        double cash_flow_growth = 0.15;  ///< per year; our choice
        double ebitda = 0;               ///< USD per year
        double dividends = 0;            ///< USD per year
        Payees dividends_to;
        double buyback = 0;               ///< USD per year
        std::string share;                ///< bought back; "" for none
        std::string treasuries;           ///< its reserve; "" for none
        std::string bonds;                ///< issued; "" for none
        double debt = 0;                  ///< USD at the start
        double leverage_max = 2.0;        ///< debt / EBITDA; our choice
        double leverage_normal = 1.0;     ///< L0; our choice
        double leverage_spread = 0.0012;  ///< b1: per unit of leverage beyond L0, squared
        double own_spread = 0;            ///< over the investment-grade yield
        double contracted = 0;  ///< part of cash_flow that labs pay for capacity, USD per year
        double irr = 0.14;      ///< of new capacity, per year; our choice
        double beta = 1.1;
        double equity_weight = 0.9;  ///< of its capital; our choice
        double tax = 0.21;
        CapexRule rule;                         ///< growth_plan is capex_growth's
        double spv_share = 0.2;                 ///< phi: share of capex that projects can borrow
        double cash_min = 0;                    ///< USD
        double issue_min = 1e9;                 ///< USD; smaller needs wait for the next window
        double placement_participation = 0.25;  ///< of volume, selling new bonds; our choice
        market::Duration window = market::day * 30;  ///< funded ahead; our choice
        market::Duration review = market::day;
        ExecutionTerms execution;
        market::InstrumentId share_id = market::no_instrument;       ///< bound
        market::InstrumentId treasuries_id = market::no_instrument;  ///< bound
        market::InstrumentId bonds_id = market::no_instrument;       ///< bound
        HistoricalSeries guidance;                                   ///< bound, USD per year

        template <class Visitor>
        void visit(Visitor& field);
    };

    enum class Awaiting : std::int64_t { nothing, bonds, project_bonds };

    struct State {
        double capex = 0;              ///< plan, USD per year
        double capex_owed = 0;         ///< USD
        double dividends_owed = 0;     ///< USD
        double debt = 0;               ///< USD of face, projects apart
        double inflow = 0;             ///< seen to arrive, USD per year, mean of a quarter
        double cash_left = 0;          ///< after the last look's payments, USD
        std::array<double, 3> held{};  ///< whole shares, notes and own bonds after the last look
        double project_debt = 0;       ///< USD of face
        double unsold = 0;             ///< whole own bonds held when an issue was asked for
        Awaiting awaiting = Awaiting::nothing;
        std::int64_t quarter = 0;         ///< since the start
        std::array<double, 4> spreads{};  ///< at the ends of the last four quarters
        market::Time start;
        market::Time last;
        market::Time bought;  ///< up to when buybacks were made
        ParentOrder treasuries_sale;
        ParentOrder bond_sale;
        ParentOrder share_purchase;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// What new capacity earns a year: its rate of return as far as those pay who contracted it.
    ///
    /// Survival of its customers is read off the own cash: of the cash flow that it expects, what
    /// has not arrived is missing from what labs pay first.
    [[nodiscard]] static double return_on_capacity(const Params& params, const State& state,
                                                   market::Time now);
    /// Its borrowing spread over the government yield, per year.
    [[nodiscard]] static double spread(const Params& params, const State& state,
                                       const Observation& seen);
    /// The plan that guidance gives at a moment, USD per year; nothing where there is no series.
    [[nodiscard]] static std::optional<double> planned(const Params& params, market::Time now);
};
static_assert(Archetype<Hyperscaler>);

template <class Visitor>
// NOLINTNEXTLINE(readability-function-size): a table
void Hyperscaler::Params::visit(Visitor& field) {
    field("capex", capex,
          {.help = "Capital expenditure of each member at the start, like all sums here.",
           .help_zh = "每个成员的初始资本开支（其余金额同此）。",
           .unit = Dimension::money_rate,
           .min = 0,
           .required = true});
    field(
        "capex_series", capex_series,
        {.help = "A series of the past that its plan follows, instead of `capex` and its own rule.",
         .help_zh = "其计划所遵循的历史序列，取代 capex 及自身规则。",
         .unit = Dimension::money_rate,
         .min = 0,
         .refers_to = Reference::data_series});
    field("capex_part", capex_part,
          {.help = "Part of that series that each member plans.",
           .help_zh = "每个成员占该序列的比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("capex_growth", capex_growth,
          {.help = "Planned growth of capex.",
           .help_zh = "计划的资本开支增速。",
           .unit = Dimension::rate,
           .min = -1,
           .max = 5});
    field("suppliers", suppliers.shares,
          {.help = "Who receives capex, by shares that add up to 1.",
           .help_zh = "资本开支的供应商及比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .refers_to = Reference::institution | Reference::population});
    field("cash_flow", cash_flow,
          {.help = "Cash flow from operations that it expects at the start.",
           .help_zh = "预期经营现金流。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("cash_flow_growth", cash_flow_growth,
          {.help = "Growth that it expects of cash flow and EBITDA.",
           .help_zh = "现金流与息税折旧前利润的预期增速。",
           .unit = Dimension::rate,
           .min = -1,
           .max = 5});
    field("ebitda", ebitda,
          {.help = "Earnings before interest, tax and depreciation at the start.",
           .help_zh = "息税折旧前利润。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("dividends", dividends,
          {.help = "Dividends.", .help_zh = "股息。", .unit = Dimension::money_rate, .min = 0});
    field("dividends_to", dividends_to.shares,
          {.help = "Who receives dividends, by shares.",
           .help_zh = "股息接收者及比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .refers_to = Reference::institution | Reference::population});
    field("buyback", buyback,
          {.help = "Planned purchases of own shares.",
           .help_zh = "计划回购。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("share", share,
          {.help = "The share that it buys back.",
           .help_zh = "回购的股票。",
           .refers_to = Reference::instrument});
    field("treasuries", treasuries,
          {.help = "Government notes that it holds in reserve.",
           .help_zh = "作为储备的国债。",
           .refers_to = Reference::instrument});
    field("bonds", bonds,
          {.help = "The bond that it issues.",
           .help_zh = "发行的债券。",
           .refers_to = Reference::instrument});
    field("debt", debt,
          {.help = "Debt at the start.",
           .help_zh = "初始债务。",
           .unit = Dimension::money,
           .min = 0});
    field("leverage_max", leverage_max,
          {.help = "Debt over EBITDA, at most.", .help_zh = "最大杠杆。", .min = 0, .max = 20});
    field("leverage_normal", leverage_normal,
          {.help = "Debt over EBITDA from which its spread rises.",
           .help_zh = "利差开始上升的杠杆。",
           .min = 0,
           .max = 20});
    field("leverage_spread", leverage_spread,
          {.help = "Rise of its spread per squared unit of leverage beyond the normal.",
           .help_zh = "超额杠杆平方对应的利差。",
           .unit = Dimension::rate,
           .min = 0,
           .max = 1});
    field("own_spread", own_spread,
          {.help = "Its yield over that of investment-grade bonds.",
           .help_zh = "相对投资级收益率的利差。",
           .unit = Dimension::rate,
           .min = -0.1,
           .max = 1});
    field("contracted", contracted,
          {.help = "Part of the cash flow that labs pay for capacity; 0: it is not looked at.",
           .help_zh = "由实验室合同支付的现金流。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("irr", irr,
          {.help = "Internal rate of return of new capacity while its customers pay.",
           .help_zh = "新增产能的内部收益率。",
           .unit = Dimension::rate,
           .min = -1,
           .max = 2});
    field("beta", beta, {.help = "Of its shares.", .help_zh = "股票贝塔。", .min = 0, .max = 5});
    field("equity_weight", equity_weight,
          {.help = "Share of equity in its capital.",
           .help_zh = "权益占资本比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("tax", tax,
          {.help = "Tax rate at which interest is deducted.",
           .help_zh = "所得税率。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("return_weight", rule.return_weight,
          {.help = "Growth of capex per quarter and unit of return over the cost of capital.",
           .help_zh = "资本开支对超额回报的敏感度。",
           .min = 0,
           .max = 20});
    field("spread_weight", rule.spread_weight,
          {.help = "Fall of capex per quarter and 100 bp of wider spread within a year.",
           .help_zh = "资本开支对利差扩大的敏感度。",
           .min = 0,
           .max = 20});
    field("return_hurdle", rule.hurdle,
          {.help = "Return asked for on top of the cost of capital.",
           .help_zh = "资本成本之上的门槛。",
           .unit = Dimension::rate,
           .min = -1,
           .max = 1});
    field("spv_share", spv_share,
          {.help = "Share of capex that projects can borrow off the balance sheet.",
           .help_zh = "可由表外项目融资的比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("cash_min", cash_min,
          {.help = "Cash that it keeps.",
           .help_zh = "最低现金。",
           .unit = Dimension::money,
           .min = 0});
    field("issue_min", issue_min,
          {.help = "The smallest bond that it issues.",
           .help_zh = "最小发债规模。",
           .unit = Dimension::money,
           .min = 0});
    field("placement_participation", placement_participation,
          {.help = "Share of a day's volume at which new bonds are sold, at most.",
           .help_zh = "新债发行占日成交量的最大比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 10});
    field("window", window,
          {.help = "How far ahead it funds its plans.",
           .help_zh = "提前筹资的期限。",
           .unit = Dimension::duration,
           .positive = true});
    field("review", review,
          {.help = "Time between looks while nothing is traded.",
           .help_zh = "常规检查间隔。",
           .unit = Dimension::duration,
           .positive = true});
    field("execution", execution, {.help = "How trades are spread.", .help_zh = "交易拆分方式。"});
}

}  // namespace crowdout::agents
