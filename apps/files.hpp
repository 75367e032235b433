// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace crowdout::apps {

/// The whole of a file. @throws Failure  (io) with the system's reason.
[[nodiscard]] std::string read_file(const std::string& path);

/// Replaces or makes a file, all of it or nothing: a full disk or a crash leaves the old one.
/// A symbolic link stays one; permissions are kept.
/// @throws Failure  (io) with the system's reason.
void write_file(const std::string& path, std::string_view bytes);

/// The same for a file that a person is to edit: one that is there stays, unless `force` says that
/// it may go.
/// @throws Failure  (io)
void write_new_file(const std::string& path, std::string_view bytes, bool force);

}  // namespace crowdout::apps
