// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>  // tidy: when a chunk is closed, never what is in it
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "world/replay_writer.hpp"

namespace crowdout::world {

/// Records a run while it goes on: frames are taken from the thread that simulates, and one thread
/// packs and writes them.
///
///     Recorder recorder{sink, head};
///     while (...) {
///         world.step(pool);
///         if (camera.see(world)) recorder.take(camera.frame());
///     }
///     if (camera.see_end(world)) recorder.take(camera.frame());
///     recorder.finish();
///
/// Nothing is ever dropped: where the disk is slower than the run, the run waits. After a kill at
/// most 250 ms of frames are missing, less where many come.
class Recorder {
public:
    struct Options {
        std::size_t queue_frames = 256;     ///< that may wait for the writer
        std::uint64_t segment_frames = 64;  ///< a segment is closed at the first of these three
        std::size_t segment_bytes = std::size_t{1} << 20;
        std::chrono::milliseconds segment_time{250};  ///< since its first frame
    };
    /// Writes the file's head. @param sink  outlives the recorder; only its thread writes to it.
    /// @throws std::system_error  where the disk refuses.
    Recorder(ByteSink& sink, const ReplayHead& head, const Options& options);
    Recorder(ByteSink& sink, const ReplayHead& head) : Recorder{sink, head, Options{}} {}
    /// Finishes the file if it still can, and says nothing.
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// Takes a frame's content and leaves an empty one, in memory of an earlier one if there is
    /// any.
    /// @throws std::system_error  where an earlier frame could not be written; that one and later
    ///         ones are not in the file, which is whole up to there.
    void take(Frame& frame);
    /// Something from outside, before the step that the next frame shows.
    void take(LiveInput input);
    /// Writes what is left and ends the file.
    /// @throws std::system_error  where that or anything before it could not be written.
    void finish();

    /// Frames that are in the file: a kill cannot take them back.
    [[nodiscard]] std::uint64_t acknowledged() const;
    /// How often `take` had to wait for the disk.
    [[nodiscard]] std::uint64_t waits() const;

private:
    using Clock = std::chrono::steady_clock;  // tidy: bounds what a kill can lose, no more
    struct Slot {
        Frame frame;
        std::vector<LiveInput> inputs;
    };

    void run();
    void write_all();
    [[nodiscard]] bool wait_for_work();
    void count_written(Frame spent);
    [[nodiscard]] bool is_full() const { return taken_ - written_ == slots_.size(); }
    void flush_if_due();
    void flush();
    void throw_error();
    void join();

    ReplayWriter writer_;
    Options options_;
    Clock::time_point segment_began_{};

    mutable std::mutex mutex_;
    std::condition_variable work_;  ///< for the writer: frames, or the end
    std::condition_variable room_;  ///< for the simulation
    std::vector<Slot> slots_;       ///< a ring
    /// Memory of frames that were written, the last one first: no more of it than ever waited.
    std::vector<Frame> spare_;
    std::uint64_t taken_ = 0;    ///< frames that came, ever
    std::uint64_t written_ = 0;  ///< and those that the writer is done with
    std::uint64_t acknowledged_ = 0;
    std::uint64_t waits_ = 0;
    std::vector<LiveInput> inputs_;  ///< waiting for their frame
    bool is_waited_for_ = false;
    bool finishing_ = false;
    bool failed_ = false;
    std::exception_ptr error_;  ///< not yet thrown
    std::thread thread_;
};

}  // namespace crowdout::world
