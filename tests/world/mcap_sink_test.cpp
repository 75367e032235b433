// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_sink.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "tests/support/faulty_calls.hpp"
#include "tests/support/files.hpp"

namespace crowdout::world {

namespace {

const Bytes first{1, 2, 3, 4, 5};
const Bytes second{6, 7, 8};

Bytes both() {
    Bytes all = first;
    all.insert(all.end(), second.begin(), second.end());
    return all;
}

/// The reason why writing both and closing failed, 0 where it did not.
int error_of(const test::TemporaryFile& file, test::FaultyCalls& calls) {
    FileSink sink{file.path(), {.durability = Durability::machine, .calls = &calls}};
    try {
        sink.write(first);
        sink.sync();
        sink.write(second);
        sink.sync();
        sink.close();
    } catch (const std::system_error& error) {
        return error.code().value();
    }
    return 0;
}

}  // namespace

TEST_CASE("file sink: what was written is in the file, and in the next one nothing of it") {
    const test::TemporaryFile file;
    {
        FileSink sink{file.path()};
        sink.write(first);
        sink.write(second);
        CHECK(sink.size() == 8);
    }
    CHECK(file.bytes() == both());
    FileSink again{file.path()};
    again.write(second);
    CHECK(file.bytes() == second);
}

TEST_CASE("file sink: asked to, it refuses a file that is there") {
    const test::TemporaryFile file;
    CHECK_THROWS_AS((FileSink{file.path(), {.overwrite = false}}), std::system_error);
}

TEST_CASE("file sink: a folder that is not there is named") {
    try {
        FileSink sink{"/nowhere/at/all.mcap"};
        FAIL("no error");
    } catch (const std::system_error& error) {
        CHECK(std::string{error.what()} ==
              "cannot make /nowhere/at/all.mcap: No such file or directory");
    }
}

// Goal: whatever call fails, a file holds whole writes only, or the system's word is gone too.
// Method: one fault at the k-th call, for every k until there is no k-th call.
TEST_CASE("file sink: interrupted and short writes are taken up again") {
    for (const test::Fault fault : {test::Fault::interrupted, test::Fault::short_write}) {
        bool faulted = true;
        for (int k = 0; faulted; ++k) {
            const test::TemporaryFile file;
            test::FaultyCalls calls{fault, 0, k};
            CHECK(error_of(file, calls) == 0);
            CHECK(file.bytes() == both());
            faulted = calls.faulted();
        }
    }
}

TEST_CASE("file sink: a write that the disk refuses is taken back, and said once") {
    for (const int error : {ENOSPC, EIO, EDQUOT}) {
        for (int k = 0;; ++k) {
            const test::TemporaryFile file;
            // Half of the write succeeds before the disk is full.
            test::FaultyCalls calls{test::Fault::error_after_half, error, k};
            const int seen = error_of(file, calls);
            if (!calls.faulted()) break;
            CHECK(seen == error);
            const Bytes bytes = file.bytes();
            CHECK((bytes.empty() || bytes == first || bytes == both()));
        }
    }
}

TEST_CASE("file sink: after a failure it takes nothing more") {
    const test::TemporaryFile file;
    test::FaultyCalls calls{test::Fault::error_after_half, ENOSPC, 0};
    FileSink sink{file.path(), {.calls = &calls}};
    CHECK_THROWS_AS(sink.write(first), std::system_error);
    CHECK_THROWS_AS(sink.write(first), std::logic_error);
    CHECK_NOTHROW(sink.sync());
    CHECK(file.bytes().empty());
}

TEST_CASE("file sink: a full device is said in words") {
    FileSink sink{"/dev/full"};
    try {
        sink.write(first);
        FAIL("no error");
    } catch (const std::system_error& error) {
        CHECK(std::string{error.what()} == "cannot write to /dev/full: No space left on device");
    }
}

TEST_CASE("file sink: a child process does not inherit the file") {
    const test::TemporaryFile file;
    const FileSink sink{file.path()};
    bool found = false;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fdinfo"}) {
        std::error_code error;
        const auto target =
            std::filesystem::read_symlink("/proc/self/fd" / entry.path().filename(), error);
        if (target != file.path()) continue;
        found = true;
        const std::string info = test::text_of_file(entry.path());
        const auto flags = std::stoul(info.substr(info.find("flags:") + 6), nullptr, 8);
        CHECK((flags & 02000000) != 0);  // O_CLOEXEC as the kernel prints it
    }
    CHECK(found);
}

}  // namespace crowdout::world
