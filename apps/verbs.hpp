// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "apps/console.hpp"
#include "apps/exit_code.hpp"

namespace CLI {
class App;
}

namespace crowdout::apps {

/// What the command line asks for, to be done once all of it has been understood.
using Action = std::function<ExitCode(Console&)>;

// Each adds one verb to the program's command line, its options and help included, and sets
// `action` where that verb is parsed. One file a verb.
void add_completion(CLI::App& program, Action& action);
void add_doctor(CLI::App& program, Action& action);

}  // namespace crowdout::apps
