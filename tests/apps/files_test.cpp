// SPDX-License-Identifier: Apache-2.0
#include "apps/files.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "apps/exit_code.hpp"
#include "tests/apps/folder.hpp"

using namespace crowdout::apps;

namespace fs = std::filesystem;

namespace {

ExitCode code_of(const auto& deed) {
    try {
        deed();
    } catch (const Failure& failure) {
        return failure.code();
    }
    return ExitCode::ok;
}

}  // namespace

TEST_CASE("files: what is written is read, every byte") {
    const TestFolder folder;
    std::string bytes(200'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);

    write_file(folder.file("a"), bytes);

    CHECK(read_file(folder.file("a")) == bytes);
}

TEST_CASE("files: a replaced file keeps its permissions, and nothing is left beside it") {
    const TestFolder folder;
    folder.write("a", "old");
    fs::permissions(folder.file("a"), fs::perms::owner_read | fs::perms::owner_write);

    write_file(folder.file("a"), "new");

    CHECK(folder.read("a") == "new");
    CHECK(fs::status(folder.file("a")).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}) == 1);
}

TEST_CASE("files: a link stays a link, its target is replaced") {
    const TestFolder folder;
    folder.write("target", "old");
    fs::create_symlink("target", folder.file("link"));

    write_file(folder.file("link"), "new");

    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(folder.read("target") == "new");
}

TEST_CASE("files: a link to what is not there yet stays a link") {
    const TestFolder folder;
    fs::create_directory(folder.file("sub"));
    fs::create_symlink("sub/target", folder.file("link"));

    write_file(folder.file("link"), "new");

    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(folder.read("sub/target") == "new");
}

TEST_CASE("files: a pipe is written into and stays a pipe, behind a link too") {
    const TestFolder folder;
    const std::string pipe = folder.file("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    fs::create_symlink("pipe", folder.file("link"));
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(reader >= 0);

    for (const char* name : {"pipe", "link"}) {
        write_file(folder.file(name), "new");

        char bytes[8];
        CHECK(::read(reader, bytes, sizeof bytes) == 3);
        CHECK(std::string(bytes, 3) == "new");
        CHECK(fs::is_fifo(pipe));
    }
    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}) == 2);
    ::close(reader);
}

TEST_CASE("files: what is there is not replaced unless it may be") {
    const TestFolder folder;
    write_new_file(folder.file("a"), "mine", false);

    CHECK(code_of([&] { write_new_file(folder.file("a"), "new", false); }) == ExitCode::io);
    CHECK(folder.read("a") == "mine");
    write_new_file(folder.file("a"), "new", true);
    CHECK(folder.read("a") == "new");
}

TEST_CASE("files: what is read is not written over, by whatever name") {
    const TestFolder folder;
    const std::string file = folder.write("a", "mine");
    fs::create_symlink("a", folder.file("link"));
    fs::create_hard_link(file, folder.file("twin"));

    for (const char* name : {"a", "./a", "link", "twin"}) {
        CHECK(is_same_file(file, folder.file(name)));
        CHECK(code_of([&] { refuse_replacing(folder.file(name), {"", file}); }) == ExitCode::usage);
    }
    CHECK_FALSE(is_same_file(file, folder.file("b")));
    CHECK(is_same_file(folder.file("b"), folder.file("./b")));  // both would be made
    CHECK_FALSE(is_same_file("", ""));
    CHECK_FALSE(is_same_file("/dev/null", "/dev/null"));
    refuse_replacing("", {"", file});
    refuse_replacing(folder.file("b"), {"", file});
}

TEST_CASE("files: what cannot be read or written is trouble with a file") {
    const TestFolder folder;

    CHECK(code_of([&] { (void)read_file(folder.file("nowhere")); }) == ExitCode::io);
    CHECK(code_of([&] { (void)read_file(folder.path()); }) == ExitCode::io);
    CHECK(code_of([&] { write_file(folder.file("no/such/folder"), "x"); }) == ExitCode::io);
}
