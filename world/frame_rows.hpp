// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace crowdout::world {

// What can be seen of a world after a step, as plain rows of whole numbers. Files and pictures know
// a world only through these: neither can tell a live run from a replay.
//
// Each row says its columns once, in `columns`; the recorder, the reader and the exporters are
// visitors of that list. Money is in 1e-4 USD, prices are in the book's ticks, quantities in its
// lots; the manifest says how large those are. Numbers of books, sectors, assets and blocks are
// those of the manifest's lists.

/// One step, in figures.
struct FrameHead {
    std::uint64_t step = 0;    ///< how many steps were made
    std::int64_t from = 0;     ///< ns since 1970: where the frame before ended
    std::int64_t to = 0;       ///< ns since 1970
    std::uint64_t digest = 0;  ///< of the whole state
    std::uint8_t level = 0;    ///< of the clock: 0 is coarsest
    // Since the world began.
    std::uint64_t turns = 0;
    std::uint64_t orders = 0;
    std::uint64_t fills = 0;
    std::uint64_t rejects = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("step", &FrameHead::step);
        column("from", &FrameHead::from);
        column("to", &FrameHead::to);
        column("digest", &FrameHead::digest);
        column("level", &FrameHead::level);
        column("turns", &FrameHead::turns);
        column("orders", &FrameHead::orders);
        column("fills", &FrameHead::fills);
        column("rejects", &FrameHead::rejects);
    }
    friend bool operator==(const FrameHead&, const FrameHead&) = default;
};

/// The state's mark after one phase of a step.
struct MarkRow {
    std::uint8_t phase = 0;
    std::uint16_t mark = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("phase", &MarkRow::phase);
        column("mark", &MarkRow::mark);
    }
    friend bool operator==(const MarkRow&, const MarkRow&) = default;
};

/// One book at the end of a frame, and what traded in it since the frame before.
struct BookRow {
    std::uint16_t book = 0;
    std::uint8_t phase = 0;      ///< market::MarketPhase
    std::int64_t mid_twice = 0;  ///< bid + ask; twice the last known mid where a side is empty
    std::int64_t bid = 0;        ///< 0 where that side is empty
    std::int64_t ask = 0;
    std::int64_t last = 0;
    std::int64_t bid_depth = 0;  ///< Money resting within 1 % of mid
    std::int64_t ask_depth = 0;
    std::int64_t volume = 0;         ///< Money
    std::int64_t volume_signed = 0;  ///< bought less sold by takers
    std::int64_t volume_forced = 0;  ///< sold by lenders and engines
    std::int64_t value_twice = 0;    ///< analysts' consensus in half ticks; 0 where there is none
    std::int32_t sigma = 0;          ///< volatility per trading day, 1e-6

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("book", &BookRow::book);
        column("phase", &BookRow::phase);
        column("mid_twice", &BookRow::mid_twice);
        column("bid", &BookRow::bid);
        column("ask", &BookRow::ask);
        column("last", &BookRow::last);
        column("bid_depth", &BookRow::bid_depth);
        column("ask_depth", &BookRow::ask_depth);
        column("volume", &BookRow::volume);
        column("volume_signed", &BookRow::volume_signed);
        column("volume_forced", &BookRow::volume_forced);
        column("value_twice", &BookRow::value_twice);
        column("sigma", &BookRow::sigma);
    }
    friend bool operator==(const BookRow&, const BookRow&) = default;
};

/// Dollars between two sectors for one reason, since the frame before.
struct MoneyRow {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    std::uint8_t reason = 0;  ///< market::Reason
    std::int64_t money = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("from", &MoneyRow::from);
        column("to", &MoneyRow::to);
        column("reason", &MoneyRow::reason);
        column("money", &MoneyRow::money);
    }
    friend bool operator==(const MoneyRow&, const MoneyRow&) = default;
};

/// What a sector bought or sold in a book for one cause, since the frame before.
struct TradedRow {
    std::uint16_t book = 0;
    std::uint16_t sector = 0;
    std::uint8_t cause = 0;  ///< market::Cause
    std::uint8_t side = 0;   ///< market::Side
    std::int64_t money = 0;
    std::int64_t lots = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("book", &TradedRow::book);
        column("sector", &TradedRow::sector);
        column("cause", &TradedRow::cause);
        column("side", &TradedRow::side);
        column("money", &TradedRow::money);
        column("lots", &TradedRow::lots);
    }
    friend bool operator==(const TradedRow&, const TradedRow&) = default;
};

/// A sector's dollars.
struct CashRow {
    std::uint16_t sector = 0;
    std::int64_t cash = 0;  ///< free or waiting in orders
    std::int64_t idle = 0;  ///< `idle_capital` of those of its accounts that may have any

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("sector", &CashRow::sector);
        column("cash", &CashRow::cash);
        column("idle", &CashRow::idle);
    }
    friend bool operator==(const CashRow&, const CashRow&) = default;
};

/// One cell of the sectors' balance sheets: units of an asset, and what they are worth. An issuer's
/// are negative, and so is what is owed to banks.
struct HoldingRow {
    static constexpr std::uint16_t debt = 0xffff;  ///< in the place of an asset

    std::uint16_t sector = 0;
    std::uint16_t asset = 0;
    std::int64_t units = 0;
    std::int64_t worth = 0;  ///< Money

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("sector", &HoldingRow::sector);
        column("asset", &HoldingRow::asset);
        column("units", &HoldingRow::units);
        column("worth", &HoldingRow::worth);
    }
    friend bool operator==(const HoldingRow&, const HoldingRow&) = default;
};

