// SPDX-License-Identifier: Apache-2.0
#include "world/wake_calendar.hpp"

#include <algorithm>

namespace crowdout::world {

using market::Time;

namespace {

constexpr std::size_t days = 4096;  // at 5 minutes: two weeks before a date goes round (our choice)

}  // namespace

WakeCalendar::WakeCalendar(std::size_t members, market::Duration width, Time now)
    : dates_(members, market::never),
      next_(members, none),
      previous_(members, none),
      heads_(days, none),
      width_{width},
      day_{now.ns / width.ns} {}

void WakeCalendar::set(std::uint32_t member, Time at) {
    if (previous_[member] != none) unlink(member);
    dates_[member] = at;
    if (at == market::never) return;

    // What is overdue is due on the first day that will be looked at.
    const std::int64_t day = std::max(day_of(at), day_);
    const auto slot = static_cast<std::size_t>(day % static_cast<std::int64_t>(heads_.size()));
    next_[member] = heads_[slot];
    previous_[member] = head_flag | static_cast<std::uint32_t>(slot);
    if (heads_[slot] != none) previous_[heads_[slot]] = member;
    heads_[slot] = member;
}

void WakeCalendar::unlink(std::uint32_t member) {
    const std::uint32_t before = previous_[member];
    if ((before & head_flag) != 0) {
        heads_[before & ~head_flag] = next_[member];
    } else {
        next_[before] = next_[member];
    }
    if (next_[member] != none) previous_[next_[member]] = before;
    previous_[member] = none;
}

}  // namespace crowdout::world
