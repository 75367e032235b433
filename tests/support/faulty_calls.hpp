// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "world/mcap_sink.hpp"

namespace crowdout::test {

enum class Fault : std::uint8_t {
    interrupted,       ///< EINTR, nothing done
    short_write,       ///< one byte is written; other calls do as they should
    error_after_half,  ///< half of the bytes are written, then every write fails
};

/// A file whose k-th call (writes, synchronisations and the closing, counted from 0) goes wrong.
class FaultyCalls : public world::FileCalls {
public:
    FaultyCalls(Fault fault, int error, int k) : fault_{fault}, error_{error}, k_{k} {}

    [[nodiscard]] bool faulted() const { return faulted_; }

    ssize_t write(int file, const void* bytes, std::size_t size) override {
        if (failing_) return failed(error_);
        if (!due()) return FileCalls::write(file, bytes, size);
        if (fault_ == Fault::interrupted) return failed(EINTR);
        if (fault_ == Fault::short_write) return FileCalls::write(file, bytes, 1);
        failing_ = true;
        if (size < 2) return failed(error_);
        return FileCalls::write(file, bytes, size / 2);
    }
    int sync(int file) override {
        if (!due() || fault_ == Fault::short_write) return FileCalls::sync(file);
        return failed(fault_ == Fault::interrupted ? EINTR : error_);
    }
    int close(int file) override {
        const int result = FileCalls::close(file);
        if (!due() || fault_ == Fault::short_write) return result;
        return failed(fault_ == Fault::interrupted ? EINTR : error_);
    }

private:
    bool due() {
        if (calls_++ != k_) return false;
        return faulted_ = true;
    }
    static int failed(int error) {
        errno = error;
        return -1;
    }

    Fault fault_;
    int error_;
    int k_;
    int calls_ = 0;
    bool faulted_ = false;
    bool failing_ = false;
};

}  // namespace crowdout::test
