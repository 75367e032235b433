// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace crowdout::world {

int FileCalls::open(const char* path, int flags, unsigned mode) {
    return ::open(path, flags, mode);
}
ssize_t FileCalls::write(int file, const void* bytes, std::size_t size) {
    return ::write(file, bytes, size);
}
int FileCalls::sync(int file) {
    return ::fdatasync(file);
}
int FileCalls::truncate(int file, off_t size) {
    return ::ftruncate(file, size);
}
int FileCalls::close(int file) {
    return ::close(file);
}

namespace {

/// A signal may interrupt any call that waits; then it is simply made again.
template <class Call>
auto uninterrupted(const Call& call) {
    auto result = call();
    while (result == -1 && errno == EINTR) result = call();
    return result;
}

}  // namespace

FileSink::FileSink(std::string path, const Options& options)
    : path_{std::move(path)},
      options_{options},
      calls_{options.calls != nullptr ? *options.calls : system_} {
    // Appending, so that after a cut the next byte cannot leave a hole.
    const int flags =
        O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (options_.overwrite ? O_TRUNC : O_EXCL);
    file_ = uninterrupted([&] { return calls_.open(path_.c_str(), flags, 0644); });
    if (file_ == -1) fail(errno, "cannot make ");
}

FileSink::~FileSink() {
    if (file_ != -1) calls_.close(file_);
}

void FileSink::write(ByteSpan bytes) {
    if (failed_ || file_ == -1) throw std::logic_error{path_ + ": written to after its end"};
    ByteSpan left = bytes;
    while (!left.empty()) {
        const ssize_t written =
            uninterrupted([&] { return calls_.write(file_, left.data(), left.size()); });
        if (written > 0) {
            left = left.subspan(static_cast<std::size_t>(written));
            continue;
        }
        // A disk that takes nothing and gives no reason is full.
        const int error = written == 0 ? ENOSPC : errno;
        failed_ = true;
        // Where this fails too (a pipe), readers find the cut record themselves.
        (void)uninterrupted([&] { return calls_.truncate(file_, static_cast<off_t>(size_)); });
        fail(error, "cannot write to ");
    }
    size_ += bytes.size();
}

void FileSink::sync() {
    if (options_.durability == Durability::process || failed_ || file_ == -1) return;
    const int result = uninterrupted([&] { return calls_.sync(file_); });
    // What has no disk behind it (a pipe) cannot be synchronised, and need not be.
    if (result == -1 && errno != EINVAL && errno != EROFS) {
        failed_ = true;
        fail(errno, "cannot synchronise ");
    }
}

void FileSink::close() {
    if (file_ == -1) return;
    const int file = std::exchange(file_, -1);
    // Never again after EINTR: the descriptor is gone, and may already be somebody else's.
    if (calls_.close(file) == -1 && errno != EINTR) fail(errno, "cannot close ");
}

void FileSink::fail(int error, const char* verb) const {
    throw std::system_error{error, std::generic_category(), verb + path_};
}

}  // namespace crowdout::world
