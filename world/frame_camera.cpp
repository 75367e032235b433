// SPDX-License-Identifier: Apache-2.0
#include "world/frame_camera.hpp"

#include <algorithm>

#include "world/config.hpp"

namespace crowdout::world {

using market::AccountId;
using market::InstrumentId;
using market::Money;
using market::Time;

namespace {

/// The next multiple of `every` after `now`; `now` itself where there is no spacing.
Time next_multiple(Time now, market::Duration every) {
    return every.ns <= 0 ? now : Time{(now.ns / every.ns + 1) * every.ns};
}

/// Counted from the world's start, so that a run that was resumed has the frames of one that was
/// not.
Time next_frame(const World& world) {
    const market::Duration start{world.config().start.ns};
    return next_multiple(world.now() - start, world.config().record.every) + start;
}

}  // namespace

FrameCamera::FrameCamera(const World& world)
    : manifest_{manifest_of(world)},
      last_frame_{world.now()},
      next_frame_{next_frame(world)},
      next_ladders_{world.now()},
      next_balances_{world.now()},
      gauge_{world},
      idle_holders_{idle_holders(world)} {
    const RecordConfig& record = world.config().record;
    for (const Manifest::Block& block : manifest_.blocks) sector_of_block_.push_back(block.sector);
    for (std::uint16_t book = 0; book < manifest_.books.size(); ++book) {
        if (std::ranges::find(record.books, manifest_.books[book].name) != record.books.end()) {
            always_.books.push_back(book);
        }
    }
    for (const std::string& name : record.accounts) {
        always_.accounts.push_back(world.account_named(name));
    }
    cash_.assign(manifest_.sectors.size(), 0);
    for (std::uint32_t block = 0; block < sector_of_block_.size(); ++block) {
        cash_[sector_of_block_[block]] += world.cash_of(block).value();
    }
    flow_cells_.resize(market::reason_count * manifest_.sectors.size() * manifest_.sectors.size());
    series_.assign(manifest_.series.size(), 0);
    book_sums_.resize(manifest_.books.size());
    for (std::size_t book = 0; book < book_sums_.size(); ++book) {
        book_sums_[book].phase = static_cast<std::uint8_t>(world.market(id_of(book)).phase());
    }
    level_ = world.clock().level();
}

bool FrameCamera::see(const World& world) {
    if (!begun_) frame_.clear();
    begun_ = true;
    see_books(world);
    see_flows(world);
    see_trades(world);
    see_events(world);
    see_fills(world);
    see_decisions(world);
    if (world.now() < next_frame_) return false;
    finish(world);
    return true;
}

bool FrameCamera::see_end(const World& world) {
    if (!begun_) return false;
    finish(world);
    return true;
}

void FrameCamera::see_books(const World& world) {
    for (std::size_t book = 0; book < book_sums_.size(); ++book) {
        const agents::BookView& view = world.view(id_of(book));
        book_sums_[book].volume += view.volume;
        book_sums_[book].volume_signed += view.volume_signed;
        book_sums_[book].volume_forced += world.forced_volume(id_of(book));
    }
}

void FrameCamera::see_flows(const World& world) {
    world.economy().flows.step_rows(rows_);
    const std::size_t sectors = manifest_.sectors.size();
    for (const FlowRow& row : rows_) {
        const std::uint16_t from = sector_of_block_[row.from];
        const std::uint16_t to = sector_of_block_[row.to];
        cash_[from] -= row.money.value();
        cash_[to] += row.money.value();
        const auto number = static_cast<std::uint32_t>(
            (static_cast<std::size_t>(row.reason) * sectors + from) * sectors + to);
        FlowCell& cell = flow_cells_[number];
        if (!cell.is_listed) listed_cells_.push_back(number);
        cell.is_listed = true;
        cell.money += row.money.value();
    }
}

/// The cells in which something flowed, in their order: by reason, from, to.
void FrameCamera::show_flows() {
    const auto sectors = static_cast<std::uint32_t>(manifest_.sectors.size());
    std::ranges::sort(listed_cells_);
    for (const std::uint32_t number : listed_cells_) {
        FlowCell& cell = flow_cells_[number];
        frame_.flows.push_back({.from = static_cast<std::uint16_t>(number / sectors % sectors),
                                .to = static_cast<std::uint16_t>(number % sectors),
                                .reason = static_cast<std::uint8_t>(number / sectors / sectors),
                                .money = cell.money});
        cell = {};
    }
    listed_cells_.clear();
}

void FrameCamera::see_trades(const World& world) {
    for (std::size_t book = 0; book < book_sums_.size(); ++book) {
        if (world.view(id_of(book)).volume <= 0) continue;
        world.flows(id_of(book)).step_trades(trade_rows_);
        for (const TradeRow& row : trade_rows_) {
            frame_.trades.push_back({.book = static_cast<std::uint16_t>(book),
                                     .sector = sector_of_block_[row.block],
                                     .cause = static_cast<std::uint8_t>(row.cause),
                                     .side = static_cast<std::uint8_t>(row.side),
                                     .money = row.traded.money.value(),
                                     .lots = row.traded.lots.value()});
        }
    }
}

/// What the world says of itself, and what can be seen from outside.
void FrameCamera::see_events(const World& world) {
    const auto add = [this](EventKind kind, std::size_t book, std::size_t reference,
                            std::int64_t amount) {
        frame_.events.push_back({.kind = static_cast<std::uint8_t>(kind),
                                 .book = static_cast<std::uint16_t>(book),
                                 .reference = static_cast<std::uint32_t>(reference),
                                 .amount = amount});
    };
    const auto events = world.events();
    frame_.events.insert(frame_.events.end(), events.begin(), events.end());
    for (std::size_t book = 0; book < book_sums_.size(); ++book) {
        const market::MarketPhase phase = world.market(id_of(book)).phase();
        const auto before = static_cast<market::MarketPhase>(book_sums_[book].phase);
        book_sums_[book].phase = static_cast<std::uint8_t>(phase);
        if (phase == before) continue;
        if (phase == market::MarketPhase::halted) add(EventKind::halt, book, 0, 0);
        if (phase == market::MarketPhase::down) add(EventKind::outage, book, 0, 0);
        if (phase == market::MarketPhase::continuous && before != market::MarketPhase::pre_open &&
            before != market::MarketPhase::closed) {
            add(EventKind::resume, book, 0, 0);
        }
    }
    std::erase_if(rows_, [](const FlowRow& row) {
        return row.reason != market::Reason::write_off &&
               row.reason != market::Reason::capital_calls &&
               row.reason != market::Reason::redemptions;
    });
    roll_up(rows_, sector_of_block_, sector_rows_);
    for (const FlowRow& row : sector_rows_) {
        if (row.reason == market::Reason::write_off) {
            add(EventKind::write_off, 0xffff, row.to, row.money.value());
        } else if (row.reason == market::Reason::capital_calls) {
            add(EventKind::capital_call, 0xffff, row.from, row.money.value());
        } else if (row.reason == market::Reason::redemptions) {
            add(EventKind::redemption, 0xffff, row.from, row.money.value());
        }
    }
    if (world.clock().level() != level_) {
        add(world.clock().level() > level_ ? EventKind::finer_steps : EventKind::coarser_steps,
            0xffff, world.clock().level(), 0);
        level_ = world.clock().level();
    }
}

bool FrameCamera::in_full(std::uint16_t book) const {
    return std::ranges::find(always_.books, book) != always_.books.end() ||
           std::ranges::find(close_up_.books, book) != close_up_.books.end();
}

bool FrameCamera::watched(AccountId account) const {
    return std::ranges::find(always_.accounts, account) != always_.accounts.end() ||
           std::ranges::find(close_up_.accounts, account) != close_up_.accounts.end();
}

void FrameCamera::see_fills(const World& world) {
    for (std::uint16_t book = 0; book < manifest_.books.size(); ++book) {
        if (!in_full(book)) continue;
        for (const market::Fill& fill : world.fills(id_of(book))) {
            frame_.fills.push_back({.book = book,
                                    .taker_side = static_cast<std::uint8_t>(fill.taker_side),
                                    .maker_cause = static_cast<std::uint8_t>(fill.maker_cause),
                                    .taker_cause = static_cast<std::uint8_t>(fill.taker_cause),
                                    .maker = fill.maker.packed(),
                                    .taker = fill.taker.packed(),
                                    .parent = static_cast<std::uint32_t>(fill.taker_parent),
                                    .price = fill.price.value(),
                                    .lots = fill.quantity.value()});
        }
    }
}

void FrameCamera::see_decisions(const World& world) {
    if (always_.accounts.empty() && close_up_.accounts.empty()) return;
    world.for_each_intent([this](const agents::Intent& intent) {
        if (!watched(intent.order.owner)) return;
        frame_.decisions.push_back({.account = intent.order.owner.packed(),
                                    .book = static_cast<std::uint16_t>(intent.instrument),
                                    .kind = static_cast<std::uint8_t>(intent.kind),
                                    .side = static_cast<std::uint8_t>(intent.order.side),
                                    .cause = static_cast<std::uint8_t>(intent.order.cause),
                                    .price = intent.order.limit.value(),
                                    .lots = intent.order.quantity.value(),
                                    .at = intent.arrival.ns});
    });
}

/// Everything that is a state rather than a sum, and the sums in their final form.
void FrameCamera::finish(const World& world) {
    show_head(world);
    show_books(world);
    show_cash(world);
    show_series(world);

    show_flows();
    add_up_trades();

    const RecordConfig& record = world.config().record;
    const bool all_books = world.now() >= next_ladders_;
    for (std::uint16_t book = 0; book < manifest_.books.size(); ++book) {
        if (all_books || in_full(book)) show_ladder(world, book, in_full(book));
    }
    if (all_books) next_ladders_ = next_multiple(world.now(), record.ladders);
    if (world.now() >= next_balances_) {
        show_holdings(world);
        next_balances_ = next_multiple(world.now(), record.balances);
    }
    for (const AccountId account : always_.accounts) show_account(world, account);
    for (const AccountId account : close_up_.accounts) {
        if (std::ranges::find(always_.accounts, account) == always_.accounts.end()) {
            show_account(world, account);
        }
    }
    last_frame_ = world.now();
    next_frame_ = next_frame(world);
    begun_ = false;
}

/// Blocks of one sector, and steps of one frame, become one row.
void FrameCamera::add_up_trades() {
    std::vector<TradedRow>& rows = frame_.trades;
    const auto key = [](const TradedRow& row) {
        return std::uint64_t{row.book} << 32 | std::uint64_t{row.sector} << 16 |
               std::uint64_t{row.cause} << 8 | row.side;
    };
    std::ranges::sort(rows, {}, key);
    std::size_t kept = 0;
    for (const TradedRow& row : rows) {
        if (kept > 0 && key(rows[kept - 1]) == key(row)) {
            rows[kept - 1].money += row.money;
            rows[kept - 1].lots += row.lots;
        } else {
            rows[kept++] = row;
        }
    }
    rows.resize(kept);
}

void FrameCamera::show_head(const World& world) {
    const Totals& totals = world.totals();
    frame_.head = {.step = world.steps(),
                   .from = last_frame_.ns,
                   .to = world.now().ns,
                   .digest = world.digest(),
                   .level = static_cast<std::uint8_t>(world.clock().level()),
                   .turns = totals.turns,
                   .orders = totals.orders,
                   .fills = totals.fills,
                   .rejects = 0};
    for (const std::uint64_t count : totals.rejects) frame_.head.rejects += count;
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        frame_.marks.push_back(
            {.phase = static_cast<std::uint8_t>(phase), .mark = world.phase_marks()[phase]});
    }
}

