// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "world/document.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

/// The full form of a group as YAML: every field, defaults too, in canonical units.
///
/// Read back, it gives the same values. Optional fields and references that are not set
/// are left out.
/// @param object  of `type`, a group; not changed.
[[nodiscard]] std::string print_resolved(const Type& type, const void* object);

/// A scalar, distribution, or list of scalars on one line of YAML; "" for other types.
[[nodiscard]] std::string value_text(const Type& type, const FieldInfo& info, const void* object);

/// `text` as a YAML scalar that is read as a text: quoted where it must be.
[[nodiscard]] std::string yaml_text(std::string_view text);

/// A piece of a file's tree as YAML on one line. Read back, it is the same piece.
[[nodiscard]] std::string flow_text(const Node& node);

}  // namespace crowdout::world
