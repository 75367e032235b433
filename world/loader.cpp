// SPDX-License-Identifier: Apache-2.0
#include "world/loader.hpp"

#include "world/overrides.hpp"

namespace crowdout::world {

void load_into(const std::string& path, const LoadOptions& options, const Type& type, void* object,
               Document& document, Report& report) {
    document = load_document(path, options.read, report, options.bytes_max);
    // A file that does not parse leaves a hole: what is missing around it is not the fields' fault.
    const bool has_tree = report.ok() || !document.root.keys.empty();
    for (const std::string& assignment : options.overrides) {
        apply_override(document, assignment, report);
    }
    if (has_tree) {
        FieldReader reader{report};
        for (const auto& [kind, name] : options.built_in_names) reader.names().declare(kind, name);
        reader.read(document.root, type, {}, object, "");
        reader.finish();
    }
    report.sort();
}

}  // namespace crowdout::world
