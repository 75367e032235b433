// SPDX-License-Identifier: Apache-2.0
#include "market/trading_rules.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::market {

TradingRules us_equity_rules() {
    TradingRules rules;
    rules.band.action = BandAction::halt;
    return rules;
}

ReferencePrice::ReferencePrice(Price opening, Duration window, Time now)
    : part_ns_{window.ns / static_cast<std::int64_t>(parts)} {
    assert(part_ns_ > 0);
    reset(opening, now);
}

bool ReferencePrice::renew(Time now) {
    const std::int64_t number = now.ns / part_ns_;
    assert(number >= part_number_);
    if (number == part_number_) return false;
    // After as many renewals as there are parts nothing is left that could change the mean.
    const auto renewals =
        std::min<std::int64_t>(number - part_number_, static_cast<std::int64_t>(parts));
    for (std::int64_t k = 0; k < renewals; ++k) {
        Part sum;
        for (const Part& part : recent_) {
            sum.ticks += part.ticks;
            sum.trades += part.trades;
        }
        if (sum.trades > 0) {
            value_ = Price{static_cast<std::int64_t>((sum.ticks + sum.trades / 2) / sum.trades)};
        }
        at_ = (at_ + 1) % parts;
        recent_[at_] = Part{};
    }
    part_number_ = number;
    return true;
}

void ReferencePrice::reset(Price price, Time now) {
    recent_ = {};
    at_ = 0;
    part_number_ = now.ns / part_ns_;
    value_ = price;
}

bool MessageThrottle::admit(AccountId account, Time now) {
    if (rule_.account_max == 0 && rule_.venue_max == 0) return true;
    const std::int64_t number = now.ns / rule_.window.ns;
    assert(number >= window_number_);
    if (number != window_number_) {
        window_number_ = number;
        counts_.clear();
        total_ = 0;
    }
    if (rule_.venue_max > 0 && total_ >= rule_.venue_max) return false;
    if (rule_.account_max > 0) {
        std::uint32_t& count = counts_[account];
        if (count >= rule_.account_max) return false;
        ++count;
    }
    ++total_;
    return true;
}

}  // namespace crowdout::market
