// SPDX-License-Identifier: Apache-2.0
#include "world/clock.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace crowdout::world {

using market::Duration;
using market::Time;

Clock::Clock(Time start, std::vector<Duration> lengths, Duration calm)
    : now_{start}, end_{start}, lengths_{std::move(lengths)}, calm_{calm}, asked_at_{start} {
    assert(!lengths_.empty() && std::ranges::is_sorted(lengths_, std::ranges::greater{}));
}

void Clock::refine(std::size_t level) {
    level = std::min(level, lengths_.size() - 1);
    if (level < asked_)
        return;  // a milder wish does not shorten the calm that a stronger one needs
    asked_ = level;
    asked_at_ = now_;
}

void Clock::use(std::vector<Duration> lengths, Duration calm) {
    assert(!lengths.empty() && std::ranges::is_sorted(lengths, std::ranges::greater{}));
    lengths_ = std::move(lengths);
    calm_ = calm;
    asked_ = std::min(asked_, lengths_.size() - 1);
}

void Clock::plan(std::span<const market::Session> sessions, std::span<const Time> events,
                 Time due) {
    if (asked_ > 0 && now_ - asked_at_ >= calm_) {
        asked_ -= 1;
        asked_at_ = now_;
    }
    level_ = asked_;

    const std::int64_t length = lengths_[level_].ns;
    end_ = Time{(now_.ns / length + 1) * length};
    for (const market::Session session : sessions) {
        end_ = std::min(end_, market::next_change(session, now_));
    }
    const auto next = std::ranges::upper_bound(events, now_);
    if (next != events.end()) end_ = std::min(end_, *next);
    if (due > now_) end_ = std::min(end_, due);
    assert(end_ > now_);
}

void Clock::advance() {
    now_ = end_;
    steps_ += 1;
}

}  // namespace crowdout::world
