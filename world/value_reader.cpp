// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "world/field_reader.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

std::string quoted(const std::string& text) {
    return "'" + shortened(text) + "'";
}

/// A number between quotes is a text to editors; with its unit inside it is the same to both.
bool is_quoted_number(const Node& node) {
    return node.style != Node::Style::plain && !node.text.empty() &&
           ((node.text.back() >= '0' && node.text.back() <= '9') || node.text.back() == '.') &&
           node.text.find('$') == std::string::npos;
}

/// What would have been right, in the words of the field: its kind of number, then its range.
std::string expected_number(const FieldInfo& info, bool whole) {
    std::string text{whole && info.unit == Dimension::number ? "a whole number such as 12, 20k, 1M"
                                                             : described(info.unit)};
    const std::string range = range_text(info);
    return range.empty() ? text : text + "; " + range;
}

/// Written so that NaN lies outside, though the parser already refuses it.
bool in_range(double value, const FieldInfo& info) {
    return value >= info.min && value <= info.max && (!info.positive || value > 0);
}

/// How many of a whole number's steps make one of the dimension's unit.
std::int64_t steps_per_unit(Type::Kind kind, Dimension dimension) {
    if (kind == Type::Kind::money) return market::money_per_dollar;
    if (kind == Type::Kind::duration) return market::second.ns;
    const bool billionths = dimension == Dimension::ratio || dimension == Dimension::rate;
    return billionths ? market::r9_one : 1;
}

}  // namespace

void FieldReader::read_scalar(const Node& node, const Type& type, const FieldInfo& info,
                              void* object, const std::string& path) {
    if (node.kind != Node::Kind::scalar) {
        expect_kind(node, Node::Kind::scalar, path, "a single value");
        return;
    }
    switch (type.kind) {
        case Type::Kind::boolean:
            // YAML 1.1 also reads yes, on and y as true, YAML 1.2 does not: only two words are
            // safe.
            if ((node.text == "true" || node.text == "false") && node.style == Node::Style::plain) {
                *static_cast<bool*>(object) = node.text == "true";
            } else {
                error(Code::not_a_bool, node.place, path,
                      quoted(node.text) + " is neither true nor false", "true or false");
            }
            return;
        case Type::Kind::text:
            return read_text(node, info, *static_cast<std::string*>(object), path);
        case Type::Kind::choice:
            return read_choice(node, type, object, path);
        case Type::Kind::time:
            if (auto refusal = parse_time(node.text, *static_cast<market::Time*>(object))) {
                error(refusal->code, node.place, path, refusal->message, refusal->expected);
            }
            return;
        case Type::Kind::bound:
            return read_bound(node, *static_cast<Bound*>(object), path);
        default:
            return read_number(node, type, info, object, path);
    }
}

void FieldReader::read_number(const Node& node, const Type& type, const FieldInfo& info,
                              void* object, const std::string& path) {
    if (type.kind == Type::Kind::real) {
        read_real(node, info, *static_cast<double*>(object), path);
        return;
    }
    FieldInfo exact_info = info;
    const bool money = type.kind == Type::Kind::money;
    if (money && info.unit != Dimension::money_rate) exact_info.unit = Dimension::money;
    if (type.kind == Type::Kind::duration) exact_info.unit = Dimension::duration;
    // The real number serves the range, the exact one is kept.
    const std::int64_t steps = steps_per_unit(type.kind, exact_info.unit);

    std::int64_t value = 0;
    double real = 0;  // read first: it also refuses what lies outside the range
    if (!read_real(node, exact_info, real, path, steps == 1)) return;
    if (auto refusal = parse_exact(node.text, exact_info.unit, steps, value)) {
        error(refusal->code, node.place, path, refusal->message,
              expected_number(exact_info, steps == 1));
        return;
    }
    if (money) {
        *static_cast<market::Money*>(object) = market::Money{value};
    } else if (type.kind == Type::Kind::duration) {
        *static_cast<market::Duration*>(object) = market::Duration{value};
    } else {
        *static_cast<std::int64_t*>(object) = value;
    }
}

