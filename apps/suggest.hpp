// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace crowdout::apps {

/// Insertions, deletions, substitutions and swaps of neighbours between two words.
/// Cost: O(|a| |b|). Source: Damerau (1964), Commun. ACM 7, restricted to one edit per place.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that was probably meant, or empty where none is near: at most one edit in three
/// characters. The first of equals wins.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace crowdout::apps
