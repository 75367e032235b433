// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace crowdout::market {

/// Scrambles 64 bits so that sums of scrambled words tell states apart.
///
/// Digests are sums of such words, one per fact (a balance, a resting order, an agent's state):
/// addition commutes, so the order in which threads change facts cannot be seen.
/// Source: the finaliser of SplitMix64, Steele, Lea & Flood (2014), OOPSLA.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z + 0x9e3779b97f4a7c15) ^ (z >> 30);
    z *= 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/// Hash of a plain struct's bytes, eight at a time. The struct must have no padding, or padding
/// that is zeroed when it is made and never written.
[[nodiscard]] inline std::uint64_t hash_bytes(const void* data, std::size_t size,
                                              std::uint64_t seed) {
    std::uint64_t h = mix(seed ^ size);
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (; size >= 8; bytes += 8, size -= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, 8);
        h = (h ^ word) * 0x9fb21c651e98df25;
        h ^= h >> 32;
    }
    std::uint64_t rest = 0;
    if (size > 0) std::memcpy(&rest, bytes, size);
    return mix(h ^ rest);
}

}  // namespace crowdout::market
