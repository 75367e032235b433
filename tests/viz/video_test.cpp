// SPDX-License-Identifier: Apache-2.0
#include "viz/video.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout;

TEST_CASE("video: simulated time goes by evenly, from the first frame to the last") {
    // Frames end at 0, 10, 20, 30 and, after a pause, at 100.
    world::FrameTimes times;
    for (const std::int64_t time : {0, 10, 20, 30, 100}) times.append(time);

    CHECK(viz::video_moments(times, 5) == std::vector<std::size_t>{0, 2, 3, 3, 4});
    CHECK(viz::video_moments(times, 2) == std::vector<std::size_t>{0, 4});
    CHECK(viz::video_moments(times, 1) == std::vector<std::size_t>{4});
}
