// SPDX-License-Identifier: Apache-2.0
#include "agents/pecking_order.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

FirmFunding fund_firm(double need, const FirmMeans& means) {
    FirmFunding funding;
    double left = std::max(0.0, need);
    const auto take = [&left](double source) {
        const double taken = std::clamp(source, 0.0, left);
        left -= taken;
        return taken;
    };
    funding.cash = take(means.cash);
    funding.treasuries = take(means.treasuries);
    funding.placed = take(means.placed);
    funding.bonds = take(means.debt_room);
    funding.buyback_cut = take(means.buyback);
    funding.spv = take(means.spv_room);
    funding.capex_cut = take(means.capex);
    funding.unmet = left;
    return funding;
}

double capex_log_growth(const CapexRule& rule, double irr, double wacc, double spread_change) {
    const double growth = rule.growth_plan + rule.return_weight * (irr - wacc - rule.hurdle) -
                          rule.spread_weight * spread_change * 100;
    return std::clamp(growth, log(0.75), log(1.30));
}

double cost_of_capital(double equity_weight, double risk_free, double equity_premium, double beta,
                       double spread, double tax) {
    return equity_weight * (risk_free + beta * equity_premium) +
           (1 - equity_weight) * (risk_free + spread) * (1 - tax);
}

}  // namespace crowdout::agents
