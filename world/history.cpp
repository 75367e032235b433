// SPDX-License-Identifier: Apache-2.0
#include "world/history.hpp"

#include <algorithm>

#include "market/units.hpp"

namespace crowdout::world {

double reading_scale(const Manifest::Series& series) {
    return series.unit == "rate"  ? 1e-9
           : series.unit == "usd" ? 1.0 / market::money_per_dollar
                                  : 1e-6;
}

History::History(const Manifest& manifest, std::size_t points)
    : books(manifest.books.size(), {.rebased = Trace{points}, .drawdown = Trace{points}}),
      gauges(manifest.series.size(), {.values = Trace{points}}),
      idle_peaks(manifest.sectors.size(), Trace{points}),
      gauge_now_(manifest.series.size()),
      idle_most_(manifest.sectors.size()) {
    for (const Manifest::Book& book : manifest.books) {
        usd_per_half_tick_.push_back(book.usd_per_tick / 2);
    }
    for (const Manifest::Series& each : manifest.series) {
        gauge_scale_.push_back(reading_scale(each));
    }
}

void History::append(const Frame& frame) {
    const market::Time now{frame.head.to};
    for (const EventRow& row : frame.events) {
        events.push_back({static_cast<std::uint32_t>(time.size()), row});
    }
    if (time.empty()) begin = frame.head.from;
    time.append(now.ns);
    for (const BookRow& row : frame.books) {
        Book& book = books[row.book];
        const double mid = static_cast<double>(row.mid_twice) * usd_per_half_tick_[row.book];
        if (!(mid > 0)) {
            book.rebased.gap(now);
            book.drawdown.gap(now);
            continue;
        }
        // A book that opens later begins at 100 when it does.
        if (book.first == 0) book.first = mid;
        book.highest = std::max(book.highest, mid);
        book.rebased.append(now, 100 * mid / book.first);
        book.drawdown.append(now, mid / book.highest - 1);
    }
    for (const SeriesRow& row : frame.series) {
        gauge_now_[row.series] = static_cast<double>(row.value) * gauge_scale_[row.series];
    }
    for (std::size_t at = 0; at < gauges.size(); ++at) {
        Gauge& gauge = gauges[at];
        // One that was not read yet shows nothing, not zero.
        if (gauge.first == 0) gauge.first = gauge_now_[at];
        gauge.first == 0 ? gauge.values.gap(now) : gauge.values.append(now, gauge_now_[at]);
    }
    for (const CashRow& row : frame.cash) {
        std::int64_t& most = idle_most_[row.sector];
        if (row.idle <= most) continue;
        most = row.idle;
        idle_peaks[row.sector].append(now, static_cast<double>(most) / market::money_per_dollar);
    }
}

}  // namespace crowdout::world
