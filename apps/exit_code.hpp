// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace crowdout::apps {

/// How the program ends: one number for each kind of trouble, part of its interface.
enum class ExitCode : int {
    ok = 0,
    internal = 1,       ///< our own mistake
    usage = 2,          ///< the command line makes no sense
    invalid_world = 3,  ///< a world file, or a value set on top of it
    invariant = 4,      ///< the audit found money made or lost
    io = 5,             ///< a file or a stream cannot be read or written
    corrupt_replay = 6,
    mismatch = 7,  ///< `verify` computed another digest
    claim_fails = 8,
    claim_undecided = 9,  ///< also a fit or a study that measured nothing
    no_display = 10,
    interrupted = 130,  ///< by SIGINT, after a whole step; 128 + 2 as shells count
};

/// What a verb throws to end the program with a message and a code.
class Failure : public std::runtime_error {
public:
    Failure(ExitCode code, const std::string& message) : std::runtime_error{message}, code_{code} {}

    [[nodiscard]] ExitCode code() const { return code_; }

private:
    ExitCode code_;
};

}  // namespace crowdout::apps
