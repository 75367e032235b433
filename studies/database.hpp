// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace crowdout::studies {

/// A results file that cannot be used, with the reason: exit code 5.
class ResultsError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One prepared statement of SQL; may be run again and again.
class Statement {
public:
    Statement(sqlite3* database, const std::string& sql);

    /// Gives the next parameter its value, from the first on after each `run` and `reset`.
    Statement& operator<<(std::int64_t value);
    Statement& operator<<(std::string_view text);
    Statement& operator<<(std::optional<double> value);  ///< NULL for none and for NaN

    /// Goes to the next row. @return whether there is one. @throws ResultsError
    bool step();
    /// For statements without rows: does it, and is ready for the next values.
    void run();
    void reset();

    // Of the row that `step` came to.
    [[nodiscard]] int columns() const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] bool is_text(int column) const;
    [[nodiscard]] bool is_whole(int column) const;
    [[nodiscard]] std::int64_t whole(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    void check(int result) const;

    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int bound_ = 0;
};

/// A file of SQLite, open.
class Database {
public:
    enum class Mode : std::uint8_t { read, write, create };

    /// Undoes what a writer that was killed has half written.
    /// @throws ResultsError  where there is no such file, or it is none of SQLite's.
    Database(const std::string& path, Mode mode);

    /// Runs statements without rows or parameters.
    void execute(const std::string& sql);
    [[nodiscard]] Statement prepare(const std::string& sql) const;
    /// The first column of the first row as text; nothing where there is no row.
    [[nodiscard]] std::optional<std::string> value(const std::string& sql) const;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    void open(Mode mode);

    std::string path_;
    std::unique_ptr<sqlite3, Close> database_;
};

/// A name as SQL takes it, whatever it is made of.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace crowdout::studies
