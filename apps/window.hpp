// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/console.hpp"
#include "market/time.hpp"
#include "world/live_run.hpp"
#include "world/scene.hpp"

// The only way from verbs to pictures. A program that was built without the window has the same
// functions, and says so.
namespace crowdout::apps {

/// Before anything else is done for a window that cannot open.
/// @throws Failure  (usage) where the program was built without it, (no_display) without a screen.
void require_window();

/// Before anything else is done at a speed that is none. @throws Failure  (usage)
void check_speed(const std::string& speed);

/// What a window shows, and how it begins.
struct WindowRequest {
    std::string title{};
    std::string subject{};             ///< the world's or the file's name
    std::string speed = "1";           ///< 1/16 .. 64 days a second, or max
    std::optional<market::Time> at{};  ///< begins there, paused
    bool follow = false;               ///< keeps up with a file that is being written
    bool tell = false;                 ///< prints what the window does, for tests
    std::string fork_command{};        ///< what runs on under other terms, but for the moment
    world::LiveRun* run = nullptr;     ///< a run that is being made, and its world
    const world::WorldConfig* config = nullptr;
};

/// Shows the window until it is closed or the program is interrupted. @return whether it was.
/// @throws Failure  as above, and (usage) for a speed that is none.
bool show_window(world::FrameSource& source, const WindowRequest& request, Console& console);

/// What is drawn without a window, and how.
struct PictureRequest {
    static constexpr std::uint32_t width_min = 960;  ///< as the window's
    static constexpr std::uint32_t height_min = 600;
    std::uint32_t width = 1600;  ///< pixels
    std::uint32_t height = 900;
    std::string language = "en";                 ///< en or zh
    std::string theme = "dark";                  ///< dark or light
    std::vector<std::string> views{"overview"};  ///< of the window: overview, flow, markets, ...
    std::vector<market::Time> moments{};         ///< none: the end
};

/// Draws each view at each moment into a PNG of a folder. @return the files.
/// @param source  has a frame. @throws ReplayError  where the recording is broken there.
/// @throws Failure  (usage) for a word that is none, (io) for what cannot be written.
[[nodiscard]] std::vector<std::string> render_pictures(world::FrameSource& source,
                                                       const std::string& folder,
                                                       const PictureRequest& request);

/// Draws the first of the views over the whole recording into a clip, through ffmpeg.
/// @param seconds  of the clip. @throws Failure, ReplayError  as above.
void render_video(world::FrameSource& source, const std::string& file, double seconds,
                  const PictureRequest& request);

}  // namespace crowdout::apps
