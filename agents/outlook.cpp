// SPDX-License-Identifier: Apache-2.0
#include "agents/outlook.hpp"

#include <algorithm>

#include "agents/numeric.hpp"

namespace crowdout::agents {

namespace {

double rate_of(const Outlook& outlook, const RatesView& rates) {
    switch (outlook.earns) {
        case Earns::government:
            return rates.government;
        case Earns::credit:
            return rates.credit;
        case Earns::equity:
            return rates.government + outlook.beta * rates.equity_premium;
        case Earns::cash:
            return rates.policy;
    }
    return rates.policy;
}

}  // namespace

double expected_return(const Outlook& outlook, const Snapshot& market,
                       market::InstrumentId instrument) {
    const BookView& book = market.book(instrument);
    const double gap = book.value > 0 && book.mid > 0 ? log(book.value / book.mid) : 0;
    return rate_of(outlook, market.rates) + outlook.premium + outlook.pull * gap;
}

double cash_pressure(const Hurdle& hurdle, double pending_usd, double idle_usd) {
    if (pending_usd <= 0) return 0;
    if (idle_usd * hurdle.pressure_max <= pending_usd) return hurdle.pressure_max;
    return pending_usd / idle_usd;
}

double hurdle_rate(const Hurdle& hurdle, const RatesView& rates, double pressure) {
    return rates.policy + hurdle.premium + hurdle.shadow_slope * pressure;
}

double willingness(const Hurdle& hurdle, double expected, double rate_hurdle) {
    return std::clamp((expected - rate_hurdle) / hurdle.width, 0.0, 1.0);
}

}  // namespace crowdout::agents
