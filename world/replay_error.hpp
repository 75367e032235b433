// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace crowdout::world {

/// A replay file, or a part of one, is not what it should be: cut, damaged, or of another kind.
///
/// What a disk or a system call refuses is a `std::system_error` instead: such a file may be whole.
class ReplayError : public std::runtime_error {
public:
    /// @param what    a sentence without its place.
    /// @param offset  bytes from the start of the file, or of the block that was decoded.
    ReplayError(const std::string& what, std::uint64_t offset)
        : std::runtime_error{"byte " + std::to_string(offset) + ": " + what}, offset_{offset} {}

    [[nodiscard]] std::uint64_t offset() const { return offset_; }

private:
    std::uint64_t offset_;
};

}  // namespace crowdout::world
