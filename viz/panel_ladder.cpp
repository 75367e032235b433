// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_ladder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "market/units.hpp"

namespace crowdout::viz {
namespace {

/// Rows of one side, best first, going up or down from the middle.
void draw_side(const Stage& stage, const sf::FloatRect& rect, std::span<const Rung> rungs,
               bool upwards, double largest, sf::Color ink) {
    const Look& look = stage.look;
    const float line = look.px(16);
    const auto fit = static_cast<std::size_t>(std::max(rect.height / line, 0.0F));
    const float price_width = look.px(64);
    for (std::size_t i = 0; i < std::min(fit, rungs.size()); ++i) {
        const float step = line * static_cast<float>(i + (upwards ? 1 : 0));
        const float top = upwards ? rect.top + rect.height - step : rect.top + step;
        const sf::FloatRect row{rect.left, top, rect.width, line};
        const auto share = static_cast<float>(rungs[i].usd / largest);
        const float room = row.width - price_width;
        stage.canvas.fill({row.left + price_width, top + 1, room * share, line - 2},
                          with_alpha(ink, 0.35F));
        stage.canvas.text_in(value_text(rungs[i].price, Unit::dollars, look.language),
                             {row.left, row.top, price_width, row.height},
                             {.size = look.small_text(), .color = ink});
        stage.canvas.text_in(
            stage.dollars(rungs[i].usd), row,
            {.size = look.small_text(), .color = look.colors.text, .align = Align::right});
    }
}

}  // namespace

Rungs rungs_of(const world::Manifest& manifest, const world::Frame& frame, std::uint16_t book) {
    Rungs rungs;
    const world::Manifest::Book& terms = manifest.books[book];
    const double money_per_tick_lot =
        static_cast<double>(terms.money_per_tick_lot) / market::money_per_dollar;
    // A ladder may be older than the prices: what they have passed is no longer there.
    const auto quote = std::ranges::find(frame.books, book, &world::BookRow::book);
    const bool is_quoted = quote != frame.books.end();
    const std::int64_t bid = is_quoted && quote->bid > 0 ? quote->bid : INT64_MAX;
    const std::int64_t ask = is_quoted ? quote->ask : 0;
    for (const world::LadderRow& row : frame.ladders) {
        if (row.book != book || row.lots <= 0) continue;
        const bool is_bid = row.side == static_cast<std::uint8_t>(market::Side::buy);
        const std::int64_t last = row.price + row.width - 1;
        if (is_bid ? row.price > bid : last < ask) continue;
        const double low = static_cast<double>(row.price);
        const double middle = low + (static_cast<double>(row.width) - 1) / 2;
        const std::int64_t edge = is_bid ? std::min(last, bid) : std::max(row.price, ask);
        (is_bid ? rungs.bids : rungs.asks)
            .push_back({.price = static_cast<double>(edge) * terms.usd_per_tick,
                        .usd = middle * static_cast<double>(row.lots) * money_per_tick_lot});
    }
    return rungs;
}

std::uint16_t draw_book_choice(const Stage& stage, const sf::FloatRect& panel,
                               const world::Manifest& manifest, std::uint16_t book) {
    const std::size_t count = manifest.books.size();
    if (count == 0) return book;
    const std::size_t now = std::min<std::size_t>(book, count - 1);
    const std::size_t chosen =
        draw_choice(stage, panel, 1, {"<", manifest.books[now].name, ">"}, 0);
    return static_cast<std::uint16_t>((now + count + chosen - 1) % count);
}

void LadderPanel::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                       std::size_t index) {
    const sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_ladder);
    const world::Manifest& manifest = source.manifest();
    if (index >= source.frames() || manifest.books.empty()) {
        draw_nothing(stage, inner, Phrase::no_data);
        return;
    }
    const Look& look = stage.look;
    book_ = draw_book_choice(stage, rect, manifest, book_);
    const world::Frame& frame = source.at(index).frame;
    const Rungs rungs = rungs_of(manifest, frame, book_);
    double largest = 1;
    for (const auto* side : {&rungs.bids, &rungs.asks}) {
        for (const Rung& rung : *side) largest = std::max(largest, rung.usd);
    }
    const float middle = look.px(22);
    const float half = (inner.height - middle) / 2;
    draw_side(stage, {inner.left, inner.top, inner.width, half}, rungs.asks, true, largest,
              look.colors.ask);
    draw_side(stage, {inner.left, inner.top + half + middle, inner.width, half}, rungs.bids, false,
              largest, look.colors.bid);
    const sf::FloatRect between{inner.left, inner.top + half, inner.width, middle};
    stage.canvas.fill(between, with_alpha(look.colors.text, 0.06F));
    for (const world::BookRow& row : frame.books) {
        if (row.book != book_) continue;
        const double mid = static_cast<double>(row.mid_twice) / 2;
        stage.canvas.text_in(
            value_text(mid * manifest.books[book_].usd_per_tick, Unit::dollars, look.language),
            between, {.size = look.body_text(), .color = look.colors.text});
        if (row.bid <= 0 || row.ask <= 0 || mid <= 0) continue;
        const double spread = static_cast<double>(row.ask - row.bid) / mid;
        stage.canvas.text_in(
            stage.words(Phrase::ladder_spread, fmt::format("{:.2f}%", spread * 100)), between,
            {.size = look.small_text(), .color = look.colors.muted, .align = Align::right});
    }
}

}  // namespace crowdout::viz
