// SPDX-License-Identifier: Apache-2.0
// The whole accounted path: decide, reserve, route, match, settle, ledger, flows, digest, audit.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench.hpp"
#include "bench/world_scene.hpp"

namespace crowdout::bench {

namespace {

using world::Pool;
using world::World;

constexpr std::string_view crowd_name = "zi_64_books";
constexpr int warm_up_steps = 24;  // books fill within a few lifetimes
constexpr int timed_steps = 16;

/// Wall time of each phase.
/// @param units  how many of what the unit names.
void report_phases(std::string_view scene, const Timing& timing, double units, const char* unit,
                   double per_second) {
    for (std::size_t phase = 0; phase < world::phase_count; ++phase) {
        report(scene, 1, timing.phases[phase] * per_second / units,
               unit + std::string{world::phase_names[phase]}, timing.digest);
    }
}

/// What two cores of one's own would make of a run by two threads, in seconds.
///
/// The main thread takes part in everything and waits for the others, so its processor time is the
/// time on the wall less what other programs took; half of what both used is a floor, should the
/// other thread have been given more of the work because the main one was held up.
double undisturbed_seconds(const Timing& timing) {
    return std::max(timing.main_cpu_seconds, timing.cpu_seconds / 2);
}

/// Orders a second on one core, and what a second core adds, in turn within one run.
void time_crowd(const Options& options) {
    World warm = world::build(config_of(crowd_name, crowd_world({})));
    Pool one{1};
    Pool two{2};
    play(warm, two, warm_up_steps);

    std::vector<double> rates, speed_ups, walls;
    Timing last;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        World alone = warm;
        World shared = warm;
        play(alone, one, 1);  // a copy has no memory to work in yet
        play(shared, two, 1);
        last = play(alone, one, timed_steps);
        const Timing both = play(shared, two, timed_steps);
        if (both.digest != last.digest) fail(crowd_name, "two threads came to another digest");
        rates.push_back(last.orders / last.cpu_seconds / 1e6);
        speed_ups.push_back(last.cpu_seconds / undisturbed_seconds(both));
        walls.push_back(last.wall_seconds / both.wall_seconds);
    }
    report(crowd_name, 1, median(rates), "million orders per second of processor time",
           last.digest);
    report(crowd_name, 2, median(speed_ups), "times faster by the main thread's processor time",
           last.digest);
    report(crowd_name, 2, median(walls), "times faster on the wall of this machine", last.digest);
    report(crowd_name, 1, last.orders / last.turns, "orders per turn", last.digest);
    report(crowd_name, 1, last.fills / last.orders, "fills per order", last.digest);
    report(crowd_name, 1, last.turns / timed_steps / static_cast<double>(warm.agent_count()),
           "share of agents awake in a step", last.digest);
    report_phases(crowd_name, last, last.orders, "ns on the wall per order in ", 1e9);
}

/// Whole worlds as people run them: how long a step takes, and where.
void time_world_file(const Options& options, std::string_view scene, const char* file, int warm_up,
                     int steps) {
    const std::string path = std::string{CROWDOUT_SOURCE_DIR "/configs/"} + file;
    auto loaded = world::load_world(path);
    if (!loaded.report.ok()) fail(scene, loaded.text());
    World warm = world::build(std::make_shared<const world::WorldConfig>(std::move(loaded.config)));
    Pool one{1};
    Pool two{2};
    play(warm, two, warm_up);
    std::vector<double> rates, speed_ups;
    Timing last;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        World alone = warm;
        World shared = warm;
        last = play(alone, one, steps);
        const Timing both = play(shared, two, steps);
        if (both.digest != last.digest) fail(scene, "two threads came to another digest");
        rates.push_back(steps / last.cpu_seconds);
        speed_ups.push_back(last.wall_seconds / both.wall_seconds);
    }
    report(scene, 1, median(rates), "steps per second of processor time", last.digest);
    report(scene, 2, median(speed_ups), "times faster on the wall than one thread", last.digest);
    report(scene, 1, last.turns / steps, "turns per step", last.digest);
    report(scene, 1, last.orders / steps, "orders per step", last.digest);
    report_phases(scene, last, steps, "us on the wall per step in ", 1e6);
}

constexpr std::string_view scaling_name = "agents_scaling";

/// One population size: what a step costs with so many awake among so many.
void time_size(const Options& options, int awake, int agents) {
    constexpr int books = 8;
    const std::size_t before = resident_bytes();
    World world = world::build(config_of(
        scaling_name,
        crowd_world({.agents = awake, .books = books, .sleepers = (agents - awake) / books})));
    const std::size_t after = resident_bytes();
    Pool one{1};
    play(world, one, warm_up_steps);
    std::vector<double> costs;
    Timing last;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        last = play(world, one, std::max(4, 64'000 / awake));
        costs.push_back(last.cpu_seconds * 1e9 / last.turns);
    }
    const std::string of = fmt::format(" with {} awake of {} agents", awake, agents);
    report(scaling_name, 1, median(costs), "ns per awake agent and step" + of, last.digest);
    if (awake * 1'000 != agents) return;  // memory that an earlier world left would hide the rest
    // The second population of a book sleeps.
    report(scaling_name, 1, static_cast<double>(world.bytes_per_sleeper(1)),
           "bytes per sleeper by count" + of, last.digest);
    report(scaling_name, 1, static_cast<double>(after - before) / agents,
           "resident bytes per agent" + of, last.digest);
}

void time_sizes(const Options& options) {
    for (const int agents : {1'000, 10'000, 100'000, 1'000'000}) time_size(options, 1'000, agents);
    for (const int awake : {10'000, 100'000}) time_size(options, awake, 1'000'000);
}

const Scene drain{"ai_capex_drain", "the main world, from its second hour",
                  [](const Options& options) {
                      time_world_file(options, "ai_capex_drain", "ai_capex_drain.yaml", 24, 48);
                  }};
const Scene minimal{
    "minimal", "the tutorial's world: 100 agents who trade at random, two makers",
    [](const Options& options) { time_world_file(options, "minimal", "minimal.yaml", 60, 600); }};
const Scene scaling{scaling_name, "few awake among ever more asleep, and ever more awake",
                    time_sizes};
const Scene crowd{crowd_name, "100,000 agents who trade at random on 64 books", time_crowd};

}  // namespace

}  // namespace crowdout::bench
