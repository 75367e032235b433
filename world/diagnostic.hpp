// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace crowdout::world {

/// What is wrong with a world file. The numbers are printed (`E0123`), so they never change
/// meaning. From 300 on they are warnings (`W0301`): the world still runs.
enum class Code : std::uint16_t {
    // The text.
    unreadable_file = 101,
    file_too_large = 102,
    not_utf8 = 103,
    control_character = 104,
    tab_indentation = 105,
    unclosed_quote = 106,
    nested_too_deeply = 107,
    bad_syntax = 108,
    several_documents = 109,
    empty_document = 110,
    bad_alias = 111,
    too_many_nodes = 112,
    tag_refused = 113,
    value_over_lines = 114,
    missing_colon = 115,
    // Its structure.
    duplicate_key = 120,
    merge_key = 121,
    key_not_text = 122,
    unknown_key = 123,
    missing_key = 124,
    wrong_kind = 125,
    no_value = 126,
    duplicate_name = 127,
    too_few_items = 128,
    // Files that refer to files.
    include_cycle = 130,
    too_many_includes = 131,
    bad_include = 132,
    // Single values.
    not_a_number = 140,
    wrong_unit = 141,
    out_of_range = 142,
    not_finite = 143,
    ambiguous_number = 144,
    not_representable = 145,
    too_large = 146,
    not_a_bool = 147,
    unknown_choice = 148,
    bad_time = 149,
    bad_distribution = 150,
    not_text = 151,
    bad_name = 152,
    // Names of other things.
    unknown_reference = 160,
    unknown_variant = 161,
    // Tables of data.
    bad_row = 180,
    unknown_column = 181,
    too_many_rows = 182,
    no_rows = 183,
    time_not_after = 184,
    more_mistakes = 185,
    // --set and set.
    bad_path = 170,
    cannot_edit = 171,
    // What a struct says about itself.
    inconsistent = 200,
    // What only building the world shows.
    impossible = 201,
    // Warnings.
    unused_anchor = 301,
    questionable = 302,
};

[[nodiscard]] constexpr bool is_warning(Code code) {
    return static_cast<std::uint16_t>(code) >= 300;
}

/// A stretch of one source text, in bytes.
struct Place {
    std::uint32_t source = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 1;
};

/// Where a person finds a place: both count from 1, columns in characters.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// The texts that one load has seen: files, and the arguments of `--set`.
class Sources {
public:
    /// @param name  as messages print it: a path, or `--set a.b=c`.
    std::uint32_t add(std::string name, std::string text);

    [[nodiscard]] std::size_t size() const { return sources_.size(); }
    [[nodiscard]] const std::string& name(std::uint32_t source) const {
        return sources_[source].name;
    }
    [[nodiscard]] const std::string& text(std::uint32_t source) const {
        return sources_[source].text;
    }
    [[nodiscard]] Position position(Place place) const;
    /// `file:line:column`
    [[nodiscard]] std::string where(Place place) const;
    /// Without its end of line; `line` counts from 1.
    [[nodiscard]] std::string_view line(std::uint32_t source, std::uint32_t line) const;

private:
    struct Source {
        std::string name;
        std::string text;
        std::vector<std::uint32_t> line_starts;
    };
    std::vector<Source> sources_;
};

struct Note {
    Place place;
    std::string text;
};

struct Diagnostic {
    Code code{};
    Place place;
    std::string path;      ///< of the value: `populations[fund-a].cash`; may be empty
    std::string message;   ///< what is wrong, with the nearest known name where there is one
    std::string expected;  ///< what would be right; may be empty
    std::vector<Note> notes;
};

/// Everything that is wrong with a world, gathered before anything is said.
class Report {
public:
    static constexpr std::size_t kept_max = 200;  ///< more are only counted (our choice)

    void add(Diagnostic diagnostic);

    [[nodiscard]] std::size_t error_count() const { return error_count_; }
    [[nodiscard]] std::size_t warning_count() const { return warning_count_; }
    /// Whether further ones are only counted: then no effort need go into their words.
    [[nodiscard]] bool full() const { return diagnostics_.size() >= kept_max; }
    [[nodiscard]] bool ok() const { return error_count_ == 0; }
    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

    /// By source, place and code; the same mistake at the same place is kept once.
    void sort();
    /// As a compiler would say it, with source lines and carets. No colour.
    [[nodiscard]] std::string text(const Sources& sources) const;
    /// One JSON object: numbers of errors and warnings, diagnostics with file and line, notes.
    [[nodiscard]] std::string json(const Sources& sources,
                                   const std::vector<std::string>& notes = {}) const;

private:
    std::vector<Diagnostic> diagnostics_;
    std::size_t error_count_ = 0;
    std::size_t warning_count_ = 0;
};

/// `E0123` or `W0301`.
[[nodiscard]] std::string code_name(Code code);

/// A world that cannot run: `what()` is the report's text. Caught once, in `main`: exit code 3.
class InvalidWorld : public std::runtime_error {
public:
    InvalidWorld(const std::string& text, std::string json_text)
        : std::runtime_error{text}, json{std::move(json_text)} {}

    std::string json;
};

}  // namespace crowdout::world
