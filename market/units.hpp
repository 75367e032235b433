// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>

namespace crowdout::market {

/// 128-bit integers, for products that are divided again before they are stored.
__extension__ using Int128 = __int128;

/// A whole number that carries its unit in its type.
///
/// Sums and differences stay in the unit and throw `std::overflow_error` instead of wrapping.
/// There is no product: price times quantity is money, and only `notional` knows how.
template <class Unit>
class Count {
public:
    constexpr Count() = default;
    explicit constexpr Count(std::int64_t value) : value_{value} {}

    [[nodiscard]] constexpr std::int64_t value() const { return value_; }

    friend constexpr auto operator<=>(Count, Count) = default;

    constexpr Count& operator+=(Count other) {
        if (__builtin_add_overflow(value_, other.value_, &value_)) throw std::overflow_error{"sum"};
        return *this;
    }
    constexpr Count& operator-=(Count other) {
        if (__builtin_sub_overflow(value_, other.value_, &value_)) {
            throw std::overflow_error{"difference"};
        }
        return *this;
    }
    friend constexpr Count operator+(Count a, Count b) { return a += b; }
    friend constexpr Count operator-(Count a, Count b) { return a -= b; }
    friend constexpr Count operator-(Count a) { return Count{} -= a; }

private:
    std::int64_t value_ = 0;
};

using Price = Count<struct TicksUnit>;    ///< ticks of one instrument; its size is `Instrument`'s
using Quantity = Count<struct LotsUnit>;  ///< trading lots of one instrument
using Money = Count<struct MoneyUnit>;    ///< 1e-4 US dollars; ceiling $922 trillion

/// Ledger units of any one asset: 1e-4 dollars of cash, 1e-8 of a coin, 1e-3 of a share, ...
using Units = Count<struct AssetUnit>;

inline constexpr std::int64_t money_per_dollar = 10'000;

/// How a quotient that is no whole number is made one. Every division names its own.
enum class Rounding : std::uint8_t { floor, ceil, half_even };

/// a * b / c in 128 bits with one rounding.
/// @param c  greater than zero.
/// @throws std::overflow_error  when the result does not fit 64 bits.
[[nodiscard]] std::int64_t muldiv(std::int64_t a, std::int64_t b, std::int64_t c, Rounding mode);

/// A share or a rate in whole billionths: 5 bp is 500'000.
using RateR9 = std::int64_t;
inline constexpr std::int64_t r9_one = 1'000'000'000;

/// The whole number below (or nearest) to a decision's real result: the one way back to balances.
/// @throws std::overflow_error  outside 64 bits, and for NaN.
[[nodiscard]] std::int64_t to_whole(double real, Rounding mode = Rounding::floor);

}  // namespace crowdout::market
