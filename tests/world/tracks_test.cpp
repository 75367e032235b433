// SPDX-License-Identifier: Apache-2.0
#include "world/tracks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

#include "tests/support/replay_film.hpp"
#include "tests/support/synthetic_tracks.hpp"
#include "world/builder.hpp"
#include "world/measure_catalogue.hpp"

namespace crowdout::world {

namespace {

constexpr std::int64_t minute = market::minute.ns;
constexpr std::int64_t dollar = market::money_per_dollar;

/// One coin of cents and hundredths; sectors, and a series of each unit.
Manifest small_manifest() {
    Manifest manifest;
    manifest.start = test::monday;
    manifest.books = {{.name = "COIN", .usd_per_tick = 0.01, .whole_per_lot = 0.1}};
    manifest.sectors = {{.name = "funds"}, {.name = "labs"}};
    manifest.assets = {{"USD"}, {"COIN"}};
    manifest.series = {{"policy_rate", "rate"}, {"idle_capital", "usd"}};
    return manifest;
}

/// A frame of one step of a minute: the coin's mid in ticks, and dollars that were traded.
Frame frame_at(std::int64_t minutes, std::int64_t mid, std::int64_t volume) {
    Frame frame;
    frame.head = {.from = test::monday + (minutes - 1) * minute,
                  .to = test::monday + minutes * minute};
    frame.books = {{.book = 0,
                    .phase = static_cast<std::uint8_t>(market::MarketPhase::continuous),
                    .mid_twice = 2 * mid,
                    .bid = mid - 1,
                    .ask = mid + 2,
                    .bid_depth = 7 * dollar,
                    .ask_depth = 8 * dollar,
                    .volume = volume * dollar,
                    .volume_signed = -volume * dollar,
                    .volume_forced = dollar}};
    return frame;
}

TrackNeeds needs_all(market::Duration grid) {
    TrackNeeds needs = TrackNeeds::everything(small_manifest());
    needs.grid = grid;
    needs.books["COIN"].fills = true;
    needs.books["COIN"].parents = true;
    needs.books["COIN"].ladders = true;
    return needs;
}

FillRow fill(std::uint32_t taker, std::uint32_t parent, std::uint8_t side, std::int64_t lots) {
    return {.book = 0,
            .taker_side = side,
            .maker = 1,
            .taker = taker,
            .parent = parent,
            .price = 10'000,
            .lots = lots};
}

}  // namespace

TEST_CASE("tracks: rows end on the grid, with the last state and the sums since the row before") {
    TrackRecorder recorder{small_manifest(), needs_all(market::minute * 5)};
    for (std::int64_t i = 1; i <= 12; ++i) recorder.take(frame_at(i, 10'000 + i, i));
    const Tracks tracks = recorder.finish();

    CHECK(tracks.time == std::vector{test::monday + minute, test::monday + 5 * minute,
                                     test::monday + 10 * minute, test::monday + 12 * minute});
    const Tracks::Book& coin = tracks.books[0];
    const double mids[] = {100.01, 100.05, 100.10, 100.12};
    for (std::size_t row = 0; row < 4; ++row) CHECK(coin.mid[row] == doctest::Approx(mids[row]));
    CHECK(coin.volume == std::vector<double>{1, 14, 40, 23});
    CHECK(coin.volume_signed == std::vector<double>{-1, -14, -40, -23});
    CHECK(coin.volume_forced == std::vector<double>{1, 4, 5, 2});
    CHECK(coin.spread[0] == doctest::Approx(0.03));
    CHECK(coin.bid_depth == std::vector<double>{7, 7, 7, 7});
    CHECK(coin.ask_depth == std::vector<double>{8, 8, 8, 8});
    CHECK(coin.open == std::vector<std::uint8_t>{1, 1, 1, 1});
}

TEST_CASE("tracks: a row ends at an edge too, and with each frame where there is no grid") {
    TrackNeeds needs = needs_all(market::minute * 5);
    needs.edges = {market::minute * 7};
    TrackRecorder with_edge{small_manifest(), needs};
    TrackRecorder each_frame{small_manifest(), needs_all({})};
    for (std::int64_t i = 1; i <= 10; ++i) {
        with_edge.take(frame_at(i, 10'000, 1));
        each_frame.take(frame_at(i, 10'000, 1));
    }
    CHECK(with_edge.finish().time == std::vector{test::monday + minute, test::monday + 5 * minute,
                                                 test::monday + 7 * minute,
                                                 test::monday + 10 * minute});
    CHECK(each_frame.finish().time.size() == 10);
}

TEST_CASE("tracks: what nobody asked for is not kept") {
    TrackRecorder recorder{small_manifest(), TrackNeeds{}};
    for (std::int64_t i = 1; i <= 60; ++i) recorder.take(frame_at(i, 10'000, 1));
    const Tracks tracks = recorder.finish();
    CHECK(tracks.time.size() == 2);  // the first frame, and the hour
    CHECK(tracks.books[0] == Tracks::Book{});
    CHECK(tracks.series.empty());
    CHECK(tracks.idle.empty());
    CHECK(tracks.stretches.empty());
}

TEST_CASE("tracks: states hold until there are others") {
    TrackRecorder recorder{small_manifest(), needs_all({})};
    Frame first = frame_at(1, 10'000, 1);
    first.series = {{.series = 0, .value = 40'000'000}, {.series = 1, .value = 5 * dollar}};
    first.cash = {{.sector = 0, .cash = 9 * dollar, .idle = 4 * dollar}};
    recorder.take(first);
    recorder.take(frame_at(2, 10'000, 1));
    const Tracks tracks = recorder.finish();
    CHECK(tracks.series[0] == std::vector{0.04, 0.04});
    CHECK(tracks.series[1] == std::vector<double>{5, 5});
    CHECK(tracks.idle[0] == std::vector<double>{4, 4});
}

// A taker who meets three orders makes one trade; then another taker, then the first one again.
TEST_CASE("tracks: what a taker takes at once is one trade") {
    TrackRecorder recorder{small_manifest(), needs_all({})};
    Frame frame = frame_at(1, 10'000, 1);
    frame.fills = {fill(5, 0, 0, 10), fill(5, 0, 0, 20), fill(6, 0, 1, 5), fill(5, 0, 0, 1)};
    recorder.take(frame);
    const Tracks tracks = recorder.finish();
    REQUIRE(tracks.tape[0].size() == 3);
    CHECK(tracks.tape[0][0] == Tracks::Trade{test::monday + minute, 1, 3.0F, 100});
    CHECK(tracks.tape[0][1].sign == -1);
    CHECK(tracks.tape[0][2].size == doctest::Approx(0.1));
}

// Children in minutes 2 and 4; the price was 100.01 as the first began and 100.04 after the last.
TEST_CASE("tracks: a parent goes from before its first child to after its last") {
    TrackRecorder recorder{small_manifest(), needs_all(market::hour)};
    for (std::int64_t i = 1; i <= 5; ++i) {
        Frame frame = frame_at(i, 10'000 + i, 1);
        if (i == 2) frame.fills = {fill(5, 77, 1, 10), fill(5, 77, 1, 10)};
        if (i == 4) frame.fills = {fill(5, 77, 1, 30), fill(6, 77, 0, 1)};
        recorder.take(frame);
    }
    const Tracks tracks = recorder.finish();
    REQUIRE(tracks.parents.size() == 2);
    const auto sale = std::ranges::find(tracks.parents, -1, &Tracks::Parent::sign);
    REQUIRE(sale != tracks.parents.end());
    CHECK(sale->begin == test::monday + minute);
    CHECK(sale->end == test::monday + 4 * minute);
    CHECK(sale->price_begin == doctest::Approx(100.01));
    CHECK(sale->price_end == doctest::Approx(100.04));
    CHECK(sale->quantity == doctest::Approx(5));
    CHECK(sale->money == doctest::Approx(500));
    CHECK(sale->trades == 3);
}

// Two pictures of the bids, 1 and 3 lots at the best, 5 and 7 two ticks below; the same picture
// again, as a recording shows it where a segment begins, counts no second time.
TEST_CASE("tracks: the mean ladder by distance from the best price") {
    TrackRecorder recorder{small_manifest(), needs_all(market::hour)};
    const auto picture = [](std::int64_t best, std::int64_t at_best, std::int64_t below) {
        return std::vector<LadderRow>{
            {.book = 0, .side = 0, .width = 1, .price = best, .lots = at_best},
            {.book = 0, .side = 0, .width = 1, .price = best - 2, .lots = below},
            {.book = 0, .side = 1}};
    };
    Frame frame = frame_at(1, 10'000, 1);
    frame.ladders = picture(9'999, 1, 5);
    recorder.take(frame);
    recorder.take(frame);
    frame.ladders = picture(9'990, 3, 7);
    recorder.take(frame);
    CHECK(recorder.finish().books[0].ladder == std::vector<double>{2, 0, 6});
}

TEST_CASE("tracks: flows of days, cut at edges, with the cash as each begins") {
    TrackNeeds needs = needs_all(market::hour);
    needs.edges = {market::hour * 30};
    TrackRecorder recorder{small_manifest(), needs};
    std::int64_t cash = 100 * dollar;
    for (std::int64_t hour = 1; hour <= 50; ++hour) {
        Frame frame = frame_at(hour * 60, 10'000, 1);
        frame.head.from = frame.head.to - market::hour.ns;
        cash -= dollar;
        frame.flows = {{.from = 0, .to = 1, .reason = 3, .money = dollar}};
        frame.trades = {
            {.book = 0, .sector = 1, .cause = 2, .side = 1, .money = dollar, .lots = 1}};
        frame.cash = {{.sector = 0, .cash = cash}, {.sector = 1, .cash = 100 * dollar - cash}};
        recorder.take(frame);
    }
    const Tracks tracks = recorder.finish();
    REQUIRE(tracks.stretches.size() == 4);  // 24 h, 6 h, 18 h, 2 h
    const std::int64_t hours[] = {24, 6, 18, 2};
    const std::int64_t opening[] = {100, 76, 70, 52};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(tracks.stretches[i].flows[0].money == hours[i] * dollar);
        CHECK(tracks.stretches[i].trades[0].lots == hours[i]);
        CHECK(tracks.stretches[i].cash[0] == opening[i] * dollar);
    }
    CHECK(tracks.stretches[0].begin == test::monday);
}

TEST_CASE("tracks: balance sheets as far as measures look at them") {
    TrackRecorder recorder{small_manifest(), needs_all({})};
    Frame frame = frame_at(1, 10'000, 1);
    frame.holdings = {{.sector = 0, .asset = 1, .units = 30, .worth = 6 * dollar},
                      {.sector = 1, .asset = 1, .units = -29, .worth = -5 * dollar},
                      {.sector = 1, .asset = HoldingRow::debt, .units = -4, .worth = -4}};
    recorder.take(frame);
    recorder.take(frame);  // the same again, where a recording's segment begins
    const Tracks tracks = recorder.finish();
    REQUIRE(tracks.balances.size() == 1);
    CHECK(tracks.balances[0].worth == std::vector<double>{0, 6});
    CHECK(tracks.balances[0].drift == std::vector<std::int64_t>{0, 1});
}

// Goal: a live run and its recording give the same tracks, and so the same answers.
TEST_CASE("tracks: of frames and of the replay of them are the same") {
    const test::ReplayFilm& film = test::busy_film();
    TrackNeeds needs = TrackNeeds::everything(film.head.manifest);
    needs.books["COIN"].fills = needs.books["COIN"].parents = needs.books["COIN"].ladders = true;
    TrackRecorder live{film.head.manifest, needs};
    for (const Frame& frame : film.frames) live.take(frame);
    const Tracks tracks = live.finish();
    ReplayFile replay = test::replay_of(film.bytes(32));

    CHECK(tracks.time.size() == film.frames.size());
    CHECK(tracks_of(replay, needs) == tracks);
    CHECK_FALSE(tracks.tape[0].empty());
    CHECK_FALSE(tracks.books[0].ladder.empty());
    CHECK_FALSE(tracks.balances.empty());
    // Every asset of the busy world sums to zero over all its accounts.
    for (const Tracks::Balance& balance : tracks.balances) {
        CHECK(std::ranges::count(balance.drift, 0) == std::ssize(balance.drift));
    }
}

// Goal: the needs of a measure are enough for it, whatever else is asked, and however many threads.
// Method: one run of the busy world asked for each measure alone and for all of them at once.
TEST_CASE("tracks: a measure gives the same value alone and among others, on 1 and 3 threads") {
    const std::vector<std::string> texts{"measure: drawdown, of: COIN, within: 6h",
                                         "measure: volatility, of: COIN, horizon: 10min",
                                         "measure: total_return, of: CHIP, from: 3h, until: 19h",
                                         "measure: spread, of: COIN, every: 15min",
                                         "measure: depth_loss, of: COIN, before: 6h",
                                         "measure: forced_concentration, of: COIN",
                                         "measure: order_sign_memory, of: COIN, as: hurst",
                                         "measure: sold, of: COIN, from: 2h, until: 17h",
                                         "measure: series, series: policy_rate, take: change",
                                         "measure: conservation"};
    LoadOptions options;
    for (const char* name : {"COIN", "CHIP"}) {
        options.built_in_names.emplace_back(agents::Reference::instrument, name);
    }
    std::vector<MeasureConfig> asked;
    for (const std::string& text : texts) {
        const std::string whole = "{name: asked, " + text + "}";
        options.read = [&](const std::string&, std::string&) { return std::optional{whole}; };
        asked.push_back(load_or_throw<MeasureConfig>("measure.yaml", options));
    }
    const auto answers = [](std::span<const MeasureConfig> questions, int threads) {
        WorldConfig config = *test::config_of(test::busy_world, {"duration=20h"});
        const TrackNeeds needs = needs_of(questions);
        record_for(needs, config);
        Pool pool{threads};
        World world = build(std::make_shared<const WorldConfig>(config));
        FrameCamera camera{world};
        TrackRecorder recorder{camera.manifest(), needs};
        while (world.now() < config.start + config.duration) {
            world.step(pool);
            if (camera.see(world)) recorder.take(camera.frame());
        }
        const Tracks tracks = recorder.finish();
        std::vector<Measured> found;
        for (const MeasureConfig& each : questions) found.push_back(evaluate(each, tracks));
        return std::pair{found, world.digest()};
    };
    const auto [together, digest] = answers(asked, 1);
    const auto [threaded, threaded_digest] = answers(asked, 3);
    CHECK(together == threaded);
    CHECK(digest == threaded_digest);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        CAPTURE(texts[i]);
        CHECK(together[i].why_not == "");
        const auto [alone, same_digest] = answers(std::span{&asked[i], 1}, 1);
        CHECK(alone[0] == together[i]);
        CHECK(same_digest == digest);
    }
}

TEST_CASE("track needs: joined, the grid is a part of both") {
    TrackNeeds needs;
    needs.refine(market::minute * 4);
    needs.refine(market::minute * 6);
    CHECK(needs.grid == market::minute * 2);
    TrackNeeds other;
    other.edges = {market::hour, market::minute};
    other.books["COIN"].depths = true;
    needs.books["COIN"].fills = true;
    needs.add(other);
    needs.add(other);
    CHECK(needs.grid == market::minute * 2);
    CHECK(needs.edges == std::vector{market::minute, market::hour});
    CHECK(needs.books["COIN"] == TrackNeeds::Book{.depths = true, .fills = true});
    needs.refine({});
    CHECK(needs.grid == market::Duration{});
}

}  // namespace crowdout::world
