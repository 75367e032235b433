// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include "tests/support/faulty_calls.hpp"
#include "tests/support/files.hpp"
#include "tests/support/sample_replay.hpp"
#include "world/mcap_recover.hpp"

namespace crowdout::world {

namespace {

using test::SampleReplay;
using Messages = std::vector<std::vector<test::KeptMessage>>;

Messages sample_messages() {
    McapReader reader = test::reader_of(SampleReplay::finished());
    return test::all_messages(reader);
}

/// The chunks that hold anything, in their order.
Messages without_gaps(const Messages& messages) {
    Messages kept;
    for (const auto& chunk : messages) {
        if (!chunk.empty()) kept.push_back(chunk);
    }
    return kept;
}

/// Is `part` what is left of `whole` when some chunks are left out?
bool left_of(const Messages& part, const Messages& whole) {
    auto next = whole.begin();
    for (const auto& chunk : part) {
        next = std::find(next, whole.end(), chunk);
        if (next == whole.end()) return false;
        ++next;
    }
    return true;
}

/// Recovers, and reads the result as strictly as can be.
Messages recovered(McapReader& from, McapRecovery& recovery) {
    MemorySink sink;
    recovery = recover(from, SampleReplay::header, sink);
    McapReader reader = test::reader_of(sink.bytes());
    REQUIRE(reader.finished());
    REQUIRE(reader.verify());
    REQUIRE(reader.attachments().size() == recovery.attachments);
    return test::all_messages(reader);
}

/// What one flipped bit did.
struct Seen {
    bool opened = false;
    bool verified = false;
    Messages messages{};
};

/// Whatever is given out must be as it was written; attachments too.
Seen look_at(const Bytes& file, const Messages& whole) {
    Seen seen;
    try {
        McapReader reader = test::reader_of(file);
        seen.opened = true;
        seen.messages = without_gaps(test::all_messages(reader));
        REQUIRE(left_of(seen.messages, whole));
        for (std::size_t i = 0; i < reader.attachments().size(); ++i) {
            try {
                const Bytes data = reader.read_attachment(i);
                const std::string_view text = text_of(data);
                REQUIRE((text == SampleReplay::world_text || text == SampleReplay::counts_text));
            } catch (const ReplayError& error) {
                REQUIRE(std::string_view{error.what()}.size() > 10);
            }
        }
        seen.verified = reader.verify();
        REQUIRE(seen.verified == reader.troubles().empty());
        McapRecovery recovery;
        REQUIRE(recovered(reader, recovery) == seen.messages);
    } catch (const ReplayError& error) {
        REQUIRE(std::string_view{error.what()} == "byte 0: this is no MCAP file");
    }
    return seen;
}

}  // namespace

// Goal: a writer may die at any byte; every chunk that is whole is there, and nothing else.
TEST_CASE("mcap damage: cut at every byte, a file gives all of its whole chunks") {
    const Bytes file = SampleReplay::finished();
    const Messages whole = sample_messages();
    std::vector<std::uint64_t> ends;
    const McapReader finished = test::reader_of(file);
    for (const McapChunkInfo& chunk : finished.chunks()) {
        ends.push_back(chunk.offset + chunk.length);
    }
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto cut = file.begin() + static_cast<std::ptrdiff_t>(size);
        const Seen seen = look_at({file.begin(), cut}, whole);
        CHECK(seen.opened == (size >= 8));
        const auto expected = static_cast<std::size_t>(std::count_if(
            ends.begin(), ends.end(), [&](std::uint64_t end) { return end <= size; }));
        REQUIRE(seen.messages.size() == expected);
    }
}

// Goal: no bit can be wrong unnoticed, and none costs more than the chunk that it is in.
TEST_CASE("mcap damage: any flipped bit of a finished file is found, and costs a chunk at most") {
    Bytes file = SampleReplay::finished();
    const Messages whole = sample_messages();
    for (std::size_t i = 0; i < file.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            file[i] = static_cast<std::uint8_t>(file[i] ^ (1 << bit));
            const Seen seen = look_at(file, whole);
            CHECK_FALSE(seen.verified);
            CHECK(seen.opened == (i >= 8));
            INFO(i, ' ', bit);
            if (seen.opened) REQUIRE(seen.messages.size() + 1 >= whole.size());
            file[i] = static_cast<std::uint8_t>(file[i] ^ (1 << bit));
        }
    }
}

TEST_CASE("mcap damage: an unfinished file with a flipped bit never gives wrong messages") {
    Bytes file = SampleReplay::unfinished();
    const Messages whole = sample_messages();
    for (std::size_t i = 0; i < file.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            file[i] = static_cast<std::uint8_t>(file[i] ^ (1 << bit));
            const Seen seen = look_at(file, whole);
            // A chunk that is lost is said to be.
            if (seen.verified) REQUIRE(seen.messages == whole);
            file[i] = static_cast<std::uint8_t>(file[i] ^ (1 << bit));
        }
    }
}

TEST_CASE("mcap damage: what can be saved of a broken file is counted") {
    Bytes file = SampleReplay::finished();
    {
        const McapReader reader = test::reader_of(file);
        file[reader.chunks()[1].offset + 60] ^= 1;
        file[reader.attachments()[0].offset + 60] ^= 1;
    }
    McapReader reader = test::reader_of(file);
    McapRecovery recovery;

    const Messages saved = recovered(reader, recovery);

    CHECK(recovery.chunks == 3);
    CHECK(recovery.chunks_lost == 1);
    CHECK(recovery.messages == 5);
    CHECK(recovery.attachments == 1);
    CHECK(recovery.attachments_lost == 1);
    CHECK(saved.size() == 3);
}

// Goal: whatever the disk does, the file holds whole chunks; if nothing was said, all of them.
// Method: one fault at the k-th call of write, synchronise and close, for every k.
TEST_CASE("mcap damage: whatever call fails while writing, the file can be read") {
    const Messages whole = sample_messages();
    const auto write = [](const test::TemporaryFile& file, test::FaultyCalls& calls) {
        FileSink sink{file.path(), {.durability = Durability::machine, .calls = &calls}};
        McapWriter writer{sink, SampleReplay::header};
        SampleReplay::write(writer);
        writer.sync();
        writer.close();
        sink.close();
    };
    for (const test::Fault fault :
         {test::Fault::interrupted, test::Fault::short_write, test::Fault::error_after_half}) {
        bool faulted = true;
        for (int k = 0; faulted; ++k) {
            const test::TemporaryFile file;
            test::FaultyCalls calls{fault, ENOSPC, k};
            bool refused = false;
            try {
                write(file, calls);
            } catch (const std::system_error& error) {
                refused = true;
                CHECK(error.code().value() == ENOSPC);
            }
            faulted = calls.faulted();
            CHECK(refused == (faulted && fault == test::Fault::error_after_half));
            if (refused && k == 0) {
                CHECK(file.bytes().empty());  // not even the header
                continue;
            }
            McapReader reader{file.path()};
            const Messages messages = test::all_messages(reader);
            CHECK(reader.troubles().empty());
            CHECK(reader.unfinished_bytes() == 0);
            CHECK(left_of(messages, whole));
            if (!refused) CHECK(messages.size() == 4);
        }
    }
}

}  // namespace crowdout::world