bool FieldReader::read_real(const Node& node, const FieldInfo& info, double& value,
                            const std::string& path, bool whole) {
    if (!expect_kind(node, Node::Kind::scalar, path, expected_number(info, whole))) return false;
    if (is_quoted_number(node)) {
        error(Code::not_a_number, node.place, path,
              "the quotes make a text of the number " + quoted(node.text),
              "the number without quotes");
        return false;
    }
    double real = 0;
    if (auto refusal = parse_real(node.text, info.unit, real)) {
        error(refusal->code, node.place, path, refusal->message, expected_number(info, whole));
        return false;
    }
    if (!in_range(real, info)) {
        error(Code::out_of_range, node.place, path, quoted(node.text) + " is out of range",
              range_text(info));
        return false;
    }
    value = real;
    return true;
}

void FieldReader::read_bound(const Node& node, Bound& value, const std::string& path) {
    if (is_quoted_number(node)) {
        error(Code::not_a_number, node.place, path,
              "the quotes make a text of the number " + quoted(node.text),
              "the number without quotes");
    } else if (auto refusal = parse_bound(node.text, value)) {
        error(refusal->code, node.place, path, refusal->message, refusal->expected);
    }
}

void FieldReader::read_text(const Node& node, const FieldInfo& info, std::string& value,
                            const std::string& path) {
    if (node.style == Node::Style::plain && is_look_alike(node.text)) {
        error(Code::not_text, node.place, path,
              quoted(node.text) + " without quotes is not a text to YAML",
              "quotes around it: \"" + shortened(node.text) + "\"");
        return;
    }
    value = node.text;
    if (info.refers_to != Reference::none) names_.use(info.refers_to, value, node.place, path);
    if (info.declares != Reference::none) names_.declare(info.declares, value);
}

void FieldReader::read_choice(const Node& node, const Type& type, void* object,
                              const std::string& path) {
    const std::vector<std::string_view> names(type.names.data, type.names.data + type.names.size);
    const auto found = std::find(names.begin(), names.end(), node.text);
    if (found != names.end()) {
        type.set_choice(object, static_cast<std::size_t>(found - names.begin()));
        return;
    }
    error(Code::unknown_choice, node.place, path,
          quoted(node.text) + " is not one of the choices" + did_you_mean(node.text, names),
          "one of " + joined(names, 60));
}

bool is_look_alike(std::string_view text) {
    constexpr std::array<std::string_view, 12> words{"true", "false", "yes",  "no", "on",  "off",
                                                     "y",    "n",     "null", "~",  "nan", ""};
    std::string lower{text};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (std::find(words.begin(), words.end(), lower) != words.end()) return true;
    // `3M` is a text to YAML, however it looks to us; `010` and `0x1F` are numbers.
    double number = 0;
    const auto refusal = parse_real(text, Dimension::number, number);
    const bool has_suffix = !text.empty() && text.find_first_of("kMBT") != std::string_view::npos;
    if (!refusal) return !has_suffix;
    return refusal->code == Code::not_finite ||
           (refusal->code == Code::ambiguous_number && text.find_first_of("_,") == text.npos);
}

std::string range_text(const FieldInfo& info) {
    const auto number = [&](double value) { return format_real(value, info.unit); };
    std::string text;
    if (info.positive && !(info.min > 0)) {
        text = "above 0";
    } else if (std::isfinite(info.min) && std::isfinite(info.max)) {
        return number(info.min) + " to " + number(info.max);
    } else if (std::isfinite(info.min)) {
        text = "at least " + number(info.min);
    }
    if (std::isfinite(info.max))
        text += (text.empty() ? "at most " : ", at most ") + number(info.max);
    return text;
}

}  // namespace crowdout::world
