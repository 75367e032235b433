// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crowdout::world {

/// When the frames of a run end, ns since 1970, in their order.
///
/// Frames come at a steady pace most of the time, so what is kept are stretches of one pace: its
/// size follows the changes of pace, not the frames.
class FrameTimes {
public:
    /// @param time  not before the last one.
    void append(std::int64_t time);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// Cost: O(log stretches), as of all that follow.
    [[nodiscard]] std::int64_t operator[](std::size_t frame) const;
    [[nodiscard]] std::int64_t front() const { return stretches_.front().time; }
    [[nodiscard]] std::int64_t back() const { return last_; }

    /// How many frames end before `time`: the number of the first that does not.
    [[nodiscard]] std::size_t before(std::int64_t time) const;
    /// How many frames have ended by then.
    [[nodiscard]] std::size_t until(std::int64_t time) const { return before(time + 1); }

    [[nodiscard]] std::size_t stretches() const { return stretches_.size(); }

    friend bool operator==(const FrameTimes&, const FrameTimes&) = default;

private:
    struct Stretch {
        std::size_t frame;  ///< its first
        std::int64_t time;  ///< of that one
        std::int64_t pace;  ///< from each of its frames to the next

        friend bool operator==(const Stretch&, const Stretch&) = default;
    };

    std::vector<Stretch> stretches_;
    std::size_t size_ = 0;
    std::int64_t last_ = 0;
};

}  // namespace crowdout::world
