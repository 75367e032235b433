// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"
#include "agents/outlook.hpp"
#include "agents/payees.hpp"

namespace crowdout::agents {

/// What a balanced investor wants of one asset.
struct AllocationTerms {
    double weight = 0;  ///< of its wealth; 0: what its share is at the start
    double tilt = 5;    ///< rise of ln(weight) per unit of return; our choice, see Pension
    double weight_max = 1;
    Outlook outlook{};

    template <class Visitor>
    void visit(Visitor& field) {
        field("weight", weight,
              {.help = "Target share of wealth at the returns of the start; 0 keeps what it holds.",
               .help_zh = "目标权重；0 表示保持初始占比。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("tilt", tilt,
              {.help = "Relative rise of the target per unit of expected return.",
               .help_zh = "预期收益每上升一单位目标权重的相对增幅。",
               .min = 0,
               .max = 1000});
        field("weight_max", weight_max,
              {.help = "The target never rises above this.",
               .help_zh = "目标权重上限。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("outlook", outlook,
              {.help = "What it is expected to earn.", .help_zh = "收益预期。"});
    }
};

/// An investor with target weights: a pension fund, an insurer, a foreign portfolio, a money fund,
/// the savings of households.
///
/// The target of an asset is its neutral weight x exp(tilt x (excess - excess at the start)), where
/// the excess is its expected return over the investor's own hurdle, which its own pending
/// payments raise. It trades towards the target of its wealth, less what it must pay, once it is
/// out of its band; contributions arrive as cash and raise all targets alike. This is who absorbs
/// new bonds: as their price falls, the yield and the room below the target both grow, so that for
/// a duration of D years d ln(quantity) = (tilt + D) dy.
///
/// The tilt is our choice, held against the spread response of September to November 2025
/// (calibration 7: +10 to +48 bp for 75 to 120 billion): 100 billion is 1.2 % of 8.3 trillion of
/// investment-grade bonds, of which perhaps 0.4 are held by such investors (the rest is held to
/// maturity): 0.03 / (5 + 7) = 25 bp.
struct Pension {
    static constexpr std::string_view name = "pension";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::vector<std::pair<std::string, AllocationTerms>> allocations;
        Hurdle hurdle;
        ExecutionTerms execution;
        double band = 0.01;        ///< of a target, either side; our choice
        double cash_share = 0.01;  ///< of wealth, kept; our choice
        market::Duration adjust_within = market::day * 30;  ///< time constant; our choice
        market::Duration plan_ahead = market::day * 14;     ///< payments that bind; our choice
        market::Duration meet_lead = market::hour;
        market::Duration review = market::day;
        double benefits = 0;  ///< per year, of wealth
        Payees benefits_to;
        std::vector<market::InstrumentId> instruments;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("allocations", allocations,
                  {.help = "Target weights and how they react.",
                   .help_zh = "目标配置。",
                   .refers_to = Reference::instrument});
            field("hurdle", hurdle,
                  {.help = "What expected returns are compared with.", .help_zh = "收益门槛。"});
            field("execution", execution,
                  {.help = "How trades are spread.", .help_zh = "交易拆分方式。"});
            field("band", band,
                  {.help = "Relative distance from target within which nothing is traded.",
                   .help_zh = "再平衡区间。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("cash_share", cash_share,
                  {.help = "Share of wealth that stays in cash.",
                   .help_zh = "最低现金占比。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("adjust_within", adjust_within,
                  {.help = "Time constant of moving to target.",
                   .help_zh = "调整到目标的时间常数。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("plan_ahead", plan_ahead,
                  {.help = "Payments due so soon are set aside.",
                   .help_zh = "预留到期付款的期限。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("meet_lead", meet_lead,
                  {.help = "How long before it is due a payment is made.",
                   .help_zh = "提前付款时间。",
                   .unit = Dimension::duration,
                   .min = 0});
            field("review", review,
                  {.help = "Time between looks while all is in its band.",
                   .help_zh = "常规检查间隔。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("benefits", benefits,
                  {.help = "Paid out a year, of wealth.",
                   .help_zh = "年支付率（占资产）。",
                   .unit = Dimension::rate,
                   .min = 0,
                   .max = 1});
            field("benefits_to", benefits_to.shares,
                  {.help = "Who receives it, by shares.",
                   .help_zh = "领取者及比例。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1,
                   .refers_to = Reference::institution | Reference::population});
        }
        void check(Complaints& complaints) const;
    };

    struct Leg {
        double weight = 0;     ///< neutral
        double excess = 0;     ///< over the hurdle, at the start, per year
        market::Time offered;  ///< when it was last compared with its target
        ParentOrder parent;
    };
    struct State {
        std::array<Leg, legs_max> legs;
        market::Time last;
        double benefits_owed = 0;  ///< USD
        double lean =
            0;  ///< -1 to 1: where in its band it feels at home, so that not all move at once
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Target shares of wealth at present returns; together at most 1 - cash_share.
    /// @param pressure  pending payments over cash, see `cash_pressure`.
    static std::array<double, legs_max> targets(const Params& params, const State& state,
                                                const Snapshot& market, double pressure);
};
static_assert(Archetype<Pension>);

}  // namespace crowdout::agents
