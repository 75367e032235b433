// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "market/order.hpp"
#include "market/time.hpp"

namespace crowdout::world {

inline constexpr std::size_t phase_count = 8;
inline constexpr std::array<std::string_view, phase_count> phase_names{
    "observe", "decide", "submit", "match", "settle", "margin_call", "macro", "record"};

/// Wall time per phase: for the profile table only. Never state, never in a digest.
struct PhaseTimes {
    std::array<double, phase_count> seconds{};
};

/// Counts since the world began.
struct Totals {
    std::uint64_t turns = 0;   ///< decisions asked for
    std::uint64_t orders = 0;  ///< submits, cancels and replaces that reached a book
    std::uint64_t fills = 0;
    std::uint64_t instructions = 0;
    std::array<std::uint64_t, market::reject_count> rejects{};
};

}  // namespace crowdout::world
