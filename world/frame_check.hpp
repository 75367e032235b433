// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "world/frame.hpp"
#include "world/manifest.hpp"

namespace crowdout::world {

/// Holds what a file says against its manifest before anybody uses it as an index: books, sectors,
/// assets and accounts must be there, and whoever reads frames one after another finds every book
/// and every sector's cash in each of them.
/// @return the name of the first table that is not as it should be; empty where all are.
[[nodiscard]] std::string_view wrong_table(const Frame& frame, const Manifest& manifest);
[[nodiscard]] bool all_known(const std::vector<MoneyRow>& rows, const Manifest& manifest);
[[nodiscard]] bool all_known(const std::vector<TradedRow>& rows, const Manifest& manifest);

}  // namespace crowdout::world
