// SPDX-License-Identifier: Apache-2.0
// A libFuzzer program: no bytes make the reader of replays, the recovery or the column blocks
// crash, hang, or give out what they would not write back. Build as world_file_fuzz.cpp says; run
// with
//     build/fuzz/tests/fuzz/mcap_fuzz -max_len=8192 CORPUS
// The first byte says what the others are: a whole file, what a checksum would otherwise keep the
// fuzzer out of (a chunk's content, a summary), or a column block.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "world/column_block.hpp"
#include "world/mcap_recover.hpp"

using namespace crowdout::world;

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

std::uint64_t count_messages(McapReader& reader) {
    std::uint64_t messages = 0;
    McapChunkData data;
    for (std::size_t i = 0; i < reader.chunks().size(); ++i) {
        if (reader.read_chunk(i, data)) messages += data.messages.size();
    }
    return messages;
}

/// What can be read can be written again, and is then without fault.
void read_file(Bytes file) {
    McapReader reader{std::make_unique<MemorySource>(std::move(file))};
    (void)reader.verify();
    const std::uint64_t messages = count_messages(reader);
    MemorySink sink;
    const McapRecovery recovery = recover(reader, {.profile = "crowdout-1"}, sink);
    require(recovery.messages == messages, "the recovery reads other messages");
    McapReader again{std::make_unique<MemorySource>(sink.bytes())};
    require(again.verify() && again.finished(), "the recovered file has a fault");
    require(count_messages(again) == messages, "the recovered file has lost messages");
}

Bytes start_of_file() {
    MemorySink sink;
    const McapWriter writer{sink, {.profile = "crowdout-1"}};
    return sink.bytes();
}

void read_chunk(ByteSpan raw) {
    Bytes file = start_of_file();
    ByteWriter to{file};
    {
        const RecordScope record{to, McapOp::chunk};
        to.integer(std::uint64_t{0});
        to.integer(std::uint64_t{0});
        to.integer(std::uint64_t{raw.size()});
        to.integer(checksum(raw));
        to.text("");
        to.integer(std::uint64_t{raw.size()});
        to.raw(raw);
    }
    read_file(file);
}

void read_summary_of(ByteSpan summary) {
    Bytes file = start_of_file();
    ByteWriter to{file};
    {
        const RecordScope record{to, McapOp::data_end};
        to.integer(checksum(file));
    }
    const std::size_t start = file.size();
    to.raw(summary);
    const std::size_t end = file.size();
    to.integer(static_cast<std::uint8_t>(McapOp::footer));
    to.integer(std::uint64_t{20});
    to.integer(std::uint64_t{start});
    to.integer(std::uint64_t{end});
    to.integer(checksum(to.written(start)));
    to.raw(mcap_magic);
    read_file(file);
}

void read_block(ByteSpan bytes) {
    ColumnBlock block;
    const std::size_t skipped = decode(bytes, block);
    if (skipped > 0) return;
    Bytes again;
    try {
        encode(block, again);
    } catch (const std::invalid_argument&) {
        return;  // a name that is empty: read, but never written
    }
    require(Bytes(bytes.begin(), bytes.end()) == again, "a block changes when written again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteSpan rest{data + 1, size - 1};
    try {
        if (data[0] % 4 == 0) read_file({rest.begin(), rest.end()});
        if (data[0] % 4 == 1) read_chunk(rest);
        if (data[0] % 4 == 2) read_summary_of(rest);
        if (data[0] % 4 == 3) read_block(rest);
    } catch (const ReplayError& error) {
        require(error.what()[0] != 0, "an error without words");
    }
    return 0;
}
