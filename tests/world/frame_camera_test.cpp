// SPDX-License-Identifier: Apache-2.0
#include "world/frame_camera.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "tests/support/busy_world.hpp"
#include "tests/support/small_world.hpp"
#include "world/config.hpp"
#include "world/fork.hpp"
#include "world/par.hpp"

namespace crowdout::world {

namespace {

/// A run, and every frame that was taken of it.
struct Film {
    World world;
    Manifest manifest;
    std::vector<Frame> frames;
};

Film film(const std::vector<std::string>& overrides, int steps, CloseUp close_up = {}) {
    Pool pool{1};
    World world = test::build_world(test::busy_world, overrides);
    FrameCamera camera{world};
    camera.look_closer(std::move(close_up));
    std::vector<Frame> frames;
    for (int i = 0; i < steps; ++i) {
        world.step(pool);
        if (camera.see(world)) frames.push_back(camera.frame());
    }
    if (camera.see_end(world)) frames.push_back(camera.frame());
    return {std::move(world), camera.manifest(), std::move(frames)};
}

std::vector<std::uint16_t> sectors_of(const Manifest& manifest) {
    std::vector<std::uint16_t> sectors;
    for (const Manifest::Block& block : manifest.blocks) sectors.push_back(block.sector);
    return sectors;
}

const Film& busy_film() {
    static const Film all =
        film({"record.books=[COIN]", "record.accounts=[hedge]", "steps=[5min]"}, 250);
    return all;
}

}  // namespace

TEST_CASE("frame camera: whoever looks changes nothing") {
    Pool pool{1};
    World alone = test::build_world(test::busy_world, {"steps=[5min]"});
    for (int i = 0; i < 250; ++i) alone.step(pool);

    CHECK(busy_film().world.digest() == alone.digest());
    CHECK(busy_film().frames.back().head.digest == alone.digest());
    CHECK(busy_film().frames.size() == 250);
}

TEST_CASE("frame camera: flows of all frames are the flow matrix, whatever their spacing") {
    for (const Film& each : {busy_film(), film({"record.every=37min"}, 150)}) {
        std::map<std::tuple<int, int, int>, std::int64_t> seen;
        for (const Frame& frame : each.frames) {
            for (const MoneyRow& row : frame.flows)
                seen[{row.from, row.to, row.reason}] += row.money;
        }
        World end = each.world;
        std::vector<FlowRow> rows;
        std::vector<FlowRow> expected;
        end.economy().flows.rows(rows);
        roll_up(rows, sectors_of(each.manifest), expected);
        CHECK(each.frames.back().head.step == end.steps());
        CHECK(seen.size() >= 15);
        for (const FlowRow& row : expected) {
            CHECK(seen[{row.from, row.to, static_cast<int>(row.reason)}] == row.money.value());
        }
    }
    CHECK(film({"record.every=37min"}, 150).frames.size() < 40);
}

// Goal: a recording that goes on has the frames of one that was never stopped. Method: a second
// camera begins between two frames of the first.
TEST_CASE("frame camera: frames stand on multiples of their spacing, whenever it began") {
    Pool pool{1};
    World world = test::build_world(test::crowd_world, {"record.every=10min", "steps=[1min]"});
    FrameCamera first{world};
    std::vector<std::uint64_t> steps;
    for (int i = 0; i < 25; ++i) {
        world.step(pool);
        if (first.see(world)) steps.push_back(first.frame().head.step);
    }
    CHECK(first.see_end(world));
    steps.push_back(first.frame().head.step);
    CHECK_FALSE(first.see_end(world));
    FrameCamera second{world};
    CHECK_FALSE(second.see_end(world));
    market::Time from = world.now();
    for (int i = 0; i < 25; ++i) {
        world.step(pool);
        if (!second.see(world)) continue;
        steps.push_back(second.frame().head.step);
        CHECK(second.frame().head.from == from.ns);
        from = world.now();
    }
    CHECK(steps == std::vector<std::uint64_t>{10, 20, 25, 30, 40, 50});
    CHECK_FALSE(second.see_end(world));
}

TEST_CASE("frame camera: cash at the end is the ledger's, sector by sector") {
    const Film& all = busy_film();
    std::vector<std::int64_t> expected(all.manifest.sectors.size());
    for (std::uint32_t block = 0; block < all.manifest.blocks.size(); ++block) {
        expected[all.manifest.blocks[block].sector] += all.world.cash_of(block).value();
    }
    for (const CashRow& row : all.frames.back().cash) {
        CHECK(row.cash == expected[row.sector]);
        CHECK(row.idle <= std::max<std::int64_t>(row.cash, 0));
    }
    CHECK(all.frames.back().cash.size() == expected.size());
}

TEST_CASE("frame camera: balance sheets sum to nothing, asset by asset") {
    int sheets = 0;
    for (const Frame& frame : busy_film().frames) {
        if (frame.holdings.empty()) continue;
        ++sheets;
        std::map<int, std::int64_t> units;
        for (const HoldingRow& row : frame.holdings) {
            if (row.asset != HoldingRow::debt) units[row.asset] += row.units;
        }
        CHECK(units.size() >= 6);
        for (const auto& [asset, sum] : units) CHECK(sum == 0);
    }
    CHECK(sheets >= 2);
}

TEST_CASE("frame camera: trades by sector and cause are those of the books") {
    const Film& all = busy_film();
    std::vector<std::int64_t> seen(all.manifest.books.size());
    for (const Frame& frame : all.frames) {
        for (const TradedRow& row : frame.trades) seen[row.book] += row.money;
    }
    std::vector<TradeRow> rows;
    for (std::uint16_t book = 0; book < seen.size(); ++book) {
        all.world.flows(market::InstrumentId{book}).trades(rows);
        std::int64_t expected = 0;
        for (const TradeRow& row : rows) expected += row.traded.money.value();
        CHECK(seen[book] == expected);
    }
    CHECK(seen[0] > 0);
}

TEST_CASE("frame camera: a book in full shows its best prices and every fill") {
    const Film& all = busy_film();
    std::uint64_t fills = 0;
    for (const Frame& frame : all.frames) {
        const auto ladder = std::ranges::find_if(frame.ladders, [](const LadderRow& row) {
            return row.book == 0 && row.side == static_cast<std::uint8_t>(market::Side::sell);
        });
        REQUIRE(ladder != frame.ladders.end());
        CHECK(ladder->width == 1);
        CHECK(ladder->price == frame.books[0].ask);
        CHECK(frame.ladders[0].price == frame.books[0].bid);
        fills += frame.fills.size();
        for (const FillRow& row : frame.fills) CHECK(row.book == 0);
    }
    CHECK(fills == all.world.market(market::InstrumentId{0}).statistics().trades);
}

TEST_CASE("frame camera: rungs of a ladder hold what rests between their prices") {
    const Film coarse = film({"record.rung=1%", "record.ladders=0s", "record.levels=5"}, 3);
    const Frame& frame = coarse.frames.back();
    std::int64_t lots = 0;
    for (const LadderRow& row : frame.ladders) {
        if (row.book != 0 || row.side != 1) continue;
        CHECK(row.width == 100);  // 1 % of $100 in cents
        CHECK(row.price % 100 == 0);
        lots += row.lots;
    }
    const market::OrderBook& book = coarse.world.market(market::InstrumentId{0}).book();
    const std::int64_t best = frame.books[0].ask / 100 * 100;
    const market::Depth depth = book.depth(market::Side::sell, market::Price{best + 5 * 100 - 1});
    CHECK(lots >= depth.quantity.value());
    CHECK(lots <= book.resting(market::Side::sell).value());
    CHECK(depth.quantity > market::Quantity{0});
}

TEST_CASE("frame camera: a watched account shows all that it owns and what it asks for") {
    const Film& all = busy_film();
    const market::AccountId hedge = all.world.account_named("hedge");
    double worth = 0;
    for (const AccountRow& row : all.frames.back().accounts) {
        CHECK(row.account == hedge.packed());
        worth += static_cast<double>(row.worth) / market::money_per_dollar;
    }
    CHECK(worth == doctest::Approx(all.world.equity_of(hedge)).epsilon(1e-6));
    CHECK(all.frames.back().orders.size() == all.world.open_orders(hedge).size());
    std::size_t decisions = 0;
    for (const Frame& frame : all.frames) decisions += frame.decisions.size();
    CHECK(decisions > 0);
}

TEST_CASE("frame camera: a closer look may be asked for while it runs") {
    const Film close = film({}, 3, {.books = {1}, .accounts = {}});
    const auto& ladders = close.frames.back().ladders;
    CHECK(std::ranges::all_of(ladders, [](const LadderRow& row) { return row.book == 1; }));
    CHECK(!ladders.empty());
}

TEST_CASE("frame camera: shocks, halts and forced sales are events") {
    std::map<int, int> kinds;
    for (const Frame& frame : film({}, 800).frames) {
        for (const EventRow& row : frame.events) ++kinds[row.kind];
    }
    CHECK(kinds[static_cast<int>(EventKind::shock)] == 3);
    CHECK(kinds[static_cast<int>(EventKind::outage)] == 1);
    CHECK(kinds[static_cast<int>(EventKind::resume)] >= 1);
    CHECK(kinds[static_cast<int>(EventKind::forced_sale)] > 0);
}

TEST_CASE("frame camera: the same shock from outside makes the same run") {
    const auto shocked = [](double rate) {
        Pool pool{1};
        const auto config = test::config_of(
            test::busy_world, {"shocks[hike].rate=" + std::to_string(rate * 100) + "%/yr"});
        World world = test::build_world(test::busy_world);
        FrameCamera camera{world};
        for (int i = 0; i < 5; ++i) world.step(pool), camera.see(world);
        world.inject(config->shocks.items[0], 7);
        world.step(pool);
        camera.see(world);
        return std::pair{world.digest(), camera.frame()};
    };
    const auto [digest, frame] = shocked(0.08);

    const auto input = std::ranges::find(frame.events, static_cast<std::uint8_t>(EventKind::input),
                                         &EventRow::kind);
    REQUIRE(input != frame.events.end());
    CHECK(input->reference == 7);
    CHECK(frame.series[0].value == 80'000'000);
    CHECK(shocked(0.08).first == digest);
    CHECK(shocked(0.09).first != digest);
}

TEST_CASE("frame camera: an outage from outside begins with the next step") {
    Pool pool{1};
    World world = test::build_world(test::crowd_world);
    const WorldConfig& config = world.config();
    const market::Duration step = config.steps.front();
    const std::string venue = config.venues.items[0].name;
    const auto outage = load_world_text(
        "shock.yaml", std::string{test::crowd_world} + "shocks:\n  - {name: dark, at: " +
                          "2026-01-06T00:00:00Z, kind: outage, venue: " + venue +
                          ", lasts: " + std::to_string(2 * step.ns / market::second.ns) + "s}\n");
    REQUIRE_MESSAGE(outage.report.ok(), outage.text());
    world.step(pool);
    world.inject(outage.config.shocks.items[0], 0);

    std::vector<market::MarketPhase> phases;
    for (int i = 0; i < 5; ++i) {
        world.step(pool);
        phases.push_back(world.market(market::InstrumentId{0}).phase());
    }

    using enum market::MarketPhase;
    // It comes out at the end of the step that takes it in, and two more are spent in the dark.
    CHECK(phases == std::vector{continuous, down, down, continuous, continuous});
}

TEST_CASE("frame camera: marks part in the phase in which two runs part") {
    Pool pool{1};
    World one = test::build_world(test::crowd_world);
    World other = fork(one, test::config_of(test::crowd_world), one.seed() + 1);
    one.step(pool);
    other.step(pool);
    CHECK(one.phase_marks()[0] == other.phase_marks()[0]);  // nobody has decided yet
    CHECK(one.phase_marks()[2] != other.phase_marks()[2]);  // other orders are backed
}

}  // namespace crowdout::world
