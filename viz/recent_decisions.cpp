// SPDX-License-Identifier: Apache-2.0
#include "viz/recent_decisions.hpp"

#include <algorithm>

namespace crowdout::viz {

const std::deque<world::DecisionRow>& RecentDecisions::follow(world::FrameSource& source,
                                                              std::size_t index,
                                                              std::uint32_t account) {
    const std::size_t end = index + 1;
    const bool goes_on = account == account_ && next_ <= end && next_ + frames_max >= end;
    if (!goes_on || next_ == 0) {
        rows_.clear();
        const auto first = static_cast<std::size_t>(source.first());
        next_ = std::max(first, end - std::min(end, frames_max));
    }
    account_ = account;
    for (; next_ < end; ++next_) {
        const world::Scene* scene = past_.at(source, next_);
        if (scene == nullptr) continue;
        for (const world::DecisionRow& row : scene->frame.decisions) {
            if (row.account == account) rows_.push_back(row);
        }
        while (rows_.size() > rows_max) rows_.pop_front();
    }
    return rows_;
}

}  // namespace crowdout::viz
