// SPDX-License-Identifier: Apache-2.0
// Times scenes and prints CSV. Figures of a busy machine drift by half within minutes: trust the
// ratios, which are taken in turn within one process, not the nanoseconds of different days.

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include "apps/huge_pages.hpp"
#include "bench/bench.hpp"

namespace crowdout::bench {

Scene::Scene(std::string_view scene_name, std::string_view about, Run function)
    : name{scene_name}, what{about}, run{function} {
    scenes().push_back(*this);
}

std::vector<Scene>& scenes() {
    static std::vector<Scene> all;
    return all;
}

void report(std::string_view scene, int threads, double figure, std::string_view unit,
            std::uint64_t digest) {
    std::printf("%.*s,%d,%.4g,%.*s,%016" PRIx64 "\n", static_cast<int>(scene.size()), scene.data(),
                threads, figure, static_cast<int>(unit.size()), unit.data(), digest);
    std::fflush(stdout);
}

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

void fail(std::string_view scene, std::string_view what) {
    std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(scene.size()), scene.data(),
                 static_cast<int>(what.size()), what.data());
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    std::exit(1);
}

}  // namespace crowdout::bench

namespace {

using crowdout::bench::Options;
using crowdout::bench::Scene;
using crowdout::bench::scenes;

constexpr const char* usage =
    "usage: crowdout_bench [--scene NAME] [--threads N] [--repeats N] [--list] [--csv]\n"
    "Prints scene,threads,figure,unit,digest. Without --scene all scenes run, in order of name.\n";

int stop(const char* problem) {
    std::fprintf(stderr, "crowdout_bench: %s\n%s", problem, usage);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    crowdout::apps::ask_for_huge_pages(argv);  // as the program that it measures
    Options options;
    std::string only;
    bool list = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--csv") continue;  // there is no other format
        if (word == "--help") return std::fputs(usage, stdout) < 0 ? 1 : 0;
        if (word == "--list") {
            list = true;
            continue;
        }
        if (i + 1 == argc) return stop("unknown option, or one without its value");
        const std::string value = argv[++i];
        if (word == "--scene") {
            only = value;
        } else if (word == "--threads") {
            options.threads = std::atoi(value.c_str());
            if (options.threads < 1) return stop("--threads takes a positive number");
        } else if (word == "--repeats") {
            options.repeats = std::atoi(value.c_str());
            if (options.repeats < 1) return stop("--repeats takes a positive number");
        } else {
            return stop("unknown option");
        }
    }

    std::sort(scenes().begin(), scenes().end(),
              [](const Scene& a, const Scene& b) { return a.name < b.name; });
    bool found = false;
    if (!list) std::puts("scene,threads,figure,unit,digest");
    for (const Scene& scene : scenes()) {
        if (!only.empty() && scene.name != only) continue;
        found = true;
        if (list) {
            std::printf("%-20s %s\n", scene.name.data(), scene.what.data());
        } else {
            scene.run(options);
        }
    }
    return found ? 0 : stop("no such scene; --list names them");
}
