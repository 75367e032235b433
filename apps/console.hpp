// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace crowdout::apps {

enum class ColorMode : std::uint8_t { automatic, always, never };

/// Where the program speaks: results to `out`, everything else to `err`.
struct Console {
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    ColorMode color = ColorMode::automatic;
    bool no_color = false;  ///< NO_COLOR is set and not empty, or TERM is `dumb`
    int columns = 80;       ///< width of the terminal behind `err`, in characters

    /// An explicit --color wins over NO_COLOR, which wins over the terminal (no-color.org).
    [[nodiscard]] bool colors(bool is_terminal) const;
    [[nodiscard]] bool out_colors() const { return colors(out_is_terminal); }
    [[nodiscard]] bool err_colors() const { return colors(err_is_terminal); }
};

/// The process's own streams, and what the environment says about them.
[[nodiscard]] Console process_console();

enum class Tint : std::uint8_t { bold, dim, red, green, yellow };

/// `text`, wrapped in the escape codes of `tint` where `on`.
[[nodiscard]] std::string tinted(Tint tint, std::string_view text, bool on);

/// Prints `crowdout: error: message`, every further line as it is.
void print_error(Console& console, std::string_view message);

}  // namespace crowdout::apps
