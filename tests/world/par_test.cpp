// SPDX-License-Identifier: Apache-2.0
#include "world/par.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

namespace crowdout::world {

TEST_CASE("par: every index is visited once, in pieces that threads do not shape") {
    for (const int threads : {1, 2, 3, 8}) {
        Pool pool{threads};
        for (const std::size_t count : {0U, 1U, 7U, 64U, 1000U}) {
            for (const std::size_t grain : {1U, 3U, 64U, 5000U}) {
                std::vector<int> visits(count, 0);
                std::vector<std::size_t> begins(count, 0);
                pool.each(count, grain, [&](std::size_t begin, std::size_t end) {
                    for (std::size_t i = begin; i < end; ++i) {
                        ++visits[i];
                        begins[i] = begin;
                    }
                });
                for (std::size_t i = 0; i < count; ++i) {
                    REQUIRE(visits[i] == 1);
                    REQUIRE(begins[i] == i / grain * grain);
                }
            }
        }
    }
}

TEST_CASE("par: a grain of nothing is a grain of one") {
    Pool pool{2};
    std::atomic<int> pieces{0};
    pool.each(5, 0, [&](std::size_t begin, std::size_t end) { pieces += end - begin == 1; });
    CHECK(pieces == 5);
}

TEST_CASE("par: a pool without a number has one thread for each core that it may use") {
    CHECK(cores_available() >= 1);
    CHECK(Pool{}.threads() == cores_available());
    CHECK(Pool{-1}.threads() == cores_available());
    CHECK(Pool{5}.threads() == 5);
}

TEST_CASE("par: pools live side by side") {
    Pool narrow{1};
    Pool wide{4};
    std::atomic<std::size_t> sum{0};
    for (int i = 0; i < 20; ++i) {
        narrow.each(100, 10, [&](std::size_t begin, std::size_t end) { sum += end - begin; });
        wide.each(100, 10, [&](std::size_t begin, std::size_t end) { sum += end - begin; });
    }
    CHECK(sum == 4'000);
}

}  // namespace crowdout::world
