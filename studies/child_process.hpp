// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdout::studies {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    void close();

private:
    int number_;
};

/// Another program, given its input as a whole and listened to until it ends.
///
/// It has a process group of its own, so that a Ctrl-C at the terminal is its starter's to handle
/// and whatever it starts ends with it. It inherits the three standard streams and nothing else.
class ChildProcess {
public:
    struct Limits {
        double seconds = 0;       ///< of wall time; 0: none
        std::uint64_t bytes = 0;  ///< of address space, from just after its start; 0: none
        std::size_t output_bytes = std::size_t{1} << 28;  ///< more is no answer (our choice)
    };

    /// How it ended.
    struct End {
        int status = 0;  ///< as of wait(2)
        bool timed_out = false;
        bool wrote_too_much = false;
        std::string output{};
        std::string last_words{};  ///< the end of what it wrote to standard error
        double seconds = 0;
    };

    /// @param arguments  without the program's own name.
    /// @param input      what it reads from standard input.
    /// @throws std::system_error  where it cannot be started.
    ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                 std::string_view input, Limits limits);
    /// Kills it where it still runs; leaves no zombie.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Appends what poll(2) should wait for.
    void append_polls(std::vector<pollfd>& polls) const;
    /// Milliseconds after which it should be served though nothing was heard.
    [[nodiscard]] int patience_ms() const;

    /// Reads what there is, without waiting, and ends a child that broke a limit.
    /// @return whether it is over: `end` is whole.
    [[nodiscard]] bool serve();
    [[nodiscard]] const End& end() const { return end_; }

private:
    using Clock = std::chrono::steady_clock;

    void start(const std::string& program, const std::vector<std::string>& arguments,
               std::string_view input, Descriptor out_end, Descriptor err_end);
    [[nodiscard]] double seconds() const;
    void listen();
    void kill() const;

    Limits limits_;
    Clock::time_point begin_ = Clock::now();
    pid_t pid_ = -1;  ///< -1 once it was waited for
    Descriptor out_;
    Descriptor err_;
    End end_;
};

}  // namespace crowdout::studies
