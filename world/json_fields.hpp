// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "agents/names.hpp"
#include "world/document.hpp"

namespace crowdout::world {

/// A struct as JSON and back. A struct lists its fields once, in a function beside it:
///
///     void visit_fields(auto& field, auto& object) { field("name", object.name); ... }
///
/// Fields may be texts, numbers, bools, enums with names, such structs, vectors of those, and
/// optionals, which are null where there is nothing.

/// Whole numbers stay whole; a double is the shortest text that gives it back.
[[nodiscard]] std::string json_number(double value);

class JsonWriter {
public:
    template <class T>
    void operator()(std::string_view name, const T& value) {
        begin_field(name);
        write(value);
    }
    template <class T>
    void write(const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            text_ += value ? "true" : "false";
        } else if constexpr (std::is_enum_v<T>) {
            quote(enum_names(value).data[static_cast<std::size_t>(value)]);
        } else if constexpr (std::integral<T>) {
            text_ += std::to_string(value);
        } else if constexpr (std::floating_point<T>) {
            text_ += json_number(value);
        } else if constexpr (std::is_convertible_v<T, std::string_view>) {
            quote(value);
        } else {
            write_struct(value);
        }
    }
    template <class T>
    void write(const std::vector<T>& items) {
        text_ += '[';
        for (const T& item : items) {
            if (&item != items.data()) text_ += ", ";
            write(item);
        }
        text_ += ']';
    }
    template <class T>
    void write(const std::optional<T>& value) {
        if (value) {
            write(*value);
        } else {
            text_ += "null";
        }
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    template <class T>
    void write_struct(const T& value) {
        text_ += '{';
        visit_fields(*this, value);
        text_ += '}';
    }
    void begin_field(std::string_view name);
    void quote(std::string_view text);

    std::string text_;
};

/// Reads what `JsonWriter` wrote, and what later versions may write: a field that is not there or
/// null keeps its value, fields that nobody asks for are passed over.
/// Every function throws ReplayError where a value is none of its kind.
class JsonReader {
public:
    explicit JsonReader(const Node& node) : node_{node} {}

    template <class T>
    void operator()(std::string_view name, T& value) {
        const Node* found = field(name);
        if (found != nullptr && found->kind != Node::Kind::null) JsonReader{*found}.read(value);
    }
    template <class T>
    void read(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = truth();
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(choice(enum_names(value)));
        } else if constexpr (std::floating_point<T>) {
            value = number();
        } else if constexpr (std::unsigned_integral<T>) {
            value = static_cast<T>(whole(static_cast<T>(-1)));
        } else if constexpr (std::signed_integral<T>) {
            static_assert(sizeof(T) == 8);
            value = whole_signed();
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = text();
        } else {
            need_struct();
            visit_fields(*this, value);
        }
    }
    template <class T>
    void read(std::vector<T>& items) {
        items.clear();
        for (const Node& item : list()) JsonReader{item}.read(items.emplace_back());
    }
    template <class T>
    void read(std::optional<T>& value) {
        read(value.emplace());
    }

private:
    [[nodiscard]] const Node* field(std::string_view name) const;
    [[nodiscard]] const std::vector<Node>& list() const;
    [[nodiscard]] bool truth() const;
    [[nodiscard]] std::size_t choice(agents::EnumNames names) const;
    [[nodiscard]] double number() const;
    [[nodiscard]] std::uint64_t whole(std::uint64_t most) const;
    [[nodiscard]] std::int64_t whole_signed() const;
    [[nodiscard]] const std::string& text() const;
    void need_struct() const;

    const Node& node_;
};

/// @param name  of the text, for messages.
/// @throws ReplayError  where the text is no JSON object.
[[nodiscard]] Node parse_json(std::string_view name, std::string_view text);

template <class T>
[[nodiscard]] std::string to_json(const T& value) {
    JsonWriter writer;
    writer.write(value);
    return writer.text();
}

}  // namespace crowdout::world
