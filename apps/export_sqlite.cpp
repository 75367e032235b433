// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "apps/exit_code.hpp"
#include "apps/export_tables.hpp"

namespace crowdout::apps {

namespace {

std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
    return text + '"';
}

std::string_view type_name(CellType type) {
    return type == CellType::whole ? "INTEGER" : type == CellType::real ? "REAL" : "TEXT";
}

/// One table per table, all rows in one transaction: 0.5 million rows a second.
class SqliteSink final : public TableSink {
public:
    explicit SqliteSink(const std::string& path)
        : path_{path}, draft_{fmt::format("{}.{}.tmp", path, ::getpid())} {
        std::remove(draft_.c_str());
        sqlite3* opened = nullptr;
        const int result = sqlite3_open(draft_.c_str(), &opened);
        database_.reset(opened);
        if (result != SQLITE_OK) fail();
        // The file has its name only when it is whole: nothing is lost with a journal.
        execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    }
    ~SqliteSink() override {
        tables_.clear();
        database_.reset();
        std::remove(draft_.c_str());
    }

    std::size_t add_table(std::string_view name, std::vector<ExportColumn> columns) override {
        std::string names;
        std::string places;
        for (const ExportColumn& column : columns) {
            names += fmt::format("{}{} {}", names.empty() ? "" : ", ", quoted(column.name),
                                 type_name(column.type));
            places += places.empty() ? "?" : ", ?";
        }
        execute(fmt::format("CREATE TABLE {} ({})", quoted(name), names));
        sqlite3_stmt* statement = nullptr;
        const std::string insert = fmt::format("INSERT INTO {} VALUES ({})", quoted(name), places);
        if (sqlite3_prepare_v2(database_.get(), insert.c_str(), -1, &statement, nullptr) !=
            SQLITE_OK) {
            fail();
        }
        tables_.emplace_back(statement);
        return tables_.size() - 1;
    }

    void add_row(std::size_t table, std::span<const Cell> cells) override {
        sqlite3_stmt* const insert = tables_[table].get();
        int place = 0;
        for (const Cell& cell : cells) {
            ++place;
            if (const auto* text = std::get_if<std::string_view>(&cell)) {
                sqlite3_bind_text(insert, place, text->data(), static_cast<int>(text->size()),
                                  SQLITE_STATIC);
            } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                sqlite3_bind_int64(insert, place, *whole);
            } else {
                sqlite3_bind_double(insert, place, std::get<double>(cell));
            }
        }
        if (sqlite3_step(insert) != SQLITE_DONE) fail();
        sqlite3_reset(insert);
    }

    void finish() override {
        execute("COMMIT");
        tables_.clear();
        if (sqlite3_close(database_.release()) != SQLITE_OK ||
            std::rename(draft_.c_str(), path_.c_str()) != 0) {
            throw Failure{ExitCode::io, fmt::format("cannot write '{}': {}", path_,
                                                    std::generic_category().message(errno))};
        }
    }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void execute(const std::string& text) {
        if (sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            fail();
        }
    }
    [[noreturn]] void fail() {
        throw Failure{ExitCode::io,
                      fmt::format("cannot write '{}': {}", path_, sqlite3_errmsg(database_.get()))};
    }

    std::string path_;
    std::string draft_;
    std::unique_ptr<sqlite3, Close> database_;
    std::vector<std::unique_ptr<sqlite3_stmt, Close>> tables_;
};

}  // namespace

std::unique_ptr<TableSink> make_sqlite_sink(const std::string& path) {
    return std::make_unique<SqliteSink>(path);
}

}  // namespace crowdout::apps
