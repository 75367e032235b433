// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace crowdout::market {

/// A span of simulated time, in whole nanoseconds.
struct Duration {
    std::int64_t ns = 0;

    [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns) * 1e-9; }
    [[nodiscard]] constexpr double days() const { return static_cast<double>(ns) / 86'400e9; }
    /// Years of 365 days: the unit of every rate in the model.
    [[nodiscard]] constexpr double years() const { return static_cast<double>(ns) / 31'536'000e9; }

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
    friend constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
    friend constexpr Duration operator*(Duration a, std::int64_t k) { return {a.ns * k}; }
};

/// A moment of simulated time: nanoseconds since 1970-01-01 00:00 UTC, without leap seconds.
struct Time {
    std::int64_t ns = 0;

    friend constexpr auto operator<=>(Time, Time) = default;
    friend constexpr Time operator+(Time t, Duration d) { return {t.ns + d.ns}; }
    friend constexpr Time operator-(Time t, Duration d) { return {t.ns - d.ns}; }
    friend constexpr Duration operator-(Time a, Time b) { return {a.ns - b.ns}; }
};

inline constexpr Duration millisecond{1'000'000};
inline constexpr Duration second{1'000'000'000};
inline constexpr Duration minute{60 * second.ns};
inline constexpr Duration hour{60 * minute.ns};
inline constexpr Duration day{24 * hour.ns};
inline constexpr Duration year{365 * day.ns};

/// Later than every moment of a run: an order that never expires, an agent that never wakes.
inline constexpr Time never{INT64_MAX};

}  // namespace crowdout::market
