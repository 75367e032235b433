// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace crowdout::test {

/// SplitMix64: Steele, Lea & Flood (2014), Fast splittable pseudorandom number generators.
class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    /// 0 .. n-1; the bias is below n / 2^64.
    std::int64_t below(std::int64_t n) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::int64_t>(
            (static_cast<Wide>(next()) * static_cast<std::uint64_t>(n)) >> 64);
    }
    bool one_in(std::int64_t n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace crowdout::test
