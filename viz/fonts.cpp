// SPDX-License-Identifier: Apache-2.0
#include "viz/fonts.hpp"

#include <SFML/System/Utf.hpp>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "viz/language.hpp"
#include "viz/sfnt.hpp"

namespace crowdout::viz {
namespace {

std::span<const std::filesystem::path> usual_places() {
    static const std::array<std::filesystem::path, 5> places{
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",    // Debian
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",         // Arch
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",  // Fedora
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf"};
    return places;
}

}  // namespace

CharacterSet::CharacterSet() {
    for (char32_t c = 0x20; c < 0x7F; ++c) used_.set(c);
    add("°±·×–—…←→↑↓▲▼●年月日时分秒亿万");
    for (std::size_t i = 0; i < phrase_count; ++i) {
        add(text(static_cast<Phrase>(i), Language::english));
        add(text(static_cast<Phrase>(i), Language::chinese));
    }
}

bool CharacterSet::add(std::string_view text) {
    bool grown = false;
    for (auto at = text.begin(); at != text.end();) {
        sf::Uint32 character = 0;
        at = sf::Utf8::decode(at, text.end(), character, U'?');
        if (character < 0x20 || character >= used_.size() || used_[character]) continue;
        used_.set(character);
        grown = true;
    }
    return grown;
}

std::vector<std::uint16_t> CharacterSet::ranges() const {
    std::vector<std::uint16_t> ranges;
    for (std::size_t c = 1; c < used_.size(); ++c) {
        if (!used_[c]) continue;
        if (!used_[c - 1]) ranges.push_back(static_cast<std::uint16_t>(c));
        if (c + 1 == used_.size() || !used_[c + 1]) ranges.push_back(static_cast<std::uint16_t>(c));
    }
    ranges.push_back(0);
    return ranges;
}

Fonts::Fonts() : Fonts(usual_places()) {}

Fonts::Fonts(std::span<const std::filesystem::path> files) {
    for (const std::filesystem::path& file : files) {
        if (!load(file)) continue;
        if (!has_chinese_) {
            warning_ = "no font with Chinese characters is installed (Debian: fonts-noto-cjk)";
        }
        return;
    }
    throw std::runtime_error{
        "no font is installed (Debian: fonts-noto-cjk, or fonts-dejavu-core without Chinese)"};
}

bool Fonts::load(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return false;
    const std::vector<std::uint8_t> whole{std::istreambuf_iterator<char>{stream}, {}};
    try {
        const std::size_t count = face_count(whole);
        const std::size_t chinese = face_named(whole, " SC");  // Simplified Chinese
        has_chinese_ = chinese < count;
        bytes_ = extract_face(whole, has_chinese_ ? chinese : 0);
    } catch (const std::runtime_error&) {
        return false;  // a broken file is as good as none: the next place is tried
    }
    return face_.loadFromMemory(bytes_.data(), bytes_.size());
}

unsigned text_size(float pixels) {
    constexpr std::array<unsigned, 14> sizes{9, 10, 11, 12, 13, 14, 16, 18, 20, 24, 28, 36, 48, 64};
    unsigned best = sizes.front();
    for (const unsigned size : sizes) {
        const auto off = [pixels](unsigned s) { return std::abs(static_cast<float>(s) - pixels); };
        if (off(size) < off(best)) best = size;
    }
    return best;
}

}  // namespace crowdout::viz
