// SPDX-License-Identifier: Apache-2.0
#include "viz/poster.hpp"

#include <doctest/doctest.h>

using namespace crowdout;

TEST_CASE("poster: the last moment is the run's end, the others lie evenly before it") {
    using Moments = std::vector<std::size_t>;
    CHECK(viz::poster_moments(100, 4) == Moments{24, 49, 74, 99});
    CHECK(viz::poster_moments(100, 1) == Moments{99});
    CHECK(viz::poster_moments(2, 5) == Moments{0, 1});
    CHECK(viz::poster_moments(0, 3).empty());
}
