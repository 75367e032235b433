// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace crowdout::apps {

/// A plain-text table: a title, a first column of names on the left, figures on the right.
///
///     Prices          first      last   return
///     BTC         64,000.00 51,200.00  -20.0 %
///
/// The title is the head of the first column, so that a table costs no line more than it must.
class Table {
public:
    /// @param heads  of all columns; the first is the table's title.
    explicit Table(std::vector<std::string> heads);

    /// @param cells  as many as there are heads.
    void row(std::vector<std::string> cells);
    /// A row below a rule, for sums.
    void total(std::vector<std::string> cells);

    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    void print(std::ostream& out, bool color) const;

private:
    struct Row {
        std::vector<std::string> cells;
        bool ruled = false;
    };

    [[nodiscard]] std::string line(const std::vector<std::string>& cells) const;

    std::vector<std::size_t> widths_;  // one a column, in terminal columns
    std::vector<std::string> heads_;
    std::vector<Row> rows_;
};

}  // namespace crowdout::apps
