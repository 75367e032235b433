// SPDX-License-Identifier: Apache-2.0
#include "world/measure_book.hpp"

#include <algorithm>
#include <cmath>

#include "world/statistics_moments.hpp"
#include "world/statistics_series.hpp"
#include "world/statistics_stress.hpp"
#include "world/statistics_tail.hpp"

namespace crowdout::world {

namespace {

/// Rows in which the book trades, on days that count.
std::vector<std::size_t> open_rows(const TrackView& view, std::size_t book,
                                   market::Duration every) {
    std::vector<std::size_t> rows = view.rows(every);
    std::erase_if(rows, [&](std::size_t row) {
        return view.tracks().books[book].open[row] == 0 || !view.counts(view.tracks().time[row]);
    });
    return rows;
}

std::vector<double> spreads(const TrackView& view, std::size_t book, market::Duration every) {
    const std::vector<double>& spread = view.column(book, &Tracks::Book::spread);
    std::vector<double> relative;
    for (const std::size_t row : open_rows(view, book, every)) {
        const double mid = view.tracks().books[book].mid[row];
        if (spread[row] > 0 && mid > 0) relative.push_back(spread[row] / mid);
    }
    return relative;
}

}  // namespace

Measured Spread::evaluate(const TrackView& view) const {
    return measured(summarised(spreads(view, view.book(of), every), summary),
                    "the book never had both sides while it traded");
}

void SpreadToVolatility::need(TrackNeeds& needs) const {
    TrackNeeds::Book& book = need_prices(needs, of, std::min(horizon, market::minute * 5));
    book.spreads = true;
    book.fills = true;
}

/// Over one horizon the variance of a trade is that of the return over the trades in it, so that
/// nothing needs to be known of the length of a day.
Measured SpreadToVolatility::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const double spread = mean(spreads(view, book, market::minute * 5));
    const Moments moves = moments(view.returns(book, horizon));
    const auto trades = static_cast<double>(view.trades(book).size());
    const double trades_per_return = trades / static_cast<double>(moves.count());
    return measured(spread / (moves.deviation() / std::sqrt(trades_per_return)),
                    "there are fewer than two returns, or the price did not move");
}

Measured Depth::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const std::vector<double>& bid = view.column(book, &Tracks::Book::bid_depth);
    const std::vector<double>& ask = view.column(book, &Tracks::Book::ask_depth);
    std::vector<double> depths;
    for (const std::size_t row : open_rows(view, book, every)) {
        depths.push_back((side == BookSide::ask ? 0 : bid[row]) +
                         (side == BookSide::bid ? 0 : ask[row]));
    }
    return measured(summarised(depths, summary), "the book did not trade");
}

Measured DepthLoss::evaluate(const TrackView& view) const {
    const std::size_t book = view.book(of);
    const std::vector<double>& bid = view.column(book, &Tracks::Book::bid_depth);
    const std::vector<double>& ask = view.column(book, &Tracks::Book::ask_depth);
    RollingDepthLoss loss{before};
    for (const std::size_t row : open_rows(view, book, market::minute)) {
        loss.record({view.tracks().time[row]}, bid[row] + ask[row]);
    }
    return measured(loss.worst(), "the book traded for less than half of what it is compared with");
}

Measured DepthHump::evaluate(const TrackView& view) const {
    const std::vector<double>& ladder = view.tracks().books[view.book(of)].ladder;
    if (ladder.empty()) throw Undefined{"the book of " + of + " was not kept"};
    const auto most = std::ranges::max_element(ladder);
    return measured(static_cast<double>(most - ladder.begin()), "the book was empty");
}

Measured TradeSizeTail::evaluate(const TrackView& view) const {
    std::vector<double> sizes;
    for (const Tracks::Trade& trade : view.trades(view.book(of))) {
        if (view.counts(trade.time)) sizes.push_back(static_cast<double>(trade.size));
    }
    const TailIndex law = hill_index(sizes, tail);
    Measured result = measured(law.index, "fewer than two trades lie in the tail");
    if (!is_missing(law.error)) {
        result.within_run_95 = {law.index - 1.96 * law.error, law.index + 1.96 * law.error};
    }
    return result;
}

}  // namespace crowdout::world
