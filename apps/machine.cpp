// SPDX-License-Identifier: Apache-2.0
#include "apps/machine.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

std::optional<std::int64_t> leading_number(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::int64_t> parse_meminfo(std::string_view text, std::string_view key) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && line.substr(0, colon) == key) {
            const auto kibibytes = leading_number(line.substr(colon + 1));
            if (!kibibytes) return std::nullopt;
            return *kibibytes * 1024;
        }
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return std::nullopt;
}

std::string small_file(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

bool program_in_path(std::string_view name) {
    const char* variable = std::getenv("PATH");
    std::string_view folders = variable == nullptr ? "" : variable;
    while (!folders.empty()) {
        const std::string_view folder = folders.substr(0, folders.find(':'));
        const fs::path candidate = fs::path{folder} / name;
        if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return true;
        folders.remove_prefix(std::min(folders.size(), folder.size() + 1));
    }
    return false;
}

}  // namespace crowdout::apps
