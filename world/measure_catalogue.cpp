// SPDX-License-Identifier: Apache-2.0
#include "world/measure_catalogue.hpp"

#include <array>
#include <cassert>
#include <vector>

#include "world/measure_book.hpp"
#include "world/measure_capital.hpp"
#include "world/measure_flows.hpp"
#include "world/measure_impact.hpp"
#include "world/measure_memory.hpp"
#include "world/measure_prices.hpp"
#include "world/measure_tails.hpp"
#include "world/measure_together.hpp"

namespace crowdout::world {

namespace {

/// A measure says itself how much it looks at at once; else it is two returns, where it has those.
template <class Params>
market::Duration span_of(const Params& params) {
    if constexpr (requires { params.span(); }) {
        return params.span();
    } else if constexpr (requires { params.horizon; }) {
        return params.horizon * 2;
    }
    return {};
}

template <class Params>
market::Duration horizon_of(const Params& params) {
    if constexpr (requires { params.horizon; }) {
        return params.horizon;
    } else if constexpr (requires { params.horizons; }) {
        return params.horizons.front();
    }
    return {};
}

/// A horizon divides the day, or is a whole number of days.
void check_horizon(market::Duration horizon, std::string_view key, agents::Complaints& complaints) {
    const bool divides = horizon < market::day && market::day.ns % horizon.ns == 0;
    if (!divides && horizon.ns % market::day.ns != 0) {
        complaints.error(key, "neither divides a day nor is a whole number of days");
    }
}

template <class Params>
void check_horizons(const Params& params, agents::Complaints& complaints) {
    if constexpr (requires { params.horizon; }) {
        check_horizon(params.horizon, "horizon", complaints);
    } else if constexpr (requires { params.horizons; }) {
        for (const market::Duration each : params.horizons) {
            check_horizon(each, "horizons", complaints);
        }
    }
}

template <class Params>
void need_of(const Params& params, TrackNeeds& needs) {
    if constexpr (requires { params.need(needs); }) {
        params.need(needs);
    } else {
        need_prices(needs, params.of, params.horizon);
    }
}

template <class Params>
std::string reference_of(const Params& params) {
    if constexpr (requires { params.reference(); }) return params.reference();
    return {};
}

template <class Params>
MeasureEntry measure(std::string_view tag, const char* help, const char* help_zh) {
    return {{tag, help, help_zh, type_of<Params>()},
            [](const void* params) { return static_cast<const Params*>(params)->unit(); },
            [](const void* params, agents::Complaints& complaints) {
                check_horizons(*static_cast<const Params*>(params), complaints);
            },
            [](const void* params, TrackNeeds& needs) {
                need_of(*static_cast<const Params*>(params), needs);
            },
            [](const void* params) { return reference_of(*static_cast<const Params*>(params)); },
            [](const void* params) { return span_of(*static_cast<const Params*>(params)); },
            [](const void* params) { return horizon_of(*static_cast<const Params*>(params)); },
            [](const void* params, const TrackView& view) {
                return static_cast<const Params*>(params)->evaluate(view);
            }};
}

// NOLINTNEXTLINE(readability-function-size): a table
const auto& all_entries() {
    static const std::array entries{
        // Prices.
        measure<TotalReturn>("total_return", "How far the price went over the stretch.",
                             "整段时间的价格涨跌。"),
        measure<MaximumDrawdown>("drawdown", "Largest fall from a peak, as a share of it.",
                                 "最大回撤（占峰值的比例）。"),
        measure<Recovery>("recovery", "Share of the largest fall that was won back.",
                          "最大跌幅之后收复的比例。"),
        measure<Volatility>("volatility", "Deviation of returns per trading day.", "日波动率。"),
        measure<VolatilityRatio>("volatility_ratio", "Volatility of one price over another's.",
                                 "两个价格的波动率之比。"),
        measure<ReturnOrder>("return_order", "Whether returns rank as foretold (Spearman).",
                             "收益排序是否如预期（斯皮尔曼）。"),
        // Prices together.
        measure<Correlation>("correlation", "Correlation of two prices.", "两个价格的相关系数。"),
        measure<BetaAsymmetry>("beta_asymmetry", "Slope on falls over slope on rises.",
                               "下跌贝塔与上涨贝塔之比。"),
        // The law of returns.
        measure<Kurtosis>("kurtosis", "Excess kurtosis of returns.", "收益率的超额峰度。"),
        measure<KurtosisFall>("kurtosis_fall", "How steadily kurtosis falls with the horizon.",
                              "峰度随跨度下降的程度。"),
        measure<Hill>("hill", "Tail exponent of returns.", "收益率的尾部指数（Hill）。"),
        measure<GainLossAsymmetry>("gain_loss_asymmetry", "Skewness of returns.",
                                   "收益率的偏度（涨跌不对称）。"),
        // Memory.
        measure<Autocorrelation>("autocorrelation", "Of returns or of their size, at a lag.",
                                 "收益率或其绝对值的自相关。"),
        measure<MemoryExponent>("memory_exponent", "How slowly the size of returns is forgotten.",
                                "波动记忆的衰减指数。"),
        measure<LeverageEffect>("leverage_effect", "Whether falls make what follows livelier.",
                                "杠杆效应：下跌后波动是否升高。"),
        measure<VolumeVolatility>("volume_volatility", "Correlation of volume and size of returns.",
                                  "成交量与波动的相关系数。"),
        measure<OrderSignMemory>("order_sign_memory", "How slowly the sign of trades is forgotten.",
                                 "成交方向的长记忆。"),
        // Impact.
        measure<ImpactExponent>("impact_exponent", "How the impact of orders grows with size.",
                                "大单冲击随规模增长的指数。"),
        measure<ImpactPrefactor>("impact_prefactor", "Y of the square-root law of impact.",
                                 "平方根冲击律的系数 Y。"),
        measure<ImpactDecay>("impact_decay", "What is left of the impact some time later.",
                             "一段时间后剩余的冲击比例。"),
        // Order books.
        measure<Spread>("spread", "Bid-ask spread over mid.", "相对买卖价差。"),
        measure<SpreadToVolatility>("spread_to_volatility",
                                    "Spread over the volatility of one trade.",
                                    "价差与单笔成交波动率之比。"),
        measure<Depth>("depth", "Dollars resting within 1 % of mid.", "中间价 1% 以内的挂单金额。"),
        measure<DepthLoss>("depth_loss", "Largest loss of depth against the day before.",
                           "深度相对前一日的最大损失。"),
        measure<DepthHump>("depth_hump", "Where the mean book is thickest.",
                           "平均订单簿最厚处（距最优价的档数）。"),
        measure<TradeSizeTail>("trade_size_tail", "Tail exponent of the sizes of trades.",
                               "成交规模的尾部指数。"),
        // Capital.
        measure<Series>("series", "A figure of the whole world.", "整个世界的一个序列。"),
        measure<IdleCapital>("idle_capital", "Cash that is not needed.", "闲置资本。"),
        measure<FundingGapMeasure>("funding_gap", "Demand for capital less what comes for it.",
                                   "资金缺口。"),
        measure<CreditSpread>("credit_spread", "Credit yield less the government's.", "信用利差。"),
        measure<Dominance>("dominance", "Share of one asset's value in that of many.",
                           "某资产市值在一组资产中的占比。"),
        measure<Conservation>("conservation", "Units that were made or lost: 0.",
                              "凭空产生或消失的单位数：应为 0。"),
        // Flows.
        measure<Flow>("flow", "Dollars between sectors for a reason.",
                      "部门之间某一用途的资金流。"),
        measure<Sold>("sold", "Dollars sold in a book by sector and cause.",
                      "某部门因某原因卖出的金额。"),
        measure<CapexFunding>("capex_funding", "What AI capex took from a sector.",
                              "某部门为人工智能资本开支提供的资金。"),
        measure<FlowSlope>("flow_slope", "Return per billion dollars bought net, by regression.",
                           "每十亿美元净买入对应的收益（回归）。"),
        measure<FlowMultiplierMeasure>("flow_multiplier",
                                       "Dollars of market value per dollar of net purchases.",
                                       "每一美元净买入对应的市值变化。"),
        measure<ForcedShare>("forced_share", "Share of volume that was sold by force.",
                             "强制卖出占成交额的比例。"),
        measure<ForcedConcentration>("forced_concentration",
                                     "Largest share of forced sales within a short span.",
                                     "短时间内强制卖出的最大占比。"),
        measure<EventCount>("event_count", "How often something happened.", "某种事件的次数。"),
    };
    return entries;
}

}  // namespace

std::span<const MeasureEntry> measure_entries() {
    return all_entries();
}

Catalogue measures() {
    static const std::vector<CatalogueEntry> entries = [] {
        std::vector<CatalogueEntry> list;
        for (const MeasureEntry& each : measure_entries()) list.push_back(each.entry);
        return list;
    }();
    return entries;
}

const MeasureEntry& entry_of(const VariantValue& chosen) {
    for (const MeasureEntry& each : measure_entries()) {
        if (each.entry.params == chosen.entry->params) return each;
    }
    assert(false && "the loader accepts only what is in the catalogue");
    return measure_entries().front();
}

}  // namespace crowdout::world
