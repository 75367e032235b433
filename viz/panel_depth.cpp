// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_depth.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "market/units.hpp"
#include "viz/panel_ladder.hpp"

namespace crowdout::viz {
namespace {

using market::Time;

constexpr std::size_t columns_max = 640;
constexpr std::size_t fill_max = 360;  // frames asked for after a jump (our choice)
constexpr std::size_t step_max = 12;   // and while a film runs, at each frame of the window

const world::BookRow* row_of_book(const world::Frame& frame, std::uint16_t book) {
    const auto place = std::ranges::find(frame.books, book, &world::BookRow::book);
    return place == frame.books.end() ? nullptr : &*place;
}

}  // namespace

DepthPanel::DepthPanel() : map_{columns_max, rows}, depth_(rows) {}

void DepthPanel::draw(const Stage& stage, const sf::FloatRect& rect, world::FrameSource& source,
                      std::size_t index) {
    const sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_depth);
    const world::Manifest& manifest = source.manifest();
    if (index >= source.frames() || manifest.books.empty()) {
        draw_nothing(stage, inner, Phrase::no_data);
        return;
    }
    const Look& look = stage.look;
    book_ = draw_book_choice(stage, rect, manifest, book_);
    const float column_width = std::round(std::max(look.px(3), 2.0F));
    const sf::FloatRect area{inner.left, inner.top, std::max(inner.width - look.px(56), 1.0F),
                             std::max(inner.height - look.px(16), 1.0F)};
    const auto columns = static_cast<std::size_t>(area.width / column_width) + 1;
    follow(source, index, std::min(columns, columns_max));
    map_.draw(stage.canvas, area, look.colors, column_width);
    stage.canvas.layer();
    draw_prices(stage, area, column_width);
    draw_dots(stage, area, column_width);
    draw_axis(stage, area);
    if (!columns_.empty()) {
        // The oldest column in sight, and the newest at the right edge.
        const std::size_t first = columns_.size() - std::min(columns_.size(), columns);
        const auto date = [&](std::size_t column) {
            return time_text(map_.buffer().time(column), look.language);
        };
        const float left = std::max(map_.x_of(area, first, column_width), area.left);
        const sf::FloatRect line{left, area.top + area.height, area.left + area.width - left,
                                 look.px(16)};
        const TextStyle style{.size = look.small_text(), .color = look.colors.muted};
        stage.canvas.text_in(date(columns_.size() - 1),
                             {area.left, line.top, area.width, line.height},
                             {.size = style.size, .color = style.color, .align = Align::right});
        if (line.width > look.px(240)) stage.canvas.text_in(date(first), line, style);
    }
    if (!stage.pointer.over(area) || step_ <= 0) return;
    const auto column = map_.column_at(area, stage.pointer.position.x, column_width);
    if (!column) return;
    const double share =
        static_cast<double>((area.top + area.height - stage.pointer.position.y) / area.height);
    const auto row = std::min(static_cast<std::size_t>(share * rows), rows - 1);
    const double usd = static_cast<double>(map_.buffer().depth(*column, row));
    draw_tip(
        stage, rect,
        {{time_text(map_.buffer().time(*column), look.language)},
         {value_text((first_ + static_cast<double>(row)) * step_, Unit::dollars, look.language),
          stage.dollars(std::abs(usd)), usd >= 0 ? look.colors.bid : look.colors.ask}});
}

/// Brings the map up to a frame. A film that outruns the window leaves frames out.
void DepthPanel::follow(world::FrameSource& source, std::size_t index, std::size_t columns) {
    const std::size_t last = columns_.empty() ? 0 : columns_.back().frame;
    const world::BookRow* row = row_of_book(source.at(index).frame, book_);
    const double now = row == nullptr ? 0
                                      : static_cast<double>(row->mid_twice) / 2 *
                                            source.manifest().books[book_].usd_per_tick;
    // Going back, far ahead, to another book, or out of the rows: all columns are filled again.
    const bool jumped = columns_.empty() || book_ != shown_book_ || index < last ||
                        index - last > columns || now < lowest_ || now > highest_;
    std::size_t next = last + 1;
    std::size_t stride = 1;
    if (jumped) {
        const std::size_t count = std::min({columns, fill_max, index + 1});
        next = index + 1 - count;
        restart(source, next, index);
    } else if (index - last > step_max) {
        stride = (index - last) / step_max;
        next = index - (index - last - 1) / stride * stride;
    }
    for (std::size_t frame = next; frame <= index; frame += stride) {
        const world::Scene* scene = past_.at(source, frame);
        if (scene != nullptr) push(source.manifest(), scene->frame, frame);
    }
}

/// Chooses rows for all prices of the frames that come, and some air for those after them.
void DepthPanel::restart(const world::FrameSource& source, std::size_t first, std::size_t last) {
    map_.clear();
    columns_.clear();
    dots_.clear();
    shown_book_ = book_;
    const world::History& history = source.history();
    const world::History::Book& book = history.books[book_];
    const world::Trace& prices = book.rebased;
    const std::size_t from = prices.first_at(Time{history.time[first]});
    const world::Extremes found =
        prices.extremes(from > 0 ? from - 1 : 0, prices.first_at(Time{history.time[last] + 1}));
    if (found.low_at == world::Extremes::none) return;
    const double low = book.usd(prices.value(found.low_at));
    const double high = book.usd(prices.value(found.high_at));
    const double middle = (low + high) / 2;
    const double range = high - low;
    // Air above and below, or the next step of the price would begin anew.
    const double span = std::max(range * 1.4, rows_span_min * middle);
    const double tick = source.manifest().books[book_].usd_per_tick;
    step_ = std::max(std::ceil(span / rows / tick), 1.0) * tick;
    first_ = std::round(middle / step_) - std::floor(rows / 2.0);
    lowest_ = (first_ + 4) * step_;
    highest_ = (first_ + static_cast<double>(rows) - 4) * step_;
}

