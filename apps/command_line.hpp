// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/verbs.hpp"

namespace CLI {
class App;
}

namespace crowdout::apps {

/// The grammar of the command line: every verb and option with its help.
///
/// @param color   receives --color.
/// @param action  receives what the parsed verb wants done.
[[nodiscard]] std::unique_ptr<CLI::App> make_command_line(ColorMode& color, Action& action);

/// The whole program: understands `arguments` (without the program's own name), does what they ask,
/// says what went wrong, and returns the code to exit with. Throws nothing.
[[nodiscard]] ExitCode run_program(std::vector<std::string> arguments, Console& console);

}  // namespace crowdout::apps
