// SPDX-License-Identifier: Apache-2.0
#include "world/track_view.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "market/calendar.hpp"
#include "world/statistics_interval.hpp"
#include "world/statistics_moments.hpp"
#include "world/statistics_series.hpp"

namespace crowdout::world {

using market::Duration;
using market::Session;
using market::Time;

namespace {

// What makes a day one of stress; see `When`. All three are our choice.
constexpr double stress_drawdown = 0.10;
constexpr double stress_volatility = 1.5;
constexpr std::size_t stress_days = 20;

/// Midnights UTC, or closes, within [from, until].
std::vector<Time> closes_between(Session session, Time from, Time until) {
    std::vector<Time> closes;
    if (session == Session::always) {
        const std::int64_t first = (from.ns + market::day.ns - 1) / market::day.ns;
        for (Time at{first * market::day.ns}; at <= until; at = at + market::day) {
            closes.push_back(at);
        }
        return closes;
    }
    for (market::DayNumber on = market::new_york_day(from); on <= market::new_york_day(until);
         ++on) {
        if (!market::is_business_day(session, on)) continue;
        const Time close = market::session_hours(session, on).close;
        if (close >= from && close <= until) closes.push_back(close);
    }
    return closes;
}

}  // namespace

TrackView::TrackView(const Tracks& tracks, const MeasureConfig& asked, const std::string& reference)
    : tracks_{tracks},
      begin_{tracks.manifest.start + asked.from.ns},
      end_{tracks.time.empty() ? begin_ : Time{tracks.time.back()}},
      when_{asked.when} {
    if (tracks.time.empty()) throw Undefined{"the run has no frames"};
    if (asked.until.ns > 0) {
        const Time until{tracks.manifest.start + asked.until.ns};
        // A row may end a step late; more than an hour is a run that was cut short.
        if (until > end_ + market::hour) throw Undefined{"the run ends before the window does"};
        end_ = std::min(end_, until);
    }
    if (begin_ >= end_) throw Undefined{"the run ends before the window begins"};
    if (when_ != When::always) mark_days(reference);
}

void TrackView::mark_days(const std::string& reference) {
    if (reference.empty()) throw Undefined{"no price says which days are of stress"};
    const std::size_t number = book(reference);
    const Time first{tracks_.manifest.start};
    const Time last{tracks_.time.back()};
    closes_ = closes_between(tracks_.manifest.books[number].session, first, last);
    if (closes_.empty()) throw Undefined{"the run has no whole day"};
    std::vector<double> prices;
    for (const Time close : closes_) prices.push_back(price_at(number, close));

    const std::vector<double> moves = magnitudes(log_returns(prices));
    std::vector<double> squares(moves);
    for (double& square : squares) square *= square;
    std::vector<double> volatility(closes_.size(), missing);
    for (std::size_t i = stress_days; i < closes_.size(); ++i) {
        volatility[i] = std::sqrt(mean(std::span{squares}.subspan(i - stress_days, stress_days)));
    }
    const double usual = median(volatility);
    double peak = prices.front();
    for (std::size_t i = 0; i < closes_.size(); ++i) {
        peak = std::max(peak, prices[i]);
        const bool has_fallen = prices[i] <= (1 - stress_drawdown) * peak;
        is_stressed_.push_back(has_fallen || volatility[i] > stress_volatility * usual);
    }
}

bool TrackView::counts(std::int64_t time) const {
    if (when_ == When::always) return true;
    const auto found = std::ranges::lower_bound(closes_, Time{time});
    const std::size_t day =
        std::min(static_cast<std::size_t>(found - closes_.begin()), closes_.size() - 1);
    return (is_stressed_[day] != 0) == (when_ == When::stress);
}

std::size_t TrackView::named_book(const std::string& name) const {
    const auto found = std::ranges::find(tracks_.manifest.books, name, &Manifest::Book::name);
    if (found == tracks_.manifest.books.end()) throw Undefined{"no instrument is named " + name};
    return static_cast<std::size_t>(found - tracks_.manifest.books.begin());
}

std::size_t TrackView::book(const std::string& name) const {
    const std::size_t number = named_book(name);
    if (tracks_.books[number].mid.size() != tracks_.time.size()) {
        throw Undefined{"the prices of " + name + " were not kept"};
    }
    return number;
}

std::size_t TrackView::sector(const std::string& name) const {
    const auto found = std::ranges::find(tracks_.manifest.sectors, name, &Manifest::Sector::name);
    if (found == tracks_.manifest.sectors.end()) throw Undefined{"no sector is named " + name};
    return static_cast<std::size_t>(found - tracks_.manifest.sectors.begin());
}

std::vector<std::size_t> TrackView::rows(Duration every) const {
    const auto& times = tracks_.time;
    const auto before = [&](std::int64_t ns) {
        return static_cast<std::size_t>(std::ranges::upper_bound(times, ns) - times.begin());
    };
    std::vector<std::size_t> rows;
    const std::size_t first = before(begin_.ns);
    std::size_t end = first;  // rows up to here are taken in
    std::int64_t multiple = (begin_.ns / every.ns + 1) * every.ns;
    while (end < times.size() && times[end] <= end_.ns) {
        // Straight to the multiple after the next row: a closed book has none for days.
        multiple = std::max(multiple, (times[end] + every.ns - 1) / every.ns * every.ns);
        end = before(std::min(multiple, end_.ns));
        rows.push_back(end - 1);
        multiple += every.ns;
    }
    if (rows.empty()) throw Undefined{"the window holds no frame"};
    return rows;
}

const std::vector<double>& TrackView::column(std::size_t book,
                                             std::vector<double> Tracks::Book::*which) const {
    const std::vector<double>& values = tracks_.books[book].*which;
    if (values.size() != tracks_.time.size()) {
        throw Undefined{"what it needs of " + tracks_.manifest.books[book].name + " was not kept"};
    }
    return values;
}

double TrackView::price_at(std::size_t book, Time moment) const {
    const auto after = std::ranges::upper_bound(tracks_.time, moment.ns);
    const auto row = static_cast<std::size_t>(after - tracks_.time.begin());
    return tracks_.books[book].mid[row == 0 ? 0 : row - 1];
}

TrackView::Prices TrackView::prices(std::size_t book, Duration every) const {
    Prices prices{{begin_}, {price_at(book, begin_)}};
    for (const std::size_t row : rows(every)) {
        prices.times.push_back({tracks_.time[row]});
        prices.values.push_back(tracks_.books[book].mid[row]);
    }
    return prices;
}

std::vector<double> TrackView::sums(const std::vector<double>& column,
                                    std::span<const std::size_t> rows) const {
    const auto first = std::ranges::upper_bound(tracks_.time, begin_.ns);
    auto next = static_cast<std::size_t>(first - tracks_.time.begin());
    std::vector<double> sums;
    for (const std::size_t row : rows) {
        double sum = 0;
        for (; next <= row; ++next) sum += column[next];
        sums.push_back(sum);
    }
    return sums;
}

/// The narrowest hours: those of shares, then those of bonds, then all.
Session TrackView::common_session(std::span<const std::size_t> books) const {
    Session common = Session::always;
    for (const std::size_t book : books) {
        const Session session = tracks_.manifest.books[book].session;
        if (session == Session::us_equities || common == Session::always) common = session;
    }
    return common;
}

std::size_t TrackView::slots(std::span<const std::size_t> books, Duration horizon) const {
    if (horizon >= market::day) return 1;
    const Session session = common_session(books);
    if (session == Session::always) {
        return static_cast<std::size_t>(market::day.ns / horizon.ns);
    }
    // A full day of that session; 2025-07-01 was one, as good as any.
    const market::SessionHours hours =
        market::session_hours(session, market::day_number({2025, 7, 1}));
    return static_cast<std::size_t>((hours.close - hours.open).ns / horizon.ns);
}

SampleGrid TrackView::grid(std::span<const std::size_t> books, Duration horizon) const {
    const Session session = common_session(books);
    SampleGrid grid;
    if (horizon >= market::day) {
        grid.moments = closes_between(session, begin_, end_);
        return grid;
    }
    grid.per_day = slots(books, horizon) + 1;
    grid.is_joined = false;
    const std::vector<Time> closes = closes_between(session, begin_, end_ + market::day);
    for (const Time close : closes) {
        const Time open = session == Session::always
                              ? close - market::day
                              : market::session_hours(session, market::new_york_day(close)).open;
        for (std::size_t k = 0; k < grid.per_day; ++k) {
            const Time moment = open + horizon * static_cast<std::int64_t>(k);
            // The price as a session opens is that of the evening before.
            const bool is_stale = k == 0 && session != Session::always;
            const bool is_in = moment >= begin_ && moment <= end_ && moment <= close;
            grid.moments.push_back(is_in && !is_stale ? moment : market::never);
        }
    }
    return grid;
}

std::vector<double> TrackView::levels(std::size_t book, const SampleGrid& grid,
                                      Duration horizon) const {
    const Duration stale_after = std::min(Duration{horizon.ns / 2}, market::hour * 12);
    const std::vector<double>& mid = tracks_.books[book].mid;
    std::vector<double> levels;
    levels.reserve(grid.moments.size());
    std::size_t row = 0;
    for (const Time moment : grid.moments) {
        if (moment == market::never) {
            levels.push_back(missing);
            continue;
        }
        while (row < mid.size() && tracks_.time[row] <= moment.ns) ++row;
        const std::size_t at = row == 0 ? 0 : row - 1;
        const Time seen{tracks_.time[at]};
        // As a run begins there is no row yet; its first price is then the nearest.
        const bool is_fresh =
            seen <= moment ? moment - seen <= stale_after : seen - moment <= stale_after;
        levels.push_back(is_fresh ? mid[at] : missing);
    }
    return levels;
}

std::vector<std::vector<double>> TrackView::returns(std::span<const std::size_t> books,
                                                    Duration horizon) const {
    const SampleGrid common = grid(books, horizon);
    const auto stride =
        static_cast<std::size_t>(std::max<std::int64_t>(1, horizon.ns / market::day.ns));
    std::vector<std::vector<double>> all;
    for (const std::size_t book : books) {
        const std::vector<double> prices = levels(book, common, horizon);
        std::vector<double> moves;
        for (std::size_t i = stride; i < prices.size(); i += stride) {
            const bool is_over_night = !common.is_joined && i % common.per_day == 0;
            if (is_over_night) continue;
            const bool is_known =
                prices[i] > 0 && prices[i - stride] > 0 && counts(common.moments[i].ns);
            moves.push_back(is_known ? agents::log(prices[i] / prices[i - stride]) : missing);
        }
        all.push_back(std::move(moves));
    }
    const std::vector<double>& one = all.front();
    const auto expected = static_cast<std::size_t>(
        std::ranges::count_if(common.moments, [](Time at) { return at != market::never; }));
    const auto known = static_cast<std::size_t>(
        std::ranges::count_if(one, [](double x) { return !is_missing(x); }));
    if (looks_at_all_days() && expected > 2 * stride * (known + 1) + 2) {
        throw Undefined{"prices were not kept often enough for the horizon"};
    }
    return all;
}

std::vector<double> TrackView::sums_by_return(std::size_t book, const std::vector<double>& column,
                                              Duration horizon) const {
    const SampleGrid common = grid(std::span{&book, 1}, horizon);
    const auto stride =
        static_cast<std::size_t>(std::max<std::int64_t>(1, horizon.ns / market::day.ns));
    const auto row_after = [&](Time moment) {
        const auto after = std::ranges::upper_bound(tracks_.time, moment.ns);
        return static_cast<std::size_t>(after - tracks_.time.begin());
    };
    std::vector<double> sums;
    for (std::size_t i = stride; i < common.moments.size(); i += stride) {
        if (!common.is_joined && i % common.per_day == 0) continue;
        const Time from = common.moments[i - stride];
        const Time until = common.moments[i];
        if (from == market::never || until == market::never) {
            sums.push_back(missing);
            continue;
        }
        double sum = 0;
        const std::size_t end = row_after(until);
        for (std::size_t row = row_after(from); row < end; ++row) sum += column[row];
        sums.push_back(sum);
    }
    return sums;
}

std::span<const Tracks::Trade> TrackView::trades(std::size_t book) const {
    if (book >= tracks_.tape.size() || tracks_.tape[book].empty()) {
        throw Undefined{"no trades of " + tracks_.manifest.books[book].name + " were kept"};
    }
    const std::vector<Tracks::Trade>& tape = tracks_.tape[book];
    const auto first = std::ranges::upper_bound(tape, begin_.ns, {}, &Tracks::Trade::time);
    const auto last = std::ranges::upper_bound(tape, end_.ns, {}, &Tracks::Trade::time);
    return {first, last};
}

std::vector<double> TrackView::returns(std::size_t book, Duration horizon) const {
    return std::move(returns(std::span{&book, 1}, horizon).front());
}

std::span<const Tracks::Stretch> TrackView::stretches() const {
    const auto& all = tracks_.stretches;
    if (all.empty()) throw Undefined{"flows were not kept"};
    const auto first = std::ranges::find_if(
        all, [&](const Tracks::Stretch& each) { return each.end > begin_.ns; });
    auto last = first;
    while (last != all.end() && last->begin < end_.ns) ++last;
    // An edge is met by the first frame at or after it.
    const auto off = [](std::int64_t a, std::int64_t b) {
        return std::abs(a - b) > market::hour.ns;
    };
    if (first == last || (begin_.ns > all.front().begin && off(first->begin, begin_.ns)) ||
        off((last - 1)->end, end_.ns)) {
        throw Undefined{"flows were not kept by the window's edges"};
    }
    return {first, last};
}

}  // namespace crowdout::world
