// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "world/mcap_bytes.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace crowdout::world {

/// MCAP's name for what `ChunkCompressor` does.
inline constexpr std::string_view chunk_compression = "zstd";
/// What a chunk may hold unpacked, 64 MiB (our choice): a chunk of ours is closed at 1 MiB or after
/// one step, and a few bytes of zstd could otherwise ask for any amount of memory.
inline constexpr std::uint64_t chunk_bytes_max = std::uint64_t{64} << 20;

/// CRC-32 as of zlib, going on from `before`.
[[nodiscard]] std::uint32_t checksum(ByteSpan bytes, std::uint32_t before = 0);

/// zstd at level 1: level 3 makes our columns 1-3 % smaller and takes 1.5-2 times as long.
class ChunkCompressor {
public:
    ChunkCompressor();
    ~ChunkCompressor();
    ChunkCompressor(ChunkCompressor&&) noexcept;
    ChunkCompressor& operator=(ChunkCompressor&&) noexcept;

    /// Appends one frame with `head` and then `body` in it. @throws std::runtime_error
    void compress(ByteSpan head, ByteSpan body, ByteWriter& to);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

class ChunkDecompressor {
public:
    ChunkDecompressor();
    ~ChunkDecompressor();
    ChunkDecompressor(ChunkDecompressor&&) noexcept;
    ChunkDecompressor& operator=(ChunkDecompressor&&) noexcept;

    /// Unpacks exactly `raw_size` bytes, or copies them where the compression has no name.
    /// @param offset  of the chunk in its file: for error messages.
    /// @throws ReplayError  where the bytes give more or less, or name another compression.
    void decompress(std::string_view compression, ByteSpan packed, std::uint64_t raw_size,
                    std::uint64_t offset, Bytes& raw);

private:
    struct Free {
        void operator()(ZSTD_DCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_DCtx_s, Free> context_;
};

}  // namespace crowdout::world
