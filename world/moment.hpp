// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "market/time.hpp"

namespace crowdout::world {

/// A moment as people write it: a date such as 2026-03-01, or a span from the start such as 30d.
/// @return nothing where it is neither.
[[nodiscard]] std::optional<market::Time> read_moment(const std::string& text, market::Time start);

}  // namespace crowdout::world
