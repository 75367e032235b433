// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Font.hpp>
#include <bitset>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdout::viz {

/// The characters that texts of the window use, so that only these are rendered: the whole of
/// Chinese would take a texture of 64 MB.
///
/// Characters beyond U+FFFF are left out: Debian's Dear ImGui has 16-bit characters.
class CharacterSet {
public:
    /// Printable ASCII, what dates and units need, and every phrase of both languages.
    CharacterSet();

    /// @return whether the UTF-8 text had a character that was not there.
    bool add(std::string_view text);

    [[nodiscard]] bool contains(char32_t character) const {
        return character < used_.size() && used_[character];
    }

    /// First and last of each run of characters, ended by 0, as Dear ImGui reads them.
    [[nodiscard]] std::vector<std::uint16_t> ranges() const;

private:
    std::bitset<0x10000> used_;
};

/// The font of the scene and of the panels: one file, held in memory once.
///
/// Noto Sans CJK in its Simplified Chinese form where it is installed, else DejaVu Sans, which has
/// no Chinese: then `warning` says what to install. Make it after `require_display`.
class Fonts {
public:
    /// @throws std::runtime_error  where no font is found.
    Fonts();
    /// The first of these files that can be used. @throws as above.
    explicit Fonts(std::span<const std::filesystem::path> files);
    Fonts(const Fonts&) = delete;  // `face_` reads from `bytes_`
    Fonts& operator=(const Fonts&) = delete;

    [[nodiscard]] const sf::Font& face() const { return face_; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }
    [[nodiscard]] bool has_chinese() const { return has_chinese_; }
    [[nodiscard]] const std::string& warning() const { return warning_; }

private:
    bool load(const std::filesystem::path& file);

    std::vector<std::uint8_t> bytes_;
    sf::Font face_;
    bool has_chinese_ = false;
    std::string warning_;
};

/// The nearest of a dozen text sizes, pixels: SFML keeps a texture for each size ever used.
[[nodiscard]] unsigned text_size(float pixels);

}  // namespace crowdout::viz
