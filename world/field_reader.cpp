// SPDX-License-Identifier: Apache-2.0
#include "world/field_reader.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "world/field_printer.hpp"
#include "world/overrides.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

std::string joined_path(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : path + "." + std::string{key};
}

std::string described_kind(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "nothing";
        case Node::Kind::scalar:
            return "the value '" + shortened(node.text, 30) + "'";
        case Node::Kind::list:
            return "a list";
        case Node::Kind::map:
            return "a map of keys";
    }
    return "";
}

}  // namespace

/// Hands the entries of one map to the fields of one struct.
class GroupReader final : public FieldSink {
public:
    GroupReader(FieldReader& reader, const Node& map, std::string path)
        : reader_{reader}, map_{map}, path_{std::move(path)} {}

    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        // A variant's fields share the map with the fields around it, and so must not share names.
        assert(std::find(known_.begin(), known_.end(), key) == known_.end());
        known_.push_back(key);
        const Node* node = map_.find(key);
        if (node == nullptr) {
            if (!info.required) return;
            missing(key, info);
            all_keys_known_ = all_keys_known_ && type.kind != Type::Kind::variant;
            return;
        }
        const std::string path = joined_path(path_, key);
        if (type.kind == Type::Kind::variant) {
            read_variant(*node, type, *type.as_variant(member), path);
        } else {
            reader_.read(*node, type, info, member, path);
        }
    }

    /// Complains of entries that no field asked for.
    void finish() const {
        if (!all_keys_known_) return;  // a tag is wrong, so nobody knows which keys are right
        std::vector<std::string_view> left;
        for (const std::string_view key : known_) {
            if (map_.find(key) == nullptr) left.push_back(key);
        }
        for (const Node::Key& key : map_.keys) {
            if (std::find(known_.begin(), known_.end(), key.text) != known_.end()) continue;
            if (reader_.report_.full()) return;
            reader_.error(
                Code::unknown_key, key.place, joined_path(path_, shortened(key.text)),
                "unknown key '" + shortened(key.text) + "'" + did_you_mean(key.text, known_),
                "one of " + joined(left.empty() ? known_ : left));
        }
    }

private:
    void missing(const char* key, const FieldInfo& info) {
        reader_.error(Code::missing_key, map_.place, joined_path(path_, key),
                      "required key '" + std::string{key} + "' is missing", info.help);
    }

    /// Reads the tag, then the fields of what it chose out of the same map.
    void read_variant(const Node& node, const Type& type, VariantValue& value,
                      const std::string& path) {
        const Catalogue catalogue = type.catalogue();
        std::vector<std::string_view> tags;
        for (const CatalogueEntry& entry : catalogue) {
            tags.push_back(entry.tag);
            if (node.kind != Node::Kind::scalar || node.text != entry.tag) continue;
            value.entry = &entry;
            value.params = entry.params->make();
            entry.params->visit(value.params.get(), *this);
            if (entry.params->check != nullptr) checks_.push_back({entry.params, value.params});
            return;
        }
        all_keys_known_ = false;
        std::string message = "expected a name, found " + described_kind(node);
        if (node.kind == Node::Kind::scalar) {
            message = "unknown " + path.substr(path.rfind('.') + 1) + " '" + shortened(node.text) +
                      "'" + did_you_mean(node.text, tags);
        }
        reader_.error(Code::unknown_variant, node.place, path, std::move(message),
                      "one of " + joined(tags, 60));
    }

public:
    /// Parameters that a tag chose and that have something to say about themselves.
    struct Check {
        const Type* type;
        std::shared_ptr<void> object;
    };
    [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }

private:
    FieldReader& reader_;
    const Node& map_;
    std::string path_;
    std::vector<std::string_view> known_;
    std::vector<Check> checks_;
    bool all_keys_known_ = true;
};

namespace {

/// Gives what a struct says about itself a place in the file.
class PlacedComplaints final : public agents::Complaints {
public:
    PlacedComplaints(Report& report, const Node& map, std::string path)
        : report_{report}, map_{map}, path_{std::move(path)} {}

