// SPDX-License-Identifier: Apache-2.0
#include "bench/world_scene.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <ctime>
#include <fstream>

#include "bench/bench.hpp"

namespace crowdout::bench {

namespace {

constexpr int step_seconds = 60;

// What a member starts with must outlast the run, whatever it draws.
constexpr std::string_view head = R"(
name: crowd
start: 2026-01-05T00:00:00Z
duration: 30d
steps: [{}s]
bank: bank
sectors: [{{name: public}}]
venues: [{{name: exchange, operated_by: bank, maker_fee: 1bp, taker_fee: 5bp}}]
institutions: [{{name: bank, sector: public}}, {{name: vault, sector: public}}]
)";

constexpr std::string_view instrument = R"(
  - {{name: COIN{}, kind: coin, session: always, venue: exchange, price: $100, tick: $0.01,
     lot: 0.01, unit: 0.0001, supply: 1B, issuer: bank, rest_with: vault, sigma_daily: 3%,
     volume_daily: $10M, valuation: none}})";

constexpr std::string_view population = R"(
  - {{name: crowd{}{}, sector: public, archetype: zero_intelligence, count: {}, instrument: COIN{},
     order_size: 1, market_rate: {}/s, limit_rate: {}/s, lifetime: {}s, band: {}, latency: 20ms,
     owns: {{USD: ${}, COIN{}: ${}}}}})";

void add_population(std::string& text, std::string_view prefix, int book, int members,
                    const CrowdShape& shape, double rate) {
    const double each_side = rate * members / 2 / step_seconds;
    const long long worth = members * 100'000LL;
    text += fmt::format(population, prefix, book, members, book, each_side * shape.market,
                        each_side * shape.limit / shape.band, shape.lifetime_steps * step_seconds,
                        shape.band, worth, book, worth);
}

double seconds_of(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

std::string crowd_world(const CrowdShape& shape) {
    std::string text = fmt::format(head, step_seconds);
    text += "instruments:";
    for (int book = 0; book < shape.books; ++book) text += fmt::format(instrument, book);
    text += "\npopulations:";
    for (int book = 0; book < shape.books; ++book) {
        const int members =
            shape.agents / shape.books + (book < shape.agents % shape.books ? 1 : 0);
        add_population(text, "", book, members, shape, 1);
        constexpr double hardly_ever = 2e-6;  // turns a step: one a year
        if (shape.sleepers == 0) continue;
        add_population(text, "_asleep", book, shape.sleepers, shape, hardly_ever);
    }
    return text + "\n";
}

std::shared_ptr<const world::WorldConfig> config_of(std::string_view scene, const std::string& text,
                                                    const std::vector<std::string>& overrides) {
    auto loaded = world::load_world_text("scene.yaml", text, overrides);
    if (!loaded.report.ok()) fail(scene, loaded.text());
    return std::make_shared<const world::WorldConfig>(std::move(loaded.config));
}

Timing play(world::World& world, world::Pool& pool, int steps) {
    const world::Totals before = world.totals();
    const auto phases = world.phase_times().seconds;
    const double cpu = cpu_seconds();
    const double main_cpu = thread_cpu_seconds();
    const double wall = wall_seconds();
    for (int step = 0; step < steps; ++step) world.step(pool);
    Timing timing;
    timing.wall_seconds = wall_seconds() - wall;
    timing.main_cpu_seconds = thread_cpu_seconds() - main_cpu;
    timing.cpu_seconds = cpu_seconds() - cpu;
    const world::Totals& after = world.totals();
    timing.orders = static_cast<double>(after.orders - before.orders);
    timing.fills = static_cast<double>(after.fills - before.fills);
    timing.turns = static_cast<double>(after.turns - before.turns);
    for (std::size_t phase = 0; phase < phases.size(); ++phase) {
        timing.phases[phase] = world.phase_times().seconds[phase] - phases[phase];
    }
    timing.digest = world.digest();
    return timing;
}

double thread_cpu_seconds() {
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

double wall_seconds() {
    return seconds_of(CLOCK_MONOTONIC);
}

std::size_t resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace crowdout::bench
