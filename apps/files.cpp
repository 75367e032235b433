// SPDX-License-Identifier: Apache-2.0
#include "apps/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "apps/exit_code.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* deed, const std::string& path) {
    const std::string reason = std::generic_category().message(errno);
    throw Failure{ExitCode::io, fmt::format("cannot {} '{}': {}", deed, path, reason)};
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool close() { return ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// The file that a link names, there or not.
std::string end_of_links(fs::path path) {
    constexpr int links_max = 40;  // as Linux follows
    std::error_code error;
    for (int i = 0; i < links_max && fs::is_symlink(path, error); ++i) {
        path = path.parent_path() / fs::read_symlink(path, error);
    }
    const fs::path whole = fs::weakly_canonical(path, error);
    return (error ? path : whole).string();
}

/// What is no regular file cannot be replaced by one without being lost.
void write_into(const std::string& path, std::string_view bytes) {
    Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (file.number() < 0 || !write_all(file.number(), bytes) || !file.close()) fail("write", path);
}

}  // namespace

std::string read_file(const std::string& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number() < 0) fail("open", path);
    std::string bytes;
    char piece[1 << 16];
    while (true) {
        const ssize_t size = ::read(file.number(), piece, sizeof piece);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) fail("read", path);
        if (size == 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(size));
    }
}

void write_file(const std::string& path, std::string_view bytes) {
    struct stat old {};
    const bool is_there = ::stat(path.c_str(), &old) == 0;
    if (!is_there && errno != ENOENT) fail("write", path);
    if (is_there && !S_ISREG(old.st_mode)) return write_into(path, bytes);

    const std::string goal = end_of_links(path);
    const std::string draft = fmt::format("{}.{}.tmp", goal, ::getpid());
    const mode_t mode = is_there ? old.st_mode & 07777 : 0666;

    Descriptor file{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (file.number() < 0) fail("write", path);
    const bool whole =
        write_all(file.number(), bytes) && ::fsync(file.number()) == 0 && file.close();
    if (!whole || ::rename(draft.c_str(), goal.c_str()) != 0) {
        const int reason = errno;
        ::unlink(draft.c_str());
        errno = reason;
        fail("write", path);
    }
}

void write_new_file(const std::string& path, std::string_view bytes, bool force) {
    std::error_code error;
    if (!force && fs::exists(path, error)) {
        throw Failure{ExitCode::io,
                      fmt::format("'{}' is there already; --force replaces it", path)};
    }
    write_file(path, bytes);
}

bool is_same_file(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return false;
    std::error_code error;
    if (fs::is_other(a, error)) return false;
    if (fs::equivalent(a, b, error)) return true;
    const fs::path one = fs::weakly_canonical(a, error);
    return !error && one == fs::weakly_canonical(b, error);
}

void refuse_replacing(const std::string& output, const std::vector<std::string>& needed) {
    for (const std::string& each : needed) {
        if (!is_same_file(output, each)) continue;
        throw Failure{ExitCode::usage,
                      fmt::format("to write '{}' would destroy '{}', which this needs: name "
                                  "another file",
                                  output, each)};
    }
}

void need_regular(const std::string& output, const char* what) {
    std::error_code error;
    if (!fs::is_other(output, error)) return;
    throw Failure{ExitCode::io,
                  fmt::format("cannot write '{}': a pipe or a device holds no {}", output, what)};
}

}  // namespace crowdout::apps
