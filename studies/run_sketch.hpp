// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "market/order.hpp"
#include "studies/thinned.hpp"
#include "world/manifest.hpp"
#include "world/scene.hpp"

namespace crowdout::studies {

/// Amounts over successive spans of time, by a second key.
///
/// They are collected in short cells, and joined to spans of a round length when they are read.
class Periods {
public:
    /// @param cell  ns; the shortest span.
    Periods(std::int64_t cell, std::size_t keys) : cell_{cell}, keys_{keys} {}

    void add(std::int64_t time, std::size_t key, double amount);

    struct Table {
        std::vector<std::int64_t> edges{};          ///< ns since 1970, one more than spans
        std::vector<std::vector<double>> values{};  ///< [keys x spans]
        std::int64_t span = 0;                      ///< ns
    };
    /// From `from` to `to`, in at most `spans_max` spans of 1, 5, 15 or 30 minutes, 1, 3, 6 or 12
    /// hours, a day, or days that are a power of two.
    [[nodiscard]] Table table(std::int64_t from, std::int64_t to, std::size_t spans_max) const;

private:
    std::int64_t cell_;
    std::size_t keys_;
    std::map<std::int64_t, std::vector<double>> cells_;  ///< by number since 1970
};

/// What a report shows of a run, from its frames, in memory that hardly grows with their number.
class RunSketch {
public:
    struct Book {
        Thinned mid{};       ///< USD; last known where the book is shut
        Thinned drawdown{};  ///< below the highest mid so far: 0 or negative, a fraction
        double high = 0;     ///< USD
        double deepest = 0;  ///< of `drawdown`
        std::int64_t deepest_at = 0;
        double volume = 0;  ///< USD
        double forced = 0;  ///< of it, because leverage had to be restored
        /// The last mid of each UTC day on which it traded, for volatility.
        std::vector<std::pair<std::int64_t, double>> closes{};

        /// Standard deviation of log returns from one day with trades to the next, times the root
        /// of such days in a year: 365 for a book that is always open, 252 for others. Nothing
        /// below three returns.
        [[nodiscard]] std::optional<double> volatility(market::Session session) const;
    };
    struct Event {
        std::int64_t time = 0;
        world::EventRow row{};
    };

    explicit RunSketch(world::Manifest manifest);

    /// Goes on by one frame.
    void take(const world::Frame& frame);
    /// A frame that cannot be read is passed over, and counted.
    void miss() { ++missed_; }

    [[nodiscard]] const world::Manifest& manifest() const { return manifest_; }
    [[nodiscard]] bool empty() const { return scene_.frames == 0; }
    [[nodiscard]] std::uint64_t frames() const { return scene_.frames; }
    [[nodiscard]] std::uint64_t missed() const { return missed_; }
    [[nodiscard]] std::int64_t from() const { return from_; }
    [[nodiscard]] std::int64_t to() const { return scene_.frame.head.to; }
    [[nodiscard]] const world::FrameHead& head() const { return scene_.frame.head; }
    [[nodiscard]] const std::vector<Book>& books() const { return books_; }
    /// By the manifest's series: rates as fractions, USD, ratios.
    [[nodiscard]] const std::vector<Thinned>& series() const { return series_; }
    /// USD that a sector has beyond what it needs, by sector; 0 where it can have none.
    [[nodiscard]] const std::vector<Thinned>& idle() const { return idle_; }
    /// USD by market::Cause: each trade counts half for its buyer's cause, half for its seller's.
    [[nodiscard]] const Periods& volume() const { return volume_; }
    /// USD sold by force, by book.
    [[nodiscard]] const Periods& forced() const { return forced_; }
    /// Since the first frame's beginning.
    [[nodiscard]] const std::vector<world::MoneyRow>& flows() const { return scene_.flows; }
    [[nodiscard]] const std::vector<world::TradedRow>& trades() const { return scene_.trades; }
    /// Money of each sector at the first frame's beginning; negative for an issuer of dollars.
    [[nodiscard]] const std::vector<std::int64_t>& opening_cash() const { return opening_cash_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    /// What a sector sold in a frame by a margin call, a liquidation or a deleveraging.
    struct ForcedTrade {
        std::int64_t time = 0;
        std::uint16_t book = 0;
        std::uint16_t sector = 0;
        double usd = 0;
        double mid = 0;  ///< USD at the frame's end
    };
    [[nodiscard]] const std::vector<ForcedTrade>& forced_trades() const { return forced_trades_; }

private:
    void take_books(const world::Frame& frame);
    void take_first(const world::Frame& frame);

    world::Manifest manifest_;
    world::Scene scene_;
    std::uint64_t missed_ = 0;
    std::int64_t from_ = 0;
    std::vector<Book> books_;
    std::vector<Thinned> series_;
    std::vector<Thinned> idle_;
    Periods volume_;
    Periods forced_;
    std::vector<std::int64_t> opening_cash_;
    std::vector<Event> events_;
    std::vector<ForcedTrade> forced_trades_;
};

}  // namespace crowdout::studies
