// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdout::world {

/// Schemas that stand in a JSON Schema once, however often they are needed: measures of claims,
/// say, have most of their fields in common.
class SchemaDefinitions {
public:
    /// What stands for a field's schema: itself where it is short, else a reference.
    /// @param key  of the field, which definitions are named after.
    [[nodiscard]] std::string refer(std::string_view key, const std::string& schema);

    /// The members of `definitions`: those given, by name, and every schema that is referred to
    /// more than once. The others take the place of their reference.
    [[nodiscard]] std::vector<std::string> members(
        std::vector<std::pair<std::string, std::string>> given) const;

private:
    /// The text with what is referred to but once in place of its reference.
    /// @param counts  of references, by name.
    [[nodiscard]] std::string resolved(std::string_view text,
                                       const std::map<std::string, std::size_t>& counts) const;

    std::map<std::string, std::string> name_by_schema_;
    std::map<std::string, std::string> schema_by_name_;
    std::map<std::string, std::size_t, std::less<>> count_by_key_;
};

}  // namespace crowdout::world
