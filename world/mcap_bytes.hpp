// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "world/replay_error.hpp"

namespace crowdout::world {

using Bytes = std::vector<std::uint8_t>;
using ByteSpan = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteSpan bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view text_of(ByteSpan bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Appends little-endian integers to a buffer that its caller owns and reuses.
class ByteWriter {
public:
    explicit ByteWriter(Bytes& out) : out_{out} {}

    template <std::unsigned_integral T>
    void integer(T value) {
        const std::size_t at = out_.size();
        out_.resize(at + sizeof(T));
        patch(at, value);
    }
    /// Overwrites an integer that is already there: a length, once it is known.
    template <std::unsigned_integral T>
    void patch(std::size_t at, T value) {
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            out_[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
        }
    }
    void raw(ByteSpan bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
    /// 32 bits of length, then the text.
    void text(std::string_view text) {
        integer(static_cast<std::uint32_t>(text.size()));
        raw(bytes_of(text));
    }
    [[nodiscard]] std::size_t size() const { return out_.size(); }
    /// What was written from there on; holds until the next byte is written.
    [[nodiscard]] ByteSpan written(std::size_t from) const { return ByteSpan{out_}.subspan(from); }
    /// Room for `size` more bytes that another writes, of which `shrink` keeps some.
    [[nodiscard]] std::span<std::uint8_t> grow(std::size_t size) {
        const std::size_t at = out_.size();
        out_.resize(at + size);
        return std::span{out_}.subspan(at);
    }
    void shrink(std::size_t size) { out_.resize(size); }

private:
    Bytes& out_;
};

/// Takes little-endian integers from bytes of unknown origin; every length is compared with what is
/// left before it is used. @throws ReplayError
class ByteReader {
public:
    /// @param offset  of the first byte in the file: for error messages.
    explicit ByteReader(ByteSpan bytes, std::uint64_t offset = 0)
        : bytes_{bytes}, offset_{offset} {}

    template <std::unsigned_integral T>
    [[nodiscard]] T integer() {
        const ByteSpan bytes = take(sizeof(T));
        T value = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            value = static_cast<T>(value | static_cast<T>(static_cast<T>(bytes[i]) << (8 * i)));
        }
        return value;
    }
    [[nodiscard]] ByteSpan take(std::uint64_t size) {
        if (size > left()) throw ReplayError{"a field is longer than what holds it", position()};
        const ByteSpan taken = bytes_.subspan(at_, static_cast<std::size_t>(size));
        at_ += taken.size();
        return taken;
    }
    [[nodiscard]] std::string_view text() { return text_of(take(integer<std::uint32_t>())); }
    /// A part with its own 32 bits of length, to be read by a reader of its own.
    [[nodiscard]] ByteReader part() {
        const auto size = integer<std::uint32_t>();
        const std::uint64_t start = position();
        return ByteReader{take(size), start};
    }

    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
    [[nodiscard]] std::uint64_t position() const { return offset_ + at_; }

private:
    ByteSpan bytes_;
    std::uint64_t offset_;
    std::size_t at_ = 0;
};

}  // namespace crowdout::world
