// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/study_input.hpp"
#include "apps/verbs.hpp"

namespace crowdout::apps {

// Each adds one verb below `study`. One file a verb, or a few small ones together.
void add_study_run(CLI::App& study, Action& action);
void add_study_plan(CLI::App& study, Action& action);
void add_study_status(CLI::App& study, Action& action);
void add_study_table(CLI::App& study, Action& action);
void add_study_collect(CLI::App& study, Action& action);
void add_study_digest(CLI::App& study, Action& action);
void add_study_slurm(CLI::App& study, Action& action);
void add_study_new(CLI::App& study, Action& action);

/// What a study found: a table for each measure and branch, then sensitivities and attribution.
void print_study_tables(const studies::Database& results, std::size_t rows_max, Console& console);

/// Members that were lost, by what they said, the most frequent first.
void print_losses(const studies::Database& results, std::ostream& out);

/// What a verb about a results file begins with. @throws Failure  (io)
[[nodiscard]] studies::Database open_results(const std::string& path);

}  // namespace crowdout::apps
