// SPDX-License-Identifier: Apache-2.0
#include "world/tracks.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "market/market_hours.hpp"
#include "world/config.hpp"
#include "world/replay_file.hpp"

namespace crowdout::world {

namespace {

constexpr double usd = 1.0 / market::money_per_dollar;

/// What a whole number of a series stands for.
double scale_of(const Manifest::Series& series) {
    return series.unit == "rate" ? 1e-9 : series.unit == "ratio" ? 1e-6 : usd;
}

std::uint64_t key_of(const TradedRow& row) {
    return std::uint64_t{row.book} << 32 | std::uint64_t{row.sector} << 16 |
           std::uint64_t{row.cause} << 8 | row.side;
}

std::int64_t next_multiple(std::int64_t after, std::int64_t every) {
    return every <= 0 ? after : (after / every + 1) * every;
}

}  // namespace

void TrackNeeds::refine(market::Duration every) {
    const bool every_frame = grid.ns == 0 || every.ns == 0;
    grid.ns = every_frame ? 0 : std::gcd(grid.ns, every.ns);
}

void TrackNeeds::add(const TrackNeeds& other) {
    refine(other.grid);
    for (const auto& [name, book] : other.books) {
        Book& mine = books[name];
        mine.volumes |= book.volumes;
        mine.spreads |= book.spreads;
        mine.depths |= book.depths;
        mine.fills |= book.fills;
        mine.parents |= book.parents;
        mine.ladders |= book.ladders;
    }
    idle |= other.idle;
    series |= other.series;
    flows |= other.flows;
    balances |= other.balances;
    edges.insert(edges.end(), other.edges.begin(), other.edges.end());
    std::ranges::sort(edges);
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
}

TrackNeeds TrackNeeds::everything(const Manifest& manifest) {
    TrackNeeds needs{.grid = {},
                     .books = {},
                     .idle = true,
                     .series = true,
                     .flows = true,
                     .balances = true,
                     .edges = {}};
    for (const Manifest::Book& book : manifest.books) {
        needs.books[book.name] = {.volumes = true, .spreads = true, .depths = true};
    }
    return needs;
}

TrackRecorder::TrackRecorder(Manifest manifest, TrackNeeds needs) : needs_{std::move(needs)} {
    const std::size_t books = manifest.books.size();
    for (const Manifest::Book& book : manifest.books) {
        const auto found = needs_.books.find(book.name);
        is_kept_.push_back(found != needs_.books.end());
        wanted_.push_back(is_kept_.back() ? found->second : TrackNeeds::Book{});
    }
    rows_.resize(books);
    mid_before_.resize(books);
    ladders_.resize(books);
    tracks_.books.resize(books);
    tracks_.tape.resize(books);
    series_.resize(manifest.series.size());
    idle_.resize(manifest.sectors.size());
    cash_.resize(manifest.sectors.size());
    if (needs_.series) tracks_.series.resize(series_.size());
    if (needs_.idle) tracks_.idle.resize(idle_.size());
    tracks_.manifest = std::move(manifest);
}

void TrackRecorder::take(const Frame& frame) {
    if (!has_frames_) {
        // The first frame is a row of its own, so that the first price known is the same one
        // however coarse the grid.
        row_end_ = frame.head.to;
        stretch_begin_ = frame.head.from;
        stretch_end_ = next_end(stretch_begin_, market::day.ns);
        has_frames_ = true;
    }
    for (std::size_t book = 0; book < rows_.size(); ++book) mid_before_[book] = rows_[book].mid;
    take_books(frame);
    take_state(frame);
    take_fills(frame);
    take_ladders(frame);
    if (needs_.flows) take_flows(frame);
    if (needs_.balances && !frame.holdings.empty()) take_holdings(frame);
    for (const EventRow& event : frame.events) tracks_.events.push_back({frame.head.to, event});
    last_ = frame.head.to;
    row_is_open_ = true;
    if (last_ >= row_end_) end_row();
    if (needs_.flows && last_ >= stretch_end_) end_stretch();
}

void TrackRecorder::take_books(const Frame& frame) {
    for (const BookRow& seen : frame.books) {
        if (is_kept_[seen.book] == 0) continue;
        Row& row = rows_[seen.book];
        const double half_tick = tracks_.manifest.books[seen.book].usd_per_tick / 2;
        const bool has_both = seen.bid != 0 && seen.ask != 0;
        row.mid = static_cast<double>(seen.mid_twice) * half_tick;
        row.spread = has_both ? static_cast<double>(seen.ask - seen.bid) * 2 * half_tick : 0;
        row.volume += static_cast<double>(seen.volume) * usd;
        row.volume_signed += static_cast<double>(seen.volume_signed) * usd;
        row.volume_forced += static_cast<double>(seen.volume_forced) * usd;
        row.bid_depth = static_cast<double>(seen.bid_depth) * usd;
        row.ask_depth = static_cast<double>(seen.ask_depth) * usd;
        row.open = static_cast<market::MarketPhase>(seen.phase) == market::MarketPhase::continuous;
    }
}

/// Rows of a state hold until there are others.
void TrackRecorder::take_state(const Frame& frame) {
    for (const SeriesRow& row : frame.series) {
        series_[row.series] =
            static_cast<double>(row.value) * scale_of(tracks_.manifest.series[row.series]);
    }
    for (const CashRow& row : frame.cash) {
        idle_[row.sector] = static_cast<double>(row.idle) * usd;
        cash_[row.sector] = row.cash;
    }
}

void TrackRecorder::end_row() {
    tracks_.time.push_back(last_);
    for (std::size_t book = 0; book < rows_.size(); ++book) {
        if (is_kept_[book] == 0) continue;
        const Row& row = rows_[book];
        const TrackNeeds::Book& wanted = wanted_[book];
        Tracks::Book& columns = tracks_.books[book];
        columns.mid.push_back(row.mid);
        columns.open.push_back(row.open);
        if (wanted.volumes) {
            columns.volume.push_back(row.volume);
            columns.volume_signed.push_back(row.volume_signed);
            columns.volume_forced.push_back(row.volume_forced);
        }
        if (wanted.spreads) columns.spread.push_back(row.spread);
        if (wanted.depths) {
            columns.bid_depth.push_back(row.bid_depth);
            columns.ask_depth.push_back(row.ask_depth);
        }
        rows_[book].volume = rows_[book].volume_signed = rows_[book].volume_forced = 0;
    }
    for (std::size_t i = 0; i < tracks_.series.size(); ++i) {
        tracks_.series[i].push_back(series_[i]);
    }
    for (std::size_t i = 0; i < tracks_.idle.size(); ++i) tracks_.idle[i].push_back(idle_[i]);
    row_end_ = next_end(last_, needs_.grid.ns);
    row_is_open_ = false;
}

void TrackRecorder::take_fills(const Frame& frame) {
    const FillRow* before = nullptr;
    for (const FillRow& fill : frame.fills) {
        const TrackNeeds::Book& wanted = wanted_[fill.book];
        const Manifest::Book& book = tracks_.manifest.books[fill.book];
        const double quantity = static_cast<double>(fill.lots) * book.whole_per_lot;
        const double price = static_cast<double>(fill.price) * book.usd_per_tick;
        if (wanted.fills) {
            std::vector<Tracks::Trade>& tape = tracks_.tape[fill.book];
            const std::int8_t sign = fill.taker_side == 0 ? 1 : -1;
            // What one taker took from one order after another is one trade.
            const bool goes_on = before != nullptr && before->book == fill.book &&
                                 before->taker == fill.taker && before->parent == fill.parent &&
                                 before->taker_side == fill.taker_side;
            if (goes_on) {
                tape.back().size += static_cast<float>(quantity);
                tape.back().price = price;
            } else {
                tape.push_back({frame.head.to, sign, static_cast<float>(quantity), price});
            }
        }
        if (wanted.parents && fill.parent != 0) {
            take_parent(fill, frame.head, quantity, quantity * price);
        }
        before = &fill;
    }
}

void TrackRecorder::take_parent(const FillRow& fill, const FrameHead& head, double quantity,
                                double money) {
    const std::uint64_t who = std::uint64_t{fill.taker} << 32 | fill.parent;
    const auto [found, is_new] = parent_at_.try_emplace({who, fill.book}, tracks_.parents.size());
    if (is_new) {
        const double before = mid_before_[fill.book];
        tracks_.parents.push_back({.book = fill.book,
                                   .sign = static_cast<std::int8_t>(fill.taker_side == 0 ? 1 : -1),
                                   .begin = head.from,
                                   .price_begin = before > 0 ? before : rows_[fill.book].mid});
    }
    Tracks::Parent& parent = tracks_.parents[found->second];
    parent.end = head.to;
    parent.price_end = rows_[fill.book].mid;
    parent.quantity += quantity;
    parent.money += money;
    ++parent.trades;
}

/// Pictures of one book stand in one run of rows. A recording repeats the last one where a segment
/// begins; a picture that shows nothing new counts once, live and recorded alike.
void TrackRecorder::take_ladders(const Frame& frame) {
    const auto end = frame.ladders.end();
    for (auto first = frame.ladders.begin(); first != end;) {
        const auto last =
            std::find_if(first, end, [&](const LadderRow& row) { return row.book != first->book; });
        Ladder& ladder = ladders_[first->book];
        if (wanted_[first->book].ladders &&
            !std::equal(first, last, ladder.shown.begin(), ladder.shown.end())) {
            ladder.shown.assign(first, last);
            add_picture(ladder);
        }
        first = last;
    }
}

/// Rungs of a side come best first; k counts from the best price outwards.
void TrackRecorder::add_picture(Ladder& ladder) {
    constexpr std::size_t rungs_max = 1'000;  // the most that a recording keeps
    const LadderRow* best = nullptr;
    for (const LadderRow& row : ladder.shown) {
        if (best == nullptr || best->side != row.side) {
            best = &row;
            if (row.lots > 0) ++ladder.sides;
        }
        if (row.lots <= 0) continue;
        const std::int64_t away = std::abs(row.price - best->price);
        const auto rung = static_cast<std::size_t>(away) / std::max<std::uint32_t>(1, row.width);
        if (rung >= rungs_max) continue;
        if (ladder.lots.size() <= rung) ladder.lots.resize(rung + 1);
        ladder.lots[rung] += static_cast<double>(row.lots);
    }
}

void TrackRecorder::take_flows(const Frame& frame) {
    if (stretch_cash_.empty()) {  // what was there before the run's first frame
        stretch_cash_ = cash_;
        for (const MoneyRow& row : frame.flows) {
            stretch_cash_[row.from] += row.money;
            stretch_cash_[row.to] -= row.money;
        }
    }
    for (const MoneyRow& row : frame.flows) {
        flows_[{row.reason, row.from, row.to}] += row.money;
    }
    for (const TradedRow& row : frame.trades) {
        TradedRow& sum = trades_[key_of(row)];
        const std::int64_t money = sum.money + row.money;
        const std::int64_t lots = sum.lots + row.lots;
        sum = row;
        sum.money = money;
        sum.lots = lots;
    }
}

std::int64_t TrackRecorder::next_end(std::int64_t after, std::int64_t every) const {
    std::int64_t next = next_multiple(after, every);
    for (const market::Duration edge : needs_.edges) {
        const std::int64_t at = tracks_.manifest.start + edge.ns;
        if (at > after) next = std::min(next, at);
    }
    return next;
}

void TrackRecorder::end_stretch() {
    Tracks::Stretch stretch{.begin = stretch_begin_,
                            .end = last_,
                            .cash = std::move(stretch_cash_),
                            .flows = {},
                            .trades = {}};
    stretch_cash_ = cash_;
    for (const auto& [cell, money] : flows_) {
        stretch.flows.push_back(
            {.from = cell.from, .to = cell.to, .reason = cell.reason, .money = money});
    }
    for (const auto& [key, row] : trades_) stretch.trades.push_back(row);
    tracks_.stretches.push_back(std::move(stretch));
    flows_.clear();
    trades_.clear();
    stretch_begin_ = last_;
    stretch_end_ = next_end(last_, market::day.ns);
}

void TrackRecorder::take_holdings(const Frame& frame) {
    const std::size_t assets = tracks_.manifest.assets.size();
    Tracks::Balance balance{.time = frame.head.to,
                            .worth = std::vector<double>(assets),
                            .drift = std::vector<std::int64_t>(assets)};
    for (const HoldingRow& row : frame.holdings) {
        if (row.asset == HoldingRow::debt) continue;
        balance.drift[row.asset] += row.units;
        if (row.units > 0) balance.worth[row.asset] += static_cast<double>(row.worth) * usd;
    }
    // A recording repeats the last sheet where a segment begins.
    const bool is_new = tracks_.balances.empty() ||
                        tracks_.balances.back().worth != balance.worth ||
                        tracks_.balances.back().drift != balance.drift;
    if (is_new) tracks_.balances.push_back(std::move(balance));
}

Tracks TrackRecorder::finish() {
    if (row_is_open_) end_row();
    if (needs_.flows && has_frames_ && last_ > stretch_begin_) end_stretch();
    for (std::size_t book = 0; book < ladders_.size(); ++book) {
        for (double& lots : ladders_[book].lots) {
            lots /= static_cast<double>(ladders_[book].sides);
        }
        tracks_.books[book].ladder = std::move(ladders_[book].lots);
    }
    std::ranges::stable_sort(tracks_.parents, {}, [](const Tracks::Parent& parent) {
        return std::pair{parent.end, parent.book};
    });
    return std::move(tracks_);
}

Tracks tracks_of(ReplayFile& replay, const TrackNeeds& needs) {
    TrackRecorder recorder{replay.manifest(), needs};
    for (std::uint64_t i = 0; i < replay.frames(); ++i) recorder.take(replay.frame(i));
    return recorder.finish();
}

void record_for(const TrackNeeds& needs, WorldConfig& config) {
    config.record.every = {};
    config.record.ladders = market::year * 100;
    config.record.balances = needs.balances ? market::day : market::year * 100;
    config.record.books.clear();
    config.record.accounts.clear();
    for (const auto& [name, book] : needs.books) {
        const bool in_full = book.fills || book.parents || book.ladders;
        const bool is_there = config.instruments.find(name) != nullptr;
        if (in_full && is_there) config.record.books.push_back(name);
    }
}

}  // namespace crowdout::world
