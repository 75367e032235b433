// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace crowdout::world {

/// Bytes of the well-formed UTF-8 character at the start of `text`, or 0 where there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Characters in `text`; a byte that belongs to none counts as one.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// Whether a terminal draws the character at the start of `text` two cells wide.
[[nodiscard]] bool is_wide(std::string_view text);

/// `text` between double quotes, escaped for JSON, which YAML reads alike.
[[nodiscard]] std::string json_quoted(std::string_view text);

/// The nearest of `known` to a mistyped `word`, or "" where none is near enough to be meant.
///
/// Nearest by edits: insertion, deletion, replacement, swap of neighbours; case is not an edit.
/// Near enough is a third of the longer word's length, at least one edit (our choice).
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> known);

/// `; did you mean 'x'?`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> known);

/// `a, b, c`, cut with `...` after `count_max`.
[[nodiscard]] std::string joined(std::span<const std::string_view> words,
                                 std::size_t count_max = 20);

/// `text` cut to `length_max` bytes at a character's edge, for messages; control bytes become `?`.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t length_max = 60);

}  // namespace crowdout::world
