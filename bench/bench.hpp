// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace crowdout::bench {

/// What the command line asks of every scene.
struct Options {
    int threads = 0;  ///< 0: as the scene sees fit
    int repeats = 5;
};

/// Prints one figure as a CSV line: `scene,threads,figure,unit,digest`.
///
/// The digest is of what was computed: a change that is fast because it is wrong shows there.
void report(std::string_view scene, int threads, double figure, std::string_view unit,
            std::uint64_t digest);

/// Something to time. A file that has one registers it:
///
///     const Scene steady_flow{"steady_flow", "10,000 agents on 8 books", run};
struct Scene {
    using Run = void (*)(const Options&);

    Scene(std::string_view scene_name, std::string_view about, Run function);

    std::string_view name;
    std::string_view what;
    Run run;
};

/// All scenes, by name.
[[nodiscard]] std::vector<Scene>& scenes();

/// Seconds of processor time that this process has used: other guests of a busy machine count less
/// in it than in wall time.
[[nodiscard]] double cpu_seconds();

/// Of an odd number of values the middle one, of an even number the upper of two.
[[nodiscard]] double median(std::vector<double> values);

/// Stops the program with a message: the scene did not compute what it should.
[[noreturn]] void fail(std::string_view scene, std::string_view what);

}  // namespace crowdout::bench
