// SPDX-License-Identifier: Apache-2.0
#include "world/frame_times.hpp"

#include <algorithm>
#include <cassert>

namespace crowdout::world {

void FrameTimes::append(std::int64_t time) {
    assert(empty() || time >= last_);
    if (!empty() && stretches_.back().frame + 1 == size_) {
        stretches_.back().pace = time - last_;  // the second of a stretch says how fast it goes
    } else if (empty() || time - last_ != stretches_.back().pace) {
        stretches_.push_back({size_, time, 0});
    }
    last_ = time;
    ++size_;
}

std::int64_t FrameTimes::operator[](std::size_t frame) const {
    assert(frame < size_);
    const auto next = std::ranges::upper_bound(stretches_, frame, {}, &Stretch::frame);
    const Stretch& stretch = *(next - 1);
    return stretch.time + static_cast<std::int64_t>(frame - stretch.frame) * stretch.pace;
}

std::size_t FrameTimes::before(std::int64_t time) const {
    const auto next = std::ranges::lower_bound(stretches_, time, {}, &Stretch::time);
    if (next == stretches_.begin()) return 0;
    const Stretch& stretch = *(next - 1);
    const std::size_t end = next == stretches_.end() ? size_ : next->frame;
    // Its first frame is before `time`; without a pace it is alone, or all are at one moment.
    if (stretch.pace == 0) return end;
    const std::int64_t frames = (time - 1 - stretch.time) / stretch.pace + 1;
    return std::min(stretch.frame + static_cast<std::size_t>(frames), end);
}

}  // namespace crowdout::world
