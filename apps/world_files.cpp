// SPDX-License-Identifier: Apache-2.0
#include "apps/world_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/exit_code.hpp"
#include "world/text.hpp"

namespace crowdout::apps {

namespace fs = std::filesystem;

fs::path preset_folder() {
    std::error_code error;
    fs::path built_from{CROWDOUT_SOURCE_DIR "/configs"};
    if (fs::is_directory(built_from, error)) return built_from;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return program.parent_path().parent_path().parent_path() / "configs";
}

std::string world_modeline() {
    const fs::path schema = fs::absolute(preset_folder()) / "schema" / "world.schema.json";
    return fmt::format("{}{}\n", modeline_start, schema.string());
}

std::vector<std::string> preset_names(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

namespace {

/// The file of a bare name in a folder; "" where there is none.
std::string preset_in(const fs::path& folder, const std::string& name) {
    if (fs::path{name}.filename() != name) return "";
    std::error_code error;
    const fs::path preset = folder / (name + ".yaml");
    return fs::exists(preset, error) ? preset.string() : "";
}

}  // namespace

std::string find_any(const std::string& name) {
    std::error_code error;
    if (fs::exists(name, error)) return name;
    for (const char* folder : {".", "studies", "fits"}) {
        const std::string preset = preset_in(preset_folder() / folder, name);
        if (!preset.empty()) return preset;
    }
    return find_world(name);  // tells what there is
}

std::string find_world(const std::string& name, const fs::path& folder) {
    std::error_code error;
    if (fs::exists(name, error)) return name;
    if (const std::string preset = preset_in(folder, name); !preset.empty()) return preset;
    std::string problem = fmt::format("there is no world file '{}'", name);
    const std::vector<std::string> presets = preset_names(folder);
    const std::vector<std::string_view> known{presets.begin(), presets.end()};
    problem += world::did_you_mean(fs::path{name}.stem().string(), known);
    throw Failure{ExitCode::io, problem + "\n`crowdout list worlds` names the presets."};
}

}  // namespace crowdout::apps
