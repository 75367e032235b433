// SPDX-License-Identifier: Apache-2.0
#include "agents/waterfall.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::agents {

namespace {

struct Moments {
    double mean = 0;
    double deviation = 0;

    [[nodiscard]] double z(double x) const { return deviation > 0 ? (x - mean) / deviation : 0; }
};

Moments moments(std::span<const Holding> holdings, std::span<const std::uint8_t> which,
                double Holding::*what) {
    Moments result;
    const auto count = static_cast<double>(which.size());
    for (const std::uint8_t i : which) result.mean += holdings[i].*what / count;
    double variance = 0;
    for (const std::uint8_t i : which) {
        const double distance = holdings[i].*what - result.mean;
        variance += distance * distance / count;
    }
    // Rounding of the mean must not turn equal holdings into unequal ones.
    result.deviation = std::sqrt(variance) > 1e-9 * std::abs(result.mean) ? std::sqrt(variance) : 0;
    return result;
}

}  // namespace

ScoreWeights score_weights(WaterfallPreset preset) {
    if (preset == WaterfallPreset::observed_holdco) {
        return {.conviction = 0.2, .liquidity = 1.0, .gain = 0.7, .momentum = 0};
    }
    return {.conviction = 1.0, .liquidity = 0.3, .gain = 0, .momentum = 0.7};
}

std::size_t sale_order(std::span<const Holding> holdings, const ScoreWeights& weights,
                       std::array<std::uint8_t, legs_max>& order) {
    assert(holdings.size() <= legs_max);
    std::size_t count = 0;
    for (std::size_t i = 0; i < holdings.size(); ++i) {
        if (holdings[i].usd <= 0 || holdings[i].strategic) continue;
        order[count++] = static_cast<std::uint8_t>(i);
    }
    const std::span<std::uint8_t> saleable{order.data(), count};
    const Moments conviction = moments(holdings, saleable, &Holding::conviction);
    const Moments liquidity = moments(holdings, saleable, &Holding::liquidity);
    const Moments gain = moments(holdings, saleable, &Holding::gain);
    const Moments momentum = moments(holdings, saleable, &Holding::momentum);

    std::array<double, legs_max> score{};
    for (const std::uint8_t i : saleable) {
        const Holding& holding = holdings[i];
        score[i] = weights.liquidity * liquidity.z(holding.liquidity) +
                   weights.gain * gain.z(holding.gain) -
                   weights.conviction * conviction.z(holding.conviction) -
                   weights.momentum * momentum.z(holding.momentum);
    }
    std::ranges::sort(saleable, [&](std::uint8_t a, std::uint8_t b) {
        return score[a] != score[b] ? score[a] > score[b] : a < b;
    });
    return count;
}

Funding fund_calls(double need, const FundingSources& means) {
    Funding funding;
    double left = std::max(0.0, need);
    const auto take = [&left](double source) {
        const double taken = std::clamp(source, 0.0, left);
        left -= taken;
        return taken;
    };
    funding.idle = take(means.idle);
    funding.line = take(means.line);
    funding.sales = take(means.sales);
    funding.margin_loan = take(means.margin_loan);
    funding.late = left;
    return funding;
}

double debt_headroom(double assets, double drawn, double line_left, double ltv) {
    return std::clamp(ltv * assets - drawn, 0.0, std::max(0.0, line_left));
}

double sale_to_restore(double assets, double debt, double ltv) {
    return std::max(0.0, (debt - ltv * assets) / (1 - ltv));
}

}  // namespace crowdout::agents
