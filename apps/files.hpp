// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crowdout::apps {

/// The whole of a file. @throws Failure  (io) with the system's reason.
[[nodiscard]] std::string read_file(const std::string& path);

/// Replaces or makes a file, all of it or nothing: a full disk or a crash leaves the old one.
/// A symbolic link stays one; permissions are kept. A pipe or a device is written to, and stays.
/// @throws Failure  (io) with the system's reason.
void write_file(const std::string& path, std::string_view bytes);

/// The same for a file that a person is to edit: one that is there stays, unless `force` says that
/// it may go.
/// @throws Failure  (io)
void write_new_file(const std::string& path, std::string_view bytes, bool force);

/// Whether two names lead to one file, there or not. What is no file, a pipe or a device, never is.
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

/// Before a file is opened for writing: it is none of those that are read, by whatever name.
/// @param output  "": none
/// @throws Failure  (usage)
void refuse_replacing(const std::string& output, const std::vector<std::string>& needed);

/// For outputs that are not written from front to back, and replace what is there when they are
/// whole. @throws Failure  (io)
void need_regular(const std::string& output, const char* what);

}  // namespace crowdout::apps