    void error(std::string_view key, const std::string& what) override {
        add(Code::inconsistent, key, what);
    }
    void warning(std::string_view key, const std::string& what) override {
        add(Code::questionable, key, what);
    }

private:
    void add(Code code, std::string_view key, const std::string& what) {
        const std::string message = key.empty() ? what : std::string{key} + ": " + what;
        report_.add({code,
                     find_nearest(map_, key).place,
                     key.empty() ? path_ : joined_path(path_, key),
                     message,
                     "",
                     {}});
    }

    Report& report_;
    const Node& map_;
    std::string path_;
};

}  // namespace

void FieldReader::read(const Node& node, const Type& type, const FieldInfo& info, void* object,
                       const std::string& path) {
    if (type.kind == Type::Kind::optional) {
        type.clear(object);
        if (node.kind == Node::Kind::null) return;  // `key: ~` takes back what a base file said
        read(node, *type.item(), info, type.append(object, {}), path);
        return;
    }
    if (node.kind == Node::Kind::null) {
        const bool is_map = type.kind == Type::Kind::group || type.kind == Type::Kind::map;
        const bool is_list = type.kind == Type::Kind::list || type.kind == Type::Kind::named_list;
        error(Code::no_value, node.place, path, "this key has no value",
              is_map    ? "keys below it, or {} for none"
              : is_list ? "items below it, or [] for none"
                        : "a value; or leave the key out for its default");
        return;
    }
    switch (type.kind) {
        case Type::Kind::group:
            return read_group(node, type, object, path);
        case Type::Kind::list:
        case Type::Kind::named_list:
            return read_list(node, type, info, object, path);
        case Type::Kind::map:
            return read_map(node, type, info, object, path);
        case Type::Kind::literal:
            static_cast<Literal*>(object)->text = flow_text(node);
            return;
        case Type::Kind::distribution:
            return read_distribution(node, info, *static_cast<agents::Distribution*>(object), path);
        default:
            return read_scalar(node, type, info, object, path);
    }
}

void FieldReader::read_group(const Node& node, const Type& type, void* object,
                             const std::string& path) {
    if (!expect_kind(node, Node::Kind::map, path, "a map of keys")) return;
    const std::size_t errors_before = report_.error_count();
    GroupReader fields{*this, node, path};
    type.visit(object, fields);
    fields.finish();
    // A struct may rely on its fields being right when it looks at them together.
    if (report_.error_count() != errors_before) return;
    PlacedComplaints complaints{report_, node, path};
    if (type.check != nullptr) type.check(object, complaints);
    for (const GroupReader::Check& check : fields.checks()) {
        check.type->check(check.object.get(), complaints);
    }
}

void FieldReader::read_list(const Node& node, const Type& type, const FieldInfo& info, void* object,
                            const std::string& path) {
    if (!expect_kind(node, Node::Kind::list, path,
                     "a list: [a, b], or lines that start with '-'")) {
        return;
    }
    expect_items(node, node.items.size(), info, path);
    type.clear(object);
    const bool named = type.kind == Type::Kind::named_list;
    std::map<std::string_view, Place> seen;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node& item = node.items[i];
        const std::string_view name = item.item_name();
        const std::string item_path =
            path + "[" + (name.empty() ? std::to_string(i) : shortened(name)) + "]";
        read(item, *type.item(), part_info(info), type.append(object, {}), item_path);
        if (!named || name.empty()) continue;
        const Place name_place = item.find("name")->place;
        const auto [first, is_new] = seen.emplace(name, name_place);
        if (!is_new) {
            error(Code::duplicate_name, name_place, item_path,
                  "the name '" + shortened(name) + "' is used twice in this list", "",
                  {{first->second, "first used here"}});
        }
        declare_name(info, std::string{name}, name_place, item_path);
    }
}

