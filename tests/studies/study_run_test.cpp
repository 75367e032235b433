// SPDX-License-Identifier: Apache-2.0
#include "studies/study_run.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::studies {

namespace {

/// Ranks that are threads of this process, and what they say to each other.
class Office {
public:
    explicit Office(int size) : size_{size} {}

    class Desk final : public Ranks {
    public:
        Desk(Office& office, int rank) : office_{office}, rank_{rank} {}
        [[nodiscard]] int rank() const override { return rank_; }
        [[nodiscard]] int size() const override { return office_.size_; }
        [[nodiscard]] std::string broadcast(std::string text) override {
            std::unique_lock lock{office_.mutex_};
            if (rank_ == 0) office_.common_ = std::move(text);
            office_.said_.notify_all();
            office_.said_.wait(lock, [&] { return office_.common_.has_value(); });
            return *office_.common_;
        }
        void send(int to, std::string text) override {
            const std::lock_guard lock{office_.mutex_};
            office_.boxes_[to].push_back({rank_, std::move(text)});
        }
        [[nodiscard]] std::optional<Message> receive() override {
            const std::lock_guard lock{office_.mutex_};
            std::deque<Message>& box = office_.boxes_[rank_];
            if (box.empty()) return std::nullopt;
            Message message = std::move(box.front());
            box.pop_front();
            return message;
        }
        void abort(int) override { office_.aborted_ = true; }

    private:
        Office& office_;
        int rank_;
    };

    [[nodiscard]] bool aborted() const { return aborted_; }

private:
    int size_;
    bool aborted_ = false;
    std::mutex mutex_;
    std::condition_variable said_;
    std::optional<std::string> common_;
    std::map<int, std::deque<Ranks::Message>> boxes_;
};

const Provenance program{.version = "1", .build = "abc"};
const EnsembleOptions one_job{.jobs = 1, .program = CROWDOUT_PROGRAM};

Study study_of(const apps::TestFolder& folder, const std::vector<std::string>& sets = {}) {
    folder.write("world.yaml", std::string{test::crowd_world});
    LoadedStudy loaded =
        load_study(folder.write("study.yaml",
                                "name: toy\nworld: world.yaml\nseeds: 6\n"
                                "set: [duration=10min]\n"
                                "measures:\n"
                                "  - {name: r, measure: total_return, of: COIN}\n"),
                   sets);
    REQUIRE_MESSAGE(loaded.study.has_value(), loaded.text());
    return *std::move(loaded.study);
}

/// Runs what is open of a study on so many ranks; stops after so many members.
bool run_on(int ranks, const Study& study, Results& results, const Shard& shard = {},
            std::size_t stop_after = 1'000, MemberState expected = MemberState::done) {
    Office office{ranks};
    std::vector<std::thread> others;
    for (int rank = 1; rank < ranks; ++rank) {
        others.emplace_back([&office, rank] {
            Office::Desk desk{office, rank};
            follow_study(one_job, desk);
        });
    }
    std::size_t ended = 0;
    const StudyWatcher watcher{.goes_on = [&] { return ended < stop_after; },
                               .ended =
                                   [&](std::size_t, const MemberResult& result) {
                                       CHECK(result.state == expected);
                                       ++ended;
                                   }};
    Office::Desk desk{office, 0};
    const bool finished = lead_study(study, results, shard, one_job, desk, watcher);
    for (std::thread& each : others) each.join();
    CHECK_FALSE(office.aborted());
    return finished;
}

std::string digest_of(const std::string& path) {
    return results_digest(Database{path, Database::Mode::read});
}

}  // namespace

TEST_CASE("study run: any number of ranks gives the same results") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    std::string expected;
    for (const int ranks : {1, 3}) {
        CAPTURE(ranks);
        const std::string path = folder.file(std::to_string(ranks) + ".sqlite");
        {
            Results results = Results::create(path, study, program);
            CHECK(run_on(ranks, study, results));
            CHECK(results.progress().done == 6);
        }
        if (expected.empty()) expected = digest_of(path);
        CHECK(digest_of(path) == expected);
    }
}

TEST_CASE("study run: one that was stopped goes on to the same results") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    const std::string whole = folder.file("whole.sqlite");
    const std::string parts = folder.file("parts.sqlite");
    {
        Results results = Results::create(whole, study, program);
        CHECK(run_on(1, study, results));
    }
    {
        Results results = Results::create(parts, study, program);
        CHECK_FALSE(run_on(2, study, results, {}, 2));
        CHECK(results.progress().done >= 2);
        CHECK(results.progress().done < 6);
    }
    {
        Results results = Results::resume(parts, study, program);
        CHECK(run_on(2, study, results));
    }
    CHECK(digest_of(parts) == digest_of(whole));
}

TEST_CASE("study run: a shard makes its own members only") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    Results results = Results::create(folder.file("r.sqlite"), study, program);

    CHECK(run_on(1, study, results, {.index = 1, .count = 4}));

    for (std::size_t member = 0; member < 6; ++member) {
        CHECK(results.is_open(member) == (member % 4 != 1));
    }
}

TEST_CASE("study run: the limits of a study bind members on every rank") {
    const apps::TestFolder folder;
    const Study study = study_of(folder, {"seeds=40", "limits.time=1ms"});
    const std::string path = folder.file("r.sqlite");
    Results results = Results::create(path, study, program);

    CHECK(run_on(2, study, results, {}, 1'000, MemberState::timed_out));

    const Database written{path, Database::Mode::read};
    CHECK(written.value("SELECT count(*) > 0 FROM timing WHERE rank = 1") == "1");
}

// Goal: a rank that cannot work is not waited for.
// Method: its members are to be made by a program that is not there.
TEST_CASE("study run: a rank that gives up ends the study with its reason") {
    const apps::TestFolder folder;
    const Study study = study_of(folder);
    Results results = Results::create(folder.file("r.sqlite"), study, program);
    Office office{2};
    std::thread other{[&office] {
        Office::Desk desk{office, 1};
        follow_study({.jobs = 1, .program = "/no/such/program"}, desk);
    }};
    Office::Desk desk{office, 0};
    const StudyWatcher watcher{.goes_on = [] { return true; },
                               .ended = [](std::size_t, const MemberResult&) {}};

    CHECK_THROWS_WITH_AS(lead_study(study, results, {}, one_job, desk, watcher),
                         doctest::Contains("rank 1 gave up: "), std::runtime_error);
    other.join();
}

}  // namespace crowdout::studies
