// SPDX-License-Identifier: Apache-2.0
#include "world/statistics_stress.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "agents/random.hpp"
#include "world/statistics_interval.hpp"

namespace crowdout::world {

namespace {

using doctest::Approx;
using market::day;
using market::Duration;
using market::hour;
using market::minute;
using market::Time;

Time at(int hours) {
    return Time{} + hour * hours;
}

/// Moments that come unevenly, and a positive number at each.
struct Tape {
    std::vector<Time> times;
    std::vector<double> values;
};

Tape random_tape(std::size_t count, std::uint64_t seed) {
    agents::Random random{seed, 0, agents::Purpose::trait, 0};
    Tape tape;
    Time time{};
    double value = 100;
    for (std::size_t i = 0; i < count; ++i) {
        time = time + minute * static_cast<std::int64_t>(random.below(4));  // 0: at the same time
        value *= std::exp(0.02 * random.normal());
        tape.times.push_back(time);
        tape.values.push_back(value);
    }
    return tape;
}

}  // namespace

TEST_CASE("drawdown: from the highest price of the window to the lowest after it") {
    RollingDrawdown drawdown{day};
    drawdown.record(at(0), 100);
    drawdown.record(at(1), 120);
    drawdown.record(at(2), 90);
    CHECK(drawdown.now().share == Approx(0.25));
    drawdown.record(at(3), 110);
    drawdown.record(at(4), 80);
    drawdown.record(at(5), 100);

    CHECK(drawdown.now().share == Approx(1 - 100.0 / 120.0));
    CHECK(drawdown.worst().share == Approx(1.0 / 3.0));
    CHECK(drawdown.worst().peak == 120);
    CHECK(drawdown.worst().trough == 80);
    CHECK(drawdown.worst().peak_time == at(1));
    CHECK(drawdown.worst().trough_time == at(4));
}

// A fall of a tenth each 20 hours: two of them never lie within 24.
TEST_CASE("drawdown: a slow fall is as deep as its window is long") {
    RollingDrawdown within_day{day};
    RollingDrawdown within_week{day * 7};
    double price = 100;
    for (int i = 0; i < 6; ++i, price *= 0.9) {
        within_day.record(at(20 * i), price);
        within_week.record(at(20 * i), price);
    }
    CHECK(within_day.worst().share == Approx(0.1));
    CHECK(within_week.worst().share == Approx(1 - std::pow(0.9, 5)));
}

TEST_CASE("drawdown: the window's own length still counts") {
    RollingDrawdown drawdown{day};
    drawdown.record(at(0), 100);
    drawdown.record(at(24), 50);
    CHECK(drawdown.worst().share == Approx(0.5));
    drawdown.record(Time{} + day + Duration{1}, 50);
    CHECK(drawdown.now().share == 0);
}

TEST_CASE("drawdown: of equal peaks the later, of equal falls the first") {
    RollingDrawdown drawdown;
    drawdown.record(at(0), 100);
    drawdown.record(at(1), 100);
    drawdown.record(at(2), 90);
    drawdown.record(at(3), 90);
    CHECK(drawdown.worst().peak_time == at(1));
    CHECK(drawdown.worst().trough_time == at(2));
}

TEST_CASE("drawdown: nothing has fallen before a price was seen, or at a rise") {
    RollingDrawdown drawdown;
    CHECK(drawdown.worst().share == 0);
    CHECK(is_missing(drawdown.worst().peak));
    drawdown.record(at(0), missing);
    drawdown.record(at(0), 0);
    drawdown.record(at(0), -5);
    CHECK(is_missing(drawdown.worst().peak));
    drawdown.record(at(1), 100);
    drawdown.record(at(2), 101);
    CHECK(drawdown.worst().share == 0);
    CHECK(drawdown.worst().peak == 100);
}

TEST_CASE("drawdown: agrees with a search through all pairs") {
    const Tape tape = random_tape(600, 1);
    const Duration window = hour;
    RollingDrawdown drawdown{window};
    double worst = 0;
    for (std::size_t i = 0; i < tape.times.size(); ++i) {
        drawdown.record(tape.times[i], tape.values[i]);
        double fall = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            if (tape.times[i] - tape.times[j] > window) continue;
            fall = std::max(fall, 1 - tape.values[i] / tape.values[j]);
        }
        worst = std::max(worst, fall);
        CHECK(drawdown.now().share == fall);
    }
    CHECK(drawdown.worst().share == worst);
    CHECK(worst > 0.1);
}