void FieldReader::read_map(const Node& node, const Type& type, const FieldInfo& info, void* object,
                           const std::string& path) {
    if (!expect_kind(node, Node::Kind::map, path, "a map of names and values")) return;
    expect_items(node, node.items.size(), info, path);
    type.clear(object);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node::Key& key = node.keys[i];
        const std::string item_path = joined_path(path, shortened(key.text));
        if (info.refers_to != Reference::none) {
            names_.use(info.refers_to, key.text, key.place, item_path);
        }
        if (info.declares != Reference::none) declare_name(info, key.text, key.place, item_path);
        FieldInfo item_info = part_info(info);
        item_info.refers_to = Reference::none;
        read(node.items[i], *type.item(), item_info, type.append(object, key.text), item_path);
    }
}

void FieldReader::declare_name(const FieldInfo& info, const std::string& name, Place place,
                               const std::string& path) {
    if (!is_name(name)) {
        error(Code::bad_name, place, path, "'" + shortened(name) + "' cannot be a name",
              "letters, digits, '-' and '_', without blanks, dots or brackets");
    }
    if (info.declares != Reference::none) names_.declare(info.declares, name);
}

bool FieldReader::expect_kind(const Node& node, Node::Kind kind, const std::string& path,
                              const std::string& expected) {
    if (node.kind == kind) return true;
    error(Code::wrong_kind, node.place, path, "found " + described_kind(node), expected);
    return false;
}

void FieldReader::expect_items(const Node& node, std::size_t count, const FieldInfo& info,
                               const std::string& path) {
    if (count >= info.items_min) return;
    error(Code::too_few_items, node.place, path,
          std::to_string(count) + (count == 1 ? " item" : " items"),
          "at least " + std::to_string(info.items_min));
}

void FieldReader::error(Code code, Place place, const std::string& path, std::string message,
                        std::string expected, std::vector<Note> notes) {
    report_.add({code, place, path, std::move(message), std::move(expected), std::move(notes)});
}

void NameBook::declare(Reference kind, std::string_view name) {
    declared_.emplace_back(kind, name);
}

void NameBook::use(Reference kinds, const std::string& name, Place place, const std::string& path) {
    uses_.push_back({kinds, name, place, path});
}

void NameBook::check(Report& report) const {
    std::map<Reference, std::set<std::string_view>> known_by_kinds;
    for (const Use& use : uses_) {
        if (report.full()) return;
        std::set<std::string_view>& known = known_by_kinds[use.kinds];
        if (known.empty()) {
            for (const auto& [kind, name] : declared_) {
                if (agents::overlaps(kind, use.kinds)) known.insert(name);
            }
        }
        if (known.contains(use.name)) continue;
        std::string kind_names;
        constexpr std::string_view names[] = {
            "instrument", "venue", "population",     "sector",      "institution",
            "asset",      "shock", "counterfactual", "data series", "tape"};
        for (std::size_t bit = 0; bit < std::size(names); ++bit) {
            if (!agents::overlaps(use.kinds, static_cast<Reference>(1u << bit))) continue;
            kind_names += (kind_names.empty() ? "" : " or ") + std::string{names[bit]};
        }
        const std::vector<std::string_view> list(known.begin(), known.end());
        report.add({Code::unknown_reference,
                    use.place,
                    use.path,
                    "no " + kind_names + " is named '" + shortened(use.name) + "'" +
                        did_you_mean(use.name, list),
                    list.empty() ? "a name that the world declares; it declares none"
                                 : "one of " + joined(list),
                    {}});
    }
}

FieldInfo part_info(const FieldInfo& info) {
    FieldInfo part = info;
    part.required = false;
    part.items_min = 0;
    part.declares = Reference::none;
    return part;
}

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 64 || text == "~" || text[0] == '-') return false;
    return std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' ||
               std::string_view{".[]{}=,:#'\"\\/"}.find(c) != std::string_view::npos;
    });
}

}  // namespace crowdout::world
