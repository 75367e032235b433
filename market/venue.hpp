// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "market/call_auction.hpp"
#include "market/instrument.hpp"
#include "market/market_hours.hpp"
#include "market/message.hpp"
#include "market/order_book.hpp"
#include "market/quote_guard.hpp"
#include "market/stop_orders.hpp"
#include "market/trading_rules.hpp"

namespace crowdout::market {

/// What a book has traded. A day begins at the opening, or at 00:00 UTC where it never closes.
struct MarketStatistics {
    Price last;   ///< before the first trade: the opening reference
    Price close;  ///< last price of the day before
    Price open;   ///< first, highest and lowest of the day; 0 before its first trade
    Price high;
    Price low;
    Quantity volume;           ///< lots of the day
    Int128 tick_lots = 0;      ///< sum of price x lots of the day
    std::uint64_t trades = 0;  ///< since the start, as the two below
    std::uint64_t halts = 0;
    std::uint64_t auctions = 0;  ///< that found a price
    std::uint64_t unused = 0;    ///< no padding: checkpoints copy bytes
};

/// Prices between which a book may trade, both included.
struct BandEdges {
    Price lower;
    Price upper;
};

/// One instrument's place of exchange: its book, stop orders, auctions, hours and rules.
///
/// One thread owns it during the match phase; between phases it is read only. A value.
class Market {
public:
    Market() = default;
    /// @param reference  last known price, for the first band and auction; 0 where there is none.
    Market(const Instrument& instrument, TradingRules rules, Price reference, Time start,
           std::uint32_t book_capacity = OrderBook::capacity_default);

    /// Takes a step's messages in the order of arrival, and everything that falls due meanwhile:
    /// openings and closes, halts that end, outages, expiries, stops.
    ///
    /// A message sees the world as of its arrival: what is due at or before it comes first. What
    /// is due at `to` is left to the next step. Stop orders triggered by a message's trades join
    /// after that message, in the order of trades, each trade's in the order of `StopOrders`.
    ///
    /// Every message that is not carried out comes back as `Removed` with `refused` and its
    /// reason: of a submission with its quantity, of a replacement with the new limit and quantity
    /// (the old order rests on), of a cancel with none; `rested` is false in all three.
    /// Rejects: bad_quantity, bad_price, session_closed, halted, throttled, and the book's own.
    /// @param queue   arrivals do not fall, from <= arrival < to.
    /// @param events  appended to. Cost: O(messages + fills), and what is due.
    void process(std::span<const Message> queue, Time from, Time to, BookEvents& events);

    [[nodiscard]] const OrderBook& book() const { return book_; }
    [[nodiscard]] const StopOrders& stops() const { return stops_; }
    [[nodiscard]] const TradingRules& rules() const { return rules_; }
    [[nodiscard]] const MarketStatistics& statistics() const { return statistics_; }
    [[nodiscard]] MarketPhase phase() const { return hours_.phase(); }
    /// The phase at `at`, not before what was processed, if nothing but the clock moves on.
    [[nodiscard]] MarketPhase phase_at(Time at) const { return hours_.phase_at(at); }
    /// When the outage or the halt that holds at `at` ends; `never` where none does.
    [[nodiscard]] Time held_until(Time at) const { return hours_.held_until(at); }
    /// An outage that nobody foresaw, after all that was processed: up to `at`.
    void add_outage(Outage outage, Time at) { hours_.add_outage(outage, at); }
    /// Whether orders are taken, be it for an auction.
    [[nodiscard]] bool accepts() const;
    [[nodiscard]] Time next_change() const { return hours_.next_change(); }
    /// 1 and the largest price where no band is in force.
    [[nodiscard]] BandEdges band() const { return band_; }

    /// Of everything that decides what trades next, but for the counts of throttles and guards,
    /// which end with their window and step. Cost: O(1).
    [[nodiscard]] std::uint64_t digest() const;

    template <class Archive>
    void archive(Archive& a) {
        a(book_, stops_, auction_, hours_, rules_, reference_, throttle_, guard_, statistics_,
          band_, session_, lots_max_);
    }

private:
    static constexpr BandEdges no_band{Price{1}, Price{INT64_MAX}};

    void advance(Time to, BookEvents& events);
    void handle(const Message& message, BookEvents& events);
    [[nodiscard]] Reject objection(const Message& message);
    void replace(const Message& message, BookEvents& events);
    void cancel(const Message& message, BookEvents& events);
    void enter(const Order& order, Time at, BookEvents& events);
    void match(const Order& order, Time at, BookEvents& events);
    Quantity match_within(const Order& order, Price edge, BookEvents& events);
    void halt(const Order& order, Time at, BookEvents& events);
    void follow_up(Time at, BookEvents& events);
    void record(const Fill& fill);
    void begin_day();
    void renew_band(Time at);
    [[nodiscard]] bool is_beyond_band(Side side, Price limit) const;

    OrderBook book_;
    StopOrders stops_;
    CallAuction auction_;
    MarketHours hours_;
    TradingRules rules_;
    ReferencePrice reference_;
    MessageThrottle throttle_;
    QuoteGuard guard_;
    MarketStatistics statistics_;
    BandEdges band_ = no_band;
    Session session_ = Session::always;
    Quantity lots_max_;

    // Of the step in hand.
    std::size_t fills_seen_ = 0;
    std::size_t rested_seen_ = 0;
    std::vector<Order> triggered_;
};

}  // namespace crowdout::market
