// SPDX-License-Identifier: Apache-2.0
#include "studies/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "world/text.hpp"

namespace crowdout::studies {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

/// Elements that end by themselves: HTML's void elements and the shapes of SVG.
bool is_void(std::string_view tag) {
    static constexpr std::array<std::string_view, 4> tags{"br", "col", "input", "meta"};
    return std::ranges::find(tags, tag) != tags.end();
}

/// C0 controls but tab and line feed, DEL, and U+0080 to U+009F.
bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) {
        return (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
    }
    return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

Attribute::Attribute(std::string_view key, double number) : name{key}, value{pixels(number)} {}

void Markup::open(std::string_view tag, std::initializer_list<Attribute> attributes) {
    start(tag, attributes);
    bytes_ += '>';
    open_.emplace_back(tag);
}

void Markup::close() {
    assert(!open_.empty());
    bytes_ += "</" + open_.back() + ">\n";
    open_.pop_back();
}

void Markup::mark(std::string_view tag, std::initializer_list<Attribute> attributes) {
    start(tag, attributes);
    bytes_ += is_void(tag) ? ">" : "/>";
}

void Markup::leaf(std::string_view tag, std::initializer_list<Attribute> attributes,
                  std::string_view text) {
    start(tag, attributes);
    bytes_ += fmt::format(">{}</{}>", escaped(text), tag);
}

void Markup::text(std::string_view text) {
    bytes_ += escaped(text);
}

void Markup::start(std::string_view tag, std::initializer_list<Attribute> attributes) {
    bytes_ += '<';
    bytes_ += tag;
    for (const Attribute& each : attributes) {
        bytes_ += fmt::format(" {}=\"{}\"", each.name, escaped(each.value));
    }
}

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = world::utf8_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0 || is_control(character)) {
            safe += replacement;
        } else if (character == "&") {
            safe += "&amp;";
        } else if (character == "<") {
            safe += "&lt;";
        } else if (character == ">") {
            safe += "&gt;";
        } else if (character == "\"") {
            safe += "&quot;";
        } else if (character == "'") {
            safe += "&#39;";
        } else {
            safe += character;
        }
        text.remove_prefix(character.size());
    }
    return safe;
}

std::string pixels(double number) {
    assert(std::isfinite(number));
    std::string text = fmt::format("{:.2f}", number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

}  // namespace crowdout::studies
