// SPDX-License-Identifier: Apache-2.0
#include "studies/ensemble.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

#include "studies/child_process.hpp"
#include "studies/member_cache.hpp"
#include "world/par.hpp"
#include "world/replay_error.hpp"
#include "world/text.hpp"

namespace crowdout::studies {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t words_shown = 400;  // bytes of a child's last words in a message

std::string with_last_words(std::string what, std::string_view words) {
    while (!words.empty() && words.back() == '\n') words.remove_suffix(1);
    if (words.empty()) return what;
    const std::size_t from = words.size() > words_shown ? words.size() - words_shown : 0;
    std::string line{words.substr(from)};
    std::ranges::replace(line, '\n', ' ');
    return fmt::format("{}; it said: {}", what, world::shortened(line, words_shown));
}

std::string description(int status) {
    if (WIFEXITED(status)) {
        return fmt::format("its process ended with code {}", WEXITSTATUS(status));
    }
    const int signal = WTERMSIG(status);
    const char* const about = ::sigdescr_np(signal);
    std::string text = fmt::format("its process was killed by signal {} ({})", signal,
                                   about == nullptr ? "unknown" : about);
    if (signal == SIGKILL) text += ", perhaps because the machine was short of memory";
    return text;
}

MemberResult broken(MemberState state, std::string what) {
    return {.state = state, .what = std::move(what)};
}

/// Whether a result answers the job: those who use it count on that.
bool answers(const MemberResult& result, const MemberJob& job) {
    if (result.state != MemberState::done) return true;
    return result.branches.size() == job.branches.size() + 1 &&
           std::ranges::all_of(result.branches, [&](const BranchResult& branch) {
               return branch.values.size() == job.measures.size();
           });
}

/// What a process has to say for itself, or what its end says of it.
MemberResult result_of(const ChildProcess::End& end, const MemberJob& job,
                       const EnsembleOptions& options) {
    if (end.timed_out) {
        return broken(MemberState::timed_out,
                      fmt::format("it took more than {:g} s", options.member_seconds_max));
    }
    if (end.wrote_too_much) {
        return broken(MemberState::crashed, "its process wrote more than any result");
    }
    if (end.status != 0) {
        // Under a limit not everything that asks for memory can be told that there is none.
        const bool starved =
            options.member_bytes_max > 0 && end.last_words.find("bad_alloc") != std::string::npos;
        return broken(starved ? MemberState::out_of_memory : MemberState::crashed,
                      with_last_words(description(end.status), end.last_words));
    }
    try {
        MemberResult result = read_result_json(end.output);
        if (answers(result, job)) return result;
        return broken(MemberState::crashed, "its process answered something else than the job");
    } catch (const world::ReplayError&) {
        return broken(MemberState::crashed,
                      with_last_words("its process wrote no result", end.last_words));
    }
}

}  // namespace

struct Ensemble::Running {
    std::size_t id;
    MemberJob job;
    ChildProcess process;
};

Ensemble::Ensemble(EnsembleOptions options) : options_{std::move(options)} {
    if (options_.jobs <= 0) options_.jobs = world::cores_available();
    if (!options_.cache.empty()) {
        cache_ = std::make_unique<MemberCache>(options_.cache, options_.program);
    }
}

Ensemble::~Ensemble() = default;

void Ensemble::add(std::size_t id, MemberJob job) {
    queue_.push_back({id, std::move(job)});
}

std::size_t Ensemble::running() const {
    return running_.size();
}

std::optional<Ensemble::Ended> Ensemble::next(double seconds_max) {
    const auto until = Clock::now() + std::chrono::duration<double>(seconds_max);
    while (true) {
        if (auto ended = take_ended()) return ended;
        if (auto found = start_next()) return found;
        const double left = std::chrono::duration<double>(until - Clock::now()).count();
        if (running_.empty() || left <= 0 || !wait(left)) return take_ended();
    }
}

/// Fills the places that are free; a member that was made before needs none.
std::optional<Ensemble::Ended> Ensemble::start_next() {
    while (!queue_.empty() && running_.size() < static_cast<std::size_t>(options_.jobs)) {
        Queued next = std::move(queue_.front());
        queue_.pop_front();
        if (cache_) {
            if (auto result = cache_->find(next.job)) {
                return Ended{.id = next.id, .result = std::move(*result), .cached = true};
            }
        }
        const std::string input = job_json(next.job);
        running_.push_back(std::unique_ptr<Running>{new Running{
            next.id, std::move(next.job),
            ChildProcess{
                options_.program,
                {"member", "--starter", std::to_string(::getpid())},
                input,
                {.seconds = options_.member_seconds_max, .bytes = options_.member_bytes_max}}}});
    }
    return std::nullopt;
}

std::optional<Ensemble::Ended> Ensemble::take_ended() {
    // All are served, though one is taken: a child whose pipe is full stands still.
    std::size_t first = running_.size();
    for (std::size_t i = running_.size(); i-- > 0;) {
        if (running_[i]->process.serve()) first = i;
    }
    if (first == running_.size()) return std::nullopt;
    const std::unique_ptr<Running> member = std::move(running_[first]);
    running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(first));
    const ChildProcess::End& end = member->process.end();
    Ended ended{.id = member->id, .result = result_of(end, member->job, options_)};
    ended.result.wall_seconds = end.seconds;
    if (cache_) cache_->keep(member->job, ended.result);
    return ended;
}

/// @return false where a signal came first.
bool Ensemble::wait(double seconds_max) const {
    std::vector<pollfd> polls;
    int patience = static_cast<int>(std::min(seconds_max, 1.0) * 1000) + 1;
    for (const auto& member : running_) {
        member->process.append_polls(polls);
        patience = std::min(patience, member->process.patience_ms());
    }
    return ::poll(polls.data(), polls.size(), patience) >= 0;
}

void Ensemble::cancel(const std::function<bool(std::size_t id)>& unwanted) {
    std::erase_if(queue_, [&](const Queued& each) { return unwanted(each.id); });
    std::erase_if(running_, [&](const auto& each) { return unwanted(each->id); });
}

}  // namespace crowdout::studies
