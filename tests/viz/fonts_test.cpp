// SPDX-License-Identifier: Apache-2.0
#include "viz/fonts.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "viz/sfnt.hpp"

using namespace crowdout;

namespace {

using Bytes = std::vector<std::uint8_t>;

void put(Bytes& bytes, std::uint32_t value, std::size_t width) {
    for (std::size_t i = width; i-- > 0;)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// A name table with one entry: the family, for Windows.
Bytes name_table(const std::string& family) {
    Bytes table;
    put(table, 0, 2);
    put(table, 1, 2);
    put(table, 18, 2);  // 6 of header, 12 of the entry
    for (const std::uint32_t field : {3U, 1U, 0x409U, 1U}) put(table, field, 2);
    put(table, static_cast<std::uint32_t>(2 * family.size()), 2);
    put(table, 0, 2);
    for (const char c : family) put(table, static_cast<std::uint8_t>(c), 2);
    return table;
}

/// A collection of fonts that have a name and nothing else; the first two bytes of the file after
/// the headers are padding, so that offsets matter.
Bytes collection(const std::vector<std::string>& families) {
    Bytes file;
    put(file, 0x74746366, 4);
    put(file, 0x00010000, 4);
    put(file, static_cast<std::uint32_t>(families.size()), 4);
    const std::size_t heads = 12 + 4 * families.size();
    for (std::size_t i = 0; i < families.size(); ++i) {
        put(file, static_cast<std::uint32_t>(heads + 28 * i), 4);
    }
    std::size_t offset = heads + 28 * families.size() + 2;
    for (const std::string& family : families) {
        put(file, 0x4F54544F, 4);
        put(file, 1, 2);
        for (int i = 0; i < 3; ++i) put(file, 0, 2);  // for binary search
        put(file, 0x6E616D65, 4);
        put(file, 0, 4);
        const std::size_t length = name_table(family).size();
        put(file, static_cast<std::uint32_t>(offset), 4);
        put(file, static_cast<std::uint32_t>(length), 4);
        offset += length;
    }
    put(file, 0, 2);
    for (const std::string& family : families) {
        for (const std::uint8_t byte : name_table(family)) file.push_back(byte);
    }
    return file;
}

}  // namespace

TEST_CASE("sfnt: a face of a collection becomes a font of its own") {
    const Bytes file = collection({"Sans JP", "Sans KR", "Sans SC"});
    CHECK(viz::face_count(file) == 3);
    CHECK(viz::face_named(file, " SC") == 2);
    CHECK(viz::face_named(file, " TC") == 3);

    const Bytes font = viz::extract_face(file, 1);

    CHECK(viz::face_count(font) == 1);
    CHECK(viz::face_named(font, "Sans KR") == 0);
    CHECK(font.size() == 12 + 16 + 32);  // 18 + 2 x 7 characters
}

TEST_CASE("sfnt: broken files are refused, wherever they are cut") {
    const Bytes file = collection({"Sans JP", "Sans SC"});
    for (std::size_t size = 0; size < file.size(); ++size) {
        const Bytes cut{file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)};
        CHECK_THROWS_AS(static_cast<void>(viz::extract_face(cut, 1)), std::runtime_error);
    }
    CHECK_THROWS_AS(static_cast<void>(viz::extract_face(file, 2)), std::runtime_error);
    CHECK_THROWS_AS(static_cast<void>(viz::face_count(Bytes(100, 0x41))), std::runtime_error);
    Bytes many = file;
    many[8] = 0xFF;  // four thousand million faces
    CHECK_THROWS_AS(static_cast<void>(viz::face_named(many, "x")), std::runtime_error);
}

TEST_CASE("characters: every phrase is there, and what a world adds") {
    viz::CharacterSet characters;
    CHECK(characters.contains(U'资'));
    CHECK(characters.contains(U'Z'));
    CHECK_FALSE(characters.contains(U'龘'));
    CHECK_FALSE(characters.contains(U'\n'));

    CHECK(characters.add("龘 fund"));
    CHECK(characters.contains(U'龘'));
    CHECK_FALSE(characters.add("龘"));
    CHECK_FALSE(characters.add("\U0001F600"));  // beyond 16 bits
    CHECK_FALSE(characters.add("\xFF\xFE"));    // no UTF-8
}

TEST_CASE("characters: ranges are runs, ended by zero") {
    const viz::CharacterSet characters;

    const auto ranges = characters.ranges();

    REQUIRE(ranges.size() % 2 == 1);
    CHECK(ranges.back() == 0);
    CHECK(ranges[0] == 0x20);
    CHECK(ranges[1] == 0x7E);
    std::size_t covered = 0;
    for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
        CHECK(ranges[i] <= ranges[i + 1]);
        for (char32_t c = ranges[i]; c <= ranges[i + 1]; ++c) CHECK(characters.contains(c));
        if (i > 0) CHECK(ranges[i] > ranges[i - 1] + 1);
        covered += ranges[i + 1] - ranges[i] + 1U;
    }
    CHECK(covered > 200);
}

TEST_CASE("fonts: the first usable file is taken, and lacking Chinese is told") {
    const std::filesystem::path dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    const std::filesystem::path noto = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    const std::vector<std::filesystem::path> nowhere{"/no/such/font.ttf", "/etc/hostname"};
    CHECK_THROWS_AS(viz::Fonts{nowhere}, std::runtime_error);

    if (std::filesystem::exists(dejavu)) {
        const std::vector<std::filesystem::path> files{"/etc/hostname", dejavu};
        const viz::Fonts fonts{files};
        CHECK_FALSE(fonts.has_chinese());
        CHECK(fonts.warning().find("fonts-noto-cjk") != std::string::npos);
        CHECK(fonts.face().getInfo().family == "DejaVu Sans");
    }
    if (std::filesystem::exists(noto)) {
        const std::vector<std::filesystem::path> files{noto};
        const viz::Fonts fonts{files};
        CHECK(fonts.has_chinese());
        CHECK(fonts.warning().empty());
        CHECK(fonts.face().getInfo().family == "Noto Sans CJK SC");
    }
}

TEST_CASE("fonts: text sizes are few") {
    CHECK(viz::text_size(13) == 13);
    CHECK(viz::text_size(14.6F) == 14);
    CHECK(viz::text_size(15.5F) == 16);
    CHECK(viz::text_size(1) == 9);
    CHECK(viz::text_size(1000) == 64);
}
