// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>

#include "viz/canvas.hpp"
#include "viz/look.hpp"

namespace crowdout::viz {

/// Short sentences that come and go by themselves: a picture was saved, a file is broken.
class Toasts {
public:
    /// @param seconds  of any clock that goes on.
    void say(std::string words, double seconds, bool is_warning = false);

    /// Above `bottom`, the newest lowest.
    void draw(Canvas& canvas, const Look& look, float bottom, double seconds);

    [[nodiscard]] bool empty() const { return toasts_.empty(); }

private:
    struct Toast {
        std::string words;
        double until;
        bool is_warning;
    };
    std::deque<Toast> toasts_;
};

}  // namespace crowdout::viz
