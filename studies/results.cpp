// SPDX-License-Identifier: Apache-2.0
#include "studies/results.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <system_error>
#include <tuple>
#include <utility>

#include "studies/results_fill.hpp"
#include "studies/results_tables.hpp"

namespace crowdout::studies {

namespace {

/// Where two texts part: the first line of each that differs.
std::string first_difference(const std::string& before, const std::string& now) {
    std::istringstream old_lines{before};
    std::istringstream new_lines{now};
    std::string old_line;
    std::string new_line;
    while (true) {
        const bool has_old = static_cast<bool>(std::getline(old_lines, old_line));
        const bool has_new = static_cast<bool>(std::getline(new_lines, new_line));
        if (!has_old && !has_new) return "";
        if (!has_old) return fmt::format("now it also says `{}`", new_line);
        if (!has_new) return fmt::format("it said `{}`", old_line);
        if (old_line != new_line) return fmt::format("`{}` is now `{}`", old_line, new_line);
    }
}

std::string system_reason() {
    return std::generic_category().message(errno);
}

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    return text;
}

std::string kept(const Database& database, const char* table, const char* key, const char* name) {
    return database
        .value(fmt::format("SELECT {} FROM {} WHERE {} = '{}'",
                           std::strcmp(table, "meta") == 0 ? "value" : "text", table, key, name))
        .value_or("");
}

/// @throws ResultsError  where the file's study is not this one.
void check_same(const Database& database, const Study& study, const Provenance& made_by) {
    const std::string& path = database.path();
    if (results_study_hash(database) != study.hash()) {
        const std::string said = kept(database, "study", "part", "study");
        const std::string in_world = kept(database, "study", "part", "world");
        const bool same_study = said == study.text();
        const std::string what = trimmed(same_study ? first_difference(in_world, study.world_text)
                                                    : first_difference(said, study.text()));
        throw ResultsError{fmt::format("'{}' has results of another {}: {}", path,
                                       same_study ? "base world" : "study", what)};
    }
    const std::string build = kept(database, "meta", "key", "build");
    if (build != made_by.build) {
        throw ResultsError{fmt::format(
            "'{}' was made by another build of the program (version {}, {}); this is "
            "version {}, {}",
            path, kept(database, "meta", "key", "version"), build, made_by.version, made_by.build)};
    }
}

void remove_with_journal(const std::string& path) {
    // The journal last: without it a file that was left in a commit is broken.
    ::unlink(path.c_str());
    ::unlink((path + "-journal").c_str());
}

/// Results make place for new ones, in whatever format; what is anything else was not meant.
/// @throws ResultsError
void refuse_foreign(const std::string& path) {
    struct stat there {};
    // A directory is told of by the system when the new file takes its name.
    if (::stat(path.c_str(), &there) != 0 || S_ISDIR(there.st_mode)) return;
    if (!S_ISREG(there.st_mode)) {
        throw ResultsError{fmt::format("'{}' is a pipe or a device, which holds no results", path)};
    }
    if (there.st_size == 0) return;
    std::string why;
    try {
        if (are_results(Database{path, Database::Mode::read})) return;
    } catch (const ResultsError& error) {
        why = fmt::format(" ({})", error.what());
    }
    throw ResultsError{fmt::format(
        "'{}' holds no results of a study{}: name another file, or remove it", path, why)};
}

/// Has its name only when it is whole: a study that is killed here begins anew.
void write_new(const std::string& path, const Study& study, const Provenance& made_by) {
    const std::string draft = path + ".draft";
    remove_with_journal(draft);
    try {
        {
            Database database{draft, Database::Mode::create};
            database.execute("BEGIN");
            database.execute(results_schema_sql());
            fill_results(database, study, made_by);
            database.execute("COMMIT");
        }
        remove_with_journal(path);
        if (std::rename(draft.c_str(), path.c_str()) != 0) {
            throw ResultsError{fmt::format("cannot write '{}': {}", path, system_reason())};
        }
    } catch (...) {
        remove_with_journal(draft);
        throw;
    }
}

}  // namespace

Results::Lock::Lock(const std::string& path) : path_{path + ".lock"} {
    for (bool is_mine = false; !is_mine;) {
        file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file_ < 0)
            throw ResultsError{fmt::format("cannot write '{}': {}", path_, system_reason())};
        if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
            const bool busy = errno == EWOULDBLOCK;
            const std::string why = system_reason();
            ::close(file_);
            throw ResultsError{busy ? fmt::format("another process writes '{}'", path)
                                    : fmt::format("cannot lock '{}': {}", path_, why)};
        }
        // Whoever held it before may have removed the name just after we opened it.
        struct stat held {};
        struct stat named {};
        is_mine = ::fstat(file_, &held) == 0 && ::stat(path_.c_str(), &named) == 0 &&
                  held.st_ino == named.st_ino;
        if (!is_mine) ::close(file_);
    }
}

Results::Lock::Lock(Lock&& other) noexcept
    : path_{std::move(other.path_)}, file_{std::exchange(other.file_, -1)} {}

Results::Lock::~Lock() {
    if (file_ < 0) return;
    std::remove(path_.c_str());
    ::close(file_);
}

