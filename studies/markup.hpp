// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace crowdout::studies {

/// An attribute's name, one of ours, and its value, anybody's.
struct Attribute {
    std::string_view name;
    std::string value;

    Attribute(std::string_view key, std::string_view text) : name{key}, value{text} {}
    Attribute(std::string_view key, const char* text) : name{key}, value{text} {}
    Attribute(std::string_view key, const std::string& text) : name{key}, value{text} {}
    /// A number of pixels or of user units: two decimals at most.
    Attribute(std::string_view key, double number);
};

/// Writes HTML with SVG in it. Whatever text goes in comes out as text: names from world files may
/// hold `<`, `&`, quotes or bytes that are no UTF-8.
///
///     const Element table{page, "table"};
///     page.leaf("td", {{"class", "name"}}, world.name);
class Markup {
public:
    /// Opens an element; `Element` closes it.
    void open(std::string_view tag, std::initializer_list<Attribute> attributes = {});
    void close();
    /// An element without content, written `<br>` in HTML and `<line/>` in SVG.
    void mark(std::string_view tag, std::initializer_list<Attribute> attributes = {});
    /// An element with nothing but text in it.
    void leaf(std::string_view tag, std::initializer_list<Attribute> attributes,
              std::string_view text);
    void text(std::string_view text);
    /// The declaration, a style sheet or a script, as it stands: written by us, never data.
    void verbatim(std::string_view ours) { bytes_ += ours; }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    void start(std::string_view tag, std::initializer_list<Attribute> attributes);

    std::string bytes_;
    std::vector<std::string> open_;
};

/// An open element, closed where this ends.
class Element {
public:
    Element(Markup& out, std::string_view tag, std::initializer_list<Attribute> attributes = {})
        : out_{out} {
        out_.open(tag, attributes);
    }
    ~Element() { out_.close(); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

private:
    Markup& out_;
};

/// `text` with `& < > " '` as references, and U+FFFD for bytes that are no UTF-8 and for control
/// characters, which HTML has no way to say.
[[nodiscard]] std::string escaped(std::string_view text);

/// At most two decimals, without zeros behind them: `12`, `0.5`, `-3.25`.
[[nodiscard]] std::string pixels(double number);

}  // namespace crowdout::studies
