// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/calendar.hpp"
#include "market/time.hpp"

namespace crowdout::world {

/// Where a run is in time, and how long its next step is.
///
/// A world lists its step lengths, coarsest first; the clock goes finer when asked to and coarser
/// again after a calm. No step crosses a multiple of its own length, a session edge or a scheduled
/// event, so that what happens at a date happens at that date for every step length.
class Clock {
public:
    Clock() = default;
    /// @param lengths  coarsest first, at least one, each greater than zero.
    /// @param calm     how long nothing may ask for a finer step before it grows again.
    Clock(market::Time start, std::vector<market::Duration> lengths, market::Duration calm);

    [[nodiscard]] market::Time now() const { return now_; }
    [[nodiscard]] market::Time step_end() const { return end_; }
    [[nodiscard]] market::Duration step() const { return end_ - now_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    [[nodiscard]] std::size_t level() const { return level_; }

    /// Asks that from the next step on the length be at most that of `level` (0 is coarsest).
    void refine(std::size_t level);

    /// Other lengths and another calm from the next step on, for a fork.
    void use(std::vector<market::Duration> lengths, market::Duration calm);

    /// Plans the step that begins now: ends it at the first of its length's next multiple, the
    /// next edge of a session in use, and the first of `events` (sorted) and `due` after now.
    void plan(std::span<const market::Session> sessions, std::span<const market::Time> events,
              market::Time due = market::never);

    /// The step is over.
    void advance();

    template <class Archive>
    void archive(Archive& a) {
        a(now_, end_, lengths_, calm_, level_, asked_, asked_at_, steps_);
    }

private:
    market::Time now_;
    market::Time end_;
    std::vector<market::Duration> lengths_;
    market::Duration calm_;
    std::size_t level_ = 0;
    std::size_t asked_ = 0;
    market::Time asked_at_;
    std::uint64_t steps_ = 0;
};

}  // namespace crowdout::world
