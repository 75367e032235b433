// SPDX-License-Identifier: Apache-2.0
#include "world/document.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "world/text.hpp"

namespace crowdout::world {
namespace {

/// Loads one world file and, first, the files that it stands on.
class Loader {
public:
    Loader(Sources& sources, const FileReader& read, Report& report, std::size_t bytes_max)
        : sources_{sources},
          read_{read},
          report_{report},
          bytes_max_{bytes_max},
          bytes_left_{bytes_max} {}

    /// @param asked_at  where a file names this one; nothing for the file of the command line.
    std::optional<Node> load(const std::string& path, const std::optional<Place>& asked_at) {
        const std::string normal = std::filesystem::path{path}.lexically_normal().string();
        if (!may_open(normal, asked_at)) return std::nullopt;
        const std::optional<std::uint32_t> source = open(normal, asked_at);
        if (!source) return std::nullopt;

        chain_.push_back(normal);
        std::optional<Node> node = parse_yaml(sources_, *source, nodes_left_, report_);
        if (node && node->kind != Node::Kind::map) {
            report_.add({Code::wrong_kind,
                         node->place,
                         "",
                         "a world file is a map of keys",
                         "key: value",
                         {}});
            node.reset();
        }
        if (node) node = on_its_bases(std::move(*node), normal);
        chain_.pop_back();
        return node;
    }

private:
    bool may_open(const std::string& path, const std::optional<Place>& asked_at) {
        if (std::find(chain_.begin(), chain_.end(), path) != chain_.end()) {
            std::string names;
            for (const std::string& name : chain_) names += name + " -> ";
            report_.add({Code::include_cycle,
                         *asked_at,
                         "",
                         "files include each other: " + names + path,
                         "",
                         {}});
            return false;
        }
        if (chain_.size() > include_depth_max || sources_.size() >= include_count_max) {
            report_.add({Code::too_many_includes,
                         *asked_at,
                         "",
                         "too many files: at most " + std::to_string(include_count_max) +
                             ", included " + std::to_string(include_depth_max) + " levels deep",
                         "",
                         {}});
            return false;
        }
        return true;
    }

    std::optional<std::uint32_t> open(const std::string& path,
                                      const std::optional<Place>& asked_at) {
        std::string why;
        std::optional<std::string> text = read_(path, why);
        const bool readable = text.has_value();
        const std::size_t size = readable ? text->size() : 0;
        if (readable && text->starts_with("\xef\xbb\xbf")) text->erase(0, 3);  // byte order mark
        if (readable && size <= bytes_left_) {
            bytes_left_ -= size;
            return sources_.add(path, std::move(*text));
        }
        // A file that cannot be had is told where it is asked for, or at its own first line.
        const Place place = asked_at ? *asked_at : Place{sources_.add(path, ""), 0, 1};
        if (!readable) {
            report_.add(
                {Code::unreadable_file, place, "", "cannot read '" + path + "': " + why, "", {}});
        } else {
            report_.add(
                {Code::file_too_large,
                 place,
                 "",
                 "'" + path + "' brings the world above " + std::to_string(bytes_max_) + " bytes",
                 "a smaller world; what it extends and includes counts too",
                 {}});
        }
        return std::nullopt;
    }

    /// Takes `extends:` and `include:` out of `node` and lays it over what they name.
    std::optional<Node> on_its_bases(Node node, const std::string& path) {
        Node base;
        base.kind = Node::Kind::map;
        base.place = node.place;
        bool whole = true;
        for (const std::string_view key : {"extends", "include"}) {
            for (const Node& item : take_names(node, key)) {
                std::optional<Node> part = load(beside(path, item.text), item.place);
                whole = whole && part.has_value();
                if (part) merge(base, std::move(*part));
            }
        }
        const Place place = node.place;
        merge(base, std::move(node));
        base.place = place;
        // With a part missing, what is left would earn complaints that are not its fault.
        if (!whole) return std::nullopt;
        return base;
    }

    std::vector<Node> take_names(Node& node, std::string_view key) {
        std::vector<Node> names;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            if (node.keys[i].text != key) continue;
            Node value = std::move(node.items[i]);
            node.keys.erase(node.keys.begin() + static_cast<std::ptrdiff_t>(i));
            node.items.erase(node.items.begin() + static_cast<std::ptrdiff_t>(i));
            if (value.kind == Node::Kind::scalar && !value.text.empty()) {
                names.push_back(std::move(value));
            } else if (value.kind == Node::Kind::list) {
                names = std::move(value.items);
            } else {
                refuse_name(value, key);
            }
            break;
        }
        const auto wrong = [&](const Node& name) {
            const bool is_wrong = name.kind != Node::Kind::scalar || name.text.empty();
            if (is_wrong) refuse_name(name, key);
            return is_wrong;
        };
        names.erase(std::remove_if(names.begin(), names.end(), wrong), names.end());
        return names;
    }

