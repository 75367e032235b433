// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/apps/support.hpp"

namespace crowdout::apps {

/// `run minimal`, recorded.
inline Outcome record(const std::string& file, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"run", "minimal", "--quiet", "--record", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_crowdout(arguments);
}

}  // namespace crowdout::apps
