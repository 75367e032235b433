// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "market/time.hpp"

namespace crowdout::viz {

/// The span of simulated time that all charts show, and where their common crosshair stands.
///
/// It begins with all there is. Once zoomed it keeps its length, and moves on with the newest
/// moment as long as that is in sight; panned away from it, it stays.
class TimeWindow {
public:
    /// What there is to see. @param last  later than `first`, or there is nothing yet.
    void set_extent(market::Time first, market::Time last);

    [[nodiscard]] market::Time from() const { return from_; }
    [[nodiscard]] market::Time to() const { return to_; }
    [[nodiscard]] bool empty() const { return !(from_ < to_); }

    void show_all();
    /// Shows `factor` times as long a span; `at` keeps its place.
    void zoom(market::Time at, double factor);
    void pan(market::Duration by);

    /// @param share  0 at the left edge, 1 at the right.
    [[nodiscard]] market::Time at_share(double share) const;
    [[nodiscard]] double share_of(market::Time time) const;

    void point_at(std::optional<market::Time> time) { crosshair_ = time; }
    [[nodiscard]] std::optional<market::Time> crosshair() const { return crosshair_; }

private:
    void place(market::Time from, market::Duration length);

    market::Time first_;
    market::Time last_;
    market::Time from_;
    market::Time to_;
    bool all_ = true;
    bool follows_ = true;
    std::optional<market::Time> crosshair_;
};

}  // namespace crowdout::viz
