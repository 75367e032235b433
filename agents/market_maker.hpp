// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agents/archetype.hpp"
#include "agents/distribution.hpp"
#include "agents/field.hpp"

namespace crowdout::agents {

/// A maker that quotes many levels on both sides, leans against its inventory, and leaves when it
/// must: with volatility and toxic flow by degrees, with a loss at once.
///
/// The first level stands at the stationary quotes of Gueant, Lehalle and Fernandez-Tapia (see
/// quoting.hpp), in fractions of mid and days; the others follow at geometric distances. Quotes
/// that are near where they should be are left alone: they keep their priority, and cost no
/// message.
struct MarketMaker {
    static constexpr std::string_view name = "market_maker";
    static constexpr bool wakes_on_fill = true;
    static constexpr int levels_max = 16;

    struct Params {
        std::string instrument;
        Distribution depth{1e6};                    ///< quoted a side when calm, USD
        Distribution volatility_aversion = etas();  ///< eta; median 0.3: mechanisms, rule 9
        double toxicity_aversion = 2;               ///< chi
        double risk_aversion = 0.1 / 1.5;           ///< gamma / k of Avellaneda, Stoikov (2008)
        double fill_distance = 0.0002;              ///< 1 / k, a fraction of mid; our choice
        double volume_share = 0.1;     ///< of daily volume that would trade at mid: A; our choice
        double inventory_max = 0.005;  ///< q_max, of daily volume
        std::int64_t levels = 10;
        double spacing = 1.6;
        double reach = 0.05;        ///< distance of the last level, a fraction of mid
        double size_growth = 1.1;   ///< from level to level: depth at 0.5, 1, 5 % as 0.78, 1, 2.1
        double loss_multiple = 3;   ///< loss in five minutes that ends quoting, in daily profits
        double loss_min = 0.002;    ///< the same, at least, as a fraction of wealth; our choice
        double absence = 900;       ///< seconds until it returns
        double recovery = 864'000;  ///< seconds until it quotes 70 % again
        double acceptance = 600;    ///< seconds; see `fair_price` in the source; our choice
        double interval = 5;        ///< seconds between looks; our choice
        double requote = 0.25;  ///< of a level's distance from mid that it may be off; our choice
        double resize = 0.3;    ///< of a level's size that it may be off; our choice

        market::InstrumentId id = market::no_instrument;  ///< bound

        /// Lognormal with median 0.3; the standard deviation 0.5 is our choice.
        [[nodiscard]] static Distribution etas();

        template <class Visitor>
        // NOLINTNEXTLINE(readability-function-size): a table
        void visit(Visitor& field) {
            field("instrument", instrument,
                  {.help = "What it quotes.",
                   .help_zh = "做市标的。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("depth", depth,
                  {.help = "Quoted on each side in a calm market.",
                   .help_zh = "平静市场中每侧挂单金额。",
                   .unit = Dimension::money,
                   .positive = true});
            field("volatility_aversion", volatility_aversion,
                  {.help = "How fast size shrinks as volatility rises above its usual level.",
                   .help_zh = "波动率升高时挂单缩减的速度。",
                   .min = 0,
                   .max = 10});
            field("toxicity_aversion", toxicity_aversion,
                  {.help = "How fast size shrinks with one-sided flow.",
                   .help_zh = "单边成交增加时挂单缩减的速度。",
                   .min = 0,
                   .max = 20});
            field("risk_aversion", risk_aversion,
                  {.help = "Risk aversion over the decay of fills (gamma / k).",
                   .help_zh = "风险厌恶与成交衰减之比。",
                   .max = 10,
                   .positive = true});
            field("fill_distance", fill_distance,
                  {.help = "Distance over which fills fall by a factor of e.",
                   .help_zh = "成交率下降到 1/e 的距离。",
                   .unit = Dimension::ratio,
                   .max = 0.1,
                   .positive = true});
            field("volume_share", volume_share,
                  {.help = "Share of daily volume that a quote at mid would trade.",
                   .help_zh = "报价在中间价时可成交的日成交量占比。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("inventory_max", inventory_max,
                  {.help = "Inventory at which it stops adding, of daily volume.",
                   .help_zh = "停止加仓的库存上限（占日成交量）。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("levels", levels,
                  {.help = "Quotes on each side.",
                   .help_zh = "每侧报价档数。",
                   .min = 1,
                   .max = levels_max});
            field("spacing", spacing,
                  {.help = "Ratio of the distances of neighbouring levels.",
                   .help_zh = "相邻档位距离之比。",
                   .min = 1.01,
                   .max = 10});
            field("reach", reach,
                  {.help = "Distance of the last level from mid.",
                   .help_zh = "最远档位与中间价的距离。",
                   .unit = Dimension::ratio,
                   .max = 0.9,
                   .positive = true});
            field("size_growth", size_growth,
                  {.help = "Ratio of the sizes of neighbouring levels.",
                   .help_zh = "相邻档位数量之比。",
                   .min = 0.1,
                   .max = 10});
            field("loss_multiple", loss_multiple,
                  {.help = "Loss in five minutes that ends quoting, in mean daily profits.",
                   .help_zh = "触发停止报价的五分钟亏损（以日均利润计）。",
                   .min = 0});
            field("loss_min", loss_min,
                  {.help = "The same, at least, as a share of wealth.",
                   .help_zh = "触发停止报价的亏损下限（占财富）。",
                   .unit = Dimension::ratio,
                   .max = 1,
                   .positive = true});
            field("absence", absence,
                  {.help = "Time until it returns after a loss.",
                   .help_zh = "亏损后重新入场前的时间。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("recovery", recovery,
                  {.help = "Time until it quotes 70 % of its size again.",
                   .help_zh = "恢复到 70% 规模所需时间。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("acceptance", acceptance,
                  {.help = "Time in which it takes a price that it made for the market's.",
                   .help_zh = "把自身报价造成的价格视为市场价格所需的时间。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("interval", interval,
                  {.help = "Time between looks at its quotes.",
                   .help_zh = "检查报价的间隔。",
                   .unit = Dimension::duration,
                   .positive = true});
            field("requote", requote,
                  {.help = "How far off a quote may be, of its distance from mid.",
                   .help_zh = "报价允许偏离（占与中间价距离）。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("resize", resize,
                  {.help = "How far off a quote's size may be.",
                   .help_zh = "报价数量允许偏离。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
        }
    };

    struct State {
        double depth = 0;                ///< USD a side
        double volatility_aversion = 0;  ///< eta
        double result_marked = 0;        ///< USD at `marked`, at most five minutes ago
        double result_midnight = 0;      ///< USD at `midnight`, at most a day ago
        double profit_daily = 0;         ///< USD, mean with a memory of 20 days
        double lean = 0;                 ///< how far below its fair price its quotes were centred
        std::int64_t home = 0;           ///< lots that it wants to own
        market::Time looked;
        market::Time marked;
        market::Time midnight;
        market::Time back;  ///< when it returned, or will, from its last absence; 0: never left
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);
};

}  // namespace crowdout::agents
