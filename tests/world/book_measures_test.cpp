// SPDX-License-Identifier: Apache-2.0
#include "world/book_measures.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/random.hpp"
#include "market/archive.hpp"
#include "market/calendar.hpp"

using namespace crowdout;
using namespace crowdout::world;
using market::Duration;
using market::Time;

namespace {

// A Monday, midnight.
constexpr Time start = Time{} + market::day * market::day_number({2025, 11, 3});

/// A book that is always open; its mid is a random walk of known volatility.
struct Walk {
    BookMeasures measures{market::Session::always, 0.03, 1e9, 100};
    agents::Random random{1, 0, agents::Purpose::flow, 0};
    Time now = start;
    double log_price = std::log(100.0);

    void step(Duration length, double sigma_daily, double bought = 0, double sold = 0) {
        now = now + length;
        log_price += sigma_daily * std::sqrt(length.days()) * random.normal();
        measures.record({now, length, std::exp(log_price), bought, sold});
    }
};

}  // namespace

TEST_CASE("measures: a variance is a return squared per day, whatever the step") {
    // One return of 1 % in six hours is a variance of 4 x 1e-4 a day. It counts for six hours, a
    // half-life, so half of what was believed is replaced.
    RealisedVariance once{9e-4, market::day, Duration{}, market::hour * 6};
    once.record(0.01, market::hour * 6);
    CHECK(once.variance() == doctest::Approx(0.5 * 9e-4 + 0.5 * 4e-4));

    // Summed on a grid of six hours the pieces are the same return.
    RealisedVariance pieces{9e-4, market::day, market::hour * 6, market::hour * 6};
    for (const double piece : {0.004, -0.002, 0.008}) pieces.record(piece, market::hour * 2);
    CHECK(pieces.variance() == doctest::Approx(once.variance()));
}

TEST_CASE("measures: bipower variation does not see one jump") {
    RealisedVariance measure{0, market::day, Duration{}, market::day * 5};
    for (int hour = 0; hour < 240; ++hour) {
        const bool jump = hour == 200;
        measure.record(jump ? 0.2 : 0.002 * (hour % 2 == 0 ? 1 : -1), market::hour);
    }
    // Every other return is 0.2 % in an hour: 24 x 4e-6 a day.
    CHECK(measure.variance() > 20 * 24 * 4e-6);
    CHECK(measure.bipower() < 3 * 24 * 4e-6);
    CHECK(measure.bipower() > 24 * 4e-6);
}

TEST_CASE("measures: steps of a second, a minute and five minutes measure the same variance") {
    // Goal: the mean over time of fast variance is the walk's, by any step.
    // Method: a walk at 2.4 % a day where 3 % was believed; two hours forget that. n squared
    // normals have a mean with a relative error of sqrt(2 / n): 0.5, 0.8 and 0.8 % here.
    struct Row {
        Duration step;
        double days, tolerance;
    };
    for (const Row& row : {Row{market::second, 1, 0.02}, Row{market::minute, 20, 0.04},
                           Row{market::minute * 5, 100, 0.04}}) {
        RealisedVariance fast{9e-4, market::day, Duration{}, market::minute};
        agents::Random random{2, 0, agents::Purpose::flow, 0};
        double sum = 0;
        double count = 0;
        const auto steps = static_cast<std::int64_t>(row.days / row.step.days());
        for (std::int64_t i = 0; i < steps; ++i) {
            fast.record(0.024 * std::sqrt(row.step.days()) * random.normal(), row.step);
            if ((row.step * i) < market::hour * 2) continue;
            sum += fast.variance();
            ++count;
        }
        CAPTURE(row.step.seconds());
        CHECK(sum / count == doctest::Approx(0.024 * 0.024).epsilon(row.tolerance));
    }
}

TEST_CASE("measures: fast volatility answers within minutes, daily within days") {
    Walk walk;
    for (int i = 0; i < 2 * 1440; ++i) walk.step(market::minute, 0.03);
    const double daily = walk.measures.sigma_daily();

    for (int i = 0; i < 600; ++i) walk.step(market::second, 0.24);

    // Ten half-lives of eight times the volatility; 173 samples' weight: 4 standard errors 30 %.
    CHECK(walk.measures.sigma_fast() > 0.7 * 0.24);
    CHECK(walk.measures.sigma_fast() < 1.3 * 0.24);
    CHECK(walk.measures.sigma_reference() < 0.08);
    CHECK(walk.measures.sigma_daily() < 1.5 * daily);
}

