// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "world/mcap_bytes.hpp"

namespace crowdout::world {

/// Takes bytes one after another: a file, or memory.
class ByteSink {
public:
    ByteSink() = default;
    virtual ~ByteSink() = default;
    ByteSink(const ByteSink&) = delete;
    ByteSink& operator=(const ByteSink&) = delete;

    /// Takes all bytes or none: after an exception what was there before is still whole.
    /// @throws std::system_error
    virtual void write(ByteSpan bytes) = 0;
    /// Returns when what was written will outlive what the sink promises to outlive.
    /// @throws std::system_error
    virtual void sync() = 0;
};

class MemorySink : public ByteSink {
public:
    void write(ByteSpan bytes) override { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    void sync() override {}
    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

private:
    Bytes bytes_;
};

/// The system calls of a file, as they are: -1 and `errno`. Tests put failures here.
class FileCalls {
public:
    virtual ~FileCalls() = default;
    virtual int open(const char* path, int flags, unsigned mode);
    virtual ssize_t write(int file, const void* bytes, std::size_t size);
    virtual int sync(int file);
    virtual int truncate(int file, off_t size);
    virtual int close(int file);
};

/// What a recording outlives: the death of its process, or that of the machine (`fdatasync`).
enum class Durability : std::uint8_t { process, machine };

/// A file that only grows, by whole writes.
///
/// A write that the disk refuses is taken back: the file is cut to the last whole one, and the
/// error is thrown once. After that the sink takes nothing more.
class FileSink : public ByteSink {
public:
    struct Options {
        Durability durability = Durability::process;
        bool overwrite = true;       ///< or refuse a file that is there
        FileCalls* calls = nullptr;  ///< the system's own unless a test brings others
    };
    /// @throws std::system_error  where the file cannot be made.
    FileSink(std::string path, const Options& options);
    explicit FileSink(std::string path) : FileSink{std::move(path), Options{}} {}
    ~FileSink() override;

    void write(ByteSpan bytes) override;
    void sync() override;
    /// Closes the file: some file systems only now say that it could not be written.
    /// @throws std::system_error
    void close();
    /// Bytes of whole writes.
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    [[noreturn]] void fail(int error, const char* verb) const;

    std::string path_;
    Options options_;
    FileCalls system_;
    FileCalls& calls_;
    int file_ = -1;
    std::uint64_t size_ = 0;
    bool failed_ = false;
};

}  // namespace crowdout::world
