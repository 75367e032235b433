// SPDX-License-Identifier: Apache-2.0
#include "studies/question_file.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "world/loader.hpp"
#include "world/overrides.hpp"

namespace crowdout::studies {

using world::Code;
using world::Report;

void QuestionReader::read_draft(const world::Type& type, void* draft) {
    world::Document document;
    Report ignored;
    world::LoadOptions options;
    options.overrides = overrides_;
    world::load_into(path_, options, type, draft, document, ignored);
}

void QuestionReader::read_base(const std::string& world, const std::vector<std::string>& set) {
    const auto folder = std::filesystem::path{path_}.parent_path();
    world_file_ = (folder / world).lexically_normal().string();
    base_ = world::load_world(world_file_, set);
    if (!base_->report.ok()) loaded_.world_mistakes = base_->text();
}

void QuestionReader::read_file(const world::Type& type, void* config, const std::string& world) {
    const bool has_base = base_ && base_->report.ok();
    world::LoadOptions options;
    options.overrides = overrides_;
    if (has_base) options.built_in_names = world::declared_names(base_->config);
    world::load_into(path_, options, type, config, loaded_.document, loaded_.report);
    if (!has_base) explain_base(world);
    loaded_.report.sort();
}

void QuestionReader::explain_base(const std::string& world) {
    // Without the world nobody knows which names are right.
    Report known;
    for (const world::Diagnostic& each : loaded_.report.diagnostics()) {
        if (each.code != Code::unknown_reference) known.add(each);
    }
    loaded_.report = std::move(known);
    if (base_) {
        const std::size_t count = base_->report.error_count();
        error(Code::inconsistent, "world",
              fmt::format("the world '{}' has {} mistake{}", world, count, count == 1 ? "" : "s"));
    } else if (loaded_.report.ok()) {
        error(Code::inconsistent, "world", "names no file");
    }
}

void QuestionReader::error(Code code, const std::string& path, std::string what,
                           std::string expected) {
    loaded_.report.add({code,
                        world::find_nearest(loaded_.document.root, path).place,
                        path,
                        std::move(what),
                        std::move(expected),
                        {}});
}

void QuestionReader::tell(const std::optional<world::Diagnostic>& mistake, const std::string& path,
                          const std::string& lead) {
    if (!mistake) return;
    const std::string where = mistake->path.empty() ? "" : mistake->path + ": ";
    error(mistake->code, path, lead + where + mistake->message, mistake->expected);
}

void PlacedComplaints::error(std::string_view key, const std::string& what) {
    add(Code::inconsistent, key, what);
}

void PlacedComplaints::warning(std::string_view key, const std::string& what) {
    add(Code::questionable, key, what);
}

void PlacedComplaints::add(Code code, std::string_view key, const std::string& what) {
    std::string field = field_;
    if (field.empty() && key.starts_with(from_)) field = key.substr(from_.size());
    reader_.error(code, to_ + field, what);
}

}  // namespace crowdout::studies
