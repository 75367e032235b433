// SPDX-License-Identifier: Apache-2.0
#include "apps/record.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "apps/exit_code.hpp"
#include "apps/world_input.hpp"
#include "world/checkpoint.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

/// A file's name as seen from the world's own folder: where somebody keeps his worlds is nobody
/// else's business.
std::string name_from(const std::string& file, const std::string& world) {
    const auto whole = [](const std::string& name) {
        std::error_code ignored;
        return fs::absolute(name, ignored).lexically_normal();
    };
    const fs::path path = whole(file);
    const std::string name = path.lexically_relative(whole(world).parent_path()).generic_string();
    return name.empty() || name.starts_with("..") ? path.filename().string() : name;
}

/// Opens the file, and its folder where that is not there yet.
std::string prepared(const std::string& path) {
    const fs::path folder = fs::path{path}.parent_path();
    std::error_code ignored;  // what is wrong with the folder is said of the file
    if (!folder.empty()) fs::create_directories(folder, ignored);
    return path;
}

[[noreturn]] void fail(const std::system_error& error) {
    throw Failure{ExitCode::io, error.what()};
}

}  // namespace

WriteSignals::WriteSignals() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &pipe_);
    sigaction(SIGXFSZ, &ignore, &size_);
}

WriteSignals::~WriteSignals() {
    sigaction(SIGPIPE, &pipe_, nullptr);
    sigaction(SIGXFSZ, &size_, nullptr);
}

world::ReplayHead recording_head(const world::World& world,
                                 const world::Loaded<world::WorldConfig>& loaded) {
    world::ReplayHead head;
    head.manifest = world::manifest_of(world);
    head.meta.version = CROWDOUT_VERSION;
    head.meta.compiler =
        fmt::format("{} {}, -march={}", __VERSION__, CROWDOUT_BUILD, CROWDOUT_MARCH);
    head.meta.back_end = CROWDOUT_BACK_END;
    head.meta.seed = world.seed();
    head.meta.steps = world.steps();
    head.world = resolved_text(world.config());
    const world::Sources& sources = loaded.document.sources;
    for (std::uint32_t at = 0; at < sources.size(); ++at) {
        head.sources.emplace_back(name_from(sources.name(at), sources.name(0)), sources.text(at));
    }
    if (world.steps() > 0) {
        head.meta.checkpoint = world::checkpoint_attachment;
        head.checkpoint = world::save_checkpoint(world);
    }
    return head;
}

Recording::Recording(const std::string& path, const world::World& world,
                     const world::ReplayHead& head, world::Durability durability) try
    : path_{path}, sink_{prepared(path), {.durability = durability}
}  // namespace crowdout::apps
, camera_{world}, recorder_{sink_, head} {}
catch (const std::system_error& error) {
    fail(error);
}

void Recording::see(const world::World& world) try {
    if (!camera_.see(world)) return;
    recorder_.take(camera_.frame());
    ++frames_;
} catch (const std::system_error& error) {
    fail(error);
}

void Recording::take(const world::Frame& frame) try {
    copy_ = frame;
    recorder_.take(copy_);
    ++frames_;
} catch (const std::system_error& error) {
    fail(error);
}

void Recording::finish(const world::World& world) {
    if (camera_.see_end(world)) take(camera_.frame());
    finish();
}

void Recording::finish() try {
    recorder_.finish();
    sink_.close();
} catch (const std::system_error& error) {
    fail(error);
}

}  // namespace crowdout::apps
