// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "viz/poster.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// How a recording becomes a clip.
struct VideoOptions {
    PosterOptions picture{};
    double seconds = 30;              ///< of the clip: the whole recording
    unsigned frames_per_second = 25;  ///< as films in Europe
};

/// The recorded frame that each picture of a clip shows: simulated time goes by evenly.
/// @param times  ends of frames, ns since 1970; not empty.
[[nodiscard]] std::vector<std::size_t> video_moments(const world::FrameTimes& times,
                                                     std::size_t pictures);

/// Draws the clip picture by picture into a pipe to ffmpeg, which chooses the format by the file's
/// ending. The file appears under its name when it is whole.
/// @throws NoDisplay; std::runtime_error  where ffmpeg is missing or fails.
void write_video(world::FrameSource& source, const std::filesystem::path& file,
                 const VideoOptions& options);

}  // namespace crowdout::viz
