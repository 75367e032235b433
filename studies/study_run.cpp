// SPDX-License-Identifier: Apache-2.0
#include "studies/study_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "world/json_fields.hpp"
#include "world/par.hpp"

namespace crowdout::studies {

namespace {

// All our choice. Ranks look at messages this often, and sleep in between.
constexpr double look_seconds = 0.01;
constexpr double commit_seconds = 0.5;
constexpr double goodbye_seconds = 3;
constexpr std::size_t batch_max = 64;

/// What members have in common: goes out once, since only rank 0 reads the study.
struct Terms {
    std::string job{};
    double member_seconds_max = 0;
    std::uint64_t member_bytes_max = 0;
};
/// What differs between members.
struct Task {
    std::uint64_t member = 0;
    std::uint64_t seed = 0;
    std::vector<std::string> set{};
};
struct Tasks {
    std::vector<Task> tasks{};
};
/// A member's result on its way to rank 0; `result` is JSON of its own.
struct Delivery {
    std::uint64_t member = 0;
    bool cached = false;
    std::string result{};
};

void visit_fields(auto& field, auto& terms) requires requires {
    terms.job;
}
{
    field("job", terms.job);
    field("member_seconds_max", terms.member_seconds_max);
    field("member_bytes_max", terms.member_bytes_max);
}
void visit_fields(auto& field, auto& task) requires requires {
    task.seed;
}
{
    field("member", task.member);
    field("seed", task.seed);
    field("set", task.set);
}
void visit_fields(auto& field, auto& tasks) requires requires {
    tasks.tasks;
}
{ field("tasks", tasks.tasks); }
void visit_fields(auto& field, auto& delivery) requires requires {
    delivery.cached;
}
{
    field("member", delivery.member);
    field("cached", delivery.cached);
    field("result", delivery.result);
}

template <class T>
T parsed(const std::string& text) {
    T value;
    const world::Node node = world::parse_json("message", text);
    world::JsonReader{node}.read(value);
    return value;
}

// The first letter of a message says what follows it.
constexpr char wants = 'W';     // to rank 0: members, for so many idle slots
constexpr char made = 'R';      // to rank 0: a Delivery
constexpr char leaves = 'D';    // to rank 0: nothing more will come
constexpr char gives_up = 'E';  // to rank 0: and why
constexpr char work = 'J';      // from rank 0: Tasks
constexpr char no_more = 'S';   // from rank 0: finish what you have
constexpr char stop = 'X';      // from rank 0: end at once

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point moment) {
    return std::chrono::duration<double>(Clock::now() - moment).count();
}

int slots_of(const EnsembleOptions& options) {
    return options.jobs > 0 ? options.jobs : world::cores_available();
}

/// One rank's members: an ensemble that knows what they have in common.
class Crew {
public:
    Crew(EnsembleOptions options, MemberJob common)
        : slots_{static_cast<std::size_t>(slots_of(options))},
          common_{std::move(common)},
          ensemble_{std::move(options)} {}

    void add(const Task& task) {
        MemberJob job = common_;
        job.seed = task.seed;
        job.set = task.set;
        ensemble_.add(task.member, std::move(job));
    }
    /// Whether another member should be at hand before one ends.
    [[nodiscard]] bool is_hungry() const { return ensemble_.queued() == 0; }
    [[nodiscard]] std::size_t idle() const {
        return slots_ - std::min(slots_, ensemble_.pending());
    }
    [[nodiscard]] bool is_empty() const { return ensemble_.pending() == 0; }
    void stop() {
        ensemble_.cancel([](std::size_t) { return true; });
    }
    /// A member that ended, after waiting a little for one.
    std::optional<Ensemble::Ended> next() {
        if (!is_empty()) return ensemble_.next(look_seconds);
        std::this_thread::sleep_for(std::chrono::duration<double>(look_seconds));
        return std::nullopt;
    }

private:
    std::size_t slots_;
    MemberJob common_;
    Ensemble ensemble_;
};

/// Rank 0: hands out members, takes results in, and runs members itself.
class Leader {
public:
    Leader(const Study& study, Results& results, const Shard& shard, const EnsembleOptions& options,
           Ranks& ranks, const StudyWatcher& watcher)
        : study_{study},
          results_{results},
          ranks_{ranks},
          watcher_{watcher},
          terms_{.job = job_json(study.common_job()),
                 .member_seconds_max = options.member_seconds_max,
                 .member_bytes_max = options.member_bytes_max},
          crew_{options, study.common_job()},
          slots_{static_cast<std::size_t>(slots_of(options) * ranks.size())},
          others_{ranks.size() - 1} {
        for (std::size_t member = 0; member < study.member_count(); ++member) {
            if (shard.has(member) && results.is_open(member)) left_.push_back(member);
        }
        std::reverse(left_.begin(), left_.end());  // taken from the back, so in order
    }

