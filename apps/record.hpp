// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <memory>
#include <string>

#include "world/config.hpp"
#include "world/frame_camera.hpp"
#include "world/loader.hpp"
#include "world/mcap_sink.hpp"
#include "world/recorder.hpp"
#include "world/replay_meta.hpp"
#include "world/world.hpp"

namespace crowdout::apps {

/// While one lives, a reader that goes away and a file that may not grow are errors of the write
/// that meets them, as a full disk is, instead of signals that end the process.
class WriteSignals {
public:
    WriteSignals();
    ~WriteSignals();
    WriteSignals(const WriteSignals&) = delete;
    WriteSignals& operator=(const WriteSignals&) = delete;

private:
    struct sigaction pipe_ {};
    struct sigaction size_ {};
};

/// What stands at the head of a recording of `world` that begins now.
/// @param loaded  what the world was read from; its files are kept as they were written.
[[nodiscard]] world::ReplayHead recording_head(const world::World& world,
                                               const world::Loaded<world::WorldConfig>& loaded);

/// A run on its way into a file: camera, recorder and file together.
///
/// All functions throw Failure (io) where the file cannot be written; it is whole up to there.
class Recording {
public:
    /// @param world  as of now; where it has made steps already, its state goes into the file.
    Recording(const std::string& path, const world::World& world, const world::ReplayHead& head,
              world::Durability durability = world::Durability::process);

    /// Once after every step.
    void see(const world::World& world);
    /// Instead, where another camera looks at the world: a copy of each of its frames.
    void take(const world::Frame& frame);
    /// Before the next step.
    void input(world::LiveInput input) { recorder_.take(std::move(input)); }
    /// Ends the file. @param world  as `see` saw it last: steps that no frame shows yet become one.
    void finish(const world::World& world);
    /// The same, of frames that were all taken.
    void finish();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] std::uint64_t acknowledged() const { return recorder_.acknowledged(); }
    [[nodiscard]] std::uint64_t waits() const { return recorder_.waits(); }
    [[nodiscard]] std::uint64_t size() const { return sink_.size(); }

private:
    std::string path_;
    WriteSignals signals_;
    world::FileSink sink_;
    world::FrameCamera camera_;
    world::Recorder recorder_;
    world::Frame copy_;  ///< its memory is used again and again
    std::uint64_t frames_ = 0;
};

}  // namespace crowdout::apps
