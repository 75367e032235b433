// SPDX-License-Identifier: Apache-2.0
#include "market/units.hpp"

#include <cassert>
#include <cmath>
#include <limits>

namespace crowdout::market {

std::int64_t muldiv(std::int64_t a, std::int64_t b, std::int64_t c, Rounding mode) {
    assert(c > 0);
    const Int128 product = static_cast<Int128>(a) * b;
    Int128 quotient = product / c;
    Int128 remainder = product % c;
    if (remainder < 0) {  // C++ truncates towards zero; make it a floor
        remainder += c;
        quotient -= 1;
    }
    const Int128 twice = remainder * 2;
    const bool up =
        (mode == Rounding::ceil && remainder != 0) ||
        (mode == Rounding::half_even && (twice > c || (twice == c && quotient % 2 != 0)));
    if (up) quotient += 1;
    if (quotient > std::numeric_limits<std::int64_t>::max() ||
        quotient < std::numeric_limits<std::int64_t>::min()) {
        throw std::overflow_error{"muldiv"};
    }
    return static_cast<std::int64_t>(quotient);
}

std::int64_t to_whole(double real, Rounding mode) {
    const double whole = mode == Rounding::floor  ? std::floor(real)
                         : mode == Rounding::ceil ? std::ceil(real)
                                                  : std::nearbyint(real);
    if (!(std::abs(whole) < 0x1p63)) throw std::overflow_error{"no 64-bit whole number"};
    return static_cast<std::int64_t>(whole);
}

}  // namespace crowdout::market
