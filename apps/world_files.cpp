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

std::string find_world(const std::string& name, const fs::path& folder) {
    std::error_code error;
    if (fs::exists(name, error)) return name;
    const bool is_bare = fs::path{name}.filename() == name;
    if (is_bare) {
        const fs::path preset = folder / (name + ".yaml");
        if (fs::exists(preset, error)) return preset.string();
    }
    std::string problem = fmt::format("there is no world file '{}'", name);
    const std::vector<std::string> presets = preset_names(folder);
    const std::vector<std::string_view> known{presets.begin(), presets.end()};
    problem += world::did_you_mean(fs::path{name}.stem().string(), known);
    throw Failure{ExitCode::io, problem + "\n`crowdout list worlds` names the presets."};
}

}  // namespace crowdout::apps
