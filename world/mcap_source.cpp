// SPDX-License-Identifier: Apache-2.0
#include "world/mcap_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace crowdout::world {

namespace {

constexpr std::size_t window_size = 4096;

}  // namespace

std::size_t MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> to) const {
    if (offset >= bytes_.size()) return 0;
    const auto start = static_cast<std::size_t>(offset);
    const std::size_t size = std::min(to.size(), bytes_.size() - start);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(start), size, to.begin());
    return size;
}

FileSource::FileSource(std::string path) : path_{std::move(path)} {
    // Without waiting: somebody may have named a pipe that nobody writes to.
    file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file_ == -1) fail(errno);
    struct stat status {};
    const int error = ::fstat(file_, &status) == -1 ? errno : 0;
    if (error == 0 && S_ISREG(status.st_mode)) return;
    ::close(file_);
    fail(error != 0 ? error : S_ISDIR(status.st_mode) ? EISDIR : ESPIPE);
}

FileSource::~FileSource() {
    ::close(file_);
}

std::uint64_t FileSource::size() const {
    struct stat status {};
    if (::fstat(file_, &status) == -1) fail(errno);
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t FileSource::read(std::uint64_t offset, std::span<std::uint8_t> to) const {
    std::size_t done = 0;
    while (done < to.size()) {
        const ssize_t count =
            ::pread(file_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
        if (count > 0) done += static_cast<std::size_t>(count);
        if (count == 0) break;
        if (count == -1 && errno != EINTR) fail(errno);
    }
    return done;
}

void FileSource::fail(int error) const {
    throw std::system_error{error, std::generic_category(), "cannot read " + path_};
}

void read_exactly(const ByteSource& source, std::uint64_t offset, std::span<std::uint8_t> to) {
    const std::size_t size = source.read(offset, to);
    if (size < to.size()) throw ReplayError{"the file ends here, within a record", offset + size};
}

ByteSpan SourceWindow::look(std::uint64_t offset, std::size_t size) {
    const bool inside = offset >= offset_ && offset - offset_ <= bytes_.size() &&
                        size <= bytes_.size() - (offset - offset_);
    if (!inside) {
        bytes_.resize(std::max(size, window_size));
        offset_ = offset;
        bytes_.resize(source_.read(offset, bytes_));
        if (bytes_.size() < size) {
            throw ReplayError{"the file ends here, within a record", offset + bytes_.size()};
        }
    }
    return ByteSpan{bytes_}.subspan(static_cast<std::size_t>(offset - offset_), size);
}

}  // namespace crowdout::world
