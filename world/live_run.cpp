// SPDX-License-Identifier: Apache-2.0
#include "world/live_run.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>  // tidy: the rate of steps is shown, never used
#include <optional>
#include <utility>

#include "world/par.hpp"

namespace crowdout::world {

using market::Time;

namespace {

// Our choice: so many frames may wait for a watcher that is busy drawing; then the run waits too.
constexpr std::size_t frames_waiting_max = 2048;
// Our choice: to show a frame of the past costs at most so many steps from a scene that is kept.
constexpr std::size_t frames_per_base = 64;

double wall_seconds() {
    const auto now = std::chrono::steady_clock::now();  // tidy: shown, never used
    return std::chrono::duration<double>(now.time_since_epoch()).count();
}

}  // namespace

LiveRun::LiveRun(World world, int threads, Hooks hooks, std::size_t frames_kept,
                 FrameSource* recorded)
    : world_{std::move(world)},
      camera_{world_},
      hooks_{std::move(hooks)},
      end_{world_.config().start + world_.config().duration},
      limit_{world_.now()},
      source_{*this, camera_.manifest(), frames_kept, recorded} {
    status_.now = world_.now();
    status_.steps = world_.steps();
    thread_ = std::thread{[this, threads] { play(threads); }};
}

LiveRun::~LiveRun() {
    stop();
}

void LiveRun::run_until(Time limit) {
    const std::lock_guard lock{mutex_};
    limit_ = limit;
    changed_.notify_all();
}

void LiveRun::go_on(std::size_t frames) {
    const std::lock_guard lock{mutex_};
    frames_due_ += frames;
    changed_.notify_all();
}

bool LiveRun::inject(ShockConfig shock, std::string text) {
    const std::lock_guard lock{mutex_};
    if (last_step_begun_) return false;
    pending_.push_back({std::move(shock), std::move(text)});
    return true;
}

void LiveRun::stop() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

LiveStatus LiveRun::status() const {
    const std::lock_guard lock{mutex_};
    return status_;
}

void LiveRun::rethrow() const {
    const std::lock_guard lock{mutex_};
    if (error_) std::rethrow_exception(error_);
}

/// With the lock held.
bool LiveRun::may_step() const {
    return (world_.now() < limit_ || frames_due_ > 0 || camera_.has_begun()) &&
           fresh_.size() < frames_waiting_max;
}

/// The run's own thread. The lock is held between steps only.
void LiveRun::play(int threads) try {
    Pool pool{threads};
    double window_begin = wall_seconds();
    std::uint64_t window_steps = 0;
    std::unique_lock lock{mutex_};
    while (world_.now() < end_) {
        status_.waiting = !may_step();
        if (status_.waiting) {
            changed_.wait(lock, [this] { return stop_ || may_step(); });
            status_.waiting = false;
            window_begin = wall_seconds();
            window_steps = 0;
        }
        if (stop_) break;
        carry_in_inputs();
        if (close_up_asked_) camera_.look_closer(close_up_);
        close_up_asked_ = false;
        last_step_begun_ = world_.clock().step_end() >= end_;
        lock.unlock();

        world_.step(pool);
        const bool seen = camera_.see(world_);
        if (seen && hooks_.on_frame) hooks_.on_frame(camera_.frame());
        // A copy is as large as it need be: in memory used again each of a thousand frames that are
        // kept would in time have room for the largest, of which there is one a day.
        std::optional<Frame> frame;
        if (seen) frame = camera_.frame();

        lock.lock();
        if (frame) fresh_.push_back(std::move(*frame));
        if (seen && frames_due_ > 0) --frames_due_;
        status_.now = world_.now();
        status_.steps = world_.steps();
        status_.phase_seconds = world_.phase_times().seconds;
        ++window_steps;
        const double spent = wall_seconds() - window_begin;
        if (spent > 0.25) {
            status_.steps_per_second = static_cast<double>(window_steps) / spent;
            window_begin += spent;
            window_steps = 0;
        }
    }
    last_step_begun_ = true;
    lock.unlock();
    const bool seen = camera_.see_end(world_);
    if (seen && hooks_.on_frame) hooks_.on_frame(camera_.frame());
    if (hooks_.on_end) hooks_.on_end(world_);
    lock.lock();
    if (seen) fresh_.push_back(camera_.frame());
    status_.finished = true;
} catch (...) {
    const std::lock_guard lock{mutex_};
    error_ = std::current_exception();
    last_step_begun_ = true;
    status_.finished = true;
}

/// With the lock held: hooks may not call back.
void LiveRun::carry_in_inputs() {
    for (Input& input : pending_) {
        const std::uint32_t number = inputs_++;
        if (hooks_.on_input) hooks_.on_input(world_.steps(), number, input.text);
        world_.inject(std::move(input.shock), number);
    }
    pending_.clear();
}

LiveRun::Source::Source(LiveRun& run, Manifest manifest, std::size_t kept, FrameSource* recorded)
    : run_{run},
      manifest_{std::move(manifest)},
      kept_{std::max<std::size_t>(kept, 1)},
      recorded_{recorded},
      history_{manifest_} {}

bool LiveRun::Source::refresh() {
    {
        const std::lock_guard lock{run_.mutex_};
        std::swap(arrived_, run_.fresh_);
        run_.changed_.notify_all();
    }
    for (Frame& frame : arrived_) take(std::move(frame));
    const bool any = !arrived_.empty();
    arrived_.clear();
    while (tail_.size() >= kept_ + frames_per_base) give_up_oldest();
    return any;
}

void LiveRun::Source::take(Frame frame) {
    history_.append(frame);
    if (frames() % frames_per_base == 0) bases_.push_back(newest_);
    newest_.advance(frame);
    tail_.push_back(std::move(frame));
}

/// As many as lie before the second base.
void LiveRun::Source::give_up_oldest() {
    bases_.pop_front();
    tail_.erase(tail_.begin(), tail_.begin() + static_cast<std::ptrdiff_t>(frames_per_base));
    first_ += frames_per_base;
}

bool LiveRun::Source::finished() const {
    const std::lock_guard lock{run_.mutex_};
    return run_.status_.finished && run_.fresh_.empty();
}

const Scene& LiveRun::Source::at(std::uint64_t index) {
    assert(index < frames() && index >= first());
    if (index < first_) {
        while (recorded_->frames() <= index && recorded_->refresh()) {
        }
        return recorded_->at(index);
    }
    if (index + 1 == newest_.frames) return newest_;
    const Scene& base = bases_[(index - first_) / frames_per_base];
    if (scene_.frames > index + 1 || scene_.frames < base.frames) scene_ = base;
    while (scene_.frames <= index) scene_.advance(tail_[scene_.frames - first_]);
    return scene_;
}

bool LiveRun::Source::look_closer(const std::vector<std::uint16_t>& books,
                                  const std::vector<std::uint32_t>& accounts) {
    const std::lock_guard lock{run_.mutex_};
    run_.close_up_.books = books;
    run_.close_up_.accounts.clear();
    for (const std::uint32_t packed : accounts) {
        run_.close_up_.accounts.push_back(market::AccountId::from_packed(packed));
    }
    run_.close_up_asked_ = true;
    return true;
}

}  // namespace crowdout::world
