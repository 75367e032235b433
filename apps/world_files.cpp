// SPDX-License-Identifier: Apache-2.0
#include "apps/world_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apps/exit_code.hpp"
#include "apps/figures.hpp"
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

struct KindWords {
    const char* folder;  ///< of its presets, in that of the worlds
    const char* name;
    const char* verb;  ///< that runs it
};

constexpr std::array<KindWords, 3> kind_words{
    {{"", "world", "run"}, {"studies", "study", "study run"}, {"fits", "fit", "fit"}}};

const KindWords& words_of(FileKind kind) {
    return kind_words[static_cast<std::size_t>(kind)];
}

/// The preset of a bare name; "" where there is none.
std::string preset_in(const fs::path& folder, const std::string& name) {
    if (fs::path{name}.filename() != name) return "";
    std::error_code error;
    const fs::path preset = folder / (name + ".yaml");
    return fs::exists(preset, error) ? preset.string() : "";
}

/// Why there is no such file of a kind, and what there is.
std::string nothing_found(const std::string& name, FileKind kind, const fs::path& presets) {
    for (const KindWords& other : kind_words) {
        if (preset_in(presets / other.folder, name).empty()) continue;
        return fmt::format("'{0}' is a {1}; use `crowdout {2} {0}`", name, other.name, other.verb);
    }
    const std::vector<std::string> names = preset_names(presets / words_of(kind).folder);
    const std::vector<std::string_view> known{names.begin(), names.end()};
    std::string problem = fmt::format("there is no {} file '{}'{}", words_of(kind).name, name,
                                      world::did_you_mean(fs::path{name}.stem().string(), known));
    if (kind == FileKind::world) return problem + "\n`crowdout list worlds` names the presets.";
    problem += "\npresets:";
    for (const std::string& each : names) problem += " " + each;
    return problem;
}

}  // namespace

std::string find_file(const std::string& name, FileKind kind, const fs::path& presets) {
    std::error_code error;
    if (fs::exists(name, error)) return name;
    std::string preset = preset_in(presets / words_of(kind).folder, name);
    if (preset.empty()) throw Failure{ExitCode::io, nothing_found(name, kind, presets)};
    return preset;
}

std::string find_any(const std::string& name) {
    std::error_code error;
    if (fs::exists(name, error)) return name;
    for (const KindWords& each : kind_words) {
        std::string preset = preset_in(preset_folder() / each.folder, name);
        if (!preset.empty()) return preset;
    }
    return find_file(name, FileKind::world);  // tells what there is
}

std::optional<FileKind> kind_of(const world::Node& root) {
    if (root.find("world") != nullptr) {
        const bool moves = root.find("parameters") != nullptr || root.find("targets") != nullptr;
        return moves ? FileKind::fit : FileKind::study;
    }
    for (const char* key : {"populations", "instruments", "extends", "include"}) {
        if (root.find(key) != nullptr) return FileKind::world;
    }
    return std::nullopt;
}

void refuse_other_kind(const std::string& file, FileKind wanted, const world::Document& document) {
    const std::optional<FileKind> kind = kind_of(document.root);
    if (!kind || *kind == wanted) return;
    throw Failure{ExitCode::invalid_world,
                  fmt::format("'{}' is a {}; use `crowdout {} {}`", file, words_of(*kind).name,
                              words_of(*kind).verb, shell_word(file))};
}

}  // namespace crowdout::apps
