// SPDX-License-Identifier: Apache-2.0
#include "studies/run_sketch.hpp"

#include <algorithm>
#include <cmath>

#include "market/time.hpp"

namespace crowdout::studies {
namespace {

using market::Cause;
using market::Side;

double usd(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

/// To restore leverage or to make good for it, as world::Tape counts it.
bool is_by_force(Cause cause) {
    return cause == Cause::margin_call || cause == Cause::liquidation ||
           cause == Cause::deleveraging;
}

std::int64_t floored(std::int64_t number, std::int64_t by) {
    return number / by - (number % by < 0 ? 1 : 0);
}

/// Short enough for the shortest run that is worth a chart, and few cells for the longest.
std::int64_t cell_of(const world::Manifest& manifest) {
    return manifest.duration <= 7 * market::day.ns ? market::minute.ns : market::hour.ns;
}

/// The shortest round span of which `spans_max` reach from `from` to `to`.
std::int64_t round_span(std::int64_t cell, std::int64_t length, std::size_t spans_max) {
    const auto fits = [&](std::int64_t span) {
        return span >= cell && length <= span * static_cast<std::int64_t>(spans_max);
    };
    for (const std::int64_t minutes : {1, 5, 15, 30, 60, 180, 360, 720}) {
        if (fits(minutes * market::minute.ns)) return minutes * market::minute.ns;
    }
    std::int64_t span = market::day.ns;
    while (!fits(span)) span *= 2;
    return span;
}

}  // namespace

void Periods::add(std::int64_t time, std::size_t key, double amount) {
    // A frame ends where its time says: an amount at midnight belongs to the day before.
    std::vector<double>& cell = cells_[floored(time - 1, cell_)];
    if (cell.empty()) cell.resize(keys_);
    cell[key] += amount;
}

Periods::Table Periods::table(std::int64_t from, std::int64_t to, std::size_t spans_max) const {
    Table table;
    table.span = round_span(cell_, to - from, spans_max);
    const std::int64_t first = floored(from, table.span);
    const std::int64_t last = std::max(floored(to - 1, table.span), first);
    const auto spans = static_cast<std::size_t>(last - first + 1);
    for (std::size_t i = 0; i <= spans; ++i) {
        const std::int64_t edge = (first + static_cast<std::int64_t>(i)) * table.span;
        table.edges.push_back(std::clamp(edge, from, std::max(to, from + 1)));
    }
    table.values.assign(keys_, std::vector<double>(spans));
    for (const auto& [number, amounts] : cells_) {
        const std::int64_t span = floored(number * cell_, table.span) - first;
        if (span < 0 || span >= static_cast<std::int64_t>(spans)) continue;
        for (std::size_t key = 0; key < keys_; ++key) {
            table.values[key][static_cast<std::size_t>(span)] += amounts[key];
        }
    }
    return table;
}

std::optional<double> RunSketch::Book::volatility(market::Session session) const {
    if (closes.size() < 4) return std::nullopt;
    std::vector<double> returns;
    double mean = 0;
    for (std::size_t i = 1; i < closes.size(); ++i) {
        returns.push_back(std::log(closes[i].second / closes[i - 1].second));
        mean += returns.back();
    }
    mean /= static_cast<double>(returns.size());
    double squares = 0;
    for (const double each : returns) squares += (each - mean) * (each - mean);
    const double days = session == market::Session::always ? 365 : 252;
    return std::sqrt(squares / static_cast<double>(returns.size() - 1) * days);
}

RunSketch::RunSketch(world::Manifest manifest)
    : manifest_{std::move(manifest)},
      books_(manifest_.books.size()),
      series_(manifest_.series.size()),
      idle_(manifest_.sectors.size()),
      volume_{cell_of(manifest_), market::cause_count},
      forced_{cell_of(manifest_), manifest_.books.size()},
      opening_cash_(manifest_.sectors.size()) {}

void RunSketch::take(const world::Frame& frame) {
    if (scene_.frames == 0) take_first(frame);
    scene_.advance(frame);
    const std::int64_t time = frame.head.to;
    take_books(frame);
    // What holds is in the scene: a frame tells only what changed.
    for (const world::SeriesRow& row : scene_.frame.series) {
        const world::Manifest::Series& series = manifest_.series[row.series];
        const double per_unit = series.unit == "rate"    ? 1e-9
                                : series.unit == "ratio" ? 1e-6
                                                         : 1.0 / market::money_per_dollar;
        series_[row.series].add(time, static_cast<double>(row.value) * per_unit);
    }
    for (const world::CashRow& row : scene_.frame.cash) {
        idle_[row.sector].add(time, usd(row.idle));
    }
    for (const world::TradedRow& row : frame.trades) {
        volume_.add(time, row.cause, usd(row.money) / 2);
        if (row.side != static_cast<std::uint8_t>(Side::sell)) continue;
        if (!is_by_force(static_cast<Cause>(row.cause))) continue;
        forced_trades_.push_back({.time = time,
                                  .book = row.book,
                                  .sector = row.sector,
                                  .usd = usd(row.money),
                                  .mid = books_[row.book].mid.last().value});
    }
    for (const world::EventRow& row : frame.events) events_.push_back({time, row});
}

/// Cash at the first frame's end, less what flowed in it: what there was before anything happened.
void RunSketch::take_first(const world::Frame& frame) {
    from_ = frame.head.from;
    for (const world::CashRow& row : frame.cash) opening_cash_[row.sector] = row.cash;
    for (const world::MoneyRow& row : frame.flows) {
        opening_cash_[row.from] += row.money;
        opening_cash_[row.to] -= row.money;
    }
}

void RunSketch::take_books(const world::Frame& frame) {
    const std::int64_t time = frame.head.to;
    for (const world::BookRow& row : frame.books) {
        Book& book = books_[row.book];
        const double mid =
            static_cast<double>(row.mid_twice) / 2 * manifest_.books[row.book].usd_per_tick;
        if (mid > 0) {
            book.high = std::max(book.high, mid);
            const double drawdown = mid / book.high - 1;
            if (drawdown < book.deepest) {
                book.deepest = drawdown;
                book.deepest_at = time;
            }
            book.mid.add(time, mid);
            book.drawdown.add(time, drawdown);
        }
        book.volume += usd(row.volume);
        book.forced += usd(row.volume_forced);
        if (row.volume_forced > 0) forced_.add(time, row.book, usd(row.volume_forced));
        if (row.volume <= 0 || mid <= 0) continue;
        const std::int64_t day = floored(time - 1, market::day.ns);
        if (book.closes.empty() || book.closes.back().first != day) {
            book.closes.emplace_back(day, mid);
        } else {
            book.closes.back().second = mid;
        }
    }
}

}  // namespace crowdout::studies
