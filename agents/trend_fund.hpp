// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"

namespace crowdout::agents {

/// A fund that holds what has risen and sells what falls, sized by volatility.
///
/// Source: Moskowitz, Ooi, Pedersen (2012), J. Financ. Econ. 104, 228; Baz, Granger, Harvey, Le
/// Roux, Rattray (2015), Dissecting investment strategies. Long only, and never beyond its own
/// wealth: it has no margin account. Days are calendar days.
struct TrendFund {
    static constexpr std::string_view name = "trend_fund";
    static constexpr bool wakes_on_fill = false;
    static constexpr std::size_t assets_max = 8;

    struct Params {
        std::vector<std::pair<std::string, double>> assets;  ///< instrument: share of risk, w_asset
        double sigma_target = 0.4;            ///< annual, of one instrument before diversification
        double response = 2.449489742783178;  ///< c; sqrt(6) gives the argument of tanh a deviation
                                              ///< of one on a random walk when slow = 3 fast
        double band = 0.1;                    ///< of the target, within which nothing is done
        ExecutionTerms execution;

        std::vector<market::InstrumentId> ids;  ///< bound

        template <class Visitor>
        void visit(Visitor& field) {
            field("assets", assets,
                  {.help = "Instruments and the share of risk given to each.",
                   .help_zh = "标的及其风险权重。",
                   .min = 0,
                   .required = true,
                   .refers_to = Reference::instrument,
                   .items_min = 1});
            field("sigma_target", sigma_target,
                  {.help = "Annual volatility aimed at in one instrument, before diversification.",
                   .help_zh = "单一标的的目标年化波动率。",
                   .unit = Dimension::ratio,
                   .max = 5,
                   .positive = true});
            field("response", response,
                  {.help = "Steepness of the answer to a trend.",
                   .help_zh = "对趋势信号的响应强度。",
                   .max = 100,
                   .positive = true});
            field("band", band,
                  {.help = "Distance from the target, as a share of it, that is left alone.",
                   .help_zh = "不调仓的偏离带（占目标仓位）。",
                   .unit = Dimension::ratio,
                   .min = 0,
                   .max = 1});
            field("execution", execution, {.help = "How fast it trades.", .help_zh = "执行速度。"});
        }
        void check(Complaints& complaints) const {
            if (assets.size() > assets_max) complaints.error("assets", "are more than eight");
        }
    };

    struct State {
        std::array<ParentOrder, assets_max> parents{};
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Volatility of daily log returns: RiskMetrics with lambda = 0.94 around zero, per day.
    [[nodiscard]] static double daily_volatility(const PriceHistory& history);
    /// (1/3) sum over (8, 24), (16, 48), (32, 96) days of
    /// tanh(c (EMA_fast - EMA_slow) / (price sigma_d sqrt(n_slow))), within -1 and 1.
    [[nodiscard]] static double signal(const PriceHistory& history, double response);
};

}  // namespace crowdout::agents
