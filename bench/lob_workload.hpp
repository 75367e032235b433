// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "market/units.hpp"

namespace crowdout::bench {

enum class LobKind : std::uint8_t { add, cancel, market };

/// One message of the workload, as its hash sees it.
struct LobMessage {
    std::uint32_t id = 0;        ///< new orders count 1, 2, ...; a cancel names one that rests
    std::int32_t price = 0;      ///< ticks; 0 but for an add
    std::uint32_t quantity = 0;  ///< lots; 0 for a cancel
    LobKind kind = LobKind::add;
    std::uint8_t side = 0;  ///< 0 buy, 1 sell; a cancel's is its target's
    std::uint16_t unused = 0;
};
static_assert(sizeof(LobMessage) == 16);

/// What every engine must reproduce, over prefill and messages.
struct LobSums {
    std::uint64_t fills = 0;
    std::uint64_t quantity = 0;  ///< lots traded
    std::uint64_t notional = 0;  ///< sum of lots x ticks
    std::uint64_t resting = 0;   ///< orders at the end
    std::uint64_t resting_quantity = 0;
    std::int64_t bid = 0;
    std::int64_t ask = 0;

    friend bool operator==(const LobSums&, const LobSums&) = default;
};

/// LOB-W: limit orders geometrically near a walking mid, cancels of random resting orders, and
/// market orders, with a feedback that holds the number of resting orders.
struct LobShape {
    std::string_view name;
    std::uint32_t target;  ///< resting orders, both sides
    double p_near;         ///< distance to the mid is 1 + geometric(p_near) ticks
    std::int32_t distance_max;
    std::uint64_t stream_hash;  ///< FNV-1a-64 of all records: the generator is the same
    LobSums sums;               ///< and so is what must come out
};

inline constexpr LobShape lob_thin{
    "W0",
    500,
    0.10,
    50,
    0x9e756fef8ab4007a,
    {856'120, 18'516'612, 1'850'360'604'506, 498, 24'743, 99838, 99841}};
inline constexpr LobShape lob_main{
    "W1",
    5'000,
    0.10,
    50,
    0xf3d30ba0a95d1f9c,
    {1'038'441, 23'069'445, 2'304'861'223'262, 4'940, 251'684, 99809, 99811}};
inline constexpr LobShape lob_deep{
    "W2",
    100'000,
    0.004,
    2'000,
    0x6cfcf62e7f3b2f75,
    {856'064, 18'459'399, 1'846'874'638'015, 100'006, 5'045'781, 100082, 100110}};

inline constexpr std::uint32_t message_count = 5'000'000;

struct LobWorkload {
    std::vector<LobMessage> prefill;   ///< not timed: fills the book to its target
    std::vector<LobMessage> messages;  ///< `message_count` of them
    std::uint32_t id_max = 0;
};

/// Draws the workload. Stops the program where its hash is not the one of `shape`.
[[nodiscard]] LobWorkload make_workload(const LobShape& shape);

}  // namespace crowdout::bench