void FrameCamera::show_books(const World& world) {
    for (std::size_t book = 0; book < book_sums_.size(); ++book) {
        const agents::BookView& view = world.view(id_of(book));
        BookSums& sums = book_sums_[book];
        const double half_ticks = 2 / manifest_.books[book].usd_per_tick;
        const auto twice = [half_ticks](double usd) {
            return market::to_whole(usd * half_ticks, market::Rounding::half_even);
        };
        frame_.books.push_back(
            {.book = static_cast<std::uint16_t>(book),
             .phase = sums.phase,
             .mid_twice = twice(view.mid),
             .bid = view.bid.value(),
             .ask = view.ask.value(),
             .last = view.last.value(),
             .bid_depth = money(view.bid_depth),
             .ask_depth = money(view.ask_depth),
             .volume = money(sums.volume),
             .volume_signed = money(sums.volume_signed),
             .volume_forced = money(sums.volume_forced),
             .value_twice = twice(view.value),
             .sigma = static_cast<std::int32_t>(std::min(view.sigma_daily * 1e6, 2e9))});
        sums = {.phase = sums.phase};
    }
}

void FrameCamera::show_cash(const World& world) {
    for (std::size_t sector = 0; sector < cash_.size(); ++sector) {
        frame_.cash.push_back(
            {.sector = static_cast<std::uint16_t>(sector), .cash = cash_[sector]});
    }
    for (const IdleHolder& holder : idle_holders_) {
        frame_.cash[sector_of_block_[holder.block]].idle +=
            idle_capital(world.economy().ledger, {&holder, 1}).value();
    }
}

