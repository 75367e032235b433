// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/distribution.hpp"
#include "agents/execution.hpp"
#include "agents/stressed_sale.hpp"

namespace crowdout::agents {

/// A fund that buys what is cheap, with borrowed money, until its lender says no.
///
/// Demand of asset i is beta m_i W dollars where m_i = (V_i - p_i) / V_i is positive, all of it
/// within lambda_max W; a fall that lifts leverage above lambda_max makes it sell, which is how
/// cheap becomes cheaper. Its investors come and go with its performance.
/// V_i is its own opinion: the consensus times exp(s_i z_i), s_i how far opinions of it differ and
/// z_i drawn once for each fund. Who thinks little of an asset does not own it. Where opinions
/// differ by more than a tenth, nobody can be sure of its own, and beta falls with the variance of
/// the error, as a mean-variance investor's demand does.
/// Source: Thurner, Farmer, Geanakoplos (2012), Quant. Finance 12, 695 (V = 1 there). Which asset
/// goes first under stress: mechanisms 3.5. Not in the paper: several assets; opinions that differ;
/// orders worked on books; a margin call that the lender takes over after a day.
struct ValueFund {
    static constexpr std::string_view name = "value_fund";
    static constexpr bool wakes_on_fill = false;
    static constexpr std::size_t assets_max = sale_candidates_max;

    struct Params {
        std::vector<std::pair<std::string, double>> assets;  ///< instrument: share of its beta
        Distribution aggression = aggressions();             ///< beta; 5, 10, .., 50 in the paper
        Distribution leverage_max{3};      ///< lambda_max; equity 3, crypto 2, rates 10 and more
        Distribution sale_mode = modes();  ///< 0 .. 3 as in SaleMode; weights 0.4, 0.2, 0.2, 0.2
        double band = 0.1;                ///< of a target, within which nothing is done; our choice
        std::string investors;            ///< who receives what leaves and is asked for more
        double period = 30 * 86'400.0;    ///< seconds of one step of the flows; our choice
        double performance_memory = 0.1;  ///< a, per period
        double flow_sensitivity = 0.15;   ///< b, of wealth and period per unit of performance
        double benchmark = 0.004;         ///< r_b, per period; 0.003-0.005
        double ruin = 0.1;                ///< of its first wealth, below which it closes
        double absence = 100 * 86'400.0;  ///< seconds until it tries again; 100 steps, our choice
        double notice = 60 * 86'400.0;    ///< over which it sells for redemptions; calibration 9
        double deadline = 86'400;         ///< of a margin call, then the lender sells
        ExecutionTerms execution;

        std::vector<market::InstrumentId> ids;  ///< bound
        market::AccountId investors_id = market::no_account;

        [[nodiscard]] static Distribution aggressions();
        [[nodiscard]] static Distribution modes();

        template <class Visitor>
        // NOLINTNEXTLINE(readability-function-size): a table
        void visit(Visitor& field) {
            field("assets", assets,
                  {.help = "Instruments and the share of its aggression given to each.",
                   .help_zh = "标的及其激进度份额。",
                   .min = 0,
                   .required = true,
                   .refers_to = Reference::instrument,
                   .items_min = 1});
            field("aggression", aggression,
                  {.help = "Demand over wealth, per unit of mispricing.",
                   .help_zh = "每单位错误定价的需求与财富之比。",
                   .min = 0,
                   .max = 1000});
            field("leverage_max", leverage_max,
                  {.help = "Assets over wealth, at most.",
                   .help_zh = "最大杠杆。",
                   .min = 1,
                   .max = 100});
            field("sale_mode", sale_mode,
                  {.help = "What goes first under stress: 0 liquid, 1 margin, 2 conviction, 3 all.",
                   .help_zh = "压力下先卖：0 流动性，1 保证金，2 信念，3 按比例。",
                   .min = 0,
                   .max = 3});
            field("band", band,
                  {.help = "Distance from a target, as a share of it, that is left alone.",
                   .help_zh = "不调仓的偏离带（占目标仓位）。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("investors", investors,
                  {.help = "Account that money leaves to and comes from; empty: no flows.",
                   .help_zh = "投资者账户；留空表示无资金流。",
                   .refers_to = Reference::institution | Reference::population});
            field("period", period,
                  {.help = "Time between two flows of investors' money.",
                   .help_zh = "资金申赎的间隔。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("performance_memory", performance_memory,
                  {.help = "Weight of the last period in performance.",
                   .help_zh = "业绩均值中最近一期的权重。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("flow_sensitivity", flow_sensitivity,
                  {.help = "Flow over wealth, per unit of performance above the benchmark.",
                   .help_zh = "超额业绩对应的资金流（占财富）。",
                   .min = 0,
                   .max = 100});
            field("benchmark", benchmark,
                  {.help = "Return a period that keeps investors where they are.",
                   .help_zh = "使投资者不进不出的每期收益。",
                   .unit = Dimension::ratio,
                   .min = -1,
                   .max = 1});
            field("ruin", ruin,
                  {.help = "Share of its first wealth below which it closes.",
                   .help_zh = "清盘线（占初始财富）。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("absence", absence,
                  {.help = "Time until a closed fund tries again.",
                   .help_zh = "清盘后重新募资的间隔。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("notice", notice,
                  {.help = "Time over which it sells for a redemption that is due.",
                   .help_zh = "为赎回而分批卖出的时间。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("deadline", deadline,
                  {.help = "Time to answer a margin call; then the lender sells.",
                   .help_zh = "追加保证金期限；逾期由贷方强卖。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("execution", execution, {.help = "How fast it trades.", .help_zh = "执行速度。"});
        }
        void check(Complaints& complaints) const {
            if (assets.size() > assets_max) complaints.error("assets", "are more than eight");
        }
    };

    enum class Status : std::uint32_t { open, closed, raising };

    struct State {
        std::array<ParentOrder, assets_max> parents{};
        std::array<double, assets_max> opinions{};  ///< z: its standing errors about values
        double aggression = 0;                      ///< beta
        double leverage_max = 1;                    ///< lambda_max
        double wealth_first = 0;                    ///< USD at its start: the measure of ruin
        double wealth_period = 0;  ///< USD at the start of this period and what came since
        double performance = 0;    ///< mean return a period
        double leaving = 0;        ///< USD promised to investors who leave, still to be paid
        double awaited = 0;        ///< USD that investors have been called for, still to come
        market::Time period_end;
        market::Time called;   ///< since when a margin call is open; 0: none
        market::Time returns;  ///< when a closed fund tries again
        SaleMode sale_mode = SaleMode::pro_rata;
        std::array<std::uint8_t, 3> zero{};
        Status status = Status::open;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Cash and holdings less what it owes its lender, USD; may be negative.
    [[nodiscard]] static double wealth(const Params& params, const Observation& seen);
    /// Dollars wanted of each asset by a fund of wealth `wealth`.
    [[nodiscard]] static SalePlan demand(const Params& params, const State& state,
                                         const Observation& seen, double wealth);
    /// Investors' money that comes (positive) or leaves at the end of a period, USD:
    /// W max(-1, b (performance - r_b)).
    [[nodiscard]] static double flow(const Params& params, double performance, double wealth);
};

}  // namespace crowdout::agents
