// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "market/order.hpp"
#include "market/time.hpp"
#include "world/frame.hpp"
#include "world/manifest.hpp"

namespace crowdout::world {

struct WorldConfig;
class ReplayFile;

/// What tracks keep. Memory goes with it: a book's prices are 9 bytes a row, each further column 8.
struct TrackNeeds {
    /// Columns of one book besides its prices, and what is kept of its trades.
    struct Book {
        bool volumes = false;
        bool spreads = false;
        bool depths = false;
        bool fills = false;    ///< each, on the tape
        bool parents = false;  ///< parent orders put together from fills
        bool ladders = false;  ///< the mean shape of the book

        friend bool operator==(const Book&, const Book&) = default;
    };

    /// Rows end at the multiples of this, and with the first frame; 0 for a row a frame.
    market::Duration grid{market::hour};
    std::map<std::string, Book> books;  ///< by name; others are left out
    bool idle = false;
    bool series = false;
    bool flows = false;  ///< and what sectors traded, by stretch
    bool balances = false;
    std::vector<market::Duration> edges;  ///< since the start: where rows and stretches must end

    /// Has rows also end at the multiples of `every`; 0 for a row a frame.
    void refine(market::Duration every);
    /// Takes in what `other` needs.
    void add(const TrackNeeds& other);
    /// Of everything but fills, parents and ladders: for reports and comparisons.
    [[nodiscard]] static TrackNeeds everything(const Manifest& manifest);

    friend bool operator==(const TrackNeeds&, const TrackNeeds&) = default;
};

/// What measures look at: the series of one run, live or recorded, or a past read from a table.
///
/// Rows are moments, the same for all columns; a column that nobody asked for is empty. Nothing in
/// it depends on what else was asked for, so that a value does not either.
struct Tracks {
    /// One book; every column has a row for each of `time`, or none.
    struct Book {
        std::vector<double> mid;         ///< USD per whole, the last known where it is shut
        std::vector<std::uint8_t> open;  ///< whether it traded continuously at the row's end
        std::vector<double> volume;      ///< USD of the row
        std::vector<double> volume_signed;
        std::vector<double> volume_forced;
        std::vector<double> spread;     ///< USD; 0 where a side is empty
        std::vector<double> bid_depth;  ///< USD within 1 % of mid
        std::vector<double> ask_depth;
        /// Mean lots of a side that rest k rungs from its best price; by k.
        std::vector<double> ladder;

        friend bool operator==(const Book&, const Book&) = default;
    };
    /// One trade: what one taker took from the book at once, however many orders it met.
    struct Trade {
        std::int64_t time = 0;  ///< ns since 1970: the end of its frame
        std::int8_t sign = 1;   ///< 1: bought by the taker
        float size = 0;         ///< wholes
        double price = 0;       ///< USD, of the last order met

        friend bool operator==(const Trade&, const Trade&) = default;
    };
    /// A large order worked piece by piece: the children of one owner's parent as far as they took
    /// from the book. What rested for it is not seen.
    struct Parent {
        std::uint16_t book = 0;
        std::int8_t sign = 1;
        std::int64_t begin = 0;  ///< ns since 1970: when the frame of its first trade began
        std::int64_t end = 0;    ///< when that of its last trade ended
        double price_begin = 0;  ///< mid at both, USD
        double price_end = 0;
        double quantity = 0;  ///< wholes
        double money = 0;     ///< USD
        std::uint32_t trades = 0;

        friend bool operator==(const Parent&, const Parent&) = default;
    };
    /// Sums over a stretch of time. Stretches follow each other without a gap.
    struct Stretch {
        std::int64_t begin = 0;  ///< ns since 1970
        std::int64_t end = 0;
        std::vector<std::int64_t> cash;  ///< by sector: Money as it begins
        std::vector<MoneyRow> flows;     ///< by reason, from, to
        std::vector<TradedRow> trades;   ///< by book, sector, cause, side

        friend bool operator==(const Stretch&, const Stretch&) = default;
    };
    /// The sectors' balance sheets at one moment, as far as measures need them.
    struct Balance {
        std::int64_t time = 0;
        std::vector<double> worth;        ///< by asset: USD of all that is owned of it
        std::vector<std::int64_t> drift;  ///< by asset: units over all accounts; 0 if none leaked

