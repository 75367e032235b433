// SPDX-License-Identifier: Apache-2.0
#include "world/csv.hpp"

#include <algorithm>
#include <utility>

#include "world/text.hpp"

namespace crowdout::world {
namespace {

constexpr std::size_t columns_max = 256;  // our choice

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

class CsvParser {
public:
    CsvParser(const Sources& sources, std::uint32_t source, TableMistakes& mistakes)
        : text_{sources.text(source)}, source_{source}, mistakes_{mistakes} {}

    std::optional<CsvTable> parse(std::size_t rows_max) {
        if (!is_text()) return std::nullopt;
        take_comments();
        if (!take_header()) return std::nullopt;
        std::vector<CsvCell> row;
        for (std::size_t rows = 0; !at_end(); ++rows) {
            const std::size_t start = at_;
            const bool is_whole = take_row(row);
            if (rows == rows_max) {
                mistakes_.add(Code::too_many_rows, place(start, at_), "too many rows",
                              "at most " + counted(rows_max, "row"));
                break;
            }
            if (is_whole && has_all_cells(row, start)) {
                std::ranges::move(row, std::back_inserter(table_.cells));
            }
        }
        return std::move(table_);
    }

private:
    [[nodiscard]] Place place(std::size_t begin, std::size_t end) const {
        // An end of line is no part of what is shown.
        while (end > begin + 1 && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
        return {source_, static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(std::max<std::size_t>(1, end - begin))};
    }

    /// Refuses what is no text at its first byte: what follows would be noise.
    bool is_text() {
        for (std::size_t i = 0; i < text_.size();) {
            const std::size_t length = utf8_length(text_.substr(i));
            if (length == 0) {
                mistakes_.add(Code::not_utf8, place(i, i + 1),
                              "this byte is not part of UTF-8 text", "a table saved as UTF-8");
                return false;
            }
            const auto byte = static_cast<unsigned char>(text_[i]);
            const bool ends_line =
                byte == '\n' || (byte == '\r' && text_.substr(i + 1).starts_with('\n'));
            if (!ends_line && byte != '\t' && (byte < 0x20 || byte == 0x7f)) {
                mistakes_.add(Code::control_character, place(i, i + 1),
                              "a control character has no place here",
                              "a text of comma-separated values");
                return false;
            }
            i += length;
        }
        return true;
    }

    /// Nothing but line ends is left.
    [[nodiscard]] bool at_end() const {
        return text_.find_first_not_of("\r\n", at_) == std::string_view::npos;
    }

    void take_comments() {
        while (text_.substr(at_).starts_with('#')) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            std::string_view line = text_.substr(at_ + 1, end - at_ - 1);
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.starts_with(' ')) line.remove_prefix(1);
            table_.comments.emplace_back(line);
            at_ = std::min(end + 1, text_.size());
        }
    }

    bool take_header() {
        const std::size_t start = at_;
        if (at_end()) {
            mistakes_.add(Code::no_rows, place(start, start + 1), "the table is empty",
                          "a line with the names of its columns, and a line for each row");
            return false;
        }
        if (!take_row(table_.header)) return false;
        if (table_.header.size() > columns_max) {
            mistakes_.add(Code::bad_row, place(start, at_), "too many columns",
                          "at most " + counted(columns_max, "column"));
            return false;
        }
        for (std::size_t i = 0; i < table_.header.size(); ++i) {
            const CsvCell& cell = table_.header[i];
            const auto end = table_.header.begin() + static_cast<std::ptrdiff_t>(i);
            const auto first = std::find_if(table_.header.begin(), end, [&](const CsvCell& each) {
                return each.text == cell.text;
            });
            if (cell.text.empty()) {
                mistakes_.add(Code::bad_row, cell.place, "a column without a name", "its name");
            } else if (first != end) {
                mistakes_.add(Code::duplicate_name, cell.place,
                              "two columns are called '" + shortened(cell.text) + "'", "",
                              {{first->place, "the first one"}});
            }
        }
        return true;
    }

