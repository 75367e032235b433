// SPDX-License-Identifier: Apache-2.0
#include "viz/past_scenes.hpp"

#include "world/replay_error.hpp"

namespace crowdout::viz {

const world::Scene* PastScenes::at(world::FrameSource& source, std::size_t index) {
    if (broken_.contains(index)) return nullptr;
    try {
        return &source.at(index);
    } catch (const world::ReplayError&) {
        broken_.insert(index);
        return nullptr;
    }
}

}  // namespace crowdout::viz
