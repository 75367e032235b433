// SPDX-License-Identifier: Apache-2.0
#include "apps/study_input.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>
#include <utility>

#include "apps/world_files.hpp"
#include "studies/member_cache.hpp"

namespace crowdout::apps {

void add_study_options(CLI::App& verb, StudyInput& input) {
    verb.add_option("STUDY", input.file, "A study file, or the name of one of configs/studies")
        ->required()
        ->option_text(" ");
    verb.add_option("--set", input.sets,
                    "Set a value of the study: --set seeds=20; may be repeated")
        ->option_text("PATH=VALUE")
        ->take_all()
        ->expected(1)
        ->allow_extra_args(false);
}

studies::Study read_study(const StudyInput& input, Console& console) {
    studies::LoadedStudy loaded =
        studies::load_study(find_file(input.file, FileKind::study), input.sets);
    if (!loaded.report.ok()) refuse_other_kind(input.file, FileKind::study, loaded.document);
    if (!loaded.study) throw world::InvalidWorld{loaded.text(), loaded.json()};
    if (loaded.report.warning_count() > 0) console.err << loaded.text();
    return *std::move(loaded.study);
}

std::string stem_of(const std::string& file) {
    return std::filesystem::path{file}.stem().string();
}

studies::Provenance this_program() {
    return {.version = CROWDOUT_VERSION, .build = studies::file_id("/proc/self/exe")};
}

}  // namespace crowdout::apps
