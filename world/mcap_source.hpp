// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "world/mcap_bytes.hpp"

namespace crowdout::world {

/// Bytes to be read from anywhere; they may become more, and a file may become fewer.
class ByteSource {
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Fills `to` from there on. @return how many bytes; fewer than asked for only at the end.
    /// @throws std::system_error
    [[nodiscard]] virtual std::size_t read(std::uint64_t offset,
                                           std::span<std::uint8_t> to) const = 0;
};

class MemorySource : public ByteSource {
public:
    explicit MemorySource(Bytes bytes) : bytes_{std::move(bytes)} {}
    void append(ByteSpan bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<std::uint8_t> to) const override;

private:
    Bytes bytes_;
};

/// A regular file, read where it is asked for: it is never mapped, because a file that is cut while
/// it is mapped ends the program that looks at it.
class FileSource : public ByteSource {
public:
    /// @throws std::system_error  where there is no such file, or it is no regular one.
    explicit FileSource(std::string path);
    ~FileSource() override;

    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<std::uint8_t> to) const override;

private:
    [[noreturn]] void fail(int error) const;

    std::string path_;
    int file_ = -1;
};

/// All of the asked bytes. @throws ReplayError  where the source ends before.
void read_exactly(const ByteSource& source, std::uint64_t offset, std::span<std::uint8_t> to);

/// Looks at a few bytes here and there with few reads: what lies near the last look is kept.
class SourceWindow {
public:
    /// @param source  outlives the window.
    explicit SourceWindow(const ByteSource& source) : source_{source} {}

    /// @return so many bytes from there on; they hold until the next look.
    /// @throws ReplayError  where the source ends before.
    [[nodiscard]] ByteSpan look(std::uint64_t offset, std::size_t size);

private:
    const ByteSource& source_;
    std::uint64_t offset_ = 0;
    Bytes bytes_;
};

}  // namespace crowdout::world