void FrameCamera::show_series(const World& world) {
    const auto rate = [](double value) {
        return market::to_whole(value * 1e9, market::Rounding::half_even);
    };
    const agents::RatesView& rates = world.rates();
    std::vector<std::int64_t>& values = series_;
    values[0] = rate(rates.policy);
    values[1] = rate(rates.government);
    values[2] = rate(rates.credit);
    values[3] = rate(rates.equity_premium);
    values[4] = 0;
    for (const CashRow& row : frame_.cash) values[4] += row.idle;
    if (const auto reading = gauge_.record(world)) {
        values[5] = reading->gap.gap().value();
        values[6] = reading->gap.demand.value();
        values[7] = reading->gap.saving.value();
        values[8] = reading->gap.credit.value();
        for (std::size_t book = 0; book < reading->multipliers.size(); ++book) {
            values[9 + book] =
                market::to_whole(std::clamp(reading->multipliers[book], -1e9, 1e9) * 1e6,
                                 market::Rounding::half_even);
        }
    }
    if (values == series_shown_) return;  // rows of a state hold until there are others
    series_shown_ = values;
    for (std::size_t series = 0; series < values.size(); ++series) {
        frame_.series.push_back(
            {.series = static_cast<std::uint16_t>(series), .value = values[series]});
    }
}

}  // namespace crowdout::world
