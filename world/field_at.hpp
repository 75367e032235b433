// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "world/field_type.hpp"

namespace crowdout::world {

/// One field of a struct, found by its path: what it is and where it stands.
struct FieldAt {
    const Type* type = nullptr;
    FieldInfo info;
    void* object = nullptr;  ///< of `type`, in the struct that was searched
    /// Keeps `object` where the struct does not have it yet: a map's new key, an unset optional.
    std::shared_ptr<void> made;
};

/// Finds the field that an override of `path` would change, such as `populations[fund].spread`.
///
/// @param type    of `object`, a group.
/// @param object  read, so that names of items and choices of variants are known; not changed.
/// @return nothing where no field has that path.
[[nodiscard]] std::optional<FieldAt> find_field(const Type& type, void* object,
                                                std::string_view path);

/// The number in a field, in the unit of its dimension; nothing where it holds none, or a
/// distribution that is not one number.
[[nodiscard]] std::optional<double> number_in(const FieldAt& field);

/// Whether a field takes a number, with the dimension of its unit.
[[nodiscard]] std::optional<agents::Dimension> number_unit(const FieldAt& field);

/// A number as a file would give it to the field: the nearest that its type can hold, so that a
/// count is whole and money has four decimals.
[[nodiscard]] std::string number_literal(const FieldAt& field, double value);

}  // namespace crowdout::world
