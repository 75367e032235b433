// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/console.hpp"
#include "studies/report_run.hpp"
#include "world/frame_camera.hpp"
#include "world/replay_file.hpp"
#include "world/replay_meta.hpp"

namespace CLI {
class App;
}

namespace crowdout::apps {

/// `--lang`: en or zh.
void add_language_option(CLI::App& verb, studies::Language& language);

/// Watches a run for a page about it.
class LiveReport {
public:
    /// @param head  what stands at the head of a recording of this run.
    LiveReport(const world::World& world, const world::ReplayHead& head);

    /// Once after every step.
    void see(const world::World& world);
    /// Once after the last.
    void see_end(const world::World& world);
    /// Writes the page. @throws Failure  (io)
    void write(const std::string& path, const std::string& recording, studies::Language language);

private:
    world::FrameCamera camera_;
    studies::RunSketch sketch_;
    studies::RunOrigin origin_;
};

/// The page of a recording, of as much of it as can be read.
[[nodiscard]] std::string report_of(world::ReplayFile& replay, const std::string& path,
                                    studies::Language language);

}  // namespace crowdout::apps
