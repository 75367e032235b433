// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "world/config.hpp"
#include "world/frame_camera.hpp"
#include "world/scene.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// Where a live run is, as its watcher may ask at any time.
struct LiveStatus {
    market::Time now;
    std::uint64_t steps = 0;
    double steps_per_second = 0;  ///< of wall time, while it works
    bool waiting = false;         ///< it has come as far as it may
    bool finished = false;        ///< the world's end, `stop`, or an error
    std::array<double, phase_count> phase_seconds{};
};

/// A world that plays on a thread of its own while somebody watches.
///
/// The watcher says how far it may go; the run never waits for pictures but at that limit. What
/// the watcher sees are frames, what it can do is inject a shock, and both are all that crosses.
/// The run is the one without a watcher: limits and looks change when steps are made, never what
/// they do.
class LiveRun {
public:
    /// Called on the run's own thread.
    struct Hooks {
        std::function<void(const Frame&)> on_frame{};  ///< each, before the next step
        /// A shock is about to be injected into the step after `steps`.
        std::function<void(std::uint64_t steps, std::uint32_t number, const std::string& text)>
            on_input{};
        std::function<void(const World&)> on_end{};  ///< the last state, unless an error ended it
    };

    /// Waits at the beginning until `run_until` lets it go.
    /// @param frames_kept  the newest ones stay in memory for `source`, 63 more at most.
    /// @param recorded     the same run's frames from its file, for older ones; may be null, and is
    ///                     used by the watcher's thread only.
    LiveRun(World world, int threads, Hooks hooks, std::size_t frames_kept = 4096,
            FrameSource* recorded = nullptr);
    ~LiveRun();
    LiveRun(const LiveRun&) = delete;
    LiveRun& operator=(const LiveRun&) = delete;

    /// Steps are made while the world's time is before `limit`, and until the frame that has been
    /// begun is whole; `market::never` for all of them.
    void run_until(market::Time limit);
    /// Steps are made, whatever the limit, until so many more frames are there.
    void go_on(std::size_t frames);
    /// Has a shock happen in the next step. @param text  its YAML, for the record.
    /// @return whether there will be one: not once the last has begun.
    [[nodiscard]] bool inject(ShockConfig shock, std::string text);
    /// Ends after the step in hand. Joins.
    void stop();

    [[nodiscard]] LiveStatus status() const;
    /// Throws what ended the run, if an error did.
    void rethrow() const;
    /// The watcher's view; for one thread.
    [[nodiscard]] FrameSource& source() { return source_; }

private:
    class Source final : public FrameSource {
    public:
        Source(LiveRun& run, Manifest manifest, std::size_t kept, FrameSource* recorded);

        [[nodiscard]] const Manifest& manifest() const override { return manifest_; }
        bool refresh() override;
        [[nodiscard]] std::uint64_t frames() const override { return first_ + tail_.size(); }
        [[nodiscard]] std::uint64_t first() const override {
            return recorded_ != nullptr ? recorded_->first() : first_;
        }
        [[nodiscard]] bool finished() const override;
        [[nodiscard]] const Scene& at(std::uint64_t index) override;
        [[nodiscard]] const History& history() const override { return history_; }
        bool look_closer(const std::vector<std::uint16_t>& books,
                         const std::vector<std::uint32_t>& accounts) override;

    private:
        LiveRun& run_;
        Manifest manifest_;
        std::size_t kept_;
        FrameSource* recorded_;
        void take(Frame frame);
        void give_up_oldest();

        std::deque<Frame> tail_;   ///< the newest frames
        std::uint64_t first_ = 0;  ///< number of `tail_.front()`
        /// Just before `tail_.front()`, and so many frames later each: none is far from any frame.
        std::deque<Scene> bases_;
        Scene newest_;  ///< of `tail_.back()`
        Scene scene_;   ///< the one last asked for, within `tail_`
        History history_;
        std::vector<Frame> arrived_;
    };

    void play(int threads);
    [[nodiscard]] bool may_step() const;
    void carry_in_inputs();

    struct Input {
        ShockConfig shock;
        std::string text;
    };

    World world_;
    FrameCamera camera_;
    Hooks hooks_;
    market::Time end_;
    std::uint32_t inputs_ = 0;  ///< so far

    mutable std::mutex mutex_;  ///< of all below
    std::condition_variable changed_;
    market::Time limit_;
    std::size_t frames_due_ = 0;  ///< whatever the limit
    bool stop_ = false;
    bool last_step_begun_ = false;
    std::vector<Input> pending_;
    bool close_up_asked_ = false;
    CloseUp close_up_;
    std::vector<Frame> fresh_;  ///< not yet taken by the watcher
    LiveStatus status_;
    std::exception_ptr error_;

    Source source_;
    std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace crowdout::world
