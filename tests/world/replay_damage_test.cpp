// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/replay_film.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

/// A recording as small as can be that still has two segments, with all that can be damaged.
struct Sample {
    test::ReplayFilm film = test::film_of(test::crowd_world, {"populations[crowd].count=20"}, 8);
    std::vector<std::uint64_t> digests = film.digests();
    Bytes finished = film.bytes(4);
    Bytes unfinished = film.bytes(4, false);
};

const Sample& sample() {
    static const Sample all;
    return all;
}

struct Seen {
    std::size_t right = 0;    ///< scenes that are what they were
    std::size_t refused = 0;  ///< and those that nobody gets to see
    std::size_t wrong = 0;
};

/// Looks at all that a replay shows. A scene knows which one of the run it is.
Seen look_at(Bytes bytes) {
    Seen seen;
    const std::vector<std::uint64_t>& expected = sample().digests;
    try {
        ReplayFile replay = test::replay_of(std::move(bytes));
        if (replay.manifest() != sample().film.head.manifest) ++seen.wrong;
        for (std::uint64_t i = 0; i < replay.frames(); ++i) {
            try {
                const Scene& scene = replay.at(i);
                const bool is_right = scene.frames >= 1 && scene.frames <= expected.size() &&
                                      scene.digest() == expected[scene.frames - 1];
                ++(is_right ? seen.right : seen.wrong);
            } catch (const ReplayError&) {
                ++seen.refused;
            }
        }
        seen.refused += expected.size() - std::min<std::size_t>(expected.size(), replay.frames());
    } catch (const ReplayError&) {
        seen.refused = expected.size();
    }
    return seen;
}

/// Flips bit `bit(i)` of every `stride`th byte.
template <class Bit>
void flip(const Bytes& whole, std::size_t stride, Bit bit) {
    Bytes bytes = whole;
    std::size_t unharmed = 0;
    for (std::size_t i = 0; i < whole.size(); i += stride) {
        bytes[i] = static_cast<std::uint8_t>(whole[i] ^ 1U << bit(i));
        const Seen seen = look_at(bytes);
        CAPTURE(i);
        if (seen.wrong > 0) FAIL_CHECK("something was shown that never was");
        if (seen.right == sample().digests.size()) ++unharmed;
        bytes[i] = whole[i];
    }
    // An index or a source file may be damaged and all frames be there; but not the frames.
    CHECK(unharmed < whole.size() / stride);
}

}  // namespace

TEST_CASE("replay damage: cut anywhere, it shows what is whole and nothing else") {
    for (const Bytes& whole : {sample().finished, sample().unfinished}) {
        std::size_t last = 0;
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const Seen seen =
                look_at({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
            CAPTURE(size);
            CHECK(seen.wrong == 0);
            CHECK(seen.right >= last);  // what is there stays there
            CHECK(seen.right % 4 == 0);
            last = seen.right;
        }
        CHECK(look_at(whole).right == 8);
        CHECK(last >= 4);
    }
}

TEST_CASE("replay damage: a flipped bit hides frames and never changes one") {
    flip(sample().finished, 3, [](std::size_t i) { return i % 8; });
    flip(sample().unfinished, 3, [](std::size_t i) { return (i + 5) % 8; });
}

TEST_SUITE("slow") {
    TEST_CASE("replay damage: any flipped bit hides frames and never changes one") {
        for (unsigned bit = 0; bit < 8; ++bit) {
            flip(sample().finished, 1, [&](std::size_t) { return bit; });
            flip(sample().unfinished, 1, [&](std::size_t) { return bit; });
        }
    }
}

}  // namespace crowdout::world
