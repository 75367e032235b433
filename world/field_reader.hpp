// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "world/diagnostic.hpp"
#include "world/document.hpp"
#include "world/field_type.hpp"

namespace crowdout::world {

using agents::Reference;

/// Names that a world declares, and the places that use them: compared when all has been read.
class NameBook {
public:
    void declare(Reference kind, std::string_view name);
    void use(Reference kinds, const std::string& name, Place place, const std::string& path);
    /// Reports every use of a name that nobody declared.
    void check(Report& report) const;

private:
    struct Use {
        Reference kinds;
        std::string name;
        Place place;
        std::string path;
    };
    std::vector<std::pair<Reference, std::string>> declared_;
    std::vector<Use> uses_;
};

/// Reads trees of a world file into structs, and refuses whatever the structs did not ask for.
///
/// Every mistake goes to the report, none ends the reading: a person sees all of them at once.
class FieldReader {
public:
    explicit FieldReader(Report& report) : report_{report} {}

    /// Fills `object`, of `type`, from `node`. What the file leaves out keeps its default.
    /// @param path  where `node` hangs in the document; "" for the root.
    void read(const Node& node, const Type& type, const FieldInfo& info, void* object,
              const std::string& path);

    /// The names seen so far, for built-in ones to be added; checked by `finish`.
    [[nodiscard]] NameBook& names() { return names_; }
    /// Call last: reports references to names that nobody declared.
    void finish() { names_.check(report_); }

private:
    friend class GroupReader;

    void read_group(const Node& node, const Type& type, void* object, const std::string& path);
    void read_list(const Node& node, const Type& type, const FieldInfo& info, void* object,
                   const std::string& path);
    void read_map(const Node& node, const Type& type, const FieldInfo& info, void* object,
                  const std::string& path);
    void read_scalar(const Node& node, const Type& type, const FieldInfo& info, void* object,
                     const std::string& path);
    void read_number(const Node& node, const Type& type, const FieldInfo& info, void* object,
                     const std::string& path);
    void read_bound(const Node& node, Bound& value, const std::string& path);
    void read_text(const Node& node, const FieldInfo& info, std::string& value,
                   const std::string& path);
    void read_choice(const Node& node, const Type& type, void* object, const std::string& path);
    void read_distribution(const Node& node, const FieldInfo& info, agents::Distribution& value,
                           const std::string& path);
    void read_distribution_shape(const std::string& shape, const Node& node, const FieldInfo& info,
                                 agents::Distribution& value, const std::string& path);
    void read_choice_values(const Node& node, const FieldInfo& info, agents::Distribution& value,
                            const std::string& path);
    bool read_real(const Node& node, const FieldInfo& info, double& value, const std::string& path,
                   bool whole = false);

    void declare_name(const FieldInfo& info, const std::string& name, Place place,
                      const std::string& path);
    bool expect_kind(const Node& node, Node::Kind kind, const std::string& path,
                     const std::string& expected);
    void expect_items(const Node& node, std::size_t count, const FieldInfo& info,
                      const std::string& path);
    void error(Code code, Place place, const std::string& path, std::string message,
               std::string expected = {}, std::vector<Note> notes = {});

    Report& report_;
    NameBook names_;
};

/// `info` for the parts of a distribution or a list: without what only the whole is asked.
[[nodiscard]] FieldInfo part_info(const FieldInfo& info);

/// A range as people write it: `at least 0`, `1 to 100`, `above 0, at most 1`; "" where there is
/// none.
[[nodiscard]] std::string range_text(const FieldInfo& info);

/// Whether `text` may name a thing: not empty, and free of what paths are made of.
[[nodiscard]] bool is_name(std::string_view text);

/// Whether YAML would take `text`, unquoted, for something else than a text.
[[nodiscard]] bool is_look_alike(std::string_view text);

}  // namespace crowdout::world
