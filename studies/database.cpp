// SPDX-License-Identifier: Apache-2.0
#include "studies/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cmath>
#include <tuple>

namespace crowdout::studies {

namespace {

// Readers look at a results file while it grows; each holds it for a moment only. Our choice.
constexpr int patience_ms = 10'000;

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Statement::Statement(sqlite3* database, const std::string& sql) : database_{database} {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    statement_.reset(statement);
    check(result);
}

Statement& Statement::operator<<(std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), ++bound_, value));
    return *this;
}

Statement& Statement::operator<<(std::string_view text) {
    check(sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::operator<<(std::optional<double> value) {
    ++bound_;
    // NaN is NULL to SQLite; said here, so that nobody has to know.
    const bool is_known = value && !std::isnan(*value);
    check(is_known ? sqlite3_bind_double(statement_.get(), bound_, *value)
                   : sqlite3_bind_null(statement_.get(), bound_));
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) check(result);
    return false;
}

void Statement::run() {
    step();
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    bound_ = 0;
}

int Statement::columns() const {
    return sqlite3_column_count(statement_.get());
}
bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
bool Statement::is_text(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_TEXT;
}
bool Statement::is_whole(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_INTEGER;
}
std::int64_t Statement::whole(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
    if (bytes == nullptr) return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {reinterpret_cast<const char*>(bytes), size};
}

void Statement::check(int result) const {
    if (result == SQLITE_OK) return;
    const char* path = sqlite3_db_filename(database_, "main");
    throw ResultsError{
        fmt::format("cannot use '{}': {}", path == nullptr ? "" : path, sqlite3_errmsg(database_))};
}

Database::Database(const std::string& path, Mode mode) : path_{path} {
    open(mode);
    // A file is looked at only when something is asked of it.
    const std::string look = "SELECT count(*) FROM sqlite_schema";
    sqlite3_exec(database_.get(), look.c_str(), nullptr, nullptr, nullptr);
    if (sqlite3_extended_errcode(database_.get()) == SQLITE_READONLY_ROLLBACK) {
        // Its writer was killed in a commit, which has to be undone first, and only a writer can.
        std::ignore = Database{path, Mode::write};
        open(mode);
    }
    std::ignore = value(look);
}

void Database::open(Mode mode) {
    const int flags = mode == Mode::read    ? SQLITE_OPEN_READONLY
                      : mode == Mode::write ? SQLITE_OPEN_READWRITE
                                            : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(path_.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (result != SQLITE_OK) {
        throw ResultsError{fmt::format("cannot open '{}': {}", path_, sqlite3_errmsg(opened))};
    }
    sqlite3_busy_timeout(opened, patience_ms);
}

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw ResultsError{
            fmt::format("cannot use '{}': {}", path_, sqlite3_errmsg(database_.get()))};
    }
}

Statement Database::prepare(const std::string& sql) const {
    return Statement{database_.get(), sql};
}

std::optional<std::string> Database::value(const std::string& sql) const {
    Statement statement = prepare(sql);
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

std::string quoted_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
    return text + '"';
}

}  // namespace crowdout::studies