void DepthPanel::push(const world::Manifest& manifest, const world::Frame& frame,
                      std::size_t number) {
    const world::BookRow* row = row_of_book(frame, book_);
    if (row == nullptr || step_ <= 0) return;
    const world::Manifest::Book& terms = manifest.books[book_];
    std::ranges::fill(depth_, 0.0F);
    const Rungs rungs = rungs_of(manifest, frame, book_);
    const auto add = [&](const std::vector<Rung>& side, float sign) {
        for (const Rung& rung : side) {
            const double at = std::round(row_of(rung.price));
            if (at < 0 || at >= static_cast<double>(rows)) continue;
            depth_[static_cast<std::size_t>(at)] += sign * static_cast<float>(rung.usd);
        }
    };
    add(rungs.bids, 1);
    add(rungs.asks, -1);
    map_.push(Time{frame.head.to}, depth_);
    if (columns_.size() == map_.buffer().columns_max()) columns_.erase(columns_.begin());
    columns_.push_back({number, static_cast<double>(row->bid) * terms.usd_per_tick,
                        static_cast<double>(row->ask) * terms.usd_per_tick});
    add_dots(terms, frame, number);
    std::erase_if(dots_, [&](const Dot& dot) { return dot.frame < columns_.front().frame; });
}

/// Executions of a frame at prices of one row and one side are one dot.
void DepthPanel::add_dots(const world::Manifest::Book& terms, const world::Frame& frame,
                          std::size_t number) {
    const std::size_t begin = dots_.size();
    const double money_per_tick_lot =
        static_cast<double>(terms.money_per_tick_lot) / market::money_per_dollar;
    for (const world::FillRow& fill : frame.fills) {
        if (fill.book != book_) continue;
        const bool bought = fill.taker_side == static_cast<std::uint8_t>(market::Side::buy);
        const double ticks = static_cast<double>(fill.price);
        const double price = std::round(ticks * terms.usd_per_tick / step_) * step_;
        const auto same = std::find_if(
            dots_.begin() + static_cast<std::ptrdiff_t>(begin), dots_.end(),
            [&](const Dot& dot) { return dot.bought == bought && dot.price == price; });
        const double usd = ticks * static_cast<double>(fill.lots) * money_per_tick_lot;
        if (same != dots_.end()) {
            same->usd += usd;
        } else {
            dots_.push_back({number, price, usd, bought});
        }
    }
}

void DepthPanel::draw_prices(const Stage& stage, const sf::FloatRect& area,
                             float column_width) const {
    if (step_ <= 0) return;
    const std::array sides{&Column::bid, &Column::ask};
    for (std::size_t side = 0; side < sides.size(); ++side) {
        std::vector<sf::Vector2f> points;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const double price = columns_[i].*sides[side];
            const float x = map_.x_of(area, i, column_width) + column_width / 2;
            const float y = map_.y_of(area, row_of(price));
            const bool shown =
                price > 0 && x >= area.left && y >= area.top && y <= area.top + area.height;
            // Where a side is empty the line breaks: it does not cross from one book to the next.
            points.push_back(shown ? sf::Vector2f{x, y} : sf::Vector2f{NAN, NAN});
        }
        stage.canvas.polyline(points, side == 0 ? stage.look.colors.bid : stage.look.colors.ask,
                              stage.look.px(1.5F));
    }
}

/// Discs whose area is what was traded.
void DepthPanel::draw_dots(const Stage& stage, const sf::FloatRect& area,
                           float column_width) const {
    double largest = 0;
    for (const Dot& dot : dots_) largest = std::max(largest, dot.usd);
    for (const Dot& dot : dots_) {
        const auto place = std::ranges::lower_bound(columns_, dot.frame, {}, &Column::frame);
        const auto column = static_cast<std::size_t>(place - columns_.begin());
        const float x = map_.x_of(area, column, column_width) + column_width / 2;
        const float y = map_.y_of(area, row_of(dot.price));
        if (x < area.left || y < area.top || y > area.top + area.height) continue;
        const auto radius = static_cast<float>(std::sqrt(dot.usd / largest)) * stage.look.px(5);
        if (radius < 1) continue;
        const sf::Color ink = dot.bought ? stage.look.colors.bid : stage.look.colors.ask;
        stage.canvas.disc({x, y}, radius,
                          with_alpha(mixed(ink, stage.look.colors.text, 0.3F), 0.55F));
    }
}

void DepthPanel::draw_axis(const Stage& stage, const sf::FloatRect& area) const {
    if (step_ <= 0) return;
    const Look& look = stage.look;
    const auto count = static_cast<std::size_t>(std::max(area.height / look.px(26), 1.0F));
    for (const ValueTick& tick : value_ticks(first_ * step_, (first_ + rows) * step_, count,
                                             Unit::dollars, look.language)) {
        const float y = map_.y_of(area, row_of(tick.value));
        if (y < area.top || y > area.top + area.height) continue;
        stage.canvas.fill({area.left + area.width, std::round(y), look.px(4), 1},
                          look.colors.muted);
        stage.canvas.text_in(
            tick.label,
            {area.left + area.width + look.px(6), y - look.px(8), look.px(50), look.px(16)},
            {.size = look.small_text(), .color = look.colors.muted});
    }
    stage.canvas.frame(area, look.colors.border);
}

}  // namespace crowdout::viz
