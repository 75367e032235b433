// SPDX-License-Identifier: Apache-2.0
#include "world/csv.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace crowdout::world;

namespace {

/// A text as a table of its own, with what is said of it.
struct Parsed {
    explicit Parsed(const std::string& text, std::size_t rows_max = 100)
        : source{sources.add("t.csv", text)},
          table{parse_csv(sources, source, rows_max, mistakes)} {
        mistakes.finish();
    }

    [[nodiscard]] std::vector<std::string> row(std::size_t index) const {
        std::vector<std::string> texts;
        for (const CsvCell& cell : table->row(index)) texts.push_back(cell.text);
        return texts;
    }

    Sources sources;
    Report report;
    TableMistakes mistakes{report, "data[t]"};
    std::uint32_t source;
    std::optional<CsvTable> table;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("csv: rows are taken apart at commas and line ends") {
    const Parsed parsed{"a,b\n1,2\n3,4"};

    REQUIRE(parsed.table);
    CHECK(parsed.report.ok());
    CHECK(parsed.table->rows() == 2);
    CHECK(parsed.row(0) == Texts{"1", "2"});
    CHECK(parsed.row(1) == Texts{"3", "4"});
}

TEST_CASE("csv: lines may end as on Windows, and the last ones be empty") {
    const Parsed parsed{"a,b\r\n1,2\r\n\r\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.report.ok());
    CHECK(parsed.table->rows() == 1);
    CHECK(parsed.row(0) == Texts{"1", "2"});
}

TEST_CASE("csv: quotes keep commas, line ends and doubled quotes") {
    const Parsed parsed{"a,b\n\"1,5\",\"she said \"\"no\"\"\"\n\"two\nlines\",\"\"\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.report.ok());
    CHECK(parsed.row(0) == Texts{"1,5", "she said \"no\""});
    CHECK(parsed.row(1) == Texts{"two\nlines", ""});
}

TEST_CASE("csv: an empty cell is a cell") {
    const Parsed parsed{"a,b,c\n,,\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.row(0) == Texts{"", "", ""});
}

TEST_CASE("csv: comments at the top are kept without their sign") {
    const Parsed parsed{"# Source: a bank\r\n#licence: none\na\n1\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.table->comments == Texts{"Source: a bank", "licence: none"});
    CHECK(parsed.table->header.front().text == "a");
}

TEST_CASE("csv: a cell knows its place, in characters") {
    const Parsed parsed{"date,值\n一二,\"3\"\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.sources.where(parsed.table->row(0)[1].place) == "t.csv:2:4");
    CHECK(parsed.sources.where(parsed.table->header[1].place) == "t.csv:1:6");
}

TEST_CASE("csv: rows with other numbers of cells are told and left out") {
    const Parsed parsed{"a,b\n1\n2,3\n4,5,6\n"};

    REQUIRE(parsed.table);
    CHECK(parsed.report.error_count() == 2);
    CHECK(parsed.table->rows() == 1);
    CHECK(parsed.row(0) == Texts{"2", "3"});
}

TEST_CASE("csv: more rows than allowed are not read") {
    const Parsed parsed{"a\n1\n2\n3\n4\n", 2};

    REQUIRE(parsed.report.diagnostics().size() == 1);
    const Diagnostic& told = parsed.report.diagnostics().front();
    CHECK(told.code == Code::too_many_rows);
    CHECK(parsed.sources.where(told.place) == "t.csv:4:1");
    CHECK(parsed.table->rows() == 2);
}

TEST_CASE("csv: of many mistakes 20 are told and the rest counted") {
    std::string text = "a,b\n";
    for (int row = 0; row < 50; ++row) text += "1\n";
    const Parsed parsed{text};

    CHECK(parsed.mistakes.count() == 50);
    REQUIRE(parsed.report.diagnostics().size() == 21);
    CHECK(parsed.report.diagnostics().back().message == "and 30 more mistakes from here on");
    CHECK(parsed.sources.where(parsed.report.diagnostics().back().place) == "t.csv:22:1");
}

TEST_CASE("csv: a report shows the row with a caret") {
    const Parsed parsed{"a,b\n1,x\"y\n"};

    CHECK(parsed.report.text(parsed.sources) ==
          "t.csv:2:4: error[E0180]: a quote inside a cell without quotes\n"
          "  at data[t]\n"
          "    2 | 1,x\"y\n"
          "      |    ^\n"
          "  expected: quotes around the whole cell, and two for one inside it\n");
}
