// SPDX-License-Identifier: Apache-2.0
#include "market/instrument.hpp"

#include <algorithm>

namespace crowdout::market {

namespace {

std::int64_t product(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) throw std::overflow_error{"product"};
    return result;
}

}  // namespace

Money Instrument::notional(Price price, Quantity quantity) const {
    return Money{product(product(price.value(), money_per_tick_lot), quantity.value())};
}

Money Instrument::requirement_per_lot(Price limit) const {
    const Money cost = notional(limit, Quantity{1});
    return cost + fee(cost, std::max(maker_fee, taker_fee));
}

Price Instrument::to_price(double usd_per_whole, Rounding mode) const {
    return std::max(Price{1}, Price{to_whole(usd_per_whole / usd_per_tick, mode)});
}

Quantity Instrument::to_lots(double whole) const {
    const double lots = std::clamp(whole / whole_per_lot, 0.0, 9e15);
    return Quantity{to_whole(lots, Rounding::floor)};
}

Units Instrument::to_units(Quantity lots) const {
    return Units{product(lots.value(), units_per_lot)};
}

}  // namespace crowdout::market
