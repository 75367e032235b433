// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "market/time.hpp"
#include "world/measure.hpp"
#include "world/tracks.hpp"

namespace crowdout::world {

/// Thrown where a measure has no value for these tracks; the sentence becomes `why_not`.
struct Undefined {
    std::string why;
};

/// The moments at which prices are compared. Those of a day follow each other; between the last of
/// one day and the first of the next a closed book may have jumped.
struct SampleGrid {
    std::vector<market::Time> moments;  ///< [days x per_day]; `never` where that day is too short
    std::size_t per_day = 1;            ///< 1: daily closes
    bool is_joined = true;              ///< a day's last moment is followed by the next one's first
};

/// Tracks as one measure looks at them: its window, its days, its books by name.
class TrackView {
public:
    /// @param reference  the book by which days are of stress or calm; "" where that is not asked.
    TrackView(const Tracks& tracks, const MeasureConfig& asked, const std::string& reference);

    [[nodiscard]] const Tracks& tracks() const { return tracks_; }
    [[nodiscard]] market::Time begin() const { return begin_; }
    [[nodiscard]] market::Time end() const { return end_; }

    // Every query throws Undefined where the tracks do not have what it needs.

    /// An instrument, whatever was kept of it; `book` asks for its prices too.
    [[nodiscard]] std::size_t named_book(const std::string& name) const;
    [[nodiscard]] std::size_t book(const std::string& name) const;
    [[nodiscard]] std::size_t sector(const std::string& name) const;
    /// Rows that were the last at or before a multiple of `every` within the window, and the last
    /// of it. What a measure sees through these does not depend on how fine the rows are.
    [[nodiscard]] std::vector<std::size_t> rows(market::Duration every) const;
    /// A column of a book, as `&Tracks::Book::volume`.
    [[nodiscard]] const std::vector<double>& column(std::size_t book,
                                                    std::vector<double> Tracks::Book::*which) const;
    /// Whether the day of this moment counts.
    [[nodiscard]] bool counts(std::int64_t time) const;
    [[nodiscard]] bool looks_at_all_days() const { return when_ == When::always; }

    /// The last price at or before the moment; before the first row, that of the first.
    [[nodiscard]] double price_at(std::size_t book, market::Time moment) const;
    struct Prices {
        std::vector<market::Time> times;
        std::vector<double> values;
    };
    /// As the window begins, and in its `rows`.
    [[nodiscard]] Prices prices(std::size_t book, market::Duration every) const;
    /// A column that is a sum, such as volume, from one of its `rows` to the next.
    [[nodiscard]] std::vector<double> sums(const std::vector<double>& column,
                                           std::span<const std::size_t> rows) const;

    /// Of the hours that the books have in common: multiples of `horizon` since the opening of the
    /// session within the window, or closes for a day or more. Books that never close have days
    /// from midnight to midnight UTC; beside one that does they go by its hours.
    [[nodiscard]] SampleGrid grid(std::span<const std::size_t> books,
                                  market::Duration horizon) const;
    /// Prices at the grid's moments; missing where the last row lies further back than half a
    /// horizon, half a day at most.
    [[nodiscard]] std::vector<double> levels(std::size_t book, const SampleGrid& grid,
                                             market::Duration horizon) const;
    /// Log returns over one horizon on the common grid, a list for each book. Within the day a slot
    /// each: what lies over night, or on a day that does not count, is missing.
    [[nodiscard]] std::vector<std::vector<double>> returns(std::span<const std::size_t> books,
                                                           market::Duration horizon) const;
    [[nodiscard]] std::vector<double> returns(std::size_t book, market::Duration horizon) const;
    /// The sums of a column over the same spans as `returns` of a book.
    [[nodiscard]] std::vector<double> sums_by_return(std::size_t book,
                                                     const std::vector<double>& column,
                                                     market::Duration horizon) const;
    /// How many returns of the horizon a day has room for; 1 for a day or more.
    [[nodiscard]] std::size_t slots(std::span<const std::size_t> books,
                                    market::Duration horizon) const;

    /// The tape within the window.
    [[nodiscard]] std::span<const Tracks::Trade> trades(std::size_t book) const;
    /// Stretches within the window. Undefined where one crosses its edge.
    [[nodiscard]] std::span<const Tracks::Stretch> stretches() const;

private:
    [[nodiscard]] market::Session common_session(std::span<const std::size_t> books) const;
    void mark_days(const std::string& reference);

    const Tracks& tracks_;
    market::Time begin_;
    market::Time end_;
    When when_ = When::always;
    std::vector<market::Time> closes_;       ///< of the reference over the whole run
    std::vector<std::uint8_t> is_stressed_;  ///< the day that ends with each
};

}  // namespace crowdout::world
