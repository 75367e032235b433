// SPDX-License-Identifier: Apache-2.0
#include "world/measure_catalogue.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "world/field_printer.hpp"

using namespace crowdout::world;

namespace {

/// Names of parameters, those with a default with it: `of, horizon = 1d`.
class Parameters final : public FieldSink {
public:
    void field(const char* key, const FieldInfo& info, const Type& type, void* member) override {
        text_ += (text_.empty() ? "`" : ", `") + std::string{key};
        const std::string usual = value_text(type, info, member);
        if (!info.required && !usual.empty() && usual != "\"\"") text_ += ": " + usual;
        text_ += "`";
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

std::string table_of_measures() {
    std::string table = "| measure | value | parameters | what it is |\n|---|---|---|---|\n";
    for (const CatalogueEntry& entry : measures()) {
        Parameters parameters;
        const auto params = entry.params->make();
        entry.params->visit(params.get(), parameters);
        table += "| `" + std::string{entry.tag} + "` | " +
                 std::string{measure_unit_names.at(static_cast<std::size_t>(unit_of(entry)))} +
                 " | " + parameters.text() + " | " + entry.help + " |\n";
    }
    return table;
}

}  // namespace

TEST_CASE("measures: the catalogue has one entry a tag, in two languages") {
    std::set<std::string_view> tags;
    for (const CatalogueEntry& entry : measures()) {
        CHECK_MESSAGE(tags.insert(entry.tag).second, entry.tag);
        CHECK(std::string_view{entry.help}.ends_with('.'));
        CHECK_MESSAGE(!std::string_view{entry.help_zh}.empty(), entry.tag);
    }
    CHECK(tags.size() >= 30);
}

// Goal: the page that people read has every measure, its parameters and their defaults.
// Method: the table is written where it can be copied from, and must stand in the page.
TEST_CASE("measures: the table in docs/claims.md is current") {
    const std::string table = table_of_measures();
    const std::string written = CROWDOUT_BINARY_DIR "/measures.md";
    std::ofstream{written, std::ios::binary} << table;
    std::ifstream file{CROWDOUT_SOURCE_DIR "/docs/claims.md", std::ios::binary};
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    CHECK_MESSAGE(page.find(table) != std::string::npos, "put ", written, " into docs/claims.md");
}

TEST_CASE("measures: a value is printed in its unit") {
    CHECK(value_text(-0.1234, MeasureUnit::ratio) == "-12.3 %");
    CHECK(value_text(0.00025, MeasureUnit::ratio) == "2.5 bp");
    CHECK(value_text(0, MeasureUnit::ratio) == "0 %");
    CHECK(value_text(0.0425, MeasureUnit::rate) == "4.25 %/yr");
    CHECK(value_text(-4.56e9, MeasureUnit::usd) == "-$4.56 billion");
    CHECK(value_text(999'960, MeasureUnit::usd) == "$1 million");
    CHECK(value_text(12.5, MeasureUnit::usd) == "$12.50");
    CHECK(value_text(0.5312, MeasureUnit::number) == "0.531");
    CHECK(value_text(20, MeasureUnit::days) == "20 d");
}
