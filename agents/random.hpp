// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace crowdout::agents {

/// What a draw is for. Streams of different purposes are independent, so that asking one more
/// question of an agent does not change its other answers.
enum class Purpose : std::uint8_t {
    trait,       ///< wealth, horizon and the like, once at the start
    wake,        ///< when it looks again
    decide,      ///< what it does
    latency,     ///< when its message arrives
    perception,  ///< how wrongly it sees a value
    news,        ///< what happens to the world
    flow,        ///< income and other payments
};

/// FNV-1a, 64 bits: a name's number, the same on every machine.
[[nodiscard]] constexpr std::uint64_t name_hash(std::string_view name) {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x0000'0100'0000'01b3;
    }
    return hash;
}

/// Scatters a number over 64 bits; one to one. Source: Stafford (2011), mix 13 (as in SplitMix64).
[[nodiscard]] constexpr std::uint64_t scatter(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9;
    x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11eb;
    return x ^ (x >> 31);
}

/// The key of one population's streams in one run.
[[nodiscard]] constexpr std::uint64_t stream_key(std::uint64_t seed, std::string_view population) {
    return scatter(scatter(seed + 0x9e37'79b9'7f4a'7c15) ^ name_hash(population));
}

/// One stream of random numbers, found by what it is for and not by when it is asked.
///
/// Counter-based: two streams with the same key, member, purpose and cell are equal, whoever draws,
/// in whatever order, on however many threads. No heap; a block of four words is made when it is
/// first needed, about 3 ns a word. A stream holds 2^26 words.
/// Source: Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3;
/// Philox4x32-10 of the Random123 package.
class Random {
public:
    /// @param key     of the population, from `stream_key`.
    /// @param member  which of its agents.
    /// @param cell    simulated time, or the agent's own event number; never a step index.
    Random(std::uint64_t key, std::uint32_t member, Purpose purpose, std::uint64_t cell);

    [[nodiscard]] std::uint32_t bits32() {
        if (used_ == 4) refill();
        return block_[used_++];
    }
    [[nodiscard]] std::uint64_t bits64() {
        const std::uint64_t high = bits32();
        const std::uint64_t low = bits32();
        return high << 32 | low;
    }
    /// Uniform on [0, 1), a multiple of 2^-53.
    [[nodiscard]] double uniform() { return static_cast<double>(bits64() >> 11) * 0x1p-53; }
    /// Uniform on (0, 1), never an end: safe in a logarithm.
    [[nodiscard]] double uniform_open() {
        return (static_cast<double>(bits64() >> 12) + 0.5) * 0x1p-52;
    }
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Uniform on 0 .. n - 1 without bias, n > 0. Source: Lemire (2019), ACM TOMACS 29(1).
    [[nodiscard]] std::uint32_t below(std::uint32_t n);
    /// True with probability p; p at or below 0 is never, at or above 1 is always.
    [[nodiscard]] bool bernoulli(double p) { return uniform() < p; }

    /// Standard normal, by inversion: one draw, monotone in it.
    [[nodiscard]] double normal();
    /// Mean 1.
    [[nodiscard]] double exponential();
    /// Density exp(-|x|) / 2: mean absolute value 1.
    [[nodiscard]] double laplace();
    /// exp(mu + sigma z): median exp(mu).
    [[nodiscard]] double lognormal(double mu, double sigma);
    /// P(X > x) = (low / x)^alpha for x >= low > 0, alpha > 0.
    [[nodiscard]] double pareto(double low, double alpha);
    /// Failures before the first success of probability p in (0, 1]: mean (1 - p) / p.
    [[nodiscard]] std::uint64_t geometric(double p);

private:
    void refill();

    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> block_{};
    std::uint32_t used_ = 4;
};

}  // namespace crowdout::agents
