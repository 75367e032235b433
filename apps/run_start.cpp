// SPDX-License-Identifier: Apache-2.0
#include "apps/run_start.hpp"

#include <fmt/format.h>

#include "apps/exit_code.hpp"
#include "apps/files.hpp"
#include "apps/moment.hpp"
#include "apps/replay_input.hpp"
#include "world/builder.hpp"
#include "world/checkpoint.hpp"
#include "world/fork.hpp"
#include "world/resimulate.hpp"

namespace crowdout::apps {

namespace {

/// A recorded run, made again up to `--at`, that goes on under the world and seed asked for.
world::World forked_world(const RunStart& start,
                          const std::shared_ptr<const world::WorldConfig>& config,
                          world::Pool& pool) try {
    const auto replay = world::open_replay(start.fork);
    if (replay->frames() == 0) throw Failure{ExitCode::io, start.fork + ": it has no frame yet"};
    const std::uint64_t frames = frames_until(*replay, start.at);
    world::FrameHead head{.step = replay->meta().steps};
    if (frames > 0) head = replay->head(frames - 1);
    const world::World parent = world::world_after(*replay, head.step, pool);
    if (frames > 0 && parent.digest() != head.digest) {
        throw Failure{ExitCode::mismatch,
                      fmt::format("{}: this program makes another run of it by step {}; `crowdout "
                                  "verify --resim` says where they part",
                                  start.fork, head.step)};
    }
    return world::fork(parent, config, start.seed.value_or(parent.seed()));
} catch (const world::ImpossibleWorld& other) {
    throw Failure{ExitCode::invalid_world,
                  fmt::format("{} is no fork of {}: {}", name_of(start), start.fork, other.what())};
}

}  // namespace

std::string name_of(const RunStart& start) {
    return !start.world.file.empty() ? start.world.file
           : !start.fork.empty()     ? start.fork
                                     : start.resume;
}

world::Loaded<world::WorldConfig> read_first_world(const RunStart& start, Console& console) {
    if (!start.world.file.empty()) return read_valid_world(start.world, console);
    std::string text;
    if (!start.fork.empty()) {
        const auto replay = open_recording(start.fork, false);
        const world::Bytes bytes = replay->attachment(world::world_attachment);
        text = world::text_of(bytes);
    } else if (!start.resume.empty()) {
        text = world::checkpoint_world_text(read_file(start.resume));
    } else {
        throw Failure{ExitCode::usage,
                      "run takes a world, or a run to go on with: --fork, --resume"};
    }
    auto loaded =
        world::load_world_text(std::string{world::world_attachment}, text, start.world.sets);
    if (!loaded.report.ok()) throw world::InvalidWorld{loaded.text(), loaded.json()};
    return loaded;
}

world::World first_world(const RunStart& start, const world::Loaded<world::WorldConfig>& loaded,
                         const std::shared_ptr<const world::WorldConfig>& config,
                         world::Pool& pool) {
    if (!start.fork.empty()) return forked_world(start, config, pool);
    if (!start.resume.empty()) {
        return world::load_checkpoint(read_file(start.resume), config);
    }
    const auto seed = start.seed.value_or(static_cast<std::uint64_t>(config->seed));
    return open_world(loaded, config, seed);
}

}  // namespace crowdout::apps
