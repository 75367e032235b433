// SPDX-License-Identifier: Apache-2.0
#include "world/measure_catalogue.hpp"

#include <array>
#include <cassert>
#include <vector>

#include "world/measure_prices.hpp"
#include "world/measure_together.hpp"

namespace crowdout::world {

namespace {

template <class Params>
MeasureEntry measure(std::string_view tag, const char* help, const char* help_zh) {
    return {{tag, help, help_zh, type_of<Params>()},
            [](const void* params) { return static_cast<const Params*>(params)->unit(); },
            [](const void* params, TrackNeeds& needs) {
                static_cast<const Params*>(params)->need(needs);
            },
            [](const void* params) { return static_cast<const Params*>(params)->reference(); },
            [](const void* params, const TrackView& view) {
                return static_cast<const Params*>(params)->evaluate(view);
            }};
}

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
