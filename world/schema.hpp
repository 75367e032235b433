// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "world/field_type.hpp"

namespace crowdout::world {

/// The JSON Schema (draft-07) of world files of a type, from the same lists as the reader.
///
/// Editors complete and check by it while one types. It has two halves: a world that stands alone
/// must have every required key, one that extends or includes another may leave any of them out.
/// @param type   a group: the whole world.
/// @param title  of the schema.
[[nodiscard]] std::string json_schema(const Type& type, const std::string& title);

/// One field as manuals and `list fields` show it.
struct FieldRow {
    std::string path;           ///< `populations[].spread`
    std::string tag;            ///< of the variant that has it, `market_maker`; "" where all have
    std::string type;           ///< `number`, `whole number`, `list: duration`, ...
    std::string unit;           ///< that a bare number is in: `USD`; "" where there is none
    std::string default_value;  ///< as in a file; "" where it must be written or has none
    std::string range;          ///< `at least 0`; for choices, the choices
    bool required = false;
    std::string help;
    std::string help_zh;
};

/// Every field of a type, depth first, in the order in which `visit` lists them.
[[nodiscard]] std::vector<FieldRow> list_fields(const Type& type);

}  // namespace crowdout::world
