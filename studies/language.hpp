// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crowdout::studies {

/// In what the program speaks of a world, in its window and in reports. Error messages, help and
/// tables on a terminal are English.
enum class Language : std::uint8_t { english, chinese };
inline constexpr std::size_t language_count = 2;

[[nodiscard]] constexpr Language other(Language language) {
    return language == Language::english ? Language::chinese : Language::english;
}

/// The same in each language, as `Language` counts. UTF-8.
struct Words {
    std::array<std::string_view, language_count> in{};

    [[nodiscard]] constexpr std::string_view operator[](Language language) const {
        return in[static_cast<std::size_t>(language)];
    }
};

}  // namespace crowdout::studies
