// SPDX-License-Identifier: Apache-2.0
#include "world/syntax.hpp"

#include <algorithm>

namespace crowdout::world {
namespace {

/// The parser's words for a mistake, in ours.
std::string explained(const std::string& message) {
    if (message == "end of map not found" || message == "end of sequence not found") {
        return "this does not fit the indentation above it";
    }
    if (message == "illegal map value") return "a second ': ' in one line, or a missing line break";
    if (message == "unknown token") return "a value cannot start with this character; quote it";
    if (message == "the referenced anchor is not defined") return "no anchor of this name above";
    return message;
}

/// Where a quote opens on the last line of `text` that nothing closes.
std::optional<std::size_t> open_quote_at_end(std::string_view text) {
    const std::size_t line = text.rfind('\n') + 1;  // 0 where there is one line
    std::size_t i = text.find_first_of("\"'", line);
    while (i != std::string_view::npos) {
        const std::size_t length = quoted_length(text.substr(i));
        const bool starts =
            i == line || std::string_view{" [{,"}.find(text[i - 1]) != std::string_view::npos;
        if (starts && length == 0) return i;
        i = text.find_first_of("\"'", i + (starts ? length : 1));
    }
    return std::nullopt;
}

}  // namespace

std::size_t quoted_length(std::string_view text) {
    const char quote = text.empty() ? '\0' : text.front();
    for (std::size_t i = 1; i < text.size() && text[i] != '\n'; ++i) {
        if (text[i] == '\\' && quote == '"') {
            ++i;
        } else if (text[i] == quote) {
            if (quote != '\'' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
            ++i;
        }
    }
    return 0;
}

void report_syntax(const Sources& sources, std::uint32_t source, std::size_t offset,
                   const std::string& message, const std::optional<Place>& open_flow,
                   Report& report) {
    const std::string_view text = sources.text(source);
    offset = std::min(offset, text.size());
    Code code = Code::bad_syntax;
    std::string told = explained(message);
    if (message.find("anchor") != std::string::npos) code = Code::bad_alias;
    if (message.starts_with("unknown escape") && offset >= 2) offset -= 2;  // it is told behind
    const auto quote = open_quote_at_end(text);
    if (quote && message.find("EOF") != std::string::npos) {
        code = Code::unclosed_quote;
        offset = *quote;
        told = unclosed_quote_message;
    }
    // The parser tells an open bracket where it gave up, which may be the end of the file.
    if (open_flow && message.find("flow not found") != std::string::npos) {
        offset = open_flow->offset;
        told = "this bracket is not closed, or a comma is missing inside";
    }
    report.add({code, {source, static_cast<std::uint32_t>(offset), 1}, "", told, "", {}});
}

}  // namespace crowdout::world
