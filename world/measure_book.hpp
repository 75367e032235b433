// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "world/measure_fields.hpp"
#include "world/measure_together.hpp"

// Measures of order books: what a trade costs, what waits for it, how large it is.

namespace crowdout::world {

/// Ask less bid over mid, looked at while the book trades and both sides have orders.
struct Spread {
    std::string of;
    Summary summary = Summary::mean;
    market::Duration every{market::minute * 5};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { need_prices(needs, of, every).spreads = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
        field("summary", summary, summary_field());
        field("every", every, every_field());
    }
};

/// Mean spread over the volatility of one trade: the daily deviation over the root of the trades
/// of a day. Near a constant of order one across books.
/// Source: Wyart et al. (2008), Quantitative Finance 8, 41.
struct SpreadToVolatility {
    std::string of;
    market::Duration horizon{market::minute * 30};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
        field("horizon", horizon, horizon_field());
    }
};

enum class BookSide : std::uint8_t { both, bid, ask };
inline constexpr std::array<std::string_view, 3> book_side_names{"both", "bid", "ask"};
constexpr agents::EnumNames enum_names(BookSide) {
    return {book_side_names.data(), book_side_names.size()};
}

/// Dollars resting within 1 % of mid, while the book trades.
struct Depth {
    std::string of;
    BookSide side = BookSide::both;
    Summary summary = Summary::median;
    market::Duration every{market::minute * 5};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::usd; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { need_prices(needs, of, every).depths = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
        field("side", side, {.help = "Which side.", .help_zh = "哪一侧。"});
        field("summary", summary, summary_field());
        field("every", every, every_field());
    }
};

/// Largest loss of depth: one less what rests within 1 % of mid over its median of the `before`
/// that ends there. Looked at while the book trades, each minute.
struct DepthLoss {
    std::string of;
    market::Duration before{market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const { need_prices(needs, of, market::minute).depths = true; }
    [[nodiscard]] market::Duration span() const { return before; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
        field("before", before,
              {.help = "What it is compared with.",
               .help_zh = "对比的前期长度。",
               .unit = Dimension::duration,
               .positive = true});
    }
};

/// Where the mean book is thickest, in ticks from its best price: 0 at the touch, more where depth
/// rises to a hump first.
/// Source: Bouchaud, Mezard & Potters (2002), Quantitative Finance 2, 251.
struct DepthHump {
    std::string of;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    void need(TrackNeeds& needs) const { needs.books[of].ladders = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose book.", "哪个工具的订单簿。"));
    }
};

/// Hill's index of the sizes of trades; what one taker takes at once is one trade.
/// Source: Gopikrishnan et al. (2000), Physical Review E 62, R4493.
struct TradeSizeTail {
    std::string of;
    double tail = 0.025;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return of; }
    void need(TrackNeeds& needs) const { needs.books[of].fills = true; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose trades.", "哪个工具的成交。"));
        field("tail", tail,
              {.help = "Share of the trades that are the tail.",
               .help_zh = "视为尾部的成交比例。",
               .unit = Dimension::ratio,
               .max = 0.5,
               .positive = true});
    }
};

}  // namespace crowdout::world
