// SPDX-License-Identifier: Apache-2.0
#include "world/field_printer.hpp"

#include <algorithm>
#include <array>

#include "world/field_reader.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

using agents::Distribution;
using Kind = Type::Kind;

bool is_list(Kind kind) {
    return kind == Kind::list || kind == Kind::named_list;
}

/// Whether a value is written on the line of its key.
bool is_inline(const Type& type) {
    switch (type.kind) {
        case Kind::group:
        case Kind::map:
        case Kind::named_list:
            return false;
        case Kind::list:
        case Kind::optional:
            return is_inline(*type.item());
        default:
            return true;
    }
}

std::string braced(std::string_view key, const std::string& body) {
    return std::string{key} + ": {" + body + "}";
}

std::string list_text(const std::vector<double>& values, Dimension dimension) {
    std::string text;
    for (const double value : values) {
        text += (text.empty() ? "" : ", ") + format_real(value, dimension);
    }
    return "[" + text + "]";
}

std::string shape_text(const Distribution& value, Dimension dimension) {
    const std::string a = format_real(value.a, dimension);
    const std::string b = format_real(value.b, dimension);
    const std::string bare_b = format_real(value.b, Dimension::number);
    switch (value.kind) {
        case Distribution::Kind::constant:
            return a;
        case Distribution::Kind::uniform:
            return "uniform: [" + a + ", " + b + "]";
        case Distribution::Kind::normal:
            return braced("normal", "mean: " + a + ", sd: " + b);
        case Distribution::Kind::lognormal:
            return braced("lognormal", "median: " + a + ", sigma: " + bare_b);
        case Distribution::Kind::pareto:
            return braced("pareto", "min: " + a + ", alpha: " + bare_b);
        case Distribution::Kind::exponential:
            return braced("exponential", "mean: " + a);
        case Distribution::Kind::choice:
            return braced("choice",
                          "values: " + list_text(value.values, dimension) +
                              ", weights: " + list_text(value.weights, Dimension::number));
    }
    return "";
}

std::string distribution_text(const Distribution& value, const FieldInfo& info) {
    std::string text = shape_text(value, info.unit);
    if (value.kind == Distribution::Kind::constant) return text;
    // The field's own range is not the file's to repeat.
    if (value.low > info.min) text += ", min: " + format_real(value.low, info.unit);
    if (value.high < info.max) text += ", max: " + format_real(value.high, info.unit);
    return "{" + text + "}";
}

/// Writes groups as indented maps.
class Printer final : public FieldSink {
public:
    Printer(std::string& out, std::size_t indent) : out_{out}, indent_{indent} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        if (type.kind == Kind::variant) {
            const VariantValue& value = *type.as_variant(member);
            if (value.entry == nullptr) return;
            begin(key);
            out_ += " " + yaml_text(value.entry->tag) + "\n";
            value.entry->params->visit(value.params.get(), *this);
            return;
        }
        if (type.kind == Kind::optional && type.size(member) == 0) return;
        // No name is the default of a reference, and can only be written by leaving it out.
        const bool refers = type.kind == Kind::text && info.refers_to != Reference::none;
        if (refers && static_cast<const std::string*>(member)->empty()) return;
        begin(key);
        print(type, info, member);
    }

private:
    void begin(std::string_view key) {
        // The first key of a list's item stands behind its dash.
        if (!out_.ends_with("- ")) out_.append(indent_, ' ');
        out_ += std::string{key} + ":";
    }

    void print(const Type& type, const FieldInfo& info, void* object) {
        if (is_inline(type)) {
            out_ += " " + value_text(type, info, object) + "\n";
        } else if (type.kind == Kind::optional) {
            print(*type.item(), info, type.at(object, 0));
        } else if (type.kind == Kind::group) {
            out_ += "\n";
            Printer inner{out_, indent_ + 2};
            type.visit(object, inner);
        } else if (type.size(object) == 0) {
            out_ += is_list(type.kind) ? " []\n" : " {}\n";
        } else {
            out_ += "\n";
            Printer inner{out_, indent_ + 2};
            for (std::size_t i = 0; i < type.size(object); ++i) {
                inner.print_item(type, info, object, i);
            }
        }
    }

    void print_item(const Type& type, const FieldInfo& info, void* object, std::size_t index) {
        const Type& item = *type.item();
        void* member = type.at(object, index);
        if (type.kind == Kind::map) {
            begin(yaml_text(type.key_at(object, index)));
            print(item, part_info(info), member);
            return;
        }
        out_.append(indent_, ' ');
        out_ += "- ";
        if (item.kind == Kind::group) {
            Printer inner{out_, indent_ + 2};
            item.visit(member, inner);
            if (out_.ends_with("- ")) out_ += "{}\n";  // a struct without fields
        } else {
            out_.pop_back();
            Printer inner{out_, indent_ + 2};
            inner.print(item, part_info(info), member);
        }
    }

    std::string& out_;
    std::size_t indent_;
};

