// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/beliefs.hpp"

namespace crowdout::agents {

/// Someone with a few holdings and a life besides: looks rarely, more often when prices have risen,
/// and at the hours of the day when others do; buys what it believes in, keeps its losers, and
/// panics.
///
/// Attention, panic and disposition are mechanisms 2.8 (our choice of form; disposition: Odean
/// 1998, J. Finance 53, 1775); what it buys at which price is that of `Beliefs`. A large move wakes
/// it.
struct RetailTrader {
    static constexpr std::string_view name = "retail_trader";
    static constexpr bool wakes_on_fill = false;
    static constexpr std::size_t favourites_max = 4;

    struct Params {
        std::vector<std::pair<std::string, double>> favourites;  ///< instrument: weight in its mind
        Beliefs beliefs;
        double attention = 52;      ///< lam0: looks a year; our choice
        double attention_rise = 5;  ///< b1, per unit of 20-day return; our choice
        double attention_max = 5;   ///< bound on the factor; our choice
        double alarm = 0.08;        ///< move that makes it look at once; our choice
        double panic_rate = 0.2;    ///< h0, a year, at no loss; our choice
        double panic_drawdown = 6;  ///< c1, per unit of fall from the 60-day high; our choice
        double panic_loss = 4;      ///< c2, per unit of loss on cost; our choice
        double nerves_sigma = 0.5;  ///< log standard deviation of h0 over members; our choice
        double disposition = 1.5;   ///< odds of selling a gain over a loss: Odean (1998)
        double order_max = 0.25;    ///< of wealth in one order; our choice
        double slippage = 0.05;     ///< worst price of a panic sale; our choice

        std::vector<market::InstrumentId> ids;  ///< bound
        std::vector<double> shares;             ///< weights that add up to one

        template <class Visitor>
        void visit(Visitor& field) {
            field("favourites", favourites,
                  {.help = "Instruments that it may hold and their weights in its mind.",
                   .help_zh = "可持有的标的及其关注权重。",
                   .min = 0,
                   .required = true,
                   .refers_to = Reference::instrument,
                   .items_min = 1});
            field("beliefs", beliefs,
                  {.help = "Weights on value, trend and noise.",
                   .help_zh = "价值、趋势与噪声的权重。"});
            field("attention", attention,
                  {.help = "How often it looks when prices stand still.",
                   .help_zh = "价格平稳时的关注频率。",
                   .unit = Dimension::rate,
                   .positive = true});
            field("attention_rise", attention_rise,
                  {.help = "How much a rise over 20 days adds to attention.",
                   .help_zh = "二十日涨幅对关注度的提升。",
                   .min = 0,
                   .max = 100});
            field("attention_max", attention_max,
                  {.help = "Largest factor on attention.",
                   .help_zh = "关注度倍数上限。",
                   .min = 1,
                   .max = 100});
            field("alarm", alarm,
                  {.help = "Price move that makes it look at once.",
                   .help_zh = "立即引起关注的价格变动。",
                   .unit = Dimension::ratio,
                   .max = 0.9,
                   .positive = true});
            field("panic_rate", panic_rate,
                  {.help = "Rate of panic sales without a loss.",
                   .help_zh = "无亏损时的恐慌抛售率。",
                   .unit = Dimension::rate,
                   .min = 0});
            field("panic_drawdown", panic_drawdown,
                  {.help = "Growth of the panic rate with the fall from the 60-day high.",
                   .help_zh = "恐慌率随回撤增长的系数。",
                   .min = 0,
                   .max = 100});
            field("panic_loss", panic_loss,
                  {.help = "Growth of the panic rate with the loss on cost.",
                   .help_zh = "恐慌率随浮亏增长的系数。",
                   .min = 0,
                   .max = 100});
            field("nerves_sigma", nerves_sigma,
                  {.help = "How far members differ in their nerves (log standard deviation).",
                   .help_zh = "成员恐慌倾向的对数标准差。",
                   .min = 0,
                   .max = 5});
            field("disposition", disposition,
                  {.help = "Odds of selling a gain over selling a loss.",
                   .help_zh = "卖盈与卖亏之比（处置效应）。",
                   .min = 1,
                   .max = 100});
            field("order_max", order_max,
                  {.help = "Largest order, as a share of wealth.",
                   .help_zh = "单笔订单占财富的上限。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("slippage", slippage,
                  {.help = "Worst price of a panic sale, from the best.",
                   .help_zh = "恐慌卖出的最大滑点。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 0.9});
        }
        void check(Complaints& complaints) const;
    };

    /// What it remembers of one instrument. Single precision: a memory, not an account.
    struct Memory {
        float cost = 0;  ///< mean price paid, USD per whole
        float lots = 0;  ///< held when it last looked
    };
    /// What happened to it. Its character is drawn anew at each look, from the stream that it was
    /// drawn from first: who sleeps need not keep it.
    struct State {
        std::array<Memory, favourites_max> memories{};
        market::Time looked;
        std::array<std::uint16_t, favourites_max> contents{};  ///< `Character::content`, 65535ths
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Share of the day's looks that fall into an hour (UTC), relative to the busiest one.
    [[nodiscard]] static double season(market::Time t);
    /// Panic sales a year of one holding.
    [[nodiscard]] static double panic_hazard(const Params& params, double nerves, double drawdown,
                                             double loss);
};

}  // namespace crowdout::agents
