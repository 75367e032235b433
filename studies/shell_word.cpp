// SPDX-License-Identifier: Apache-2.0
#include "studies/shell_word.hpp"

namespace crowdout::studies {

std::string shell_word(const std::string& word) {
    const bool plain =
        !word.empty() && word.find_first_of(" \t\n'\"$`\\*?[]{}()<>|&;#~!") == std::string::npos;
    if (plain) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
}

std::string shell_option(std::string_view name, const std::string& value) {
    return value.empty() ? "" : " " + std::string{name} + " " + shell_word(value);
}

std::string shell_sets(const std::vector<std::string>& assignments) {
    std::string options;
    for (const std::string& each : assignments) options += shell_option("--set", each);
    return options;
}

}  // namespace crowdout::studies
