// SPDX-License-Identifier: Apache-2.0
#include "world/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "world/text.hpp"

namespace crowdout::world {
namespace {

/// The source line under a message, with a caret below the place.
std::string excerpt(const Sources& sources, Place place) {
    constexpr std::size_t before_max = 60;  // characters shown left of the caret; our choice
    constexpr std::size_t after_max = 60;

    const Position position = sources.position(place);
    std::string_view line = sources.line(place.source, position.line);
    std::size_t column = position.column - 1;
    std::string shown;
    std::string below;
    if (column > before_max) {
        for (std::size_t skip = column - before_max; skip > 0 && !line.empty(); --skip) {
            line.remove_prefix(std::max<std::size_t>(1, utf8_length(line)));
        }
        column = before_max;
        shown = "...";
        below = "   ";
    }
    const std::size_t width = character_count(
        std::string_view{sources.text(place.source)}.substr(place.offset, place.length));
    for (std::size_t i = 0; !line.empty(); ++i) {
        if (i > column + after_max) {
            shown += "...";
            break;
        }
        const std::size_t length = std::max<std::size_t>(1, utf8_length(line));
        // A tab is drawn as one blank, so that the caret below needs no tab stops.
        shown += line.front() == '\t' ? " " : shortened(line.substr(0, length));
        const char mark = i < column ? ' ' : i == column ? '^' : i < column + width ? '~' : '\0';
        if (mark != '\0') below.append(is_wide(line) ? 2 : 1, mark == '^' ? '~' : mark);
        if (mark == '^') below[below.size() - (is_wide(line) ? 2 : 1)] = '^';
        line.remove_prefix(length);
    }
    if (below.find('^') == std::string::npos) below += '^';  // the end of the line
    const std::string number = std::to_string(position.line);
    return fmt::format("{:>5} | {}\n{:>5} | {}\n", number, shown, "", below);
}

std::string_view class_name(Code code) {
    return is_warning(code) ? "warning" : "error";
}

}  // namespace

std::uint32_t Sources::add(std::string name, std::string text) {
    Source source{std::move(name), std::move(text), {0}};
    for (std::size_t i = 0; i < source.text.size(); ++i) {
        if (source.text[i] == '\n') source.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
    }
    sources_.push_back(std::move(source));
    return static_cast<std::uint32_t>(sources_.size() - 1);
}

Position Sources::position(Place place) const {
    const Source& source = sources_[place.source];
    const auto next =
        std::upper_bound(source.line_starts.begin(), source.line_starts.end(), place.offset);
    const std::uint32_t start = *(next - 1);
    const auto before = std::string_view{source.text}.substr(
        start, std::min<std::size_t>(place.offset, source.text.size()) - start);
    return {static_cast<std::uint32_t>(next - source.line_starts.begin()),
            static_cast<std::uint32_t>(character_count(before) + 1)};
}

std::string Sources::where(Place place) const {
    const Position position = this->position(place);
    return fmt::format("{}:{}:{}", name(place.source), position.line, position.column);
}

std::string_view Sources::line(std::uint32_t source, std::uint32_t line) const {
    const std::string_view text = sources_[source].text;
    const std::size_t start = sources_[source].line_starts[line - 1];
    std::string_view found = text.substr(start, text.find('\n', start) - start);
    if (found.ends_with('\r')) found.remove_suffix(1);
    return found;
}

std::string code_name(Code code) {
    return fmt::format("{}{:04}", is_warning(code) ? 'W' : 'E', static_cast<int>(code));
}

void Report::add(Diagnostic diagnostic) {
    ++(is_warning(diagnostic.code) ? warning_count_ : error_count_);
    if (diagnostics_.size() < kept_max) diagnostics_.push_back(std::move(diagnostic));
}

void Report::sort() {
    const auto key = [](const Diagnostic& d) {
        return std::tie(d.place.source, d.place.offset, d.code, d.path, d.message);
    };
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
    const auto last =
        std::unique(diagnostics_.begin(), diagnostics_.end(),
                    [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); });
    for (auto it = last; it != diagnostics_.end(); ++it) {
        --(is_warning(it->code) ? warning_count_ : error_count_);
    }
    diagnostics_.erase(last, diagnostics_.end());
}

std::string Report::text(const Sources& sources) const {
    std::string text;
    for (const Diagnostic& d : diagnostics_) {
        text += fmt::format("{}: {}[{}]: {}\n", sources.where(d.place), class_name(d.code),
                            code_name(d.code), d.message);
        if (!d.path.empty()) text += fmt::format("  at {}\n", d.path);
        text += excerpt(sources, d.place);
        if (!d.expected.empty()) text += fmt::format("  expected: {}\n", d.expected);
        for (const Note& note : d.notes) {
            text += fmt::format("  {}: {}\n", sources.where(note.place), note.text);
        }
    }
    const std::size_t total = error_count_ + warning_count_;
    if (total > diagnostics_.size()) {
        text += fmt::format("... and {} more\n", total - diagnostics_.size());
    }
    return text;
}

std::string Report::json(const Sources& sources, const std::vector<std::string>& notes) const {
    std::string list;
    for (const Diagnostic& d : diagnostics_) {
        const Position position = sources.position(d.place);
        std::string places;
        for (const Note& note : d.notes) {
            const Position at = sources.position(note.place);
            places += fmt::format(R"({}{{"file": {}, "line": {}, "column": {}, "text": {}}})",
                                  places.empty() ? "" : ", ",
                                  json_quoted(sources.name(note.place.source)), at.line, at.column,
                                  json_quoted(note.text));
        }
        list += fmt::format(
            R"({}{{"file": {}, "line": {}, "column": {}, "class": "{}", "code": "{}", "path": {}, )"
            R"("message": {}, "expected": {}, "notes": [{}]}})",
            list.empty() ? "" : ", ", json_quoted(sources.name(d.place.source)), position.line,
            position.column, class_name(d.code), code_name(d.code), json_quoted(d.path),
            json_quoted(d.message), json_quoted(d.expected), places);
    }
    std::string said;
    for (const std::string& note : notes) said += (said.empty() ? "" : ", ") + json_quoted(note);
    return fmt::format(R"({{"errors": {}, "warnings": {}, "diagnostics": [{}], "notes": [{}]}})",
                       error_count_, warning_count_, list, said);
}

}  // namespace crowdout::world
