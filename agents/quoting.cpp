// SPDX-License-Identifier: Apache-2.0
#include "agents/quoting.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "agents/numeric.hpp"

namespace crowdout::agents {

ReservationQuote avellaneda_stoikov(const QuotingTerms& terms, double mid, double inventory,
                                    double left) {
    const double gamma = terms.risk_aversion;
    const double risk = gamma * terms.sigma * terms.sigma * left;
    return {mid - inventory * risk, risk + 2.0 / gamma * log1p(gamma / terms.decay)};
}

Quotes stationary_quotes(const QuotingTerms& terms, double inventory) {
    const double gamma = terms.risk_aversion;
    const double k = terms.decay;
    assert(gamma > 0.0 && k > 0.0 && terms.intensity > 0.0);
    const double margin = log1p(gamma / k) / gamma;
    const double power = pow(1.0 + gamma / k, 1.0 + k / gamma);
    const double slope =
        std::sqrt(terms.sigma * terms.sigma * gamma / (2.0 * k * terms.intensity) * power);
    return {margin + (2.0 * inventory + 1.0) / 2.0 * slope,
            margin + (1.0 - 2.0 * inventory) / 2.0 * slope};
}

double size_factor(double inventory_share, double volatility_ratio, double toxicity,
                   double volatility_aversion, double toxicity_aversion) {
    const double room = std::max(0.0, 1.0 - std::abs(inventory_share));
    const double excess = std::max(0.0, volatility_ratio - 1.0);
    return room * exp(-volatility_aversion * excess - toxicity_aversion * toxicity);
}

double level_gap(int levels, double spacing, double reach) {
    assert(levels > 0 && spacing > 1.0);
    return reach / pow(spacing, levels - 1);
}

}  // namespace crowdout::agents
