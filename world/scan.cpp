// SPDX-License-Identifier: Apache-2.0
#include "world/scan.hpp"

#include <string_view>
#include <utility>

#include "world/document.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

class Scan {
public:
    Scan(const Sources& sources, std::uint32_t source, Report& report)
        : text_{sources.text(source)}, source_{source}, report_{report} {}

    bool run() { return every_character_is_text() && no_tab_indents() && flow_depth_is_bounded(); }

private:
    bool refuse(Code code, std::size_t at, std::string message, std::string expected) {
        const Place place{source_, static_cast<std::uint32_t>(at), 1};
        report_.add({code, place, "", std::move(message), std::move(expected), {}});
        return false;
    }

    bool every_character_is_text() {
        for (std::size_t i = 0; i < text_.size();) {
            const std::size_t length = utf8_length(text_.substr(i));
            if (length == 0) {
                return refuse(Code::not_utf8, i, "this byte is not part of UTF-8 text",
                              "a text file saved as UTF-8");
            }
            const auto byte = static_cast<unsigned char>(text_[i]);
            const bool line_break =
                byte == '\n' || (byte == '\r' && text_.substr(i + 1).starts_with('\n'));
            if (!line_break && byte != '\t' && (byte < 0x20 || byte == 0x7f)) {
                return refuse(Code::control_character, i, "a control character has no place here",
                              "a text file; inside double quotes, an escape such as \\n");
            }
            i += length;
        }
        return true;
    }

    bool no_tab_indents() {
        bool clean = true;
        for (std::size_t start = 0; start < text_.size();) {
            const std::size_t first = std::min(text_.find_first_not_of(" \t", start), text_.size());
            const std::size_t tab = text_.substr(start, first - start).find('\t');
            const bool blank = first == text_.size() || text_[first] == '\n' ||
                               text_[first] == '\r' || text_[first] == '#';
            if (tab != std::string_view::npos && !blank) {
                clean = refuse(Code::tab_indentation, start + tab, "a tab cannot indent",
                               "blanks; two for each level");
            }
            start = std::min(text_.find('\n', first), text_.size() - 1) + 1;
        }
        return clean;
    }

    /// Counts brackets that open where a value may start; others are parts of texts.
    bool flow_depth_is_bounded() {
        // The builder counts exactly and refuses at depth_max; this only bounds what it is fed.
        constexpr std::size_t unclosed_max = 4 * depth_max;
        std::size_t unclosed = 0;
        char before = '\n';  // the last character that is no blank
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char c = text_[i];
            const bool starts = std::string_view{"\n:,[{-?"}.find(before) != std::string_view::npos;
            const bool after_blank =
                i == 0 || text_[i - 1] == ' ' || text_[i - 1] == '\t' || text_[i - 1] == '\n';
            if (c == '#' && after_blank) {
                i = std::min(text_.find('\n', i), text_.size()) - 1;
                continue;
            }
            if ((c == '"' || c == '\'') && starts) i = end_of_quote(i);
            if ((c == '[' || c == '{') && starts && ++unclosed > unclosed_max) {
                return refuse(
                    Code::nested_too_deeply, i,
                    "more than " + std::to_string(depth_max) + " levels inside each other", "");
            }
            if ((c == ']' || c == '}') && unclosed > 0) --unclosed;
            if (c != ' ' && c != '\t' && c != '\r') before = c;
        }
        return true;
    }

    /// Where the quoted text that starts at `start` ends: its closing quote or its line.
    [[nodiscard]] std::size_t end_of_quote(std::size_t start) const {
        std::size_t i = start + 1;
        while (i < text_.size() && text_[i] != '\n' && text_[i] != text_[start]) {
            i += text_[i] == '\\' && text_[start] == '"' ? 2 : 1;
        }
        return std::min(i, text_.size() - 1);
    }

    std::string_view text_;
    std::uint32_t source_;
    Report& report_;
};

}  // namespace

bool scan_text(const Sources& sources, std::uint32_t source, Report& report) {
    return Scan{sources, source, report}.run();
}

}  // namespace crowdout::world
