// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/System/Vector2.hpp>
#include <filesystem>
#include <string>

#include "viz/language.hpp"
#include "viz/layout.hpp"
#include "viz/theme.hpp"

namespace crowdout::viz {

/// What the window remembers from one run to the next.
struct Settings {
    Language language = Language::english;
    ThemeName theme = ThemeName::dark;
    sf::Vector2u size{1280, 720};  ///< of the window; pixels
    View view = View::overview;
    bool log = true;
    float text_size = 1;  ///< times what the window's size gives; 0.75..2
    Splits splits{};

    friend bool operator==(const Settings&, const Settings&) = default;
};

/// `$XDG_CONFIG_HOME/crowdout/window.yaml`, or under `$HOME/.config`; empty where neither is set.
[[nodiscard]] std::filesystem::path settings_path();

/// The settings in a file, and defaults for what it does not say.
///
/// A window must open whatever the file holds: a line that makes no sense is passed over and told
/// in `warning`, which stays empty otherwise. No file is no warning.
[[nodiscard]] Settings load_settings(const std::filesystem::path& path, std::string& warning);

/// Replaces the file, all of it or nothing, and makes its folder. @return what went wrong, or "".
[[nodiscard]] std::string save_settings(const Settings& settings,
                                        const std::filesystem::path& path);

/// The file's text, one `key: value` a line: YAML, but flat.
[[nodiscard]] std::string settings_text(const Settings& settings);

}  // namespace crowdout::viz
