// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "agents/long_holdings.hpp"
#include "agents/payees.hpp"

namespace crowdout::agents {

/// How an owner that has promised capital keeps its promises.
struct CallTerms {
    WaterfallPreset preset = WaterfallPreset::essay_waterfall;
    std::optional<ScoreWeights> weights;  ///< instead of the preset's
    LongHoldings holdings;
    ExecutionTerms execution;
    Hurdle hurdle;
    double cash_floor = 0;                           ///< USD
    double week_share_max = 0.25;                    ///< of a position, a week; mechanisms 4.2
    double ltv_soft = 0.25;                          ///< SoftBank's policy, normal
    double ltv_max = 0.35;                           ///< SoftBank's policy, emergency
    double other_assets = 0;                         ///< USD, counted in loan-to-value, unsaleable
    double forced_participation = 0.2;               ///< of volume, under a margin call; our choice
    Payees funds;                                    ///< hedge funds and shares of requests to them
    double redemption_share = 0.25;                  ///< of what must be sold; our choice
    double income = 0;                               ///< USD per year expected
    double income_invested = 0.5;                    ///< share of it; our choice
    market::Duration invest_within = market::year;   ///< of free cash; our choice
    market::Duration plan_ahead = market::day * 14;  ///< a call's notice: 10 business days
    market::Duration look_ahead = market::day * 180;  ///< calls that raise the hurdle; our choice
    market::Duration meet_lead = market::hour;        ///< before a call is due; our choice
    market::Duration review = market::day;            ///< while nothing presses

