// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crowdout::studies {

/// A word for a shell: in single quotes where it would not stay one word, or itself, without.
[[nodiscard]] std::string shell_word(const std::string& word);

/// ` NAME value`, to stand behind a command; nothing where there is no value.
[[nodiscard]] std::string shell_option(std::string_view name, const std::string& value);

/// ` --set a.b=c` for each.
[[nodiscard]] std::string shell_sets(const std::vector<std::string>& assignments);

}  // namespace crowdout::studies
