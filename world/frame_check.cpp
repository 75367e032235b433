// SPDX-License-Identifier: Apache-2.0
#include "world/frame_check.hpp"

#include <algorithm>

#include "agents/intent.hpp"
#include "market/market_hours.hpp"
#include "market/order.hpp"
#include "market/posting.hpp"

namespace crowdout::world {

namespace {

constexpr std::uint16_t no_book = 0xffff;
constexpr std::uint32_t no_account = 0xffff'ffff;
constexpr auto phases = static_cast<unsigned>(market::MarketPhase::down) + 1;
constexpr auto intent_kinds = static_cast<unsigned>(agents::IntentKind::replace) + 1;

/// Whether each number in a row is one of what it counts.
struct Known {
    const Manifest& manifest;

    [[nodiscard]] bool book(std::uint16_t number) const { return number < manifest.books.size(); }
    [[nodiscard]] bool sector(std::uint16_t number) const {
        return number < manifest.sectors.size();
    }
    [[nodiscard]] bool asset(std::uint16_t number) const { return number < manifest.assets.size(); }
    [[nodiscard]] bool account(std::uint32_t packed) const {
        const std::uint32_t block = packed >> market::AccountId::row_bits;
        return block < manifest.blocks.size() &&
               (packed & (market::AccountId::rows_max - 1)) < manifest.blocks[block].members;
    }
    [[nodiscard]] static bool side(std::uint8_t number) { return number < 2; }
    [[nodiscard]] static bool cause(std::uint8_t number) { return number < market::cause_count; }

    [[nodiscard]] bool operator()(const MarkRow& row) const { return row.phase < phase_count; }
    [[nodiscard]] bool operator()(const BookRow& row) const {
        return book(row.book) && row.phase < phases;
    }
    [[nodiscard]] bool operator()(const CashRow& row) const { return sector(row.sector); }
    [[nodiscard]] bool operator()(const SeriesRow& row) const {
        return row.series < manifest.series.size();
    }
    [[nodiscard]] bool operator()(const HoldingRow& row) const {
        return sector(row.sector) && (asset(row.asset) || row.asset == HoldingRow::debt);
    }
    [[nodiscard]] bool operator()(const LadderRow& row) const {
        return book(row.book) && side(row.side) && row.width > 0;
    }
    [[nodiscard]] bool operator()(const AccountRow& row) const {
        return account(row.account) && asset(row.asset) && row.debt < 2;
    }
    [[nodiscard]] bool operator()(const OrderRow& row) const {
        return account(row.account) && book(row.book) && side(row.side) && cause(row.cause);
    }
    [[nodiscard]] bool operator()(const MoneyRow& row) const {
        return sector(row.from) && sector(row.to) && row.reason < market::reason_count;
    }
    [[nodiscard]] bool operator()(const TradedRow& row) const {
        return book(row.book) && sector(row.sector) && cause(row.cause) && side(row.side);
    }
    [[nodiscard]] bool operator()(const FillRow& row) const {
        return book(row.book) && side(row.taker_side) && cause(row.maker_cause) &&
               cause(row.taker_cause) && account(row.maker) && account(row.taker);
    }
    [[nodiscard]] bool operator()(const EventRow& row) const {
        return row.kind < event_names.size() && (book(row.book) || row.book == no_book) &&
               (account(row.account) || row.account == no_account) && reference(row);
    }
    [[nodiscard]] bool operator()(const DecisionRow& row) const {
        // A wish that was refused has no book.
        return account(row.account) && (book(row.book) || row.book == no_book) && side(row.side) &&
               cause(row.cause) && row.kind < intent_kinds;
    }

private:
    [[nodiscard]] bool reference(const EventRow& row) const {
        switch (static_cast<EventKind>(row.kind)) {
            case EventKind::shock:
                return row.reference < manifest.shocks.size();
            case EventKind::write_off:
            case EventKind::capital_call:
            case EventKind::redemption:
                return row.reference < manifest.sectors.size();
            default:
                return true;
        }
    }
};

}  // namespace

std::string_view wrong_table(const Frame& frame, const Manifest& manifest) {
    const Known known{manifest};
    std::string_view wrong;
    Frame::tables([&](std::string_view name, TableKind, auto member) {
        if (wrong.empty() && !std::ranges::all_of(frame.*member, known)) wrong = name;
    });
    if (!wrong.empty()) return wrong;
    for (std::size_t i = 0; i < manifest.books.size(); ++i) {
        if (frame.books.size() != manifest.books.size() || frame.books[i].book != i) return "books";
    }
    for (std::size_t i = 0; i < manifest.sectors.size(); ++i) {
        if (frame.cash.size() != manifest.sectors.size() || frame.cash[i].sector != i)
            return "cash";
    }
    return {};
}

bool all_known(const std::vector<MoneyRow>& rows, const Manifest& manifest) {
    return std::ranges::all_of(rows, Known{manifest});
}
bool all_known(const std::vector<TradedRow>& rows, const Manifest& manifest) {
    return std::ranges::all_of(rows, Known{manifest});
}

}  // namespace crowdout::world
