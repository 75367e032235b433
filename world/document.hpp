// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/diagnostic.hpp"

namespace crowdout::world {

/// Limits of a world file, so that no text can cost more than a moment. Our choices.
inline constexpr std::size_t text_bytes_max = 1 << 20;  ///< of all files of a world together
/// A world in full, as a recording carries it, has its tables within its text.
inline constexpr std::size_t resolved_bytes_max = 16 << 20;
inline constexpr std::size_t file_bytes_max = 4 << 20;  ///< of one file, a table perhaps
inline constexpr std::size_t depth_max = 64;            ///< lists and maps inside each other
inline constexpr std::size_t nodes_max = 200'000;       ///< after aliases are written out
inline constexpr std::size_t include_depth_max = 16;
inline constexpr std::size_t include_count_max = 64;

/// A piece of a world file as our own value, with the place where it was written.
///
/// The parser's own nodes share storage and may be cyclic; these are plain trees, aliases written
/// out, so that walking one always ends.
struct Node {
    enum class Kind : std::uint8_t { null, scalar, list, map };
    /// How a scalar was written.
    enum class Style : std::uint8_t { plain, quoted, block };

    struct Key {
        std::string text;
        Place place;
    };

    Kind kind = Kind::null;
    Style style = Style::plain;
    bool aliased = false;  ///< written elsewhere, as `&anchor`
    Place place;
    std::string text;         ///< of a scalar
    std::vector<Key> keys;    ///< of a map, as many as `items`
    std::vector<Node> items;  ///< of a list or a map, in the order of the file

    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] Node* find(std::string_view key);
    /// The text under `name:` where this is a map that has one.
    [[nodiscard]] std::string_view item_name() const;
};

/// Reads one YAML text into a tree; refuses what YAML allows and people do not mean.
///
/// Refused: tabs as indentation, quotes and plain values over several lines, repeated keys, merge
/// keys, tags, several documents, aliases that contain themselves or explode.
/// @param nodes_left  what the world may still hold, of `nodes_max`; lowered.
/// @return nothing where a mistake leaves no tree; every mistake is in `report`.
[[nodiscard]] std::optional<Node> parse_yaml(const Sources& sources, std::uint32_t source,
                                             std::size_t& nodes_left, Report& report);

/// Gives the text of a file. @return nothing, and the reason in `why`, where it cannot be read.
using FileReader =
    std::function<std::optional<std::string>(const std::string& path, std::string& why)>;

/// Reads regular files; of one above `file_bytes_max` bytes no more than shows that it is.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path, std::string& why);

/// A world file with everything that it extends and includes, merged into one tree.
struct Document {
    Sources sources;
    Node root;  ///< a map; empty where nothing could be read
};

/// Loads `path` and what its `extends:` and `include:` name, relative to the file that names it.
///
/// Later wins: first the base, then each included file in order, then the file itself. Maps are
/// merged, but distributions are replaced; so are lists, but lists of maps that have a `name` are
/// patched by name.
/// @param bytes_max  of all these files together.
[[nodiscard]] Document load_document(const std::string& path, const FileReader& read,
                                     Report& report, std::size_t bytes_max = text_bytes_max);

/// Lays `patch` over `base` by the rules above. Cost: linear in both, times a logarithm.
void merge(Node& base, Node patch);

}  // namespace crowdout::world
