// SPDX-License-Identifier: Apache-2.0
#include "agents/trend_fund.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

namespace {

using market::Side;

constexpr std::array<double, 6> spans{8, 24, 16, 48, 32, 96};  // days, fast and slow in turn

/// Exponential means of daily closes with weights (1 - 1/n)^d, over all days that are known.
std::array<double, spans.size()> exponential_means(const PriceHistory& history) {
    std::array<double, spans.size()> sums{};
    std::array<double, spans.size()> weights{};
    std::array<double, spans.size()> decays{};
    decays.fill(1.0);
    for (std::size_t d = 0; d < history.days(); ++d) {
        const double close = history.daily_close(d);
        for (std::size_t i = 0; i < spans.size(); ++i) {
            sums[i] += decays[i] * close;
            weights[i] += decays[i];
            decays[i] *= 1.0 - 1.0 / spans[i];
        }
    }
    for (std::size_t i = 0; i < spans.size(); ++i) sums[i] /= weights[i];
    return sums;
}

/// Targets in USD: signal x (sigma_target / sigma) x capital x weight, none short, all within
/// capital.
std::array<double, TrendFund::assets_max> targets(const TrendFund::Params& params,
                                                  const Observation& seen) {
    double capital = cash_with_orders(seen);
    for (const market::InstrumentId id : params.ids) capital += seen.position_usd(id);

    std::array<double, TrendFund::assets_max> wanted{};
    double sum = 0.0;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        const PriceHistory& history = *seen.market.book(params.ids[i]).history;
        const double annual =
            std::max(1e-4, TrendFund::daily_volatility(history) * std::sqrt(365.0));
        const double signal = TrendFund::signal(history, params.response);
        wanted.at(i) = std::max(0.0, signal) * params.sigma_target / annual *
                       std::max(0.0, capital) * params.assets[i].second;
        sum += wanted.at(i);
    }
    if (sum > capital) {
        for (double& usd : wanted) usd *= std::max(0.0, capital) / sum;
    }
    return wanted;
}

}  // namespace

double TrendFund::daily_volatility(const PriceHistory& history) {
    constexpr double lambda = 0.94;      // RiskMetrics (1996)
    constexpr std::size_t memory = 100;  // 0.94^100 = 0.2 %
    double sum = 0.0;
    double weights = 0.0;
    double weight = 1.0;
    const std::size_t days = std::min(memory, history.days() - 1);
    for (std::size_t d = 0; d < days; ++d) {
        const double r = log(history.daily_close(d) / history.daily_close(d + 1));
        sum += weight * r * r;
        weights += weight;
        weight *= lambda;
    }
    return std::sqrt(sum / weights);
}

double TrendFund::signal(const PriceHistory& history, double response) {
    const auto means = exponential_means(history);
    const double unit = history.daily_close(0) * std::max(1e-6, daily_volatility(history));
    double sum = 0.0;
    for (std::size_t k = 0; k < spans.size(); k += 2) {
        sum += tanh(response * (means[k] - means[k + 1]) / (unit * std::sqrt(spans[k + 1])));
    }
    return sum * 2.0 / static_cast<double>(spans.size());
}

void TrendFund::bind(Params& params, const Names& names) {
    params.ids.clear();
    for (const auto& asset : params.assets) params.ids.push_back(names.instrument(asset.first));
}

Wake TrendFund::begin(const Params&, State& state, const Genesis& genesis, Random& random) {
    for (std::size_t i = 0; i < assets_max; ++i) state.parents.at(i) = make_parent(i);
    return {.at = after(genesis.seen.now, random.uniform() * market::day.seconds())};
}

Wake TrendFund::decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents) {
    const auto wanted = targets(params, seen);
    double power = buying_power(params.execution, seen.cash());
    bool busy = false;
    for (std::size_t i = 0; i < params.ids.size(); ++i) {
        ParentOrder& parent = state.parents.at(i);
        const double gap = wanted.at(i) - seen.position_usd(params.ids[i]);
        // The band keeps small gaps from being worked; what has begun is worked to the end.
        const double ignored = parent.working == Working::nothing ? params.band * wanted.at(i)
                                                                  : params.execution.order_min;
        if (std::abs(gap) <= std::max(ignored, params.execution.order_min)) {
            finish(parent);
            continue;
        }
        const Side side = gap > 0 ? Side::buy : Side::sell;
        const double usd = side == Side::buy ? std::min(gap, power) : -gap;
        const double sent = work(params.execution, parent,
                                 {params.ids[i], side, market::Cause::choice, usd}, seen, intents);
        if (side == Side::buy) power -= sent;
        busy = true;
    }
    const market::Duration pace = busy ? params.execution.pace : market::day;
    return {.at = next_look(seen.now, pace, random.uniform())};
}

}  // namespace crowdout::agents
