// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace crowdout::studies {

/// A word for a shell: in single quotes where it would not stay one word, or itself, without.
[[nodiscard]] std::string shell_word(const std::string& word);

}  // namespace crowdout::studies