    bool lead() {
        std::ignore = ranks_.broadcast(world::to_json(terms_));
        while (!left_.empty() || !crew_.is_empty() || others_ > 0) {
            if (!watcher_.goes_on()) return end_early();
            while (const auto message = ranks_.receive()) answer(*message);
            if (crew_.is_hungry()) {
                for (const Task& task : take(crew_.idle()).tasks) crew_.add(task);
            }
            if (const auto ended = crew_.next()) {
                take_in(ended->id, ended->result, 0, ended->cached);
            }
            if (seconds_since(committed_) > commit_seconds) commit();
        }
        commit();
        return true;
    }

private:
    /// The next batch: half of an equal share, so that later ones even out what differs; at least
    /// what is idle, and one to have at hand.
    Tasks take(std::size_t idle) {
        const std::size_t guided = std::min(batch_max, left_.size() / (2 * slots_));
        const std::size_t count = std::min(left_.size(), std::max({guided, idle, std::size_t{1}}));
        Tasks batch;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t member = left_.back();
            left_.pop_back();
            batch.tasks.push_back({member, study_.seed_of(member), study_.assignments(member)});
        }
        return batch;
    }

    void answer(const Ranks::Message& message) {
        const std::string body = message.text.substr(1);
        switch (message.text.front()) {
            case wants: {
                const Tasks batch = take(std::stoul(body));
                ranks_.send(message.from, batch.tasks.empty() ? std::string{no_more}
                                                              : work + world::to_json(batch));
                break;
            }
            case made: {
                const auto delivery = parsed<Delivery>(body);
                take_in(delivery.member, read_result_json(delivery.result), message.from,
                        delivery.cached);
                break;
            }
            case leaves:
                --others_;
                break;
            default:
                commit();
                throw std::runtime_error{fmt::format("rank {} gave up: {}", message.from, body)};
        }
    }

    void take_in(std::size_t member, const MemberResult& result, int rank, bool cached) {
        results_.add(member, result, rank, cached);
        watcher_.ended(member, result);
    }

    void commit() {
        results_.commit();
        committed_ = Clock::now();
    }

    /// What is done is on disk before anybody is told to go.
    bool end_early() {
        commit();
        crew_.stop();
        for (int rank = 1; rank < ranks_.size(); ++rank) ranks_.send(rank, std::string{stop});
        const Clock::time_point began = Clock::now();
        while (others_ > 0 && seconds_since(began) < goodbye_seconds) {
            if (const auto message = ranks_.receive()) {
                if (message->text.front() == leaves) --others_;
                continue;
            }
            std::this_thread::sleep_for(std::chrono::duration<double>(look_seconds));
        }
        // One that does not answer is dead or stuck; to wait for it in MPI would be for ever.
        if (others_ > 0) ranks_.abort(1);
        return false;
    }

    const Study& study_;
    Results& results_;
    Ranks& ranks_;
    const StudyWatcher& watcher_;
    Terms terms_;
    Crew crew_;
    std::size_t slots_;
    int others_;
    std::vector<std::size_t> left_;
    Clock::time_point committed_ = Clock::now();
};

void follow(EnsembleOptions options, Ranks& ranks) {
    const auto terms = parsed<Terms>(ranks.broadcast(""));
    options.member_seconds_max = terms.member_seconds_max;
    options.member_bytes_max = terms.member_bytes_max;
    Crew crew{std::move(options), read_job_json(terms.job)};
    bool has_asked = false;
    bool is_over = false;
    while (!is_over || !crew.is_empty()) {
        while (const auto message = ranks.receive()) {
            has_asked = false;
            if (message->text.front() == stop) return crew.stop();
            is_over = message->text.front() == no_more;
            if (is_over) continue;
            for (const Task& task : parsed<Tasks>(message->text.substr(1)).tasks) crew.add(task);
        }
        if (!is_over && !has_asked && crew.is_hungry()) {
            ranks.send(0, wants + std::to_string(crew.idle()));
            has_asked = true;
        }
        if (const auto ended = crew.next()) {
            const Delivery delivery{ended->id, ended->cached, result_json(ended->result)};
            ranks.send(0, made + world::to_json(delivery));
        }
    }
}

}  // namespace

EnsembleOptions limited(EnsembleOptions options, const LimitsConfig& limits) {
    options.member_seconds_max = limits.time.seconds();
    options.member_bytes_max = static_cast<std::uint64_t>(limits.memory_gb * 1e9);
    return options;
}

bool lead_study(const Study& study, Results& results, const Shard& shard,
                const EnsembleOptions& options, Ranks& ranks, const StudyWatcher& watcher) {
    const EnsembleOptions bound = limited(options, study.config.limits);
    return Leader{study, results, shard, bound, ranks, watcher}.lead();
}

void follow_study(const EnsembleOptions& options, Ranks& ranks) {
    try {
        follow(options, ranks);
        ranks.send(0, std::string{leaves});
    } catch (const std::exception& error) {
        ranks.send(0, gives_up + std::string{error.what()});
    }
}

}  // namespace crowdout::studies