    template <class Visitor>
    // NOLINTNEXTLINE(readability-function-size): a table
    void visit(Visitor& field) {
        field("preset", preset,
              {.help = "Which holdings are sold first for capital calls.",
               .help_zh = "缴款时优先出售的资产规则。"});
        field("weights", weights,
              {.help = "Weights of the sale score, instead of the preset's.",
               .help_zh = "自定义出售评分权重。"});
        field("portfolio", holdings.terms,
              {.help = "What the owner holds or may buy, and what it thinks of it.",
               .help_zh = "持仓及看法。",
               .refers_to = Reference::instrument});
        field("execution", execution,
              {.help = "How sales and purchases are spread.", .help_zh = "交易拆分方式。"});
        field("hurdle", hurdle,
              {.help = "The return asked for before free cash is invested.",
               .help_zh = "投资门槛收益率。"});
        field("cash_floor", cash_floor,
              {.help = "Cash that each member never spends on calls.",
               .help_zh = "每个成员的最低现金。",
               .unit = Dimension::money,
               .min = 0});
        field("week_share_max", week_share_max,
              {.help = "Share of a position that is sold in a week, at most.",
               .help_zh = "每周最多出售的持仓比例。",
               .unit = Dimension::ratio,
               .max = 1,
               .positive = true});
        field("ltv_soft", ltv_soft,
              {.help = "Net debt over assets up to which the credit line is used.",
               .help_zh = "动用信贷额度的贷款价值比上限。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 0.95});
        field("ltv_max", ltv_max,
              {.help = "Net debt over assets at which the lender calls.",
               .help_zh = "触发追加保证金的贷款价值比。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 0.95});
        field("other_assets", other_assets,
              {.help = "Unlisted stakes of each member that count in the loan-to-value.",
               .help_zh = "每个成员计入贷款价值比的非上市资产。",
               .unit = Dimension::money,
               .min = 0});
        field("forced_participation", forced_participation,
              {.help = "Share of volume sold under a margin call, at most.",
               .help_zh = "追保出售时的最大参与率。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("funds", funds.shares,
              {.help = "Hedge funds in which it is invested, and their shares of its requests.",
               .help_zh = "所投对冲基金及赎回比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1,
               .refers_to = Reference::institution | Reference::population});
        field("redemption_share", redemption_share,
              {.help = "Part of what must be sold that is also asked of hedge funds.",
               .help_zh = "向对冲基金同时申请赎回的比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("income", income,
              {.help = "Oil money and dividends that each member expects; the world pays them.",
               .help_zh = "每个成员的预期年收入。",
               .unit = Dimension::money_rate,
               .min = 0});
        field("income_invested", income_invested,
              {.help = "Share of income that is invested while the hurdle is cleared.",
               .help_zh = "收入中用于投资的比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("invest_within", invest_within,
              {.help = "Time constant of investing free cash.",
               .help_zh = "闲置资金投资的时间常数。",
               .unit = Dimension::duration,
               .positive = true});
        field("plan_ahead", plan_ahead,
              {.help = "Calls due so soon are paid for now, by sales if need be.",
               .help_zh = "提前筹资的期限。",
               .unit = Dimension::duration,
               .positive = true});
        field("look_ahead", look_ahead,
              {.help = "Calls due so soon raise the hurdle.",
               .help_zh = "影响投资门槛的缴款期限。",
               .unit = Dimension::duration,
               .positive = true});
        field("meet_lead", meet_lead,
              {.help = "How long before it is due a call is paid.",
               .help_zh = "提前付款时间。",
               .unit = Dimension::duration,
               .min = 0});
        field("review", review,
              {.help = "Time between looks while nothing presses.",
               .help_zh = "常规检查间隔。",
               .unit = Dimension::duration,
               .positive = true});
    }
    void check(Complaints& complaints) const;
    void bind(const Names& names) {
        holdings.bind(names);
        funds.bind(names);
    }
};

/// What such an owner remembers.
struct CallMemory {
    LongHoldings::Memory holdings;
    market::Time last;          ///< look
    std::int64_t week = 0;      ///< of the last look
    double requested = 0;       ///< USD asked of hedge funds and not yet forgotten
    market::Time requested_at;  ///< first of those requests
    std::int64_t called = 0;    ///< 1 from a margin call until the soft loan-to-value is reached
};

/// One look of an owner with capital calls at its affairs; its acts are called in their order.
///
/// What was asked of the world may not have happened: every look starts from the balances.
/// Source: mechanisms 4.2.
class CallDesk {
public:
    CallDesk(const CallTerms& terms, CallMemory& memory, const Observation& seen, Intents& intents);

    static void begin(const CallTerms& terms, CallMemory& memory, const Observation& seen);

    /// Above the hard loan-to-value idle cash repays and pledged assets are sold, until debt is
    /// back at the soft one.
    void answer_margin_call();
    /// Pays what is due, from idle cash and then the line.
    void meet_calls();
    /// Sells and asks funds for what coming calls need beyond idle cash and the line.
    void raise_cash();
    /// Repays debt, then buys what clears the hurdle.
    void invest_surplus();
    /// @param u  uniform on [0, 1): spreads the looks of different owners.
    [[nodiscard]] Wake next(double u);

    /// Cash above the floor that no act of this look has used, USD.
    [[nodiscard]] double idle() const { return idle_; }
    /// Takes up to `usd` of idle cash for something else. @return what was there.
    double spend(double usd);
    [[nodiscard]] double years_since_last() const { return years_; }

private:
    [[nodiscard]] double pending(market::Duration within) const;
    [[nodiscard]] double soft_headroom() const;
    [[nodiscard]] double hard_headroom() const;
    [[nodiscard]] double sale_capacity() const;
    void draw(double usd);
    void sell(std::size_t i, double usd, market::Cause cause, const ExecutionTerms& execution);
    void request_redemption(double usd);
    void buy(double surplus, double rate_hurdle);

    const CallTerms& terms_;
    CallMemory& memory_;
    const Observation& seen_;
    Intents& intents_;
    LongHoldings::Stock stock_{};
    std::array<bool, legs_max> worked_{};  ///< legs with something wanted in this look
    double idle_ = 0;
    double drawn_ = 0;
    double line_left_ = 0;
    double assets_ = 0;
    double years_ = 0;
    double met_ = 0;        ///< USD of calls paid in this look
    bool pressed_ = false;  ///< there is something to sell
};

}  // namespace crowdout::agents