    void refuse_name(const Node& at, std::string_view key) {
        report_.add({Code::bad_include,
                     at.place,
                     std::string{key},
                     "'" + std::string{key} + "' needs the name of a file, or a list of them",
                     std::string{key} + ": base.yaml",
                     {}});
    }

    static std::string beside(const std::string& path, const std::string& name) {
        return (std::filesystem::path{path}.parent_path() / name).string();
    }

    Sources& sources_;
    const FileReader& read_;
    Report& report_;
    std::vector<std::string> chain_;  // files being loaded, from the outermost
    std::size_t bytes_max_;
    std::size_t bytes_left_;
    std::size_t nodes_left_ = nodes_max;
};

/// `{normal: ...}` over `{uniform: ...}` means the former, not both.
bool is_distribution(const Node& node) {
    constexpr std::array<std::string_view, 6> shapes{"normal",  "lognormal",   "pareto",
                                                     "uniform", "exponential", "choice"};
    return std::any_of(shapes.begin(), shapes.end(),
                       [&](std::string_view shape) { return node.find(shape) != nullptr; });
}

bool is_named_list(const Node& node) {
    return node.kind == Node::Kind::list && !node.items.empty() &&
           std::all_of(node.items.begin(), node.items.end(),
                       [](const Node& item) { return !item.item_name().empty(); });
}

void merge_maps(Node& base, Node patch) {
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < base.keys.size(); ++i) index.emplace(base.keys[i].text, i);
    for (std::size_t i = 0; i < patch.keys.size(); ++i) {
        const auto found = index.find(patch.keys[i].text);
        if (found != index.end()) {
            base.keys[found->second].place = patch.keys[i].place;
            merge(base.items[found->second], std::move(patch.items[i]));
        } else {
            base.keys.push_back(std::move(patch.keys[i]));
            base.items.push_back(std::move(patch.items[i]));
        }
    }
}

void merge_named_lists(Node& base, Node patch) {
    std::map<std::string, std::size_t, std::less<>> index;
    for (std::size_t i = 0; i < base.items.size(); ++i) {
        index.emplace(base.items[i].item_name(), i);
    }
    std::set<std::string, std::less<>> patched;
    for (Node& item : patch.items) {
        const auto found = index.find(item.item_name());
        // A name that comes twice in one patch is kept twice, for the reader to refuse.
        if (found != index.end() && patched.emplace(item.item_name()).second) {
            merge(base.items[found->second], std::move(item));
        } else {
            base.items.push_back(std::move(item));
        }
    }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].text == key) return &items[i];
    }
    return nullptr;
}

Node* Node::find(std::string_view key) {
    return const_cast<Node*>(std::as_const(*this).find(key));
}

std::string_view Node::item_name() const {
    const Node* name = kind == Kind::map ? find("name") : nullptr;
    return name != nullptr && name->kind == Kind::scalar ? std::string_view{name->text}
                                                         : std::string_view{};
}

std::optional<std::string> read_file(const std::string& path, std::string& why) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        why = "there is no such file";
        return std::nullopt;
    }
    if (!std::filesystem::is_regular_file(status)) {
        why = "it is not a regular file";
        return std::nullopt;
    }
    std::ifstream file{path, std::ios::binary};
    // One more tells that it is too large.
    const std::uintmax_t size =
        std::min<std::uintmax_t>(std::filesystem::file_size(path, error), file_bytes_max);
    std::string text(static_cast<std::size_t>(size) + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.is_open() || file.bad()) {
        why = "it cannot be opened";
        return std::nullopt;
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

void merge(Node& base, Node patch) {
    if (base.kind == Node::Kind::map && patch.kind == Node::Kind::map && !is_distribution(patch)) {
        merge_maps(base, std::move(patch));
    } else if (is_named_list(base) && is_named_list(patch)) {
        merge_named_lists(base, std::move(patch));
    } else {
        base = std::move(patch);
    }
}

Document load_document(const std::string& path, const FileReader& read, Report& report,
                       std::size_t bytes_max) {
    Document document;
    document.root.kind = Node::Kind::map;
    if (auto root = Loader{document.sources, read, report, bytes_max}.load(path, std::nullopt)) {
        document.root = std::move(*root);
    }
    return document;
}

}  // namespace crowdout::world
