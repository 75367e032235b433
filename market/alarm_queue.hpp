// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <vector>

namespace crowdout::market {

/// Says that the order in `slot` has something to do once the clock, or the price, reaches `due`.
struct Alarm {
    std::int64_t due = 0;
    std::uint64_t arrival = 0;  ///< of the order that was in `slot` when the alarm was set
    std::uint32_t slot = 0;
    std::uint32_t unused = 0;  ///< no padding: checkpoints copy bytes

    friend bool operator==(const Alarm&, const Alarm&) = default;
};

/// Alarms in the total order (due, arrival), soonest first.
///
/// An order that leaves early does not look for its alarm. The alarm stays, is known as stale by
/// its arrival number when it comes up, and is swept out when stale ones outnumber the others, so
/// that a push costs O(log n) whatever is cancelled.
class AlarmQueue {
public:
    [[nodiscard]] bool any_due(std::int64_t now) const {
        return !heap_.empty() && heap_.front().due <= now;
    }
    [[nodiscard]] const Alarm& front() const { return heap_.front(); }
    [[nodiscard]] bool empty() const { return heap_.empty(); }

    /// @param live     how many alarms of this queue are not stale, the new one included.
    /// @param is_live  says so of one alarm.
    template <class IsLive>
    void push(const Alarm& alarm, std::size_t live, IsLive is_live) {
        heap_.push_back(alarm);
        std::push_heap(heap_.begin(), heap_.end(), later);
        if (heap_.size() > 2 * live + slack) {
            std::erase_if(heap_, [&](const Alarm& a) { return !is_live(a); });
            std::make_heap(heap_.begin(), heap_.end(), later);
        }
    }

    Alarm pop() {
        assert(!heap_.empty());
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Alarm alarm = heap_.back();
        heap_.pop_back();
        return alarm;
    }

    [[nodiscard]] std::size_t bytes() const { return heap_.capacity() * sizeof(Alarm); }

    template <class Archive>
    void archive(Archive& a) {
        a(heap_);
    }

private:
    static constexpr std::size_t slack = 64;  // our choice: not worth a sweep

    static bool later(const Alarm& a, const Alarm& b) {
        return a.due != b.due ? a.due > b.due : a.arrival > b.arrival;
    }

    std::vector<Alarm> heap_;
};

}  // namespace crowdout::market
