// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_codec.hpp"

#include <zlib.h>
#include <zstd.h>

#include <new>
#include <stdexcept>
#include <string>

namespace crowdout::world {

namespace {

constexpr int level = 1;

std::size_t checked(std::size_t code) {
    if (ZSTD_isError(code) != 0) {
        throw std::runtime_error{std::string{"zstd: "} + ZSTD_getErrorName(code)};
    }
    return code;
}

}  // namespace

std::uint32_t checksum(ByteSpan bytes, std::uint32_t before) {
    return static_cast<std::uint32_t>(crc32_z(before, bytes.data(), bytes.size()));
}

void ChunkCompressor::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

ChunkCompressor::ChunkCompressor() : context_{ZSTD_createCCtx()} {
    if (!context_) throw std::bad_alloc{};
    checked(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level));
}
ChunkCompressor::~ChunkCompressor() = default;
ChunkCompressor::ChunkCompressor(ChunkCompressor&&) noexcept = default;
ChunkCompressor& ChunkCompressor::operator=(ChunkCompressor&&) noexcept = default;

void ChunkCompressor::compress(ByteSpan head, ByteSpan body, ByteWriter& to) {
    checked(ZSTD_CCtx_reset(context_.get(), ZSTD_reset_session_only));
    // The size goes into the frame: readers compare it with the chunk's before they unpack.
    checked(ZSTD_CCtx_setPledgedSrcSize(context_.get(), head.size() + body.size()));
    const std::size_t start = to.size();
    const auto room = to.grow(ZSTD_compressBound(head.size() + body.size()));
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    ZSTD_inBuffer first{head.data(), head.size(), 0};
    ZSTD_inBuffer second{body.data(), body.size(), 0};
    while (first.pos < first.size) {
        checked(ZSTD_compressStream2(context_.get(), &out, &first, ZSTD_e_continue));
    }
    while (checked(ZSTD_compressStream2(context_.get(), &out, &second, ZSTD_e_end)) > 0) {
        // The bound leaves room for everything, or zstd has broken its word.
        if (out.pos == out.size) throw std::runtime_error{"zstd: no room left"};
    }
    to.shrink(start + out.pos);
}

void ChunkDecompressor::Free::operator()(ZSTD_DCtx_s* context) const {
    ZSTD_freeDCtx(context);
}

ChunkDecompressor::ChunkDecompressor() : context_{ZSTD_createDCtx()} {
    if (!context_) throw std::bad_alloc{};
}
ChunkDecompressor::~ChunkDecompressor() = default;
ChunkDecompressor::ChunkDecompressor(ChunkDecompressor&&) noexcept = default;
ChunkDecompressor& ChunkDecompressor::operator=(ChunkDecompressor&&) noexcept = default;

void ChunkDecompressor::decompress(std::string_view compression, ByteSpan packed,
                                   std::uint64_t raw_size, std::uint64_t offset, Bytes& raw) {
    if (raw_size > chunk_bytes_max) {
        throw ReplayError{"a chunk that holds more than 64 MiB", offset};
    }
    if (compression.empty()) {
        if (packed.size() != raw_size) throw ReplayError{"a chunk of two sizes", offset};
        raw.assign(packed.begin(), packed.end());
        return;
    }
    if (compression != chunk_compression) {
        throw ReplayError{"a chunk packed with something other than zstd", offset};
    }
    const unsigned long long promised = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (promised == ZSTD_CONTENTSIZE_ERROR) throw ReplayError{"a chunk that is no zstd", offset};
    if (promised != ZSTD_CONTENTSIZE_UNKNOWN && promised != raw_size) {
        throw ReplayError{"a chunk that does not unpack to its size", offset};
    }
    raw.resize(static_cast<std::size_t>(raw_size));
    const std::size_t size =
        ZSTD_decompressDCtx(context_.get(), raw.data(), raw.size(), packed.data(), packed.size());
    if (ZSTD_isError(size) != 0 || size != raw_size) {
        throw ReplayError{"a chunk that does not unpack", offset};
    }
}

}  // namespace crowdout::world
