// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/console.hpp"
#include "studies/results.hpp"
#include "studies/study.hpp"

namespace CLI {
class App;
}

namespace crowdout::apps {

/// A study as a person named it: a file or one that comes with the program, with values set on top.
struct StudyInput {
    std::string file;
    std::vector<std::string> sets = {};  ///< `a.b=c`, in order
};

/// Adds the name of the study and `--set` to a verb.
void add_study_options(CLI::App& verb, StudyInput& input);

/// Reads a study that must be right; prints its warnings.
/// @throws world::InvalidWorld  with everything that is wrong; Failure (io) where there is no file.
[[nodiscard]] studies::Study read_study(const StudyInput& input, Console& console);

/// `name` without folder and ending: what files about it are called.
[[nodiscard]] std::string stem_of(const std::string& file);

/// This program, as results files name it.
[[nodiscard]] studies::Provenance this_program();

}  // namespace crowdout::apps
