// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "world/load_world.hpp"
#include "world/nearby_files.hpp"
#include "world/overrides.hpp"
#include "world/text.hpp"

namespace crowdout::world {

namespace {

std::string path_of(const CounterfactualConfig& which) {
    return "counterfactuals[" + which.name + "]";
}

/// Where a mistake in the other run stands in the file that describes it: at the assignment that
/// brought it in, else at its world.
Place place_of(const Loaded<WorldConfig>& loaded, const CounterfactualConfig& which,
               const Sources& inner_sources, Place inner) {
    const Node& root = loaded.document.root;
    const std::string& source = inner_sources.name(inner.source);
    for (std::size_t i = 0; i < which.set.size(); ++i) {
        const std::string& set = which.set[i];
        const bool is_path = source == "--set" && inner_sources.text(inner.source) == set;
        const bool is_value = source == "--set " + set.substr(0, set.find('='));
        if (is_path || is_value) {
            return find_nearest(root, path_of(which) + ".set[" + std::to_string(i) + "]").place;
        }
    }
    return find_nearest(root, path_of(which) + ".world").place;
}

}  // namespace

std::string counterfactual_file(const Loaded<WorldConfig>& loaded, const std::string& own_file,
                                const CounterfactualConfig& which) {
    if (which.world.empty()) return own_file;
    const Place place = find_nearest(loaded.document.root, path_of(which) + ".world").place;
    const std::filesystem::path said_in = loaded.document.sources.name(place.source);
    return (said_in.parent_path() / which.world).lexically_normal().string();
}

void check_counterfactuals(Loaded<WorldConfig>& loaded, const std::string& own_file,
                           const LoadOptions& options) {
    for (const CounterfactualConfig& which : loaded.config.counterfactuals) {
        const std::string file = counterfactual_file(loaded, own_file, which);
        std::error_code unreadable;
        if (!std::filesystem::is_regular_file(file, unreadable)) {
            loaded.report.add(
                {Code::unreadable_file,
                 find_nearest(loaded.document.root, path_of(which) + ".world").place,
                 path_of(which) + ".world",
                 "there is no world file '" + shortened(file) + "'" + did_you_mean_beside(file),
                 "a world file, relative to this one",
                 {}});
            continue;
        }
        LoadOptions inner = options;
        inner.overrides.insert(inner.overrides.end(), which.set.begin(), which.set.end());
        const Loaded<WorldConfig> other = load_fields(file, inner);
        for (const Diagnostic& each : other.report.diagnostics()) {
            if (is_warning(each.code)) continue;
            loaded.report.add({each.code,
                               place_of(loaded, which, other.document.sources, each.place),
                               path_of(which),
                               (each.path.empty() ? "" : each.path + ": ") + each.message,
                               each.expected,
                               {}});
        }
    }
    loaded.report.sort();
}

}  // namespace crowdout::world
