// SPDX-License-Identifier: Apache-2.0
#include "studies/child_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace crowdout::studies {

namespace {

constexpr std::size_t last_words_bytes = 2000;
/// A child is reaped when its streams close, or at this pace where it closed or passed them on.
constexpr int patience_open_ms = 100;
constexpr int patience_closed_ms = 1;

[[noreturn]] void fail(int error, const std::string& deed) {
    throw std::system_error{error, std::generic_category(), deed};
}

/// Its reader's end never blocks.
struct Pipe {
    Descriptor reader;
    Descriptor writer;
};

Pipe make_pipe() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) fail(errno, "cannot make a pipe");
    Pipe pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
    if (::fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) fail(errno, "cannot make a pipe");
    return pipe;
}

/// A nameless file in memory: unlike a pipe it takes any input at once, and never blocks.
Descriptor file_with(std::string_view text) {
    Descriptor file{::memfd_create("input", MFD_CLOEXEC)};
    if (!file.is_open()) fail(errno, "cannot make a file in memory");
    while (!text.empty()) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(errno, "cannot write to a file in memory");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    ::lseek(file.number(), 0, SEEK_SET);
    return file;
}

/// The two parameter blocks of posix_spawn, which want to be destroyed.
struct SpawnSettings {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    SpawnSettings() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
};

void limit(pid_t pid, decltype(RLIMIT_AS) what, std::uint64_t most) {
    const rlimit both{.rlim_cur = most, .rlim_max = most};
    // It can only fail where the child has already ended, or was given a lower limit from outside.
    ::prlimit(pid, what, &both, nullptr);
}

/// Takes what there is, but not more at a time than a pipe can hold many times over: one who writes
/// without end must not keep its reader from everything else.
template <class Take>
void read_some(Descriptor& stream, Take take) {
    char piece[1 << 16];
    for (int pieces = 0; pieces < 64 && stream.is_open(); ++pieces) {
        const ssize_t size = ::read(stream.number(), piece, sizeof piece);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && errno == EAGAIN) return;
        if (size > 0) {
            take(std::string_view{piece, static_cast<std::size_t>(size)});
        } else {
            stream.close();
        }
    }
}

}  // namespace

void Descriptor::close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                           std::string_view input, Limits limits)
    : limits_{limits} {
    Pipe out = make_pipe();
    Pipe err = make_pipe();
    out_ = std::move(out.reader);
    err_ = std::move(err.reader);
    start(program, arguments, input, std::move(out.writer), std::move(err.writer));
}

void ChildProcess::start(const std::string& program, const std::vector<std::string>& arguments,
                         std::string_view input, Descriptor out_end, Descriptor err_end) {
    const Descriptor in = file_with(input);
    SpawnSettings settings;
    posix_spawn_file_actions_adddup2(&settings.files, in.number(), 0);
    posix_spawn_file_actions_adddup2(&settings.files, out_end.number(), 1);
    posix_spawn_file_actions_adddup2(&settings.files, err_end.number(), 2);
    // Not every library of this process opens its files with O_CLOEXEC.
    posix_spawn_file_actions_addclosefrom_np(&settings.files, 3);

    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&settings.attributes, &none);
    posix_spawnattr_setsigdefault(&settings.attributes, &all);
    posix_spawnattr_setpgroup(&settings.attributes, 0);
    posix_spawnattr_setflags(
        &settings.attributes,
        static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));

    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    // posix_spawn and not fork: this process may have threads by now.
    const int error = ::posix_spawn(&pid_, program.c_str(), &settings.files, &settings.attributes,
                                    pointers.data(), environ);
    if (error != 0) {
        pid_ = -1;
        fail(error, "cannot start " + program);
    }
    limit(pid_, RLIMIT_CORE, 0);  // a thousand members that crash must not fill the disk
    if (limits_.bytes > 0) limit(pid_, RLIMIT_AS, limits_.bytes);
}

ChildProcess::~ChildProcess() {
    if (pid_ < 0) return;
    kill();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void ChildProcess::append_polls(std::vector<pollfd>& polls) const {
    for (const Descriptor* stream : {&out_, &err_}) {
        if (stream->is_open()) polls.push_back({stream->number(), POLLIN, 0});
    }
}

int ChildProcess::patience_ms() const {
    return out_.is_open() || err_.is_open() ? patience_open_ms : patience_closed_ms;
}

bool ChildProcess::serve() {
    if (pid_ < 0) return true;
    listen();
    if (limits_.seconds > 0 && seconds() > limits_.seconds && !end_.timed_out) {
        end_.timed_out = true;
        kill();
    }
    siginfo_t state{};
    const int error = ::waitid(P_PID, static_cast<id_t>(pid_), &state, WEXITED | WNOHANG | WNOWAIT);
    if (error == 0 && state.si_pid == 0) return false;
    // What it started would keep its streams, and perhaps a core, for ever. As long as nobody has
    // waited for the child itself, its number is nobody else's.
    kill();
    while (::waitpid(pid_, &end_.status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    end_.seconds = seconds();
    listen();
    return true;
}

double ChildProcess::seconds() const {
    return std::chrono::duration<double>(Clock::now() - begin_).count();
}

void ChildProcess::listen() {
    read_some(out_, [&](std::string_view piece) {
        if (end_.wrote_too_much) return;
        end_.output += piece;
        if (end_.output.size() <= limits_.output_bytes) return;
        end_.wrote_too_much = true;
        end_.output.clear();
        kill();
    });
    read_some(err_, [&](std::string_view piece) {
        std::string& words = end_.last_words;
        words += piece;
        if (words.size() > last_words_bytes) words.erase(0, words.size() - last_words_bytes);
    });
}

void ChildProcess::kill() const {
    ::kill(-pid_, SIGKILL);  // its whole group
}

}  // namespace crowdout::studies
