// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "apps/command_line.hpp"

namespace crowdout::apps {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;
};

/// Runs the program in this process, as if from a pipe.
inline Outcome run_crowdout(std::vector<std::string> arguments) {
    std::ostringstream out;
    std::ostringstream err;
    Console console{.out = out, .err = err};
    const ExitCode code = run_program(std::move(arguments), console);
    return {static_cast<int>(code), out.str(), err.str()};
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace crowdout::apps
