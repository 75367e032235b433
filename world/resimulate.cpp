// SPDX-License-Identifier: Apache-2.0
#include "world/resimulate.hpp"

#include <memory>
#include <string>
#include <utility>

#include "market/archive.hpp"
#include "world/builder.hpp"
#include "world/checkpoint.hpp"
#include "world/live_input.hpp"
#include "world/load_world.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

/// The first phase whose mark differs; empty where none does, or the frame's details are lost.
std::string_view first_phase(ReplayFile& replay, std::uint64_t frame, const PhaseMarks& computed) {
    try {
        for (const MarkRow& row : replay.frame(frame).marks) {
            if (row.mark != computed[row.phase]) return phase_names[row.phase];
        }
    } catch (const ReplayError&) {
        // The heads are enough to say that the runs part.
    }
    return {};
}

/// Steps until so many are made, each with the inputs that came before it.
/// @param input  the first that has not been injected yet.
void step_on(World& world, const ReplayFile& replay, std::size_t& input, std::uint64_t steps,
             Pool& pool) {
    while (world.steps() < steps) {
        for (; input < replay.inputs().size() && replay.inputs()[input].step <= world.steps();
             ++input) {
            inject(world, replay.inputs()[input]);
        }
        world.step(pool);
    }
}

}  // namespace

World world_of(const ReplayFile& replay) {
    const ReplayMeta& meta = replay.meta();
    try {
        if (!meta.checkpoint.empty()) {
            const Bytes bytes = replay.attachment(meta.checkpoint);
            return load_checkpoint(text_of(bytes));
        }
        const Bytes text = replay.attachment(world_attachment);
        auto loaded = load_world_text(std::string{world_attachment}, std::string{text_of(text)});
        if (!loaded.report.ok()) {
            throw ReplayError{"the world in it is none of this version:\n" + loaded.text(), 0};
        }
        return build(std::make_shared<const WorldConfig>(std::move(loaded.config)), meta.seed);
    } catch (const market::ArchiveError& error) {
        throw ReplayError{error.what(), 0};
    } catch (const ImpossibleWorld& error) {
        throw ReplayError{std::string{"the world in it is impossible: "} + error.what(), 0};
    }
}

World world_after(const ReplayFile& replay, std::uint64_t steps, Pool& pool) {
    World world = world_of(replay);
    if (world.steps() > steps) {
        throw ReplayError{"it begins at step " + std::to_string(world.steps()), 0};
    }
    std::size_t input = 0;
    step_on(world, replay, input, steps, pool);
    return world;
}

Resimulation resimulate(ReplayFile& replay, Pool& pool, const std::function<bool(double)>& go_on) {
    World world = world_of(replay);
    Resimulation result;
    std::size_t input = 0;
    std::uint64_t steps_alike = world.steps();
    for (std::uint64_t frame = 0; frame < replay.frames(); ++frame) {
        const FrameHead head = replay.head(frame);
        step_on(world, replay, input, head.step, pool);
        ++result.frames;
        if (world.digest() != head.digest || world.steps() != head.step) {
            result.divergence = {.frame = frame,
                                 .steps_from = steps_alike,
                                 .step = head.step,
                                 .digest_recorded = head.digest,
                                 .digest_computed = world.digest(),
                                 .phase = first_phase(replay, frame, world.phase_marks())};
            return result;
        }
        steps_alike = head.step;
        const auto done = static_cast<double>(frame + 1) / static_cast<double>(replay.frames());
        if (!go_on(done)) return result;
    }
    return result;
}

}  // namespace crowdout::world
