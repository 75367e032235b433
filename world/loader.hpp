// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "world/diagnostic.hpp"
#include "world/document.hpp"
#include "world/field_reader.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

struct LoadOptions {
    std::vector<std::string> overrides;  ///< `a.b=c`, in the order in which they apply
    /// Names that every world has without declaring them.
    std::vector<std::pair<Reference, std::string>> built_in_names;
    FileReader read = read_file;
    std::size_t bytes_max = text_bytes_max;  ///< of all files of the world together
};

/// A world's values with where each was written and what is wrong with them.
template <class Config>
struct Loaded {
    Config config;      ///< meaningful only where `report.ok()`
    Document document;  ///< for `explain`: find_path(document.root, path)->place
    Report report;      ///< sorted

    [[nodiscard]] std::string text() const { return report.text(document.sources); }
    [[nodiscard]] std::string json() const { return report.json(document.sources); }
};

/// Loads `path` into `object`, of `type`: files, overrides, fields, references, in this order.
void load_into(const std::string& path, const LoadOptions& options, const Type& type, void* object,
               Document& document, Report& report);

/// Reads a world file. Never throws for what the file says: see `report`.
template <class Config>
[[nodiscard]] Loaded<Config> load(const std::string& path, const LoadOptions& options = {}) {
    Loaded<Config> loaded;
    load_into(path, options, *type_of<Config>(), &loaded.config, loaded.document, loaded.report);
    return loaded;
}

/// Reads a world file that must be right. @throws InvalidWorld  with everything that is not.
template <class Config>
[[nodiscard]] Config load_or_throw(const std::string& path, const LoadOptions& options = {}) {
    Loaded<Config> loaded = load<Config>(path, options);
    if (!loaded.report.ok()) throw InvalidWorld{loaded.text(), loaded.json()};
    return std::move(loaded.config);
}

}  // namespace crowdout::world
