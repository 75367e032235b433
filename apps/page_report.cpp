// SPDX-License-Identifier: Apache-2.0
#include "apps/page_report.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>

#include "apps/files.hpp"
#include "apps/replay_input.hpp"
#include "world/replay_error.hpp"

namespace crowdout::apps {

namespace {

std::string fork_of(const world::ReplayMeta& meta) {
    return meta.parent;
}

/// A file's bytes as text; empty where they are lost.
std::string attached(const world::ReplayFile& replay, std::string_view name) try {
    const world::Bytes bytes = replay.attachment(name);
    const auto* begin = reinterpret_cast<const char*>(bytes.data());
    return {begin, begin + bytes.size()};
} catch (const world::ReplayError&) {
    return {};
}

}  // namespace

void add_language_option(CLI::App& verb, studies::Language& language) {
    static const std::map<std::string, studies::Language> names{{"en", studies::Language::english},
                                                                {"zh", studies::Language::chinese}};
    verb.add_option("--lang", language, "Of the page: en (the default) or zh")
        ->option_text("LANG")
        ->transform(CLI::CheckedTransformer(names).description(""));
}

LiveReport::LiveReport(const world::World& world, const world::ReplayHead& head)
    : camera_{world},
      sketch_{camera_.manifest()},
      origin_{.version = head.meta.version,
              .compiler = head.meta.compiler,
              .world = head.world,
              .seed = head.meta.seed,
              .fork_of = fork_of(head.meta)} {}

void LiveReport::see(const world::World& world) {
    if (camera_.see(world)) sketch_.take(camera_.frame());
}

void LiveReport::see_end(const world::World& world) {
    if (camera_.see_end(world)) sketch_.take(camera_.frame());
}

void LiveReport::write(const std::string& path, const std::string& recording,
                       studies::Language language) {
    origin_.recording = std::filesystem::path{recording}.filename().string();
    write_file(path, studies::run_report(sketch_, origin_, language));
}

std::string report_of(world::ReplayFile& replay, const std::string& path,
                      studies::Language language) {
    studies::RunSketch sketch{replay.manifest()};
    for (std::uint64_t i = 0; i < replay.frames(); ++i) {
        try {
            sketch.take(replay.frame(i));
        } catch (const world::ReplayError&) {
            sketch.miss();
        }
    }
    const world::ReplayMeta& meta = replay.meta();
    const studies::RunOrigin origin{
        .version = meta.version,
        .compiler = meta.compiler,
        .world = attached(replay, world::world_attachment),
        .seed = meta.seed,
        .inputs = replay.inputs().size(),
        .fork_of = fork_of(meta),
        .recording = std::filesystem::path{path}.filename().string(),
        .troubles = missing_in(replay),
    };
    return studies::run_report(sketch, origin, language);
}

}  // namespace crowdout::apps
