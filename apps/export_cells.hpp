// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "agents/names.hpp"
#include "apps/export_tables.hpp"
#include "market/posting.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::apps {

/// What a column of a frame's table is in words and common units.
enum class Meaning : std::uint8_t {
    whole,
    time,
    digest,
    millionths,
    book,
    sector,
    asset,
    account,
    series,
    series_value,
    reason,
    cause,
    side,
    event,
    intent,
    step_phase,
    market_phase,
    money,
    price,
    price_twice,
    lots,
    units
};

struct MeaningOfName {
    std::string_view column;
    Meaning meaning;
};

/// By name alone; what means something else in one table is in `meaning_of`.
inline constexpr std::array meanings{MeaningOfName{"digest", Meaning::digest},
                                     MeaningOfName{"sigma", Meaning::millionths},
                                     MeaningOfName{"book", Meaning::book},
                                     MeaningOfName{"sector", Meaning::sector},
                                     MeaningOfName{"asset", Meaning::asset},
                                     MeaningOfName{"account", Meaning::account},
                                     MeaningOfName{"maker", Meaning::account},
                                     MeaningOfName{"taker", Meaning::account},
                                     MeaningOfName{"series", Meaning::series},
                                     MeaningOfName{"value", Meaning::series_value},
                                     MeaningOfName{"reason", Meaning::reason},
                                     MeaningOfName{"cause", Meaning::cause},
                                     MeaningOfName{"maker_cause", Meaning::cause},
                                     MeaningOfName{"taker_cause", Meaning::cause},
                                     MeaningOfName{"side", Meaning::side},
                                     MeaningOfName{"taker_side", Meaning::side},
                                     MeaningOfName{"at", Meaning::time},
                                     MeaningOfName{"bid_depth", Meaning::money},
                                     MeaningOfName{"ask_depth", Meaning::money},
                                     MeaningOfName{"volume", Meaning::money},
                                     MeaningOfName{"volume_signed", Meaning::money},
                                     MeaningOfName{"volume_forced", Meaning::money},
                                     MeaningOfName{"money", Meaning::money},
                                     MeaningOfName{"cash", Meaning::money},
                                     MeaningOfName{"idle", Meaning::money},
                                     MeaningOfName{"worth", Meaning::money},
                                     MeaningOfName{"amount", Meaning::money},
                                     MeaningOfName{"bid", Meaning::price},
                                     MeaningOfName{"ask", Meaning::price},
                                     MeaningOfName{"last", Meaning::price},
                                     MeaningOfName{"price", Meaning::price},
                                     MeaningOfName{"width", Meaning::price},
                                     MeaningOfName{"mid_twice", Meaning::price_twice},
                                     MeaningOfName{"value_twice", Meaning::price_twice},
                                     MeaningOfName{"lots", Meaning::lots},
                                     MeaningOfName{"units", Meaning::units},
                                     MeaningOfName{"escrow", Meaning::units}};

template <class Row>
[[nodiscard]] constexpr Meaning meaning_of(std::string_view column) {
    if (std::same_as<Row, world::MoneyRow> && (column == "from" || column == "to")) {
        return Meaning::sector;
    }
    if (std::same_as<Row, world::FrameHead> && (column == "from" || column == "to")) {
        return Meaning::time;
    }
    if (column == "phase") {
        return std::same_as<Row, world::MarkRow> ? Meaning::step_phase : Meaning::market_phase;
    }
    if (column == "kind") {
        return std::same_as<Row, world::EventRow> ? Meaning::event : Meaning::intent;
    }
    for (const MeaningOfName& each : meanings) {
        if (each.column == column) return each.meaning;
    }
    return Meaning::whole;
}

[[nodiscard]] constexpr CellType type_of(Meaning meaning) {
    switch (meaning) {
        case Meaning::whole:
            return CellType::whole;
        case Meaning::millionths:
        case Meaning::series_value:
        case Meaning::money:
        case Meaning::price:
        case Meaning::price_twice:
        case Meaning::lots:
        case Meaning::units:
            return CellType::real;
        default:
            return CellType::text;
    }
}

/// Half prices and the like get their plain names.
[[nodiscard]] constexpr std::string_view exported_name(std::string_view column) {
    return column == "mid_twice"     ? "mid"
           : column == "value_twice" ? "value"
           : column == "sigma"       ? "sigma_daily"
           : column == "money"       ? "usd"
           : column == "lots"        ? "quantity"
                                     : column;
}

/// Turns numbers of rows into cells.
class CellMaker {
public:
    explicit CellMaker(const world::Manifest& manifest);

    /// The cell of one column of a row. A text holds until the manifest goes, or `clear`.
    template <class Row>
    [[nodiscard]] Cell cell(const Row& row, Meaning meaning, std::int64_t value) {
        std::size_t book = 0;
        std::size_t asset = 0;
        std::size_t series = 0;
        if constexpr (requires { row.book; }) book = row.book;
        if constexpr (requires { row.asset; }) asset = row.asset;
        if constexpr (requires { row.series; }) series = row.series;
        return cell(meaning, value, {book, asset, series});
    }
    /// Forgets the texts that were made for cells.
    void clear() { used_ = 0; }
    /// The longest text that a column may have, bytes.
    [[nodiscard]] std::size_t length_max(Meaning meaning) const;

private:
    struct Context {
        std::size_t book = 0;
        std::size_t asset = 0;
        std::size_t series = 0;
    };

    [[nodiscard]] Cell cell(Meaning meaning, std::int64_t value, Context context);
    [[nodiscard]] std::string_view keep(std::string text);
    [[nodiscard]] std::string_view account(std::uint32_t packed);

    const world::Manifest& manifest_;
    std::vector<std::string> texts_;  ///< of the row in hand; never moved while it is
    std::size_t used_ = 0;
};

}  // namespace crowdout::apps
