// SPDX-License-Identifier: Apache-2.0
#include "world/recorder.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace crowdout::world {

namespace {

constexpr std::size_t wake_frames = 16;  // our choice: a quarter of a segment
/// How often the writer looks of itself within the time that a segment may take. A frame may wait
/// for one look, and the next look may come just before the end: so it acts two looks early.
constexpr int polls = 5;

}  // namespace

Recorder::Recorder(ByteSink& sink, const ReplayHead& head, const Options& options)
    : writer_{sink, head}, options_{options}, slots_(options.queue_frames) {
    thread_ = std::thread{[this] { run(); }};
}

Recorder::~Recorder() {
    join();
}

void Recorder::take(Frame& frame) {
    std::unique_lock lock{mutex_};
    if (is_full() && !failed_) {
        ++waits_;
        is_waited_for_ = true;
        room_.wait(lock, [this] { return !is_full() || failed_; });
        is_waited_for_ = false;
    }
    throw_error();
    Slot& slot = slots_[taken_ % slots_.size()];
    slot.frame = std::move(frame);
    frame = spare_.empty() ? Frame{} : std::move(spare_.back());
    if (!spare_.empty()) spare_.pop_back();
    std::swap(slot.inputs, inputs_);
    inputs_.clear();
    ++taken_;
    const bool is_enough = taken_ - written_ == std::min(wake_frames, slots_.size());
    lock.unlock();
    if (is_enough) work_.notify_one();
}

void Recorder::take(LiveInput input) {
    const std::lock_guard lock{mutex_};
    inputs_.push_back(std::move(input));
}

void Recorder::finish() {
    join();
    std::unique_lock lock{mutex_};
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

std::uint64_t Recorder::acknowledged() const {
    const std::lock_guard lock{mutex_};
    return acknowledged_;
}

std::uint64_t Recorder::waits() const {
    const std::lock_guard lock{mutex_};
    return waits_;
}

/// Each caller gets the true reason once; whoever goes on in spite of it, a reminder.
void Recorder::throw_error() {
    if (!failed_) return;
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    throw std::logic_error{"a recording that failed is given more frames"};
}

void Recorder::join() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        finishing_ = true;
    }
    work_.notify_one();
    thread_.join();
}

void Recorder::run() {
    std::exception_ptr error;
    try {
        write_all();
    } catch (...) {
        error = std::current_exception();
    }
    {
        const std::lock_guard lock{mutex_};
        failed_ = error != nullptr;
        error_ = std::move(error);  // whoever rethrows it is its last owner
    }
    room_.notify_one();
}

void Recorder::write_all() {
    while (wait_for_work()) {
        const std::uint64_t frame = writer_.frames();
        // A slot is the writer's until it is counted as written.
        Slot& slot = slots_[frame % slots_.size()];
        for (const LiveInput& input : slot.inputs) writer_.add(input);
        if (frame == writer_.frames_flushed()) segment_began_ = Clock::now();
        writer_.add(slot.frame);
        slot.frame.clear();
        slot.inputs.clear();
        count_written(std::move(slot.frame));
        flush_if_due();
    }
    for (const LiveInput& input : inputs_) writer_.add(input);
    flush();
    writer_.close();
}

/// Waits for a frame, and flushes where none comes for too long. @return false at the end.
///
/// The writer lets some frames gather before it has itself woken: to wake a thread for each costs
/// the simulation more than to take its frame.
bool Recorder::wait_for_work() {
    const std::size_t gathered = std::min<std::size_t>(wake_frames, slots_.size());
    std::unique_lock lock{mutex_};
    while (taken_ == written_ && !finishing_) {
        work_.wait_for(lock, options_.segment_time / polls,
                       [&] { return finishing_ || taken_ - written_ >= gathered; });
        if (taken_ > written_ || finishing_) break;
        lock.unlock();
        flush_if_due();
        lock.lock();
    }
    return taken_ > written_;
}

void Recorder::count_written(Frame spent) {
    {
        const std::lock_guard lock{mutex_};
        spare_.push_back(std::move(spent));
        ++written_;
        if (!is_waited_for_) return;
    }
    room_.notify_one();
}

void Recorder::flush_if_due() {
    const std::uint64_t frames = writer_.frames() - writer_.frames_flushed();
    if (frames == 0) return;
    if (frames < options_.segment_frames && writer_.pending_bytes() < options_.segment_bytes &&
        Clock::now() < segment_began_ + options_.segment_time / polls * (polls - 2)) {
        return;
    }
    flush();
}

void Recorder::flush() {
    writer_.flush();
    const std::lock_guard lock{mutex_};
    acknowledged_ = writer_.frames_flushed();
}

}  // namespace crowdout::world
