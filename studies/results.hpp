// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "studies/database.hpp"
#include "studies/member.hpp"
#include "studies/study.hpp"

namespace crowdout::studies {

/// Which program made a results file: results of two programs do not mix.
struct Provenance {
    std::string version{};
    std::string build{};  ///< a hash of the program, or any text that differs where results may
};

/// How far a study is.
struct StudyProgress {
    std::size_t members = 0;
    std::size_t done = 0;
    std::size_t lost = 0;                  ///< failed, crashed, timed out, out of memory
    std::optional<double> seconds_mean{};  ///< of those that ran, not from the cache

    [[nodiscard]] std::size_t ended() const { return done + lost; }
};

/// The one file of a study's results, while it is written. See docs/study_results.md.
///
/// Crash-safe: what `commit` returned from is kept, whatever ends the process; what came after is
/// as if it had not been. Others may read meanwhile. One writer at a time, by a lock beside it.
class Results {
public:
    /// Makes the file, with every member still open; replaces one that is there.
    /// @throws ResultsError
    static Results create(const std::string& path, const Study& study, const Provenance& made_by);

    /// Goes on with a file.
    /// @throws ResultsError  where it belongs to another study, or was made by another program:
    ///                       says what differs.
    static Results resume(const std::string& path, const Study& study, const Provenance& made_by);

    /// Whether the member still has to run.
    [[nodiscard]] bool is_open(std::size_t member) const { return open_[member]; }
    /// Opens those that were lost again, for another try.
    void reopen_lost();

    /// Takes a member's result in; on disk after the next `commit`.
    /// @param rank  that ran it.
    void add(std::size_t member, const MemberResult& result, int rank, bool cached);
    void commit();
    /// Derives sensitivities and attribution from what there is; call when all members ended.
    void derive(const Study& study);

    [[nodiscard]] StudyProgress progress() const;
    [[nodiscard]] const std::string& path() const { return database_.path(); }

    /// Copies members of another file of the same study: those that ended there and are open here,
    /// and those that are done there and were lost here.
    /// @return how many. @throws ResultsError  as `resume`.
    std::size_t merge(const std::string& other, const Study& study, const Provenance& made_by);

private:
    /// The file beside the results that says somebody writes; gone when the process is.
    class Lock {
    public:
        explicit Lock(const std::string& path);
        Lock(Lock&& other) noexcept;
        ~Lock();

    private:
        std::string path_;
        int file_ = -1;
    };

    Results(Lock lock, Database database);
    void begin();
    /// What was derived from fewer members than there are to be: see `derive`.
    void drop_derived();
    void read_open();
    void add_branch(std::int64_t member, std::int64_t branch, const BranchResult& result);

    Lock lock_;
    Database database_;
    struct Statements {
        Statement state;
        Statement digest;
        Statement value;
        Statement series;
        Statement failure;
        Statement timing;
    };
    std::optional<Statements> statements_;
    std::vector<bool> open_;
    std::int64_t series_seconds_ = 0;
    bool in_transaction_ = false;
};

/// How far the study of a results file is.
[[nodiscard]] StudyProgress results_progress(const Database& results);

/// A hash of everything that a study computed: equal for any number of ranks, shards and restarts,
/// and for programs that compute the same.
/// @return 16 hexadecimal digits.
[[nodiscard]] std::string results_digest(const Database& results);

/// Whether that is a results file, of whatever format. @throws ResultsError  where it cannot be
/// read.
[[nodiscard]] bool are_results(const Database& database);

/// The hash of the study that a results file belongs to. @throws ResultsError  where it is none.
[[nodiscard]] std::string results_study_hash(const Database& results);

}  // namespace crowdout::studies