Results::Results(Lock lock, Database database)
    : lock_{std::move(lock)}, database_{std::move(database)} {
    // A rollback journal, not a log beside the file: it also works on the shared disks of clusters.
    database_.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
    read_open();
    const auto seconds =
        database_.value("SELECT value FROM meta WHERE key = 'series_every_seconds'");
    series_seconds_ = std::stoll(seconds.value_or("0"));
    statements_.emplace(Statements{
        database_.prepare("UPDATE members SET state = ? WHERE member = ?"),
        database_.prepare("INSERT OR REPLACE INTO digests VALUES (?, ?, ?)"),
        database_.prepare("INSERT OR REPLACE INTO \"values\" VALUES (?, ?, ?, ?, ?, ?, ?)"),
        database_.prepare("INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?)"),
        database_.prepare("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)"),
        database_.prepare("INSERT OR REPLACE INTO timing VALUES (?, ?, ?, ?)")});
}

Results Results::create(const std::string& path, const Study& study, const Provenance& made_by) {
    Lock lock{path};
    refuse_foreign(path);
    write_new(path, study, made_by);
    return Results{std::move(lock), Database{path, Database::Mode::write}};
}

Results Results::resume(const std::string& path, const Study& study, const Provenance& made_by) {
    Lock lock{path};
    // Nothing is written to a file of somebody else's.
    Database database{path, Database::Mode::write};
    check_same(database, study, made_by);
    return Results{std::move(lock), std::move(database)};
}

void Results::read_open() {
    open_.clear();
    Statement states = database_.prepare("SELECT state = 'open' FROM members ORDER BY member");
    while (states.step()) open_.push_back(states.whole(0) != 0);
}

void Results::begin() {
    if (in_transaction_) return;
    database_.execute("BEGIN IMMEDIATE");
    in_transaction_ = true;
}

void Results::commit() {
    if (!in_transaction_) return;
    database_.execute("COMMIT");
    in_transaction_ = false;
}

void Results::reopen_lost() {
    begin();
    database_.execute(
        "UPDATE members SET state = 'open' WHERE state NOT IN ('open', 'done');"
        "DELETE FROM failures");
    drop_derived();
    commit();
    read_open();
}

void Results::add(std::size_t member, const MemberResult& result, int rank, bool cached) {
    begin();
    const auto id = static_cast<std::int64_t>(member);
    Statements& to = *statements_;
    const std::string_view state = enum_names(result.state).data[static_cast<int>(result.state)];
    (to.state << state << id).run();
    (to.timing << id << std::optional{result.wall_seconds} << std::int64_t{rank}
               << std::int64_t{cached})
        .run();
    open_[member] = false;
    if (result.state != MemberState::done) {
        (to.failure << id << state << result.what).run();
        return;
    }
    for (std::size_t i = 0; i < result.branches.size(); ++i) {
        add_branch(id, static_cast<std::int64_t>(i), result.branches[i]);
    }
}

void Results::add_branch(std::int64_t member, std::int64_t branch, const BranchResult& result) {
    Statements& to = *statements_;
    (to.digest << member << branch << fmt::format("{:016x}", result.digest)).run();
    for (std::size_t i = 0; i < result.values.size(); ++i) {
        const world::Measured& value = result.values[i];
        std::optional<double> low;
        std::optional<double> high;
        if (value.within_run_95) std::tie(low, high) = *value.within_run_95;
        (to.value << member << branch << static_cast<std::int64_t>(i) << value.value
                  << value.why_not << low << high)
            .run();
    }
    for (const MemberSeries& series : result.series) {
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            if (std::isnan(series.values[i])) continue;
            (to.series << member << branch << series.name
                       << static_cast<std::int64_t>(i) * series_seconds_
                       << std::optional{series.values[i]})
                .run();
        }
    }
}

void Results::drop_derived() {
    database_.execute("DELETE FROM sensitivity; DELETE FROM attribution");
}

void Results::derive(const Study& study) {
    begin();
    derive_results(database_, study);
    commit();
}

StudyProgress Results::progress() const {
    return results_progress(database_);
}

std::size_t Results::merge(const std::string& other, const Study& study,
                           const Provenance& made_by) {
    check_same(Database{other, Database::Mode::read}, study, made_by);
    Statement attach = database_.prepare("ATTACH ? AS other");
    (attach << other).run();
    begin();
    database_.execute(
        "CREATE TEMP TABLE taken AS SELECT a.member FROM members a JOIN other.members b "
        "USING (member) WHERE a.state = 'open' AND b.state <> 'open' OR a.state <> 'done' AND "
        "b.state = 'done';"
        "UPDATE members SET state = (SELECT state FROM other.members b WHERE b.member = "
        "members.member) WHERE member IN taken;"
        "DELETE FROM failures WHERE member IN taken");
    for (const char* table : {"digests", "values", "series", "failures", "timing"}) {
        database_.execute(fmt::format(
            "INSERT OR REPLACE INTO main.\"{0}\" SELECT * FROM other.\"{0}\" WHERE member IN taken",
            table));
    }
    const auto count = database_.value("SELECT count(*) FROM taken");
    database_.execute("DROP TABLE taken");
    if (count != "0") drop_derived();
    commit();
    database_.execute("DETACH other");
    read_open();
    return static_cast<std::size_t>(std::stoll(count.value_or("0")));
}

}  // namespace crowdout::studies