// Of the 40 lost, 30 come back within a day; the 50 of the day after do not count.
TEST_CASE("recovery: the share won back within a day of the trough") {
    const std::vector<Time> times{at(0), at(5), at(10), at(20), at(29), at(30)};
    const std::vector<double> prices{100, 60, 80, 90, missing, 110};
    const Fall fall{
        .share = 0.4, .peak = 100, .trough = 60, .peak_time = at(0), .trough_time = at(5)};

    CHECK(recovery_share(times, prices, fall) == Approx(0.75));
    CHECK(recovery_share(times, prices, fall, hour * 25) == Approx(1.25));
    CHECK(recovery_share(times, prices, fall, hour * 5) == Approx(0.5));
    CHECK(is_missing(recovery_share(times, prices, fall, hour)));
    CHECK(is_missing(recovery_share(times, prices, Fall{})));
}

TEST_CASE("depth: lost is what the thinnest moment lacks of the day before's median") {
    const std::vector<double> before{80, 100, missing, 120, 500};
    const std::vector<double> during{90, missing, 11, 60};
    CHECK(depth_loss(before, during) == Approx(0.9));  // the median is 110
    CHECK(depth_loss(before, std::vector<double>{220}) == Approx(-1.0));
    CHECK(is_missing(depth_loss(before, {})));
    CHECK(is_missing(depth_loss({}, during)));
}

TEST_CASE("depth: a rolling loss agrees with sorting each window anew") {
    const Tape tape = random_tape(600, 2);
    const Duration window = hour * 2;
    RollingDepthLoss loss{window};
    double worst = missing;
    for (std::size_t i = 0; i < tape.times.size(); ++i) {
        loss.record(tape.times[i], tape.values[i]);
        std::vector<double> before;
        for (std::size_t j = 0; j < i; ++j) {
            if (tape.times[i] - tape.times[j] <= window) before.push_back(tape.values[j]);
        }
        if ((tape.times[i] - tape.times[0]) * 2 < window) {
            CHECK(is_missing(loss.now()));
            continue;
        }
        const double expected = 1 - tape.values[i] / median(before);
        CHECK(loss.now() == Approx(expected).epsilon(1e-12));
        worst = is_missing(worst) ? expected : std::max(worst, expected);
    }
    CHECK(loss.worst() == Approx(worst).epsilon(1e-12));
}

TEST_CASE("depth: a closed book is no empty book") {
    RollingDepthLoss loss{hour * 4};
    for (int i = 0; i < 4; ++i) loss.record(at(i), 100);
    loss.record(at(4), missing);
    CHECK(loss.worst() == 0);
    loss.record(at(4), 25);
    loss.record(at(5), 50);
    CHECK(loss.worst() == 0.75);
    CHECK(loss.worst_time() == at(4));
}

// 10 + 30 + 5 within forty minutes, 20 later: 45 of 65; the sale at minute 40 is a new window's.
TEST_CASE("forced sales: how much of open interest, and how much of it at once") {
    ForcedSales sales;
    CHECK(is_missing(sales.concentration()));
    const auto sell = [&](int minutes, double notional) {
        sales.record(Time{} + minute * minutes, notional);
    };
    sell(0, 10);
    sell(0, missing);
    sell(30, 30);
    sell(39, 5);
    sell(40, 4);
    sell(200, 16);
    sell(200, -7);

    CHECK(sales.total() == 65);
    CHECK(sales.share(650) == Approx(0.1));
    CHECK(is_missing(sales.share(0)));
    CHECK(sales.concentration() == Approx(45.0 / 65.0));
    CHECK(sales.busiest_end() == Time{} + minute * 39);
}

TEST_CASE("forced sales: the busiest window agrees with a search") {
    const Tape tape = random_tape(500, 3);
    ForcedSales sales;
    double busiest = 0;
    double total = 0;
    for (std::size_t i = 0; i < tape.times.size(); ++i) {
        sales.record(tape.times[i], tape.values[i]);
        double recent = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            if (tape.times[i] - tape.times[j] < minute * 40) recent += tape.values[j];
        }
        busiest = std::max(busiest, recent);
        total += tape.values[i];
    }
    CHECK(sales.concentration() == Approx(busiest / total).epsilon(1e-12));
}

}  // namespace crowdout::world
