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

struct WorldInput;

/// What the command line asks for, to be done once all of it has been understood.
using Action = std::function<ExitCode(Console&)>;

// Each adds one verb to the program's command line, its options and help included, and sets
// `action` where that verb is parsed. One file a verb.
void add_check(CLI::App& program, Action& action);
void add_claims(CLI::App& program, Action& action);
void add_completion(CLI::App& program, Action& action);
void add_diff(CLI::App& program, Action& action);
void add_doctor(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);
void add_export(CLI::App& program, Action& action);
void add_fit(CLI::App& program, Action& action);
void add_info(CLI::App& program, Action& action);
void add_list(CLI::App& program, Action& action);
void add_member(CLI::App& program, Action& action);
void add_new(CLI::App& program, Action& action);
void add_recover(CLI::App& program, Action& action);
void add_render(CLI::App& program, Action& action);
void add_replay(CLI::App& program, Action& action);
void add_report(CLI::App& program, Action& action);
void add_run(CLI::App& program, Action& action);
void add_schema(CLI::App& program, Action& action);
void add_set(CLI::App& program, Action& action);
void add_study(CLI::App& program, Action& action);
void add_verify(CLI::App& program, Action& action);
void add_watch(CLI::App& program, Action& action);

/// What most verbs begin with: the name of a world, and values set on top of it.
void add_world_options(CLI::App& verb, WorldInput& input);
/// Adds `--set` alone.
void add_set_option(CLI::App& verb, std::vector<std::string>& sets);

}  // namespace crowdout::apps
