// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

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

/// What a window shows, and how it begins.
struct WindowRequest {
    std::string title{};
    std::string subject{};             ///< the world's or the file's name
    std::string speed = "1";           ///< 1/16 .. 64 days a second, or max
    std::optional<market::Time> at{};  ///< begins there, paused
    bool follow = false;               ///< keeps up with a file that is being written
    bool tell = false;                 ///< prints what the window does, for tests
    world::LiveRun* run = nullptr;     ///< a run that is being made, and its world
    const world::WorldConfig* config = nullptr;
};

/// Shows the window until it is closed or the program is interrupted. @return whether it was.
/// @throws Failure  as above, and (usage) for a speed that is none.
bool show_window(world::FrameSource& source, const WindowRequest& request, Console& console);

}  // namespace crowdout::apps