        friend bool operator==(const Balance&, const Balance&) = default;
    };
    struct Event {
        std::int64_t time = 0;
        EventRow row;

        friend bool operator==(const Event&, const Event&) = default;
    };

    Manifest manifest;
    std::vector<std::int64_t> time;           ///< ns since 1970: ends of rows
    std::vector<Book> books;                  ///< by InstrumentId
    std::vector<std::vector<double>> series;  ///< by manifest.series: rates, USD, ratios
    std::vector<std::vector<double>> idle;    ///< by sector, USD
    std::vector<std::vector<Trade>> tape;     ///< by InstrumentId
    std::vector<Parent> parents;              ///< by end, book
    std::vector<Stretch> stretches;           ///< days (UTC), cut at the edges that were asked for
    std::vector<Balance> balances;
    std::vector<Event> events;

    friend bool operator==(const Tracks&, const Tracks&) = default;
};

/// Turns frames into tracks, one after another, without keeping them.
class TrackRecorder {
public:
    TrackRecorder(Manifest manifest, TrackNeeds needs);

    /// Frames come in the order of the run.
    void take(const Frame& frame);
    /// Ends what is unfinished. Call once.
    [[nodiscard]] Tracks finish();

private:
    /// What a book's row has gathered so far, and its last known state.
    struct Row {
        double mid = 0;
        double volume = 0;
        double volume_signed = 0;
        double volume_forced = 0;
        double spread = 0;
        double bid_depth = 0;
        double ask_depth = 0;
        std::uint8_t open = 0;
    };
    struct Ladder {
        std::vector<double> lots;
        std::uint64_t sides = 0;  ///< pictures of one side each that are summed up in it
        std::vector<LadderRow> shown;
    };

    void take_books(const Frame& frame);
    void take_state(const Frame& frame);
    void take_fills(const Frame& frame);
    void take_parent(const FillRow& fill, const FrameHead& head, double quantity, double money);
    void take_ladders(const Frame& frame);
    static void add_picture(Ladder& ladder);
    void take_flows(const Frame& frame);
    void take_holdings(const Frame& frame);
    void end_row();
    void end_stretch();
    /// The next multiple of `every`, or the next edge before it.
    [[nodiscard]] std::int64_t next_end(std::int64_t after, std::int64_t every) const;

    TrackNeeds needs_;
    Tracks tracks_;
    std::vector<TrackNeeds::Book> wanted_;  ///< by book
    std::vector<std::uint8_t> is_kept_;     ///< by book
    std::vector<Row> rows_;                 ///< by book
    std::vector<double> mid_before_;        ///< by book: as the frame in hand began
    std::vector<double> series_;
    std::vector<double> idle_;
    std::vector<Ladder> ladders_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::size_t> parent_at_;
    struct FlowCell {
        std::uint8_t reason = 0;
        std::uint16_t from = 0;
        std::uint16_t to = 0;

        friend auto operator<=>(const FlowCell&, const FlowCell&) = default;
    };
    std::map<FlowCell, std::int64_t> flows_;     ///< of the stretch
    std::map<std::uint64_t, TradedRow> trades_;  ///< by book, sector, cause, side
    std::vector<std::int64_t> cash_;             ///< by sector, now
    std::vector<std::int64_t> stretch_cash_;     ///< by sector, as the stretch began
    std::int64_t stretch_begin_ = 0;
    std::int64_t stretch_end_ = 0;
    std::int64_t row_end_ = 0;
    std::int64_t last_ = 0;  ///< end of the last frame
    bool has_frames_ = false;
    bool row_is_open_ = false;
};

/// The tracks of a whole recording. What it did not record stays empty.
/// @throws ReplayError  where the file is broken.
[[nodiscard]] Tracks tracks_of(ReplayFile& replay, const TrackNeeds& needs);

/// Has a camera show what the tracks need, and nothing that they do not: a frame a step, full
/// books, balance sheets. The run is the same.
void record_for(const TrackNeeds& needs, WorldConfig& config);

}  // namespace crowdout::world
