// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace crowdout::world {

struct Manifest;
struct WorldConfig;

/// A price or a figure of the past, for charts to draw beside the run's own line. It is part of the
/// manifest, so that a recording shows it without the table that it came from.
struct Overlay {
    static constexpr std::uint16_t none = 0xffff;
    /// Our choices: more than a screen has columns; and what a manifest is read with in a moment.
    static constexpr std::size_t points_max = 2048;
    static constexpr std::size_t points_max_all = 65'536;

    std::string name{};
    std::string source{};         ///< where the numbers come from, in the author's words
    std::uint16_t book = none;    ///< of which it was the price, USD per whole; or
    std::uint16_t series = none;  ///< what it was of the manifest's series: as a fraction, USD
    bool rebase = true;           ///< of a price: drawn in proportion, from the run's own price on
    std::vector<std::int64_t> times{};  ///< ns since 1970, within the run, none before the last
    std::vector<double> values{};

    friend bool operator==(const Overlay&, const Overlay&) = default;
};

/// The world's data series that are `of` an instrument or a `series` of the manifest, over the time
/// of its run. Of one with more than `points_max` rows, less where there are many series, the
/// lowest and highest of each stretch are kept. A figure holds from one row to the next, so each of
/// its changes is two points.
[[nodiscard]] std::vector<Overlay> overlays_of(const WorldConfig& config, const Manifest& manifest);

/// Where a chart draws an overlay.
struct OverlayLine {
    struct Point {
        std::int64_t time = 0;
        double value = 0;  ///< in the unit of the run's line

        friend bool operator==(const Point&, const Point&) = default;
    };
    std::vector<Point> points{};
    bool rebased = false;       ///< it was moved to meet the run
    std::int64_t meets_at = 0;  ///< where it does, if it was
};

/// Fits an overlay to a line of the run.
///
/// What is to be rebased is multiplied so that its first point that the run has a value for lies on
/// the run; before the run has any, there is nothing to draw. Nothing is drawn after `end`, to
/// which a figure holds.
/// @param run_at  the run's line at a time, in the chart's unit; not a number where there is none.
/// @param scale   from the overlay's unit to the chart's: 100 / first price for one that begins at
///                100. Not looked at where it is rebased.
/// @param end     of the run's line, as far as there is any.
[[nodiscard]] OverlayLine fit_overlay(const Overlay& overlay, double scale, std::int64_t end,
                                      const std::function<double(std::int64_t)>& run_at);

}  // namespace crowdout::world
