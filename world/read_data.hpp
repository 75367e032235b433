// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "world/config.hpp"
#include "world/loader.hpp"

namespace crowdout::world {

/// Limits of tables, so that no file can cost more than moments; our choices.
inline constexpr std::size_t table_bytes_max = file_bytes_max;
inline constexpr std::size_t tables_bytes_max = 8 << 20;  ///< of all tables of a world together

/// Reads the tables of a world's series and tapes, from the files that it names or from its own
/// text, and puts the text where the name of the file stood. Reports what is wrong with them, at
/// the row.
/// @param read  as the world itself was read.
void read_data(Loaded<WorldConfig>& loaded, const FileReader& read);

}  // namespace crowdout::world
