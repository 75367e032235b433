// SPDX-License-Identifier: Apache-2.0
#include "apps/study.hpp"

#include <CLI/CLI.hpp>

namespace crowdout::apps {

void add_study(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand(
        "study", "Run a world many times: over values of its fields, seeds and forks");
    add_study_run(*verb, action);
    add_study_plan(*verb, action);
    add_study_status(*verb, action);
    add_study_table(*verb, action);
    add_study_collect(*verb, action);
    add_study_digest(*verb, action);
    add_study_slurm(*verb, action);
    add_study_new(*verb, action);
    verb->footer(
        "A study is a YAML file: a base world, what varies, seeds, forks, and what is measured.\n"
        "Its results are one SQLite file (docs/study_results.md); docs/studies.md shows the way\n"
        "from a laptop to a cluster.\n"
        "\n"
        "examples:\n"
        "  crowdout study new sensitivity my_study.yaml\n"
        "  crowdout study plan my_study.yaml\n"
        "  crowdout study run my_study.yaml\n"
        "  mpirun -n 8 crowdout study run my_study.yaml -o my_study.sqlite\n"
        "  crowdout study table my_study.sqlite");
    verb->require_subcommand(0, 1);
    for (CLI::App* each : verb->get_subcommands({})) each->fallthrough();
}

}  // namespace crowdout::apps
