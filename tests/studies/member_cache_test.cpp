// SPDX-License-Identifier: Apache-2.0
#include "studies/member_cache.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "tests/apps/folder.hpp"
#include "tests/support/files.hpp"

namespace crowdout::studies {

namespace {

namespace fs = std::filesystem;

const MemberJob job{.world = "name: x", .set = {"a=1"}, .seed = 3, .measures = {"{measure: m}"}};

MemberResult result_with(double value) {
    return {.state = MemberState::done,
            .branches = {{.digest = 0xabc, .values = {{value, "", {}}}}}};
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator{folder}) files.push_back(file.path());
    return files;
}

/// A cache in a folder of its own, of a program that is a file.
struct Desk {
    apps::TestFolder scratch;
    std::string folder = (scratch.path() / "cache").string();
    std::string program = scratch.write("program", "one build");

    [[nodiscard]] MemberCache cache(std::uint64_t bytes_max = 1 << 20) const {
        return {folder, program, bytes_max};
    }
};

}  // namespace

TEST_CASE("content id: it is the version 5 UUID of the text") {
    // By Python: uuid.uuid5(uuid.UUID("6b1d0a5e-9327-4c48-8f5a-21d670e9b43c"), "crowdout")
    CHECK(content_id("crowdout") == "3cca54fe-d6e4-5885-b279-f71c3e6ad6c1");
    CHECK(content_id("crowdout") != content_id("crowdout "));
    CHECK_THROWS_AS((void)file_id("/no/such/file"), std::system_error);
}

TEST_CASE("member cache: it gives back what it was given, for the same job only") {
    const Desk desk;
    desk.cache().keep(job, result_with(0.1));

    const MemberCache cache = desk.cache();
    REQUIRE(cache.find(job));
    CHECK(cache.find(job)->branches == result_with(0.1).branches);
    MemberJob other = job;
    other.seed = 4;
    CHECK(!cache.find(other));
    other = job;
    other.measures = {"{measure: n}"};
    CHECK(!cache.find(other));
    other = job;
    other.branches = {{.name = "b"}};
    CHECK(!cache.find(other));
}

TEST_CASE("member cache: another build of the program has other members") {
    const Desk desk;
    desk.cache().keep(job, result_with(0.1));

    desk.scratch.write("program", "two build");

    CHECK(!desk.cache().find(job));
}

TEST_CASE("member cache: only what is done is kept") {
    const Desk desk;
    desk.cache().keep(job, {.state = MemberState::timed_out});

    CHECK(entries(desk.folder).empty());
}

TEST_CASE("member cache: a damaged entry is none, at whatever byte, and is replaced") {
    const Desk desk;
    MemberCache cache = desk.cache();
    cache.keep(job, result_with(0.1));
    REQUIRE(entries(desk.folder).size() == 1);
    const std::string path = entries(desk.folder)[0].string();
    const std::string whole = test::text_of_file(path);

    for (std::size_t length = 0; length < whole.size(); ++length) {
        std::ofstream{path, std::ios::binary} << whole.substr(0, length);
        CHECK(!cache.find(job));
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        std::ofstream{path, std::ios::binary} << flipped;
        // The head's line break is no part of what is checked.
        if (const auto found = cache.find(job)) CHECK(found->branches == result_with(0.1).branches);
    }

    cache.keep(job, result_with(0.2));
    REQUIRE(cache.find(job));
    CHECK(cache.find(job)->branches == result_with(0.2).branches);
}

TEST_CASE("member cache: where it grows too large, what was used longest ago goes") {
    const Desk desk;
    std::vector<MemberJob> jobs(4, job);
    MemberCache cache = desk.cache();
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        jobs[i].seed = 10 + i;
        cache.keep(jobs[i], result_with(0.1));
    }
    const std::uint64_t size = fs::file_size(entries(desk.folder)[0]);
    const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours{48};
    for (const fs::path& file : entries(desk.folder)) fs::last_write_time(file, long_ago);
    CHECK(cache.find(jobs[1]));
    CHECK(cache.find(jobs[3]));
    const std::string draft = desk.folder + "/x.123.draft";
    std::ofstream{draft} << "left behind";
    fs::last_write_time(draft, long_ago);

    const MemberCache smaller = desk.cache(2 * size);

    CHECK(!smaller.find(jobs[0]));
    CHECK(smaller.find(jobs[1]));
    CHECK(!smaller.find(jobs[2]));
    CHECK(smaller.find(jobs[3]));
    CHECK(!fs::exists(draft));
}

TEST_CASE("member cache: it makes room while it grows, too") {
    const Desk desk;
    desk.cache().keep(job, result_with(0.1));
    const std::uint64_t size = fs::file_size(entries(desk.folder)[0]);
    MemberCache cache = desk.cache(10 * size);

    for (std::size_t i = 0; i < 40; ++i) {
        MemberJob next = job;
        next.seed = 10 + i;
        cache.keep(next, result_with(0.1));
        CHECK(entries(desk.folder).size() <= 10);
    }
    CHECK(entries(desk.folder).size() >= 8);
}

TEST_CASE("member cache: a disk that takes nothing costs the entry alone") {
    const Desk desk;
    MemberCache cache = desk.cache();
    fs::remove_all(desk.folder);

    cache.keep(job, result_with(0.1));

    CHECK(!cache.find(job));
    CHECK_THROWS_AS((MemberCache{"/proc/no/folder", desk.program}), std::system_error);
}

TEST_CASE("member cache: its place is the one that the user's system names") {
    const char* const home = std::getenv("HOME");
    const std::string kept = home == nullptr ? "" : home;
    ::setenv("HOME", "/home/somebody", 1);
    ::unsetenv("XDG_CACHE_HOME");
    CHECK(default_cache_folder() == "/home/somebody/.cache/crowdout");
    ::setenv("XDG_CACHE_HOME", "/var/somebody", 1);
    CHECK(default_cache_folder() == "/var/somebody/crowdout");
    ::setenv("XDG_CACHE_HOME", "not/absolute", 1);
    CHECK(default_cache_folder() == "/home/somebody/.cache/crowdout");
    ::unsetenv("HOME");
    CHECK(default_cache_folder() == "");
    ::unsetenv("XDG_CACHE_HOME");
    if (!kept.empty()) ::setenv("HOME", kept.c_str(), 1);
}

}  // namespace crowdout::studies
