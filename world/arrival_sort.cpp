// SPDX-License-Identifier: Apache-2.0
#include "world/arrival_sort.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace crowdout::world {

using market::Time;

namespace {

constexpr std::size_t few = 32;  // our choice: below, a bucket each does not pay

}  // namespace

void ArrivalSort::sort(std::vector<QueueKey>& keys, Time from, Time to) {
    if (keys.size() < few) {
        std::ranges::sort(keys);
        return;
    }

    // A shift instead of a division: between half a bucket and one for each message.
    const auto span = static_cast<std::uint64_t>((to - from).ns) - 1;
    const auto width = std::bit_width(span);
    const auto bits = width - std::min(width, std::bit_width(std::uint64_t{keys.size() - 1}));
    const auto bucket = [&](const QueueKey& key) {
        assert(from <= key.arrival && key.arrival < to);
        return static_cast<std::uint64_t>((key.arrival - from).ns) >> bits;
    };
    ends_.assign((span >> bits) + 1, 0);
    for (const QueueKey& key : keys) ++ends_[bucket(key)];
    std::uint32_t total = 0;
    for (std::uint32_t& count : ends_) total += std::exchange(count, total);
    sorted_.resize(keys.size());
    for (const QueueKey& key : keys) sorted_[ends_[bucket(key)]++] = key;

    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends_) {
        if (end - begin > 1) std::sort(sorted_.begin() + begin, sorted_.begin() + end);
        begin = end;
    }
    keys.swap(sorted_);
}

}  // namespace crowdout::world
