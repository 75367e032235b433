// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "market/order.hpp"
#include "market/time.hpp"
#include "world/frame_rows.hpp"

namespace crowdout::world {

inline constexpr std::size_t phase_count = 8;
inline constexpr std::array<std::string_view, phase_count> phase_names{
    "observe", "decide", "submit", "match", "settle", "margin_call", "macro", "record"};

/// Wall time per phase: for the profile table only. Never state, never in a digest.
struct PhaseTimes {
    std::array<double, phase_count> seconds{};
};

/// The low bits of the state's fingerprint after each phase of a step: where two runs part, the
/// first that differs names the phase.
using PhaseMarks = std::array<std::uint16_t, phase_count>;

/// Counts since the world began.
struct Totals {
    std::uint64_t turns = 0;   ///< decisions asked for
    std::uint64_t orders = 0;  ///< submits, cancels and replaces that reached a book
    std::uint64_t fills = 0;
    std::uint64_t instructions = 0;
    std::array<std::uint64_t, market::reject_count> rejects{};
};

/// How long a table's rows hold.
enum class TableKind : std::uint8_t {
    state,    ///< until the next frame that has some
    by_book,  ///< the same, book by book: a frame replaces those of the books it has
    change,   ///< they tell of their own frame only
};

/// Everything that can be seen after one step.
struct Frame {
    FrameHead head;
    std::vector<MarkRow> marks;
    std::vector<BookRow> books;
    std::vector<CashRow> cash;
    std::vector<SeriesRow> series;
    std::vector<HoldingRow> holdings;
    std::vector<LadderRow> ladders;
    std::vector<AccountRow> accounts;
    std::vector<OrderRow> orders;
    std::vector<MoneyRow> flows;
    std::vector<TradedRow> trades;
    std::vector<FillRow> fills;
    std::vector<EventRow> events;
    std::vector<DecisionRow> decisions;

    /// Visits every table but the head: name, kind, member.
    template <class Visitor>
    static void tables(Visitor&& table) {
        table("marks", TableKind::change, &Frame::marks);
        table("books", TableKind::state, &Frame::books);
        table("cash", TableKind::state, &Frame::cash);
        table("series", TableKind::state, &Frame::series);
        table("holdings", TableKind::state, &Frame::holdings);
        table("ladders", TableKind::by_book, &Frame::ladders);
        table("accounts", TableKind::change, &Frame::accounts);
        table("orders", TableKind::change, &Frame::orders);
        table("flows", TableKind::change, &Frame::flows);
        table("trades", TableKind::change, &Frame::trades);
        table("fills", TableKind::change, &Frame::fills);
        table("events", TableKind::change, &Frame::events);
        table("decisions", TableKind::change, &Frame::decisions);
    }
    /// Empties every table and keeps its memory.
    void clear() {
        head = {};
        tables([this](std::string_view, TableKind, auto member) { (this->*member).clear(); });
    }
    friend bool operator==(const Frame&, const Frame&) = default;
};

}  // namespace crowdout::world
