// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "viz/past_scenes.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// What an account decided last, up to the moment shown, as far as it was recorded and is there.
class RecentDecisions {
public:
    static constexpr std::size_t rows_max = 50;     ///< our choice
    static constexpr std::size_t frames_max = 256;  ///< that are looked through (our choice)

    /// Going on with a film costs the frames that came; anything else looks through all of them.
    /// The source's scene is that of `index` afterwards.
    /// @return the oldest first; valid until the next call.
    const std::deque<world::DecisionRow>& follow(world::FrameSource& source, std::size_t index,
                                                 std::uint32_t account);

private:
    PastScenes past_;
    std::deque<world::DecisionRow> rows_;
    std::uint32_t account_ = 0;
    std::size_t next_ = 0;  ///< the first frame that was not looked through; 0 is none so far
};

}  // namespace crowdout::viz
