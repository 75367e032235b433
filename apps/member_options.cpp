// SPDX-License-Identifier: Apache-2.0
#include "apps/member_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "apps/exit_code.hpp"
#include "studies/member_cache.hpp"

namespace crowdout::apps {

void add_member_options(CLI::App& verb, MemberOptions& options) {
    verb.add_option("-j,--jobs", options.jobs,
                    "Members at once; 0, the default: one per core. The result is the same")
        ->option_text("N")
        ->check(CLI::Range(0, 4096));
    CLI::Option* no_cache =
        verb.add_flag("--no-cache", options.no_cache, "Make all members, and keep none");
    verb.add_option("--cache", options.cache,
                    "Folder of members made before; ~/.cache/crowdout unless said")
        ->option_text("DIR")
        ->excludes(no_cache);
}

void add_member_limits(CLI::App& verb, MemberOptions& options) {
    verb.add_option("--member-seconds", options.seconds_max,
                    "Longest that a member may take; 0: any time. 3600 unless said")
        ->option_text("S")
        ->check(CLI::NonNegativeNumber);
    verb.add_option("--member-memory", options.megabytes_max,
                    "Most memory of a member; 0, the default: any")
        ->option_text("MB");
}

CacheFolder cache_folder(const MemberOptions& options) {
    if (options.no_cache) return {};
    const bool is_named = !options.cache.empty();
    const std::string path = is_named ? options.cache : studies::default_cache_folder();
    if (path.empty()) return {};
    std::error_code refused;
    std::filesystem::create_directories(path, refused);
    if (!refused) return {.path = path, .problem = {}};
    const std::string problem =
        fmt::format("cannot make the folder '{}': {}", path, refused.message());
    if (is_named) throw Failure{ExitCode::io, problem};
    return {.path = {}, .problem = problem};
}

void warn_without_cache(const CacheFolder& folder, Console& console) {
    if (folder.problem.empty()) return;
    console.err << "crowdout: members are not kept: " << folder.problem << '\n';
}

studies::Ensemble make_ensemble(const MemberOptions& options, Console& console) {
    const CacheFolder folder = cache_folder(options);
    warn_without_cache(folder, console);
    return studies::Ensemble{{.jobs = options.jobs,
                              .member_seconds_max = options.seconds_max,
                              .member_bytes_max = options.megabytes_max * 1'000'000,
                              .cache = folder.path}};
}

}  // namespace crowdout::apps
