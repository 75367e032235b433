// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "apps/console.hpp"
#include "studies/ensemble.hpp"

namespace CLI {
class App;
}

namespace crowdout::apps {

/// How members are made and kept, as a person asked.
struct MemberOptions {
    int jobs = 0;  ///< at once; 0: one per core
    double seconds_max = 3600;
    std::uint64_t megabytes_max = 0;  ///< 0: any
    std::string cache;                ///< folder; "": the default
    bool no_cache = false;
};

/// Adds `-j`, `--cache` and `--no-cache` to a verb.
void add_member_options(CLI::App& verb, MemberOptions& options);
/// Adds `--member-seconds` and `--member-memory` to a verb whose input does not say them.
void add_member_limits(CLI::App& verb, MemberOptions& options);

/// The folder of members made before. Where the default cannot be made, none, and why.
struct CacheFolder {
    std::string path;     ///< "": none
    std::string problem;  ///< "": none
};
/// @throws Failure  (io) where a folder that somebody named cannot be made.
[[nodiscard]] CacheFolder cache_folder(const MemberOptions& options);

/// The line that says that there is no cache, where one was expected.
void warn_without_cache(const CacheFolder& folder, Console& console);

/// An ensemble as it was asked for; says where it goes without a cache.
/// @throws Failure  as `cache_folder`.
[[nodiscard]] studies::Ensemble make_ensemble(const MemberOptions& options, Console& console);

}  // namespace crowdout::apps