/// A figure of the whole world: see the manifest for its name and scale.
struct SeriesRow {
    std::uint16_t series = 0;
    std::int64_t value = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("series", &SeriesRow::series);
        column("value", &SeriesRow::value);
    }
    friend bool operator==(const SeriesRow&, const SeriesRow&) = default;
};

/// Lots that wait in a book between `price` and `price + width`, best first on each side. A side on
/// which nothing waits is one row without lots.
struct LadderRow {
    std::uint16_t book = 0;
    std::uint8_t side = 0;
    std::uint32_t width = 1;  ///< ticks
    std::int64_t price = 0;   ///< lower edge
    std::int64_t lots = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("book", &LadderRow::book);
        column("side", &LadderRow::side);
        column("width", &LadderRow::width);
        column("price", &LadderRow::price);
        column("lots", &LadderRow::lots);
    }
    friend bool operator==(const LadderRow&, const LadderRow&) = default;
};

/// One execution, of books that are recorded in full.
struct FillRow {
    std::uint16_t book = 0;
    std::uint8_t taker_side = 0;
    std::uint8_t maker_cause = 0;
    std::uint8_t taker_cause = 0;
    std::uint32_t maker = 0;  ///< market::AccountId::packed
    std::uint32_t taker = 0;
    std::uint32_t parent = 0;  ///< of the taker; 0 where it has none
    std::int64_t price = 0;
    std::int64_t lots = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("book", &FillRow::book);
        column("taker_side", &FillRow::taker_side);
        column("maker_cause", &FillRow::maker_cause);
        column("taker_cause", &FillRow::taker_cause);
        column("maker", &FillRow::maker);
        column("taker", &FillRow::taker);
        column("parent", &FillRow::parent);
        column("price", &FillRow::price);
        column("lots", &FillRow::lots);
    }
    friend bool operator==(const FillRow&, const FillRow&) = default;
};

/// What makes a line in the event log.
enum class EventKind : std::uint8_t {
    shock,         ///< of the world file: `reference` is its number there
    input,         ///< from outside, while it ran: `reference` is its running number
    halt,          ///< a book stopped by its price band
    outage,        ///< a book that nobody can reach
    resume,        ///< trading goes on after either
    forced_sale,   ///< a lender sells for `account`; `amount` is what must go
    write_off,     ///< a sector's debt that was not paid: `reference` is the sector
    capital_call,  ///< paid in this frame: `reference` is the paying sector
    redemption,    ///< paid in this frame: `reference` is the paying sector
    finer_steps,   ///< the clock went to level `reference`
    coarser_steps,
};
inline constexpr std::array<std::string_view, 11> event_names{
    "shock",     "input",        "halt",       "outage",      "resume",       "forced_sale",
    "write_off", "capital_call", "redemption", "finer_steps", "coarser_steps"};

struct EventRow {
    std::uint8_t kind = 0;        ///< EventKind
    std::uint16_t book = 0xffff;  ///< where it has one
    std::uint32_t account = 0xffff'ffff;
    std::uint32_t reference = 0;
    std::int64_t amount = 0;  ///< Money

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("kind", &EventRow::kind);
        column("book", &EventRow::book);
        column("account", &EventRow::account);
        column("reference", &EventRow::reference);
        column("amount", &EventRow::amount);
    }
    friend bool operator==(const EventRow&, const EventRow&) = default;
};

/// An asset of an account that is watched. Asset 0 is dollars; a debt is negative, with `debt` set.
struct AccountRow {
    std::uint32_t account = 0;
    std::uint16_t asset = 0;
    std::uint8_t debt = 0;
    std::int64_t units = 0;   ///< free
    std::int64_t escrow = 0;  ///< units waiting in orders
    std::int64_t worth = 0;   ///< Money, of both

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("account", &AccountRow::account);
        column("asset", &AccountRow::asset);
        column("debt", &AccountRow::debt);
        column("units", &AccountRow::units);
        column("escrow", &AccountRow::escrow);
        column("worth", &AccountRow::worth);
    }
    friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

/// An order that rests for a watched account.
struct OrderRow {
    std::uint32_t account = 0;
    std::uint16_t book = 0;
    std::uint8_t side = 0;
    std::uint8_t cause = 0;
    std::int64_t price = 0;
    std::int64_t lots = 0;

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("account", &OrderRow::account);
        column("book", &OrderRow::book);
        column("side", &OrderRow::side);
        column("cause", &OrderRow::cause);
        column("price", &OrderRow::price);
        column("lots", &OrderRow::lots);
    }
    friend bool operator==(const OrderRow&, const OrderRow&) = default;
};

/// What a watched account asked for since the frame before.
struct DecisionRow {
    std::uint32_t account = 0;
    std::uint16_t book = 0;
    std::uint8_t kind = 0;  ///< agents::IntentKind
    std::uint8_t side = 0;
    std::uint8_t cause = 0;
    std::int64_t price = 0;
    std::int64_t lots = 0;
    std::int64_t at = 0;  ///< ns since 1970

    template <class Visitor>
    static void columns(Visitor&& column) {
        column("account", &DecisionRow::account);
        column("book", &DecisionRow::book);
        column("kind", &DecisionRow::kind);
        column("side", &DecisionRow::side);
        column("cause", &DecisionRow::cause);
        column("price", &DecisionRow::price);
        column("lots", &DecisionRow::lots);
        column("at", &DecisionRow::at);
    }
    friend bool operator==(const DecisionRow&, const DecisionRow&) = default;
};

}  // namespace crowdout::world
