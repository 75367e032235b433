// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "world/frame.hpp"
#include "world/frame_times.hpp"
#include "world/manifest.hpp"
#include "world/trace.hpp"

namespace crowdout::world {

/// Figures of all frames so far, for charts.
///
/// Its memory is bounded but for events and changes of the frames' pace: about 12 bytes for each of
/// 8,192 points of two figures a book and one of each other kind. Whatever needs the exact figure
/// of a frame takes it from the frame's scene.
struct History {
    /// @param points  of each series at most.
    explicit History(const Manifest& manifest, std::size_t points = Trace::points_max);

    void append(const Frame& frame);
    [[nodiscard]] std::size_t frames() const { return time.size(); }

    /// A book, from its first price on; gaps before. Where it was shut, its last price stands.
    struct Book {
        Trace rebased;       ///< 100 at the first price
        Trace drawdown;      ///< -0.1: a tenth below the highest price so far
        double first = 0;    ///< price, USD per whole; 0 while there is none
        double highest = 0;  ///< price so far

        /// Of a price among `rebased`. @return USD per whole.
        [[nodiscard]] double usd(double price_rebased) const { return price_rebased / 100 * first; }
    };
    /// A gauge of the manifest's `series`: rates as fractions, USD, ratios. Gaps until its first
    /// reading.
    struct Gauge {
        Trace values;
        double first = 0;  ///< reading that is not zero
    };
    /// An event, and the frame it happened in.
    struct Event {
        std::uint32_t frame = 0;
        EventRow row;
    };

    /// Where the first frame begins, ns since 1970: a fork's or a resumed run's is not the world's
    /// start.
    std::int64_t begin = 0;
    FrameTimes time;  ///< ends of frames
    std::vector<Book> books;
    std::vector<Gauge> gauges;      ///< by series of the manifest
    std::vector<Trace> idle_peaks;  ///< by sector, USD: the most so far, where it has changed
    std::vector<Event> events;

private:
    std::vector<double> usd_per_half_tick_;  ///< by book
    std::vector<double> gauge_scale_;
    std::vector<double> gauge_now_;
    std::vector<std::int64_t> idle_most_;  ///< by sector, money
};

/// What a reading of a manifest's series is multiplied with: a rate is a fraction, USD are dollars.
[[nodiscard]] double reading_scale(const Manifest::Series& series);

}  // namespace crowdout::world
