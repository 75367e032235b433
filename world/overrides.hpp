// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "world/diagnostic.hpp"
#include "world/document.hpp"

namespace crowdout::world {

/// One step of a path such as `populations[fund-a].cash`: a key, or what stands in brackets.
struct PathStep {
    std::string_view text;
    std::size_t offset = 0;  ///< in the path
    bool bracketed = false;
};

/// Takes a path apart. @return empty where it is malformed.
[[nodiscard]] std::vector<PathStep> parse_path(std::string_view path);

/// The value at `path`, or null. List items are named by `[name]`, `.name` or `[index]` from 0.
[[nodiscard]] const Node* find_path(const Node& root, std::string_view path);

/// The nearest thing to `path` that the file writes: the value itself, or what it would be in. A
/// default has no place of its own.
[[nodiscard]] const Node& find_nearest(const Node& root, std::string_view path);

/// Lays `path=value` over the document, as `--set` means it; the value is YAML.
///
/// The value becomes part of the tree with a place of its own, so that the reader checks it against
/// the fields like any other. Mistakes in the path are reported here.
void apply_override(Document& document, std::string_view assignment, Report& report);

}  // namespace crowdout::world
