// SPDX-License-Identifier: Apache-2.0
#include "world/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "world/scan.hpp"
#include "world/syntax.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

/// Thrown through the parser to end it: what is wrong is already in the report.
struct Stop {};

/// Builds our tree from the parser's events, so that its own nodes are never made.
class Builder final : public YAML::EventHandler {
public:
    Builder(const Sources& sources, std::uint32_t source, std::size_t& nodes_left, Report& report)
        : text_{sources.text(source)}, source_{source}, nodes_left_{nodes_left}, report_{report} {}

    [[nodiscard]] bool has_root() const { return has_root_; }
    [[nodiscard]] Node take_root() { return std::move(root_); }
    [[nodiscard]] std::size_t document_count() const { return document_count_; }

    /// The innermost `[` or `{` that is still open, where a mistake in a flow list shows itself.
    [[nodiscard]] std::optional<Place> open_flow() const {
        if (open_.empty() || !open_.back().flow) return std::nullopt;
        return open_.back().node.place;
    }

    /// What is known to be wrong only once the whole text has been parsed.
    void finish() {
        for (Diagnostic& each : words_without_colon_) report_.add(std::move(each));
        for (const auto& [id, anchor] : anchors_) {
            if (anchor.used) continue;
            report_.add({Code::unused_anchor, anchor.place, "", "anchor is never used", "", {}});
        }
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++document_count_ == 2) {
            fail(Code::several_documents, place(mark, 3), "a second document starts here",
                 "one document per file; remove the line '---' or split the file");
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Node node;
        node.place = place(mark);
        // An empty value has no place of its own: it is told at its key.
        if (const Node::Key* key = open_key()) {
            node.place = key->place;
            require_colon(*key);
        } else {
            step_back_to_dash(node.place);
        }
        take(std::move(node), anchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        Node node;
        node.kind = Node::Kind::scalar;
        node.text = value;
        node.place = place(mark);
        skip_properties(node.place);
        measure_scalar(node, tag);
        take(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end() || !found->second.complete) {
            fail(Code::bad_alias, place(mark), "an alias inside its own anchor has no end", "");
        }
        Anchor& anchored = found->second;
        anchored.used = true;
        if (expects_key() && anchored.node.kind != Node::Kind::scalar) refuse_key(place(mark));
        spend(anchored.weight, place(mark));
        refuse_depth(anchored.height, place(mark));
        Node copy = anchored.node;
        mark_aliased(copy);
        put(std::move(copy), anchored.weight, anchored.height);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(Node::Kind::list, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(Node::Kind::map, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        Node node;
        YAML::anchor_t anchor = 0;
        bool flow = false;
        bool has_key = false;    ///< a key waits for its value
        std::size_t weight = 1;  ///< of the subtree so far
        std::size_t height = 1;  ///< levels of the subtree so far
    };
    struct Anchor {
        Node node;
        Place place;
        std::size_t weight = 0;
        std::size_t height = 0;
        bool complete = false;
        bool used = false;
    };

    [[noreturn]] void fail(Code code, Place at, std::string message, std::string expected) {
        report_.add({code, at, "", std::move(message), std::move(expected), {}});
        throw Stop{};
    }

    [[nodiscard]] Place place(const YAML::Mark& mark, std::size_t length = 1) const {
        const auto offset = std::min<std::size_t>(
            mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos), text_.size());
        return {source_, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
    }

    /// The key that waits for the value being read, or null inside a list.
    [[nodiscard]] const Node::Key* open_key() const {
        if (open_.empty() || !open_.back().has_key) return nullptr;
        return &open_.back().node.keys.back();
    }

    [[nodiscard]] bool expects_key() const {
        return !open_.empty() && open_.back().node.kind == Node::Kind::map && !open_.back().has_key;
    }

    [[noreturn]] void refuse_key(Place at) {
        fail(Code::key_not_text, at, "a key must be a plain text", "key: value");
    }

    /// The parser's mark of an empty item is where it went on; people look at the dash before.
    void step_back_to_dash(Place& at) const {
        const std::size_t before = text_.find_last_not_of(" \t\r\n", at.offset - 1u);
        if (at.offset > 0 && before != std::string::npos && text_[before] == '-') {
            at.offset = static_cast<std::uint32_t>(before);
        }
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        fail(Code::tag_refused, place(mark), "tags such as '!!str' are not used in world files",
             "the bare value; quotes make a text of it");
    }

    /// The parser's mark of `&a 5` or `&a x: 1` points at the anchor; the value comes after.
    void skip_properties(Place& at) const {
        std::size_t i = at.offset;
        if (i >= text_.size() || text_[i] != '&') return;
        i = text_.find_first_of(" \t\r\n", i);
        i = i == std::string::npos ? i : text_.find_first_not_of(" \t\r\n", i);
        if (i != std::string::npos) at.offset = static_cast<std::uint32_t>(i);
    }

    /// Finds how a scalar is written and how long; refuses those that run over lines unmeant.
    void measure_scalar(Node& node, const std::string& tag) {
        const std::string_view rest = std::string_view{text_}.substr(node.place.offset);
        if (tag != "!") {
            node.place.length = static_cast<std::uint32_t>(node.text.size());
            if (rest.starts_with(node.text)) return;
            const std::size_t line = std::min(rest.find_first_of("\r\n"), rest.size());
            node.place.length = static_cast<std::uint32_t>(line);
            report_.add({Code::value_over_lines,
                         node.place,
                         "",
                         "a value without quotes runs on into the next line",
                         "the next line is "
                         "indented too far, or the value needs quotes, or a bracket is open",
                         {}});
            return;
        }
        if (rest.starts_with('|') || rest.starts_with('>')) {
            node.style = Node::Style::block;
            return;
        }
        node.style = Node::Style::quoted;
        const std::size_t length = quoted_length(rest);
        if (length == 0) {
            fail(Code::unclosed_quote, node.place, unclosed_quote_message,
                 "a closing quote; for a text of several lines, a block after '|'");
        }
        node.place.length = static_cast<std::uint32_t>(length);
    }

    /// The parser takes `word` on a line of its own for a key without a value.
    void require_colon(const Node::Key& key) {
        const std::size_t after =
            text_.find_first_not_of(" \t", key.place.offset + key.place.length);
        if (after != std::string::npos && text_[after] == ':') return;
        words_without_colon_.push_back(
            {Code::missing_colon,
             key.place,
             "",
             "'" + shortened(key.text) + "' is neither a key nor a value",
             "key: value, with a colon and a blank",
             {}});
    }

    static void mark_aliased(Node& node) {
        node.aliased = true;
        for (Node& item : node.items) mark_aliased(item);
    }

    /// Every node costs one, and a long text as much as the nodes that would hold it, copies
    /// included: whatever aliases do, memory stays bounded.
    void spend(std::size_t weight, Place at) {
        if (weight > nodes_left_) {
            fail(Code::too_many_nodes, at,
                 "more than " + std::to_string(nodes_max) + " values, aliases written out",
                 "fewer values, or fewer aliases of aliases");
        }
        nodes_left_ -= weight;
    }

    void refuse_depth(std::size_t height, Place at) {
        if (open_.size() + height <= depth_max) return;
        fail(Code::nested_too_deeply, at,
             "more than " + std::to_string(depth_max) + " levels inside each other", "");
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
        refuse_tag(mark, tag);
        refuse_depth(1, place(mark));
        // Until it is closed its anchor is known but incomplete: an alias to it would be a cycle.
        Open level;
        level.node.kind = kind;
        level.node.place = place(mark);
        skip_properties(level.node.place);
        level.anchor = anchor;
        level.flow = style == YAML::EmitterStyle::Flow;
        if (anchor != 0) anchors_[anchor] = {{}, level.node.place, 0, 0, false, false};
        open_.push_back(std::move(level));
    }

    /// A list or map is whole: from now on its anchor may be used.
    void close() {
        Open level = std::move(open_.back());
        open_.pop_back();
        refuse_duplicates(level.node);
        take(std::move(level.node), level.anchor, level.weight, level.height);
    }

    /// The parser keeps both of two equal keys and answers with the first.
    void refuse_duplicates(const Node& node) {
        std::map<std::string_view, Place> seen;
        for (const Node::Key& key : node.keys) {
            const auto [first, is_new] = seen.emplace(key.text, key.place);
            if (is_new) continue;
            report_.add({Code::duplicate_key,
                         key.place,
                         "",
                         "key '" + shortened(key.text) + "' is written twice in this map",
                         "",
                         {{first->second, "first written here"}}});
        }
    }

    void take(Node node, YAML::anchor_t anchor, std::size_t weight = 1, std::size_t height = 1) {
        constexpr std::size_t bytes_per_node = 64;  // about what an empty node occupies
        const std::size_t own = 1 + node.text.size() / bytes_per_node;
        spend(own, node.place);
        weight += own - 1;
        if (anchor != 0) {
            spend(weight, node.place);  // the copy kept for the aliases
            anchors_[anchor] = {node, node.place, weight, height, true, false};
        }
        put(std::move(node), weight, height);
    }

    /// Hangs a finished node where it belongs.
    void put(Node node, std::size_t weight, std::size_t height) {
        if (open_.empty()) {
            root_ = std::move(node);
            has_root_ = true;
            return;
        }
        Open& level = open_.back();
        level.weight += weight;
        level.height = std::max(level.height, height + 1);
        if (level.node.kind == Node::Kind::map && !level.has_key) {
            take_key(level, std::move(node));
            return;
        }
        level.has_key = false;
        level.node.items.push_back(std::move(node));
    }

    void take_key(Open& level, Node node) {
        if (node.kind != Node::Kind::scalar || node.style == Node::Style::block) {
            refuse_key(node.place);
        }
        if (node.text == "<<" && node.style == Node::Style::plain) {
            fail(Code::merge_key, node.place, "merge keys '<<' are not used in world files",
                 "'extends:' or 'include:' at the top of the file, or the keys themselves");
        }
        level.node.keys.push_back({std::move(node.text), node.place});
        level.has_key = true;
    }

    const std::string& text_;
    std::uint32_t source_;
    std::size_t& nodes_left_;
    Report& report_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchor> anchors_;
    std::size_t document_count_ = 0;
    std::vector<Diagnostic> words_without_colon_;  ///< or parts of a list that is not closed
    Node root_;
    bool has_root_ = false;
};

}  // namespace

std::optional<Node> parse_yaml(const Sources& sources, std::uint32_t source,
                               std::size_t& nodes_left, Report& report) {
    const std::string& text = sources.text(source);
    if (!scan_text(sources, source, report)) return std::nullopt;

    Builder builder{sources, source, nodes_left, report};
    const std::size_t errors_before = report.error_count();
    try {
        std::istringstream stream{text};
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
        builder.finish();
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::ParserException& error) {
        // A value that ran on over lines explains better what the parser stumbled on afterwards.
        if (report.error_count() == errors_before) {
            const auto offset = static_cast<std::size_t>(std::max(error.mark.pos, 0));
            report_syntax(sources, source, offset, error.msg, builder.open_flow(), report);
        }
        return std::nullopt;
    }
    if (!builder.has_root()) {
        report.add({Code::empty_document, {source, 0, 1}, "", "the file is empty", "", {}});
        return std::nullopt;
    }
    return builder.take_root();
}

}  // namespace crowdout::world
