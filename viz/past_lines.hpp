// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "viz/decimate.hpp"
#include "viz/language.hpp"
#include "world/history.hpp"
#include "world/overlay.hpp"

namespace crowdout::viz {

/// The overlays of a run as lines of its charts: prices 100 at the run's first, figures as they
/// are. Like every line of a chart they end where the frames do.
class PastLines {
public:
    struct Past {
        std::string legend;  ///< its name, what was done to it, and where it comes from
        Series line;         ///< empty as long as the run has nothing to hold against it

    private:
        friend class PastLines;
        std::vector<world::OverlayLine::Point> points;  ///< that the line was made of
    };

    /// Brings the lines up to a run's last frame. Cost: O(points) where a line grew.
    void follow(const world::Manifest& manifest, const world::History& history, Language language);

    /// By overlay of the manifest.
    [[nodiscard]] const std::vector<Past>& lines() const { return lines_; }

private:
    std::vector<Past> lines_;
};

}  // namespace crowdout::viz
