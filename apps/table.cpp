// SPDX-License-Identifier: Apache-2.0
#include "apps/table.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <ostream>

#include "apps/console.hpp"
#include "apps/figures.hpp"

namespace crowdout::apps {

namespace {

constexpr std::size_t gap = 2;  // blanks between columns

}  // namespace

Table::Table(std::vector<std::string> heads) : heads_{std::move(heads)} {
    assert(!heads_.empty());
    for (const std::string& head : heads_) widths_.push_back(display_width(head));
}

void Table::row(std::vector<std::string> cells) {
    assert(cells.size() == heads_.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        widths_[i] = std::max(widths_[i], display_width(cells[i]));
    }
    rows_.push_back({.cells = std::move(cells)});
}

void Table::total(std::vector<std::string> cells) {
    row(std::move(cells));
    rows_.back().ruled = true;
}

void Table::print(std::ostream& out, bool color) const {
    const std::size_t width =
        std::accumulate(widths_.begin(), widths_.end(), gap * (widths_.size() - 1));
    out << tinted(Tint::bold, line(heads_), color) << '\n';
    for (const Row& row : rows_) {
        if (row.ruled) out << tinted(Tint::dim, std::string(width, '-'), color) << '\n';
        out << line(row.cells) << '\n';
    }
}

std::string Table::line(const std::vector<std::string>& cells) const {
    std::string text = cells[0];
    if (cells.size() > 1) text.append(widths_[0] - display_width(cells[0]), ' ');
    for (std::size_t i = 1; i < cells.size(); ++i) {
        text.append(gap + widths_[i] - display_width(cells[i]), ' ');
        text += cells[i];
    }
    return text;
}

}  // namespace crowdout::apps
