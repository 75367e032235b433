// SPDX-License-Identifier: Apache-2.0
#include "world/text.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace crowdout::world {
namespace {

std::uint32_t byte(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

/// The code point at the start of well-formed `text`.
std::uint32_t code_point(std::string_view text) {
    const std::size_t length = utf8_length(text);
    if (length <= 1) return text.empty() ? 0 : byte(text, 0);
    std::uint32_t point = byte(text, 0) & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(text, i) & 0x3f);
    return point;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Edits between two words, by dynamic programming over three rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
            const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                                 lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    const std::uint32_t lead = byte(text, 0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xc2 && lead < 0xe0   ? 2
                               : lead >= 0xe0 && lead < 0xf0 ? 3
                               : lead >= 0xf0 && lead < 0xf5 ? 4
                                                             : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(text, i) & 0xc0) != 0x80) return 0;
    }
    // Longer than needed, half of a surrogate pair, or beyond the last plane.
    const std::uint32_t second = byte(text, 1);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) ||
        (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90)) {
        return 0;
    }
    return length;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        text.remove_prefix(std::max<std::size_t>(1, utf8_length(text)));
        ++count;
    }
    return count;
}

bool is_wide(std::string_view text) {
    const std::uint32_t point = code_point(text);
    return (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) ||
           (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) ||
           (point >= 0xfe30 && point <= 0xfe4f) || (point >= 0xff00 && point <= 0xff60) ||
           (point >= 0xffe0 && point <= 0xffe6) || (point >= 0x1f300 && point <= 0x3fffd);
}

std::string json_quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const char c = text.front();
        if (length == 0) {
            quoted += "\\ufffd";
        } else if (length > 1) {
            quoted += text.substr(0, length);
        } else if (c == '"' || c == '\\') {
            quoted += {'\\', c};
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (c == '\t') {
            quoted += "\\t";
        } else if (byte(text, 0) < 0x20 || byte(text, 0) == 0x7f) {
            quoted += "\\u00";
            quoted += digits[byte(text, 0) >> 4];
            quoted += digits[byte(text, 0) & 15];
        } else {
            quoted += c;
        }
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return quoted + '"';
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
    std::string_view best;
    std::size_t best_distance = SIZE_MAX;
    constexpr std::size_t length_max = 64;  // nobody mistypes more, and the cost is the square
    constexpr std::size_t known_max = 2'000;
    if (word.size() > length_max) return best;
    for (const std::string_view candidate : known.first(std::min(known.size(), known_max))) {
        if (candidate.size() > length_max) continue;
        const std::size_t distance = edit_distance(word, candidate);
        const std::size_t near_enough =
            std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
        const bool shares_something = distance < std::max(word.size(), candidate.size());
        if (distance <= near_enough && distance < best_distance && shares_something) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
    const std::string_view meant = nearest(word, known);
    return meant.empty() ? std::string{} : "; did you mean '" + std::string{meant} + "'?";
}

std::string joined(std::span<const std::string_view> words, std::size_t count_max) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == count_max) return text + ", ...";
        if (i > 0) text += ", ";
        text += words[i];
    }
    return text;
}

std::string shortened(std::string_view text, std::size_t length_max) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (kept.size() + length > length_max) return kept + "...";
        const bool printable = length > 1 || (length == 1 && byte(text, 0) >= 0x20);
        if (printable && byte(text, 0) != 0x7f) {
            kept += text.substr(0, length);
        } else {
            kept += '?';
        }
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return kept;
}

}  // namespace crowdout::world
