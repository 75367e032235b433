// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>

#include "world/scene.hpp"

namespace crowdout::viz {

/// Scenes of other moments than the one shown, for a picture that tells of them too.
///
/// A recording may be broken there and whole where it is shown: such a moment is unknown, and is
/// not asked for again, since pictures ask whenever they are drawn.
class PastScenes {
public:
    /// @return valid until the source is asked again; null where the recording is broken.
    [[nodiscard]] const world::Scene* at(world::FrameSource& source, std::size_t index);

private:
    std::set<std::size_t> broken_;
};

}  // namespace crowdout::viz