/// The members are read only, but `visit` is one function for readers and printers alike.
void* mutable_pointer(const void* object) {
    return const_cast<void*>(object);
}

}  // namespace

std::string print_resolved(const Type& type, const void* object) {
    std::string text;
    Printer printer{text, 0};
    type.visit(mutable_pointer(object), printer);
    return text;
}

std::string value_text(const Type& type, const FieldInfo& info, const void* object) {
    switch (type.kind) {
        case Kind::boolean:
            return *static_cast<const bool*>(object) ? "true" : "false";
        case Kind::integer: {
            const bool billionths = info.unit == Dimension::ratio || info.unit == Dimension::rate;
            return format_exact(*static_cast<const std::int64_t*>(object), info.unit,
                                billionths ? market::r9_one : 1);
        }
        case Kind::real:
            return format_real(*static_cast<const double*>(object), info.unit);
        case Kind::money:
            return format_exact(static_cast<const market::Money*>(object)->value(),
                                info.unit == Dimension::money_rate ? info.unit : Dimension::money,
                                market::money_per_dollar);
        case Kind::duration:
            return format_exact(static_cast<const market::Duration*>(object)->ns,
                                Dimension::duration, market::second.ns);
        case Kind::time:
            return format_time(*static_cast<const market::Time*>(object));
        case Kind::text:
            return yaml_text(*static_cast<const std::string*>(object));
        case Kind::literal:
            return static_cast<const Literal*>(object)->text;
        case Kind::distribution:
            return distribution_text(*static_cast<const Distribution*>(object), info);
        case Kind::bound:
            return format_bound(*static_cast<const Bound*>(object));
        case Kind::choice: {
            const std::size_t index = type.get_choice(object);
            return index < type.names.size ? yaml_text(type.names.data[index]) : std::string{};
        }
        case Kind::optional:
            return type.size(object) == 0
                       ? std::string{}
                       : value_text(*type.item(), info, type.at(mutable_pointer(object), 0));
        case Kind::list: {
            if (!is_inline(type)) return "";
            std::string text;
            for (std::size_t i = 0; i < type.size(object); ++i) {
                text += (i == 0 ? "" : ", ") +
                        value_text(*type.item(), info, type.at(mutable_pointer(object), i));
            }
            return "[" + text + "]";
        }
        case Kind::group:
        case Kind::map:
        case Kind::named_list:
        case Kind::variant:
            break;
    }
    return "";
}

std::string yaml_text(std::string_view text) {
    const auto is_safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80 || c == '_' || c == '-' || c == '.' ||
               c == '/' || c == ' ' || c == '+' || c == '(' || c == ')';
    };
    const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), is_safe) &&
                       text.front() != '-' && text.front() != ' ' && text.back() != ' ' &&
                       !is_look_alike(text);
    return plain ? std::string{text} : json_quoted(text);
}

std::string flow_text(const Node& node) {
    if (node.kind == Node::Kind::null) return "~";
    if (node.kind == Node::Kind::scalar) {
        // What brackets would take apart must be quoted inside them; a number never has such signs.
        const bool plain = node.style == Node::Style::plain &&
                           node.text.find_first_of(",[]{}:#") == std::string::npos;
        return plain ? node.text : json_quoted(node.text);
    }
    const bool is_map = node.kind == Node::Kind::map;
    std::string text;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) text += ", ";
        if (is_map) text += yaml_text(node.keys[i].text) + ": ";
        text += flow_text(node.items[i]);
    }
    return is_map ? "{" + text + "}" : "[" + text + "]";
}

}  // namespace crowdout::world
