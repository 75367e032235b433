// SPDX-License-Identifier: Apache-2.0
#include "apps/export_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "market/ids.hpp"
#include "market/units.hpp"

namespace crowdout::apps {

namespace {

constexpr std::size_t texts_per_row = 8;
constexpr std::size_t time_length = 30;
constexpr std::size_t word_length = 16;
constexpr std::array<std::string_view, 2> side_names{"buy", "sell"};
constexpr std::array<std::string_view, 3> intent_names{"submit", "cancel", "replace"};
constexpr std::array<std::string_view, 5> market_phase_names{"closed", "pre_open", "continuous",
                                                             "halted", "down"};

template <class Names>
std::string_view name_in(const Names& names, std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    return at < std::size(names) ? std::string_view{names[at]} : std::string_view{};
}

template <class Items>
std::string_view item_name(const Items& items, std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    return at < items.size() ? std::string_view{items[at].name} : std::string_view{};
}

template <class Items>
std::size_t longest(const Items& items) {
    std::size_t length = 1;
    for (const auto& item : items) length = std::max(length, item.name.size());
    return length;
}

/// Ticks in USD. A tick is mostly one over a whole number: dividing by that gives 100.365 where
/// multiplying gives 100.36500000000001.
double usd_of(double ticks, const world::Manifest::Book* book) {
    if (book == nullptr) return 0;
    const double per_usd = std::round(1 / book->usd_per_tick);
    const bool is_whole = std::abs(per_usd * book->usd_per_tick - 1) < 1e-12;
    return is_whole ? ticks / per_usd : ticks * book->usd_per_tick;
}

double series_scale(const world::Manifest::Series& series) {
    return series.unit == "rate" ? 1e-9 : series.unit == "usd" ? 1e-4 : 1e-6;
}

}  // namespace

CellMaker::CellMaker(const world::Manifest& manifest)
    : manifest_{manifest}, texts_(texts_per_row) {}

Cell CellMaker::cell(Meaning meaning, std::int64_t value, Context context) {
    const auto number = static_cast<double>(value);
    const auto& books = manifest_.books;
    const world::Manifest::Book* book =
        context.book < books.size() ? &books[context.book] : nullptr;
    switch (meaning) {
        case Meaning::whole:
            return value;
        case Meaning::time:
            return keep(world::format_time(market::Time{value}));
        case Meaning::digest:
            return keep(fmt::format("{:016x}", static_cast<std::uint64_t>(value)));
        case Meaning::millionths:
            return number / 1e6;
        case Meaning::book:
            return item_name(books, value);
        case Meaning::sector:
            return item_name(manifest_.sectors, value);
        case Meaning::asset:
            return value == world::HoldingRow::debt ? std::string_view{"debt"}
                                                    : item_name(manifest_.assets, value);
        case Meaning::account:
            return account(static_cast<std::uint32_t>(value));
        case Meaning::series:
            return item_name(manifest_.series, value);
        case Meaning::series_value:
            return number * series_scale(manifest_.series[context.series]);
        case Meaning::reason:
            return name_in(market::reason_names, value);
        case Meaning::cause:
            return name_in(market::cause_names, value);
        case Meaning::side:
            return name_in(side_names, value);
        case Meaning::event:
            return name_in(world::event_names, value);
        case Meaning::intent:
            return name_in(intent_names, value);
        case Meaning::step_phase:
            return name_in(world::phase_names, value);
        case Meaning::market_phase:
            return name_in(market_phase_names, value);
        case Meaning::money:
            return number / market::money_per_dollar;
        case Meaning::price:
            return usd_of(number, book);
        case Meaning::price_twice:
            return usd_of(number / 2, book);
        case Meaning::lots:
            return book != nullptr ? number * book->whole_per_lot : 0.0;
        case Meaning::units:
            // A debt counts in dollars.
            return number * (context.asset < manifest_.assets.size()
                                 ? manifest_.assets[context.asset].whole_per_unit
                                 : manifest_.assets[0].whole_per_unit);
    }
    return value;
}

std::size_t CellMaker::length_max(Meaning meaning) const {
    switch (meaning) {
        case Meaning::book:
            return longest(manifest_.books);
        case Meaning::sector:
            return longest(manifest_.sectors);
        case Meaning::asset:
            return std::max<std::size_t>(4, longest(manifest_.assets));
        case Meaning::series:
            return longest(manifest_.series);
        case Meaning::account:
            return longest(manifest_.blocks) + 12;
        case Meaning::time:
            return time_length;
        default:
            return word_length;
    }
}

std::string_view CellMaker::keep(std::string text) {
    assert(used_ < texts_.size());
    texts_[used_] = std::move(text);
    return texts_[used_++];
}

/// `fund[3]`, or the name alone where a block has one member.
std::string_view CellMaker::account(std::uint32_t packed) {
    const std::uint32_t block = packed >> market::AccountId::row_bits;
    if (block >= manifest_.blocks.size()) return {};
    const world::Manifest::Block& each = manifest_.blocks[block];
    if (each.members == 1) return each.name;
    return keep(fmt::format("{}[{}]", each.name, packed & (market::AccountId::rows_max - 1)));
}

}  // namespace crowdout::apps
