// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "apps/exit_code.hpp"
#include "apps/export_tables.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_bytes = 1 << 16;

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// As RFC 4180 has it: quotes where a comma, a quote or a line's end is in a text.
void append_field(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

class CsvSink final : public TableSink {
public:
    explicit CsvSink(const std::string& folder) : folder_{folder} {
        std::error_code error;
        fs::create_directories(folder_, error);
        if (error) {
            throw Failure{ExitCode::io,
                          fmt::format("cannot make '{}': {}", folder, error.message())};
        }
    }
    ~CsvSink() override {
        for (Table& table : tables_) {
            table.file.reset();
            std::error_code ignored;
            if (!finished_) fs::remove(draft(table), ignored);
        }
    }

    std::size_t add_table(std::string_view name, std::vector<ExportColumn> columns) override {
        Table& table = tables_.emplace_back();
        table.path = folder_ / (std::string{name} + ".csv");
        table.file.reset(std::fopen(draft(table).c_str(), "we"));
        if (!table.file) fail(table);
        for (const ExportColumn& column : columns) {
            if (!table.text.empty()) table.text += ',';
            append_field(table.text, column.name);
        }
        table.text += '\n';
        return tables_.size() - 1;
    }

    void add_row(std::size_t number, std::span<const Cell> cells) override {
        Table& table = tables_[number];
        for (const Cell& cell : cells) {
            if (&cell != cells.data()) table.text += ',';
            if (const auto* text = std::get_if<std::string_view>(&cell)) {
                append_field(table.text, *text);
            } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                fmt::format_to(std::back_inserter(table.text), "{}", *whole);
            } else {
                fmt::format_to(std::back_inserter(table.text), "{}", std::get<double>(cell));
            }
        }
        table.text += '\n';
        if (table.text.size() >= buffer_bytes) write(table);
    }

    void finish() override {
        for (Table& table : tables_) {
            write(table);
            if (std::fflush(table.file.get()) != 0) fail(table);
        }
        for (Table& table : tables_) {
            std::error_code error;
            fs::rename(draft(table), table.path, error);
            if (error) {
                errno = error.value();
                fail(table);
            }
        }
        finished_ = true;
    }

private:
    struct Table {
        fs::path path{};
        std::unique_ptr<std::FILE, Close> file{};
        std::string text{};
    };

    static std::string draft(const Table& table) { return table.path.string() + ".tmp"; }
    static void write(Table& table) {
        const std::size_t size = table.text.size();
        if (std::fwrite(table.text.data(), 1, size, table.file.get()) != size) fail(table);
        table.text.clear();
    }
    [[noreturn]] static void fail(const Table& table) {
        throw Failure{ExitCode::io, fmt::format("cannot write '{}': {}", table.path.string(),
                                                std::generic_category().message(errno))};
    }

    fs::path folder_;
    std::vector<Table> tables_;
    bool finished_ = false;
};

}  // namespace

std::unique_ptr<TableSink> make_csv_sink(const std::string& folder) {
    return std::make_unique<CsvSink>(folder);
}

}  // namespace crowdout::apps
