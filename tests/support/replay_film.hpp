// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/busy_world.hpp"
#include "tests/support/small_world.hpp"
#include "world/field_printer.hpp"
#include "world/frame_camera.hpp"
#include "world/replay_file.hpp"
#include "world/replay_writer.hpp"

namespace crowdout::test {

/// Frames of a run, and what stands before them in a recording of it.
struct ReplayFilm {
    world::ReplayHead head;
    std::vector<world::Frame> frames;

    /// The oracle of all sources.
    [[nodiscard]] world::FilmStrip strip() const {
        world::FilmStrip strip{head.manifest};
        for (const world::Frame& frame : frames) strip.append(frame);
        return strip;
    }
    /// The digest of the scene at every frame.
    [[nodiscard]] std::vector<std::uint64_t> digests() const {
        world::FilmStrip all = strip();
        std::vector<std::uint64_t> digests;
        for (std::uint64_t i = 0; i < all.frames(); ++i) digests.push_back(all.at(i).digest());
        return digests;
    }
    /// @param every  frames in a segment.
    [[nodiscard]] world::Bytes bytes(std::size_t every = 64, bool finished = true) const {
        world::MemorySink sink;
        world::ReplayWriter writer{sink, head};
        for (const world::Frame& frame : frames) {
            writer.add(frame);
            if (writer.frames() % every == 0) writer.flush();
        }
        if (finished) {
            writer.close();
        } else {
            writer.flush();
        }
        return sink.bytes();
    }
};

[[nodiscard]] inline world::ReplayHead replay_head(const world::World& world) {
    world::ReplayHead head{.manifest = world::manifest_of(world)};
    head.meta.version = "test";
    head.meta.seed = world.seed();
    head.meta.steps = world.steps();
    head.world = world::print_resolved(world::world_type(), &world.config());
    return head;
}

[[nodiscard]] inline ReplayFilm film_of(std::string_view text,
                                        const std::vector<std::string>& overrides, int steps) {
    world::Pool pool{1};
    world::World world = build_world(text, overrides);
    ReplayFilm film{.head = replay_head(world), .frames = {}};
    world::FrameCamera camera{world};
    for (int i = 0; i < steps; ++i) {
        world.step(pool);
        if (camera.see(world)) film.frames.push_back(camera.frame());
    }
    return film;
}

/// 250 steps of the busy world with a book in full and a watched account: every table has rows.
[[nodiscard]] inline const ReplayFilm& busy_film() {
    static const ReplayFilm film = film_of(
        busy_world, {"record.books=[COIN]", "record.accounts=[hedge]", "steps=[5min]"}, 250);
    return film;
}

[[nodiscard]] inline world::ReplayFile replay_of(world::Bytes bytes) {
    return world::ReplayFile{std::make_unique<world::MemorySource>(std::move(bytes))};
}

}  // namespace crowdout::test
