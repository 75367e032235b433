// SPDX-License-Identifier: Apache-2.0
// Writes the sample replay into a folder, for readers in other languages:
//     finished.mcap    closed
//     unfinished.mcap  its last chunk is cut, as by a dead process
//     recovered.mcap   made of the unfinished one
//     big.mcap         several chunks of a thousand rows, with negative and falling values
#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/sample_replay.hpp"
#include "world/mcap_recover.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

/// Step s has 1,000 rows: row r is order 7 r + s at price 5,000 - 3 r - s, signed by turns.
void write_big(ByteSink& sink) {
    McapWriter writer{sink, test::SampleReplay::header};
    writer.add(McapChannel{.id = 1, .topic = "/orders", .encoding = "crowdout-columns"});
    ColumnBlock block{};
    block.columns = {
        {.name = "step", .type = ColumnType::u32},
        {.name = "order", .type = ColumnType::u64, .transform = ColumnTransform::delta},
        {.name = "price", .type = ColumnType::i32, .transform = ColumnTransform::delta},
        {.name = "quantity", .type = ColumnType::i16}};
    McapChunk chunk;
    for (std::int64_t step = 0; step < 8; ++step) {
        block.clear();
        block.first_step = static_cast<std::uint64_t>(step);
        block.steps = 1;
        for (std::int64_t row = 0; row < 1000; ++row) {
            const std::int64_t sign = row % 2 == 0 ? 1 : -1;
            block.push_row({0, 7 * row + step, 5000 - 3 * row - step, sign * row});
        }
        Bytes bytes;
        encode(block, bytes);
        chunk.clear();
        chunk.add({.channel = 1,
                   .sequence = static_cast<std::uint32_t>(step),
                   .time = static_cast<std::uint64_t>(step) * 1'000'000'000,
                   .data = bytes});
        writer.write(chunk);
    }
    writer.close();
}

void write_file(const std::filesystem::path& path, ByteSpan bytes) {
    FileSink sink{path.string()};
    sink.write(bytes);
    sink.close();
}

void write_samples(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    write_file(folder / "finished.mcap", test::SampleReplay::finished());
    Bytes cut = test::SampleReplay::unfinished();
    cut.erase(cut.end() - 60, cut.end());  // 31 bytes of index, and the end of the chunk before it
    write_file(folder / "unfinished.mcap", cut);
    McapReader broken = test::reader_of(cut);
    FileSink recovered{(folder / "recovered.mcap").string()};
    (void)recover(broken, test::SampleReplay::header, recovered);
    recovered.close();
    FileSink big{(folder / "big.mcap").string()};
    write_big(big);
    big.close();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    try {
        write_samples(arguments[1]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
