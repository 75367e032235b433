// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "world/diagnostic.hpp"

namespace crowdout::world {

inline constexpr const char* unclosed_quote_message = "this quote is not closed on its line";

/// Bytes of the quoted text at the start of `text`, both quotes included; 0 where its line does not
/// close it.
[[nodiscard]] std::size_t quoted_length(std::string_view text);

/// Reports what the parser stumbled on, in our words and at the place that a person would mend.
/// @param offset     where the parser gave up, in bytes.
/// @param message    its words.
/// @param open_flow  the innermost bracket that was open then.
void report_syntax(const Sources& sources, std::uint32_t source, std::size_t offset,
                   const std::string& message, const std::optional<Place>& open_flow,
                   Report& report);

}  // namespace crowdout::world
