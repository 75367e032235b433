// SPDX-License-Identifier: Apache-2.0
#include "agents/stressed_sale.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace crowdout::agents {

namespace {

/// Higher is sold earlier. Costs are compared at the size of the need.
double rank(const SaleCandidate& candidate, SaleMode mode, double need) {
    const double cost = std::max(1e-12, candidate.cost(std::min(need, candidate.usd)));
    switch (mode) {
        case SaleMode::liquidity_first:
            return -cost;
        case SaleMode::margin_efficient:
            return candidate.margin() / cost;
        case SaleMode::conviction:
            return -candidate.conviction;
        case SaleMode::pro_rata:
            break;
    }
    return 0.0;
}

double most_of(const SaleCandidate& candidate) {
    return std::min(candidate.usd, candidate.capacity);
}

/// The same fraction of every holding; where capacity binds, the others make up for it.
SalePlan plan_pro_rata(std::span<const SaleCandidate> candidates, double need) {
    SalePlan plan{};
    // Each round fills at least one candidate or meets the need.
    for (std::size_t round = 0; round <= candidates.size() && need > 0.0; ++round) {
        double held = 0.0;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (plan[i] < most_of(candidates[i])) held += candidates[i].usd;
        }
        if (!(held > 0.0)) break;
        const double fraction = need / held;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const double room = most_of(candidates[i]) - plan[i];
            const double sold = std::clamp(fraction * candidates[i].usd, 0.0, std::max(0.0, room));
            plan[i] += sold;
            need -= sold;
        }
    }
    return plan;
}

}  // namespace

double SaleCandidate::cost(double q) const {
    return sigma * std::sqrt(std::max(0.0, q) / std::max(1.0, volume)) + half_spread;
}

double SaleCandidate::margin() const {
    return 2.33 * sigma * std::sqrt(5.0);
}

SalePlan plan_sale(std::span<const SaleCandidate> candidates, SaleMode mode, double need) {
    assert(candidates.size() <= sale_candidates_max);
    if (mode == SaleMode::pro_rata) return plan_pro_rata(candidates, need);

    SalePlan plan{};
    std::array<bool, sale_candidates_max> done{};
    for (std::size_t round = 0; round < candidates.size() && need > 0.0; ++round) {
        std::size_t first = candidates.size();
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (done[i]) continue;
            if (first == candidates.size() ||
                rank(candidates[i], mode, need) > rank(candidates[first], mode, need)) {
                first = i;
            }
        }
        done[first] = true;
        plan[first] = std::clamp(need, 0.0, std::max(0.0, most_of(candidates[first])));
        need -= plan[first];
    }
    return plan;
}

}  // namespace crowdout::agents
