// SPDX-License-Identifier: Apache-2.0
#include "agents/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace {

using crowdout::agents::Purpose;
using crowdout::agents::Random;

std::array<std::uint32_t, 4> first_block(Random stream) {
    std::array<std::uint32_t, 4> words{};
    for (std::uint32_t& word : words) word = stream.bits32();
    return words;
}

struct Moments {
    double mean = 0.0;
    double variance = 0.0;
};

template <class Draw>
Moments moments(Draw draw) {
    constexpr int count = 200'000;
    Random stream{11, 5, Purpose::decide, 7};
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < count; ++i) {
        const double x = draw(stream);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / count;
    return {mean, squares / count - mean * mean};
}

}  // namespace

// The published vectors of philox4x32 with ten rounds, as far as our counter can spell them: its
// last word is the purpose in the top byte over the number of the block.
TEST_CASE("random: a block is Philox4x32-10 of the key and the counter") {
    CHECK(first_block(Random{0, 0, Purpose{0}, 0}) ==
          std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});

    // Counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0: purpose 3, block
    // 0x707344 = 7369540.
    Random stream{0x299f31d0'a4093822, 0x13198a2e, Purpose{3}, 0x85a308d3'243f6a88};
    for (std::uint32_t word = 0; word < 4 * 0x707344; ++word) (void)stream.bits32();
    CHECK(first_block(stream) ==
          std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("random: a stream is its key, member, purpose and cell, and nothing else") {
    const Random stream{1, 2, Purpose::decide, 3};

    CHECK(first_block(stream) == first_block(Random{1, 2, Purpose::decide, 3}));
    CHECK(first_block(stream) != first_block(Random{9, 2, Purpose::decide, 3}));
    CHECK(first_block(stream) != first_block(Random{1, 9, Purpose::decide, 3}));
    CHECK(first_block(stream) != first_block(Random{1, 2, Purpose::wake, 3}));
    CHECK(first_block(stream) != first_block(Random{1, 2, Purpose::decide, 9}));
}

TEST_CASE("random: the hash of a name is FNV-1a") {
    using crowdout::agents::name_hash;
    // Test vectors of the authors (Fowler, Noll, Vo).
    CHECK(name_hash("") == 0xcbf29ce484222325);
    CHECK(name_hash("a") == 0xaf63dc4c8601ec8c);
    CHECK(name_hash("foobar") == 0x85944171f73967e8);
}

TEST_CASE("random: below stays below and hits every value alike" *
          doctest::test_suite("property")) {
    Random stream{3, 1, Purpose::decide, 0};
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i) ++counts.at(stream.below(7));

    // Binomial with mean 10,000 and standard deviation 92.6: five of them.
    for (const int count : counts) CHECK(std::abs(count - 10'000) < 463);
    CHECK(stream.below(1) == 0);
}

TEST_CASE("random: draws have the moments of their laws" * doctest::test_suite("property")) {
    // Tolerances are five standard errors at 200,000 draws: 5 sqrt(variance / n) for a mean,
    // 5 sqrt((fourth moment - variance^2) / n) for a variance.
    const Moments uniform = moments([](Random& r) { return r.uniform(); });
    CHECK(std::abs(uniform.mean - 0.5) < 0.0033);
    CHECK(std::abs(uniform.variance - 1.0 / 12) < 0.00084);

    const Moments normal = moments([](Random& r) { return r.normal(); });
    CHECK(std::abs(normal.mean) < 0.0112);
    CHECK(std::abs(normal.variance - 1.0) < 0.0159);

    const Moments exponential = moments([](Random& r) { return r.exponential(); });
    CHECK(std::abs(exponential.mean - 1.0) < 0.0112);
    CHECK(std::abs(exponential.variance - 1.0) < 0.032);

    const Moments laplace = moments([](Random& r) { return r.laplace(); });
    CHECK(std::abs(laplace.mean) < 0.0159);
    CHECK(std::abs(laplace.variance - 2.0) < 0.05);

    const Moments geometric =
        moments([](Random& r) { return static_cast<double>(r.geometric(0.25)); });
    CHECK(std::abs(geometric.mean - 3.0) < 0.039);  // (1 - p) / p; variance (1 - p) / p^2
    CHECK(std::abs(geometric.variance - 12.0) < 0.4);
}

TEST_CASE("random: heavy tails have their quantiles" * doctest::test_suite("property")) {
    Random stream{4, 1, Purpose::decide, 0};
    int pareto_above = 0;
    int lognormal_above = 0;
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        if (stream.pareto(2.0, 1.5) > 8.0) ++pareto_above;               // (2/8)^1.5 = 1/8
        if (stream.lognormal(1.314, 0.615) > 3.7211) ++lognormal_above;  // exp(1.314): the median
    }

    CHECK(std::abs(pareto_above - 12'500) < 523);
    CHECK(std::abs(lognormal_above - 50'000) < 791);
    CHECK(stream.geometric(1.0) == 0);
    CHECK_FALSE(stream.bernoulli(0.0));
    CHECK(stream.bernoulli(1.0));
}
