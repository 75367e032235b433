// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "world/config.hpp"
#include "world/loader.hpp"

namespace crowdout::world {

/// The description of a whole world file: what readers, printers and schemas walk along.
[[nodiscard]] const Type& world_type();

/// Every name that a world declares, for texts that speak of it: `LoadOptions::built_in_names`.
[[nodiscard]] std::vector<std::pair<Reference, std::string>> declared_names(
    const WorldConfig& config);

/// Reads a world file with `a.b=c` overrides, and the worlds of its counterfactuals for what is
/// wrong with them. Never throws for what the file says: see `report`.
[[nodiscard]] Loaded<WorldConfig> load_world(const std::string& path,
                                             const std::vector<std::string>& overrides = {});

/// The files that a world was read from, tables too.
[[nodiscard]] std::vector<std::string> files_of(const Sources& sources);

/// What both ways of loading have in common: the fields, then the tables that they name.
[[nodiscard]] Loaded<WorldConfig> load_fields(const std::string& path, const LoadOptions& options);

/// For worlds that are read on from those above: names that every world has, and overrides.
[[nodiscard]] LoadOptions options_with(const std::vector<std::string>& overrides);

/// The same from a text, as a checkpoint or a test has it, without the files that counterfactuals
/// name: a recording may lie far from them.
/// @param name  what messages call it.
[[nodiscard]] Loaded<WorldConfig> load_world_text(const std::string& name, const std::string& text,
                                                  const std::vector<std::string>& overrides = {});

/// The file of a counterfactual: relative to the one that names it, or the loaded world's own.
/// @param own_file  as it was given to `load_world`.
[[nodiscard]] std::string counterfactual_file(const Loaded<WorldConfig>& loaded,
                                              const std::string& own_file,
                                              const CounterfactualConfig& which);

/// Reports what is wrong with the worlds of the counterfactuals, at the line that names them.
/// @param options  of the loaded world: what was set on top of it holds in them too.
void check_counterfactuals(Loaded<WorldConfig>& loaded, const std::string& own_file,
                           const LoadOptions& options);

}  // namespace crowdout::world
