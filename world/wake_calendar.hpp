// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "market/time.hpp"

namespace crowdout::world {

/// Who wants to be asked when: a calendar queue of sleepers.
///
/// A ring of days, each day a list of agents (links in one array, so a sleeper costs 12 bytes and
/// nothing is allocated). An agent has one date; giving it another moves it. Dates beyond the
/// ring's last day wait in the day that they will fall on when it comes round. Source: Brown
/// (1988), Calendar queues, CACM 31(10).
class WakeCalendar {
public:
    /// @param members  agents, numbered from 0.
    /// @param width    of a day; a step's length is right.
    WakeCalendar(std::size_t members, market::Duration width, market::Time now);
    WakeCalendar() = default;

    /// Sets the date of `member`; `market::never` takes it off.
    void set(std::uint32_t member, market::Time at);
    /// The date last set, also after it was taken off because it came.
    [[nodiscard]] market::Time date(std::uint32_t member) const { return dates_[member]; }

    /// Takes off everyone whose date is before `until` and calls `due(member)`, in no
    /// particular but a deterministic order. Dates never run backwards between calls.
    template <class Due>
    void take_until(market::Time until, Due&& due) {
        const std::int64_t last = day_of(market::Time{until.ns - 1});
        const std::int64_t first = day_;
        const auto ring = static_cast<std::int64_t>(heads_.size());
        for (std::int64_t day = first; day <= last && day < first + ring; ++day) {
            take_day(static_cast<std::size_t>(day % ring), until, due);
        }
        day_ = last;  // its later hours are still to come
    }

    template <class Archive>
    void archive(Archive& a) {
        a(dates_, next_, previous_, heads_, width_, day_);
    }

private:
    static constexpr std::uint32_t none = 0xffff'ffff;
    static constexpr std::uint32_t head_flag =
        0x8000'0000;  ///< `previous_` names a day, not an agent

    [[nodiscard]] std::int64_t day_of(market::Time t) const { return t.ns / width_.ns; }
    void unlink(std::uint32_t member);

    template <class Due>
    void take_day(std::size_t slot, market::Time until, Due&& due) {
        for (std::uint32_t member = heads_[slot]; member != none;) {
            const std::uint32_t following = next_[member];
            if (dates_[member] < until) {
                unlink(member);
                due(member);
            }
            member = following;
        }
    }

    std::vector<market::Time> dates_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> previous_;  ///< none: not in any day
    std::vector<std::uint32_t> heads_;     ///< a ring of days
    market::Duration width_{1};
    std::int64_t day_ = 0;
};

}  // namespace crowdout::world
