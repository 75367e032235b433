// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"
#include "agents/payees.hpp"

namespace crowdout::agents {

/// A firm that receives capex and sales: a chip maker, a builder, a utility, other firms.
///
/// What comes in beyond its cash target it passes on: wages, suppliers, taxes and dividends by
/// shares at once, and a part that it reinvests within a quarter in deposits, notes, shares and
/// bonds. It is here that capex returns to the markets, or does not: the drain of mechanisms 4.5
/// is a low `reinvested` with few speculative assets in it, and nothing else.
/// Source: mechanisms 4.5 for the reinvested quarter and its weights.
struct CorporateTreasury {
    static constexpr std::string_view name = "corporate_treasury";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        double wages = 0.45;  ///< shares of receipts; our choice, like the next three
        double purchases = 0.15;
        double taxes = 0.10;
        double dividends = 0.05;
        Payees wages_to;
        Payees purchases_to;
        Payees taxes_to;
        Payees dividends_to;
        double reinvested = 0.25;  ///< psi_rec
        double deposits = 0.45;    ///< of what is reinvested; stays in the cash target
        std::vector<std::pair<std::string, double>> assets;  ///< e.g. notes .25, shares .25, IG .05
        std::string own_share;  ///< bought back with `buyback` of receipts; "" for none
        double buyback = 0;
        double cash_target = -1;  ///< USD; negative: what it has at the start
        market::Duration invest_within = market::day * 30;  ///< time constant: 95 % in a quarter
        market::Duration meet_lead = market::hour;
        market::Duration review = market::day;
        ExecutionTerms execution;
        std::vector<market::InstrumentId> instruments;  ///< bound: assets, then the own share

        template <class Visitor>
        void visit(Visitor& field);
        void check(Complaints& complaints) const;
    };
    struct Leg {
        double budget = 0;    ///< USD set aside for it
        double held = 0;      ///< whole units when last seen
        market::Time bought;  ///< up to when its budget was spent
        ParentOrder parent;
    };
    struct State {
        std::array<Leg, legs_max> legs;
        double cash_target = 0;  ///< USD
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};
static_assert(Archetype<CorporateTreasury>);

template <class Visitor>
void CorporateTreasury::Params::visit(Visitor& field) {
    const auto share = [](const char* help, const char* help_zh) {
        return FieldInfo{
            .help = help, .help_zh = help_zh, .unit = Dimension::ratio, .min = 0, .max = 1};
    };
    const auto payees = [](const char* help, const char* help_zh) {
        return FieldInfo{.help = help,
                         .help_zh = help_zh,
                         .unit = Dimension::ratio,
                         .min = 0,
                         .max = 1,
                         .refers_to = Reference::institution | Reference::population};
    };
    field("wages", wages, share("Share of receipts paid as wages.", "工资占收入比例。"));
    field("purchases", purchases,
          share("Share of receipts paid to other firms.", "采购占收入比例。"));
    field("taxes", taxes, share("Share of receipts paid in taxes.", "税收占收入比例。"));
    field("dividends", dividends, share("Share of receipts paid to owners.", "股息占收入比例。"));
    field("wages_to", wages_to.shares, payees("Who receives wages.", "工资接收者。"));
    field("purchases_to", purchases_to.shares, payees("From whom it buys.", "供应商。"));
    field("taxes_to", taxes_to.shares, payees("Who receives taxes.", "税收接收者。"));
    field("dividends_to", dividends_to.shares, payees("Who receives dividends.", "股息接收者。"));
    field("reinvested", reinvested,
          share("Share of receipts that is reinvested.", "再投资占收入比例。"));
    field("deposits", deposits,
          share("Part of what is reinvested that stays in deposits.", "再投资中的存款比例。"));
    field("assets", assets,
          {.help = "Part of what is reinvested that goes into each asset.",
           .help_zh = "再投资的资产权重。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .refers_to = Reference::instrument});
    field("own_share", own_share,
          {.help = "The share that it buys back.",
           .help_zh = "回购的股票。",
           .refers_to = Reference::instrument});
    field("buyback", buyback,
          share("Share of receipts that buys back shares.", "回购占收入比例。"));
    field("cash_target", cash_target,
          {.help = "Cash that it keeps; below zero: what it has at the start.",
           .help_zh = "目标现金；负值表示初始现金。",
           .unit = Dimension::money});
    field("invest_within", invest_within,
          {.help = "Time constant of reinvesting.",
           .help_zh = "再投资时间常数。",
           .unit = Dimension::duration,
           .positive = true});
    field("meet_lead", meet_lead,
          {.help = "How long before it is due an obligation is paid.",
           .help_zh = "提前付款时间。",
           .unit = Dimension::duration,
           .min = 0});
    field("review", review,
          {.help = "Time between looks while nothing is traded.",
           .help_zh = "常规检查间隔。",
           .unit = Dimension::duration,
           .positive = true});
    field("execution", execution, {.help = "How trades are spread.", .help_zh = "交易拆分方式。"});
}

}  // namespace crowdout::agents
