// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "studies/member.hpp"

namespace crowdout::studies {

class MemberCache;

struct EnsembleOptions {
    int jobs = 0;                        ///< members at once; 0: one per core that there is
    double member_seconds_max = 0;       ///< wall time of one; 0: no limit
    std::uint64_t member_bytes_max = 0;  ///< address space of one; 0: no limit
    std::string cache{};                 ///< folder of members made before; "": none
    /// Makes a member where it is called with the one word `member`; see apps/member.cpp.
    std::string program = "/proc/self/exe";
};

/// Makes members side by side, each in a process of its own.
///
/// A member that crashes, hangs, or takes more than it may is lost alone, and the reason is its
/// result. What was made before comes from the cache, where there is one.
///
///     Ensemble ensemble{{.jobs = 2}};
///     for (...) ensemble.add(id, job);
///     while (ensemble.pending() > 0)
///         if (auto ended = ensemble.next(0.2)) use(ended->id, ended->result);
class Ensemble {
public:
    /// @throws std::system_error  where the cache's folder cannot be made.
    explicit Ensemble(EnsembleOptions options);
    /// Ends the members that still run.
    ~Ensemble();
    Ensemble(const Ensemble&) = delete;
    Ensemble& operator=(const Ensemble&) = delete;

    /// @param id  the caller's own, handed back with the result.
    void add(std::size_t id, MemberJob job);

    struct Ended {
        std::size_t id = 0;
        MemberResult result{};
        bool cached = false;
    };
    /// Waits for a member to end. @return nothing where none did in time, or a signal came first.
    /// @throws std::system_error  where no process can be started; never for a member's fault.
    [[nodiscard]] std::optional<Ended> next(double seconds_max);

    [[nodiscard]] std::size_t running() const;
    [[nodiscard]] std::size_t queued() const { return queue_.size(); }
    /// Members that `next` still owes.
    [[nodiscard]] std::size_t pending() const { return running() + queued(); }
    /// Forgets members that are not wanted any more; those that run are ended.
    void cancel(const std::function<bool(std::size_t id)>& unwanted);

private:
    struct Queued {
        std::size_t id;
        MemberJob job;
    };
    struct Running;

    [[nodiscard]] std::optional<Ended> start_next();
    [[nodiscard]] std::optional<Ended> take_ended();
    [[nodiscard]] bool wait(double seconds_max) const;

    EnsembleOptions options_;
    std::unique_ptr<MemberCache> cache_;
    std::deque<Queued> queue_;
    std::vector<std::unique_ptr<Running>> running_;
};

}  // namespace crowdout::studies
