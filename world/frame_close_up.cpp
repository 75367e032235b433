// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <span>

#include "world/config.hpp"
#include "world/frame_camera.hpp"

// The parts of a frame that cost more to look at than a step's own figures: balance sheets, ladders
// and single accounts.

namespace crowdout::world {

using market::AccountId;
using market::InstrumentId;
using market::Side;

/// Balance sheets of sectors. What waits in sell orders is still its owner's.
void FrameCamera::show_holdings(const World& world) {
    const market::Ledger& ledger = world.economy().ledger;
    const std::size_t assets = manifest_.assets.size();
    units_.assign(manifest_.sectors.size() * assets, 0);
    std::vector<std::int64_t> debt(manifest_.sectors.size());
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        const std::size_t sector = sector_of_block_[block];
        for (std::uint32_t row = 0; row < ledger.layout(block).rows; ++row) {
            const AccountId account{block, row};
            const market::AccountView view = ledger.view(account);
            for (const market::AssetId asset : ledger.layout(block).assets) {
                units_[sector * assets + index(asset)] += view.balance(asset).value();
            }
            debt[sector] += world.economy().credit_of(account, world.now()).drawn.value();
        }
    }
    for (std::size_t book = 0; book < manifest_.books.size(); ++book) {
        const market::Instrument& instrument = world.instruments()[book];
        const std::size_t asset = index(instrument.asset);
        const auto move = [&](AccountId owner, market::Quantity left) {
            const std::int64_t units = instrument.to_units(left).value();
            units_[sector_of_block_[owner.block()] * assets + asset] += units;
            units_[(manifest_.sectors.size() - 1) * assets + asset] -= units;
        };
        const market::Market& market = world.market(id_of(book));
        market.book().for_each(
            Side::sell, [&](const market::RestingOrder& order) { move(order.owner, order.left); });
        market.stops().for_each(
            Side::sell, [&](const market::Order& order) { move(order.owner, order.quantity); });
    }
    for (std::size_t sector = 0; sector < manifest_.sectors.size(); ++sector) {
        units_[sector * assets] = cash_[sector];  // dollars in orders are their owners' too
        for (std::size_t asset = 0; asset < assets; ++asset) {
            const std::int64_t units = units_[sector * assets + asset];
            if (units == 0) continue;
            const double price =
                world.asset_price(market::AssetId{static_cast<std::uint16_t>(asset)});
            frame_.holdings.push_back(
                {.sector = static_cast<std::uint16_t>(sector),
                 .asset = static_cast<std::uint16_t>(asset),
                 .units = units,
                 .worth = asset == 0 ? units : money(static_cast<double>(units) * price)});
        }
        if (debt[sector] == 0) continue;
        frame_.holdings.push_back({.sector = static_cast<std::uint16_t>(sector),
                                   .asset = HoldingRow::debt,
                                   .units = -debt[sector],
                                   .worth = -debt[sector]});
    }
}

void FrameCamera::show_ladder(const World& world, std::uint16_t book, bool in_full) {
    const RecordConfig& record = world.config().record;
    const market::OrderBook& orders = world.market(id_of(book)).book();
    const double mid_ticks = world.view(id_of(book)).mid / manifest_.books[book].usd_per_tick;
    const std::int64_t width =
        in_full ? 1 : std::max<std::int64_t>(1, std::llround(mid_ticks * record.rung));
    const auto rungs = static_cast<std::size_t>(record.levels);
    for (const Side side : {Side::buy, Side::sell}) {
        show_rungs(orders, book, side, width, rungs);
    }
}

/// Levels come best first. Mostly a few for each rung are enough: as many more are asked for as it
/// takes, up to a level a tick.
void FrameCamera::show_rungs(const market::OrderBook& orders, std::uint16_t book, Side side,
                             std::int64_t width, std::size_t rungs) {
    const std::size_t most = static_cast<std::size_t>(width) * rungs;
    const std::size_t before = frame_.ladders.size();
    for (std::size_t asked = std::min(most, 2 * rungs);; asked = std::min(most, 4 * asked)) {
        if (levels_.size() < asked) levels_.resize(asked);
        frame_.ladders.resize(before);
        const std::size_t found = orders.levels(side, std::span{levels_}.first(asked));
        if (found == 0) {
            frame_.ladders.push_back({.book = book, .side = static_cast<std::uint8_t>(side)});
        }
        std::size_t seen = 0;
        for (std::size_t at = 0; at < found; ++at) {
            const std::int64_t price = levels_[at].price.value() / width * width;
            if (seen > 0 && frame_.ladders.back().price == price) {
                frame_.ladders.back().lots += levels_[at].quantity.value();
                continue;
            }
            if (seen++ == rungs) return;
            frame_.ladders.push_back({.book = book,
                                      .side = static_cast<std::uint8_t>(side),
                                      .width = static_cast<std::uint32_t>(width),
                                      .price = price,
                                      .lots = levels_[at].quantity.value()});
        }
        if (found < asked || asked == most) return;
    }
}

void FrameCamera::show_account(const World& world, AccountId account) {
    const market::Ledger& ledger = world.economy().ledger;
    const auto orders = world.open_orders(account);
    for (const market::AssetId asset : ledger.layout(account.block()).assets) {
        AccountRow row{.account = account.packed(),
                       .asset = static_cast<std::uint16_t>(index(asset)),
                       .units = ledger.balance(account, asset).value()};
        for (const agents::OpenOrder& order : orders) {
            const market::Instrument& instrument = world.instruments()[index(order.instrument)];
            if (order.side == Side::sell && instrument.asset == asset) {
                row.escrow += instrument.to_units(order.left).value();
            } else if (order.side == Side::buy && asset == instrument.quote) {
                row.escrow +=
                    instrument.requirement_per_lot(order.limit).value() * order.left.value();
            }
        }
        const auto units = static_cast<double>(row.units + row.escrow);
        row.worth =
            asset == market::usd ? row.units + row.escrow : money(units * world.asset_price(asset));
        frame_.accounts.push_back(row);
    }
    const std::int64_t drawn = world.economy().credit_of(account, world.now()).drawn.value();
    if (drawn != 0) {
        frame_.accounts.push_back(
            {.account = account.packed(), .asset = 0, .debt = 1, .units = -drawn, .worth = -drawn});
    }
    for (const agents::OpenOrder& order : orders) {
        frame_.orders.push_back({.account = account.packed(),
                                 .book = static_cast<std::uint16_t>(order.instrument),
                                 .side = static_cast<std::uint8_t>(order.side),
                                 .cause = static_cast<std::uint8_t>(order.cause),
                                 .price = order.limit.value(),
                                 .lots = order.left.value()});
    }
}

}  // namespace crowdout::world