    bool has_all_cells(const std::vector<CsvCell>& row, std::size_t start) {
        if (row.size() == table_.header.size()) return true;
        const bool is_empty_line = row.size() == 1 && row[0].text.empty() && at_ - start <= 2;
        const bool is_comment = !is_empty_line && text_[start] == '#';
        mistakes_.add(Code::bad_row, place(start, at_),
                      is_empty_line ? "an empty line between the rows"
                      : is_comment  ? "a comment between the rows"
                                    : "this row has " + counted(row.size(), "cell"),
                      is_comment ? "comments at the top of the file only"
                                 : counted(table_.header.size(), "cell") + ", as in the first row");
        return false;
    }

    /// Takes one row with its end of line. @return whether its quotes are right.
    bool take_row(std::vector<CsvCell>& row) {
        row.clear();
        bool is_right = true;
        for (bool more = true; more;) {
            CsvCell& cell = row.emplace_back();
            const std::size_t start = at_;
            if (text_.substr(at_).starts_with('"')) {
                is_right = take_quoted(cell.text) && is_right;
            } else {
                is_right = take_plain(cell.text) && is_right;
            }
            cell.place = place(start, at_);
            more = at_ < text_.size() && text_[at_] == ',';
            if (more) ++at_;
        }
        if (text_.substr(at_).starts_with('\r')) ++at_;
        if (text_.substr(at_).starts_with('\n')) ++at_;
        return is_right;
    }

    bool take_plain(std::string& cell) {
        const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        cell = text_.substr(at_, end - at_);
        const std::size_t quote = cell.find('"');
        if (quote != std::string::npos) {
            mistakes_.add(Code::bad_row, place(at_ + quote, at_ + quote + 1),
                          "a quote inside a cell without quotes",
                          "quotes around the whole cell, and two for one inside it");
        }
        at_ = end;
        return quote == std::string::npos;
    }

    bool take_quoted(std::string& cell) {
        const std::size_t start = at_++;
        for (;;) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                mistakes_.add(Code::unclosed_quote, place(start, start + 1),
                              "this quote is not closed", "a quote at the end of the cell");
                at_ = text_.size();
                return false;
            }
            cell += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (!text_.substr(at_).starts_with('"')) break;
            cell += '"';
            ++at_;
        }
        const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        if (end == at_) return true;
        mistakes_.add(Code::bad_row, place(at_, end), "text after the quote that ends the cell",
                      "a comma or the end of the line; two quotes for one inside a cell");
        at_ = end;
        return false;
    }

    std::string_view text_;
    std::uint32_t source_;
    TableMistakes& mistakes_;
    CsvTable table_;
    std::size_t at_ = 0;
};

}  // namespace

void TableMistakes::add(Code code, Place place, std::string message, std::string expected,
                        std::vector<Note> notes) {
    if (count_ == told_max) first_untold_ = place;
    if (++count_ > told_max) return;
    report_.add({code, place, path_, std::move(message), std::move(expected), std::move(notes)});
}

void TableMistakes::finish() {
    if (count_ <= told_max) return;
    report_.add({Code::more_mistakes,
                 first_untold_,
                 path_,
                 "and " + counted(count_ - told_max, "more mistake") + " from here on",
                 "",
                 {}});
}

std::optional<std::size_t> CsvTable::column(std::string_view name, TableMistakes& mistakes) const {
    const auto found = std::ranges::find(header, name, &CsvCell::text);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    std::vector<std::string_view> names;
    for (const CsvCell& cell : header) names.push_back(cell.text);
    const std::string& first = header.front().text;
    const bool is_one = header.size() == 1 && first.find_first_of(";\t|") != std::string::npos;
    mistakes.add(Code::unknown_column, header.front().place,
                 "no column is called '" + shortened(name) + "'" + did_you_mean(name, names),
                 is_one ? "commas between the cells" : "one of " + joined(names));
    return std::nullopt;
}

std::optional<CsvTable> parse_csv(const Sources& sources, std::uint32_t source,
                                  std::size_t rows_max, TableMistakes& mistakes) {
    return CsvParser{sources, source, mistakes}.parse(rows_max);
}

}  // namespace crowdout::world
