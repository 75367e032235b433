// SPDX-License-Identifier: Apache-2.0
#include "viz/sfnt.hpp"

#include <algorithm>
#include <stdexcept>

namespace crowdout::viz {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint32_t collection_tag = 0x74746366;  // ttcf
constexpr std::uint32_t truetype_tag = 0x00010000;
constexpr std::uint32_t opentype_tag = 0x4F54544F;  // OTTO
constexpr std::uint32_t name_tag = 0x6E616D65;      // name
constexpr std::size_t header_size = 12;
constexpr std::size_t record_size = 16;

Bytes part(Bytes bytes, std::size_t offset, std::size_t length) {
    if (offset > bytes.size() || length > bytes.size() - offset) {
        throw std::runtime_error{"the font file is cut short"};
    }
    return bytes.subspan(offset, length);
}

std::uint32_t big_endian(Bytes bytes, std::size_t offset, std::size_t width) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : part(bytes, offset, width)) value = (value << 8) | byte;
    return value;
}
std::uint32_t u32(Bytes bytes, std::size_t offset) {
    return big_endian(bytes, offset, 4);
}
std::uint32_t u16(Bytes bytes, std::size_t offset) {
    return big_endian(bytes, offset, 2);
}

void put_u32(std::vector<std::uint8_t>& bytes, std::size_t offset, std::size_t value) {
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[offset + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
    }
}

std::size_t face_offset(Bytes file, std::size_t face) {
    if (face >= face_count(file)) throw std::runtime_error{"the font file has no such face"};
    return u32(file, 0) == collection_tag ? u32(file, header_size + 4 * face) : 0;
}

/// Name 1, the family, in its first Unicode form; what is not ASCII is dropped.
std::string family(Bytes file, std::size_t face) {
    const std::size_t start = face_offset(file, face);
    const std::size_t tables = u16(file, start + 4);
    for (std::size_t i = 0; i < tables; ++i) {
        const std::size_t record = start + header_size + i * record_size;
        if (u32(file, record) != name_tag) continue;
        const Bytes table = part(file, u32(file, record + 8), u32(file, record + 12));
        const std::size_t count = u16(table, 2);
        const std::size_t storage = u16(table, 4);
        for (std::size_t j = 0; j < count; ++j) {
            const std::size_t entry = 6 + j * 12;
            constexpr std::uint32_t windows = 3;
            if (u16(table, entry) != windows || u16(table, entry + 6) != 1) continue;
            const Bytes text = part(table, storage + u16(table, entry + 10), u16(table, entry + 8));
            std::string name;
            for (std::size_t k = 0; k + 1 < text.size(); k += 2) {
                if (text[k] == 0 && text[k + 1] < 0x80) name += static_cast<char>(text[k + 1]);
            }
            return name;
        }
    }
    return {};
}

}  // namespace

std::size_t face_count(Bytes file) {
    const std::uint32_t tag = u32(file, 0);
    if (tag == truetype_tag || tag == opentype_tag) return 1;
    if (tag != collection_tag) throw std::runtime_error{"this is no TrueType or OpenType font"};
    const std::size_t count = u32(file, 8);
    static_cast<void>(part(file, header_size, std::min(count, file.size()) * 4));
    return count;
}

std::size_t face_named(Bytes file, const std::string& ending) {
    const std::size_t count = face_count(file);
    for (std::size_t face = 0; face < count; ++face) {
        if (family(file, face).ends_with(ending)) return face;
    }
    return count;
}

std::vector<std::uint8_t> extract_face(Bytes file, std::size_t face) {
    const std::size_t start = face_offset(file, face);
    const std::size_t tables = u16(file, start + 4);
    const Bytes head = part(file, start, header_size + tables * record_size);
    std::vector<std::uint8_t> font{head.begin(), head.end()};
    for (std::size_t i = 0; i < tables; ++i) {
        const std::size_t record = header_size + i * record_size;
        const Bytes table = part(file, u32(head, record + 8), u32(head, record + 12));
        put_u32(font, record + 8, font.size());
        font.insert(font.end(), table.begin(), table.end());
        font.resize((font.size() + 3) / 4 * 4);  // tables begin at multiples of four
    }
    return font;
}

}  // namespace crowdout::viz