TEST_CASE("measures: an hour that is always lively is no alarm") {
    // Goal: the season is learnt and taken out.
    // Method: 60 days at 1 %, but 3 % a day from 14:00 to 15:00 UTC on weekdays.
    Walk walk;
    double sum = 0;
    double count = 0;
    for (int i = 0; i < 60 * 288; ++i) {
        const std::int64_t hour = (walk.now.ns / market::hour.ns) % 24;
        const auto today = static_cast<market::DayNumber>(walk.now.ns / market::day.ns);
        const bool lively = hour == 14 && market::weekday(today) < market::Weekday::saturday;
        walk.step(market::minute * 5, lively ? 0.03 : 0.01);
        if (!lively || i < 40 * 288) continue;
        sum += walk.measures.sigma_fast() * walk.measures.sigma_fast();
        ++count;
    }
    // Nine times the variance, seen as at most twice the usual 24 h mean; the cap on the factor
    // and the learning leave the rest.
    const double reference = walk.measures.sigma_reference() * walk.measures.sigma_reference();
    CHECK(sum / count < 3 * reference);
    CHECK(sum / count > 0.5 * reference);
}

TEST_CASE("measures: what happened while the book was closed is no volatility") {
    BookMeasures stock{market::Session::us_equities, 0.02, 1e9, 100};
    const double before = stock.sigma_fast();
    Time now = start;
    const auto step = [&](Duration open, double mid) {
        now = now + market::minute;
        stock.record({now, open, mid, 0, 0});
    };

    step(Duration{}, 100);
    step(market::minute, 120);  // the opening auction
    CHECK(stock.sigma_fast() == before);
    step(market::minute, 120);
    CHECK(stock.sigma_fast() < before);
    step(Duration{}, 120);
    step(market::minute, 90);
    step(market::minute, 90);
    CHECK(stock.sigma_fast() < before);

    step(market::minute, 91);
    CHECK(stock.sigma_fast() > before);
}

TEST_CASE("measures: volume per day forgets over twenty days, by any step") {
    BookMeasures coarse{market::Session::us_equities, 0.02, 1e9, 100};
    BookMeasures fine{market::Session::us_equities, 0.02, 1e9, 100};
    // 20 sessions of 390 minutes at $2bn a session.
    for (int i = 0; i < 20 * 390; ++i) {
        fine.record({start + market::minute * i, market::minute, 100, 2e9 / 390, 0});
    }
    for (int i = 0; i < 20 * 6; ++i) {
        coarse.record(
            {start + market::minute * 65 * i, market::minute * 65, 100, 1e9 / 6, 1e9 / 6});
    }

    CHECK(fine.volume_daily() == doctest::Approx(2e9 - 1e9 * std::exp(-1.0)));
    CHECK(coarse.volume_daily() == doctest::Approx(2e9 - 1e9 * std::exp(-1.0)));
}

TEST_CASE("measures: toxicity is the share of one-sided buckets") {
    Toxicity toxicity;
    toxicity.record(25, 0, 1);  // 25 buckets bought
    CHECK(toxicity.value() == doctest::Approx(0.5));
    toxicity.record(12.5, 12.5, 1);  // 25 balanced
    CHECK(toxicity.value() == doctest::Approx(0.5));
    toxicity.record(5, 20, 1);  // 25 that are 3/5 sold take the place of those bought
    CHECK(toxicity.value() == doctest::Approx(0.3));
}

TEST_CASE("measures: a bucket fills across steps, and what is both ways in it nets") {
    Toxicity toxicity;
    for (int i = 0; i < 100; ++i) {
        toxicity.record(0.25, 0, 1);
        toxicity.record(0, 0.25, 1);
    }
    CHECK(toxicity.value() == doctest::Approx(0));  // 50 buckets of two each way

    Toxicity burst;
    burst.record(1e12, 0, 1);
    CHECK(burst.value() == doctest::Approx(1));
}

TEST_CASE("measures: a view shows them, and an archived book goes on as before") {
    Walk walk;
    for (int i = 0; i < 500; ++i) walk.step(market::minute, 0.05, 2e6, 1e6);
    market::ArchiveWriter writer;
    walk.measures.archive(writer);
    Walk copy = walk;
    copy.measures = BookMeasures{};
    market::ArchiveReader reader{writer.bytes()};
    copy.measures.archive(reader);

    for (Walk* one : {&walk, &copy}) one->step(market::minute, 0.05, 2e6, 1e6);

    agents::BookView view;
    copy.measures.show(view);
    CHECK(view.sigma_daily == walk.measures.sigma_daily());
    CHECK(view.sigma_fast == walk.measures.sigma_fast());
    CHECK(view.volume_daily == walk.measures.volume_daily());
    CHECK(view.toxicity == walk.measures.toxicity());
    CHECK(view.toxicity > 0);
}
