// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "apps/machine.hpp"
#include "apps/verbs.hpp"
#include "studies/fit_search.hpp"
#include "studies/ranks.hpp"
#include "world/par.hpp"

namespace crowdout::apps {

namespace {

namespace fs = std::filesystem;

enum class State : std::uint8_t { good, absent, bad };

struct Finding {
    State state = State::good;
    std::string what;
    std::string found;
};

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string first_of(const std::string& a, const std::string& b) {
    return a.empty() ? b : a;
}

std::string gibibytes(std::optional<std::int64_t> bytes) {
    if (!bytes) return "unknown";
    return fmt::format("{:.1f} GiB", static_cast<double>(*bytes) / (1024.0 * 1024.0 * 1024.0));
}

/// Fewer threads than processors mean an affinity or a control group's quota.
Finding processors() {
    const int threads = world::cores_available();
    return {.what = "processors",
            .found = fmt::format("{}; runs use {} thread{}", sysconf(_SC_NPROCESSORS_ONLN), threads,
                                 threads == 1 ? "" : "s")};
}

Finding memory() {
    const std::string text = small_file("/proc/meminfo");
    return {.what = "memory",
            .found = fmt::format("{}, {} available", gibibytes(parse_meminfo(text, "MemTotal")),
                                 gibibytes(parse_meminfo(text, "MemAvailable")))};
}

Finding system_name() {
    utsname name{};
    uname(&name);
    return {.what = "system",
            .found = fmt::format("{} {} {}", name.sysname, name.release, name.machine)};
}

Finding compiler() {
#if defined(__clang__)
    constexpr const char* name = "clang " __clang_version__;
#else
    constexpr const char* name = "g++ " __VERSION__;
#endif
    return {.what = "compiler",
            .found = fmt::format("{}, {}, -march={}", name, CROWDOUT_BUILD, CROWDOUT_MARCH)};
}

/// The program would die with "illegal instruction" without a word; better said here.
Finding instruction_set() {
    Finding finding{.what = "instructions", .found = "as the build expects"};
#if defined(__x86_64__)
    if (std::string_view{CROWDOUT_MARCH} == "x86-64-v3" &&
        !(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
          __builtin_cpu_supports("fma"))) {
        finding.state = State::bad;
        finding.found = "no x86-64-v3; build with -DCROWDOUT_MARCH=x86-64-v2";
    }
#endif
    return finding;
}

Finding back_end() {
    return {.what = "parallel loops", .found = CROWDOUT_BACK_END};
}

Finding locale() {
    const std::string name = first_of(first_of(variable("LC_ALL"), variable("LC_CTYPE")),
                                      first_of(variable("LANG"), "C"));
    const bool utf8 =
        name.find("UTF-8") != std::string::npos || name.find("utf8") != std::string::npos;
    return {.state = utf8 ? State::good : State::absent,
            .what = "locale",
            .found = name + (utf8 ? "" : ": names outside ASCII may look broken")};
}

Finding display() {
    const std::string name = first_of(variable("WAYLAND_DISPLAY"), variable("DISPLAY"));
    return {.state = name.empty() ? State::absent : State::good,
            .what = "display",
            .found = name.empty() ? "none: runs report in text" : name};
}

Finding fonts() {
    std::error_code error;
    const fs::path folder{"/usr/share/fonts"};
    const bool any = fs::exists(folder, error) && !fs::is_empty(folder, error);
    return {.state = any ? State::good : State::absent,
            .what = "fonts",
            .found = any ? folder.string() : "none (apt-get install fonts-dejavu-core)"};
}

Finding search_library() {
    const bool there = studies::can_search();
    return {.state = there ? State::good : State::absent,
            .what = "fits",
            .found = there ? "NLopt is built in"
                           : "absent (apt-get install libnlopt-cxx-dev, then build again)"};
}

Finding optional_program(std::string what, std::string_view program, std::string_view package) {
    const bool there = program_in_path(program);
    return {.state = there ? State::good : State::absent,
            .what = std::move(what),
            .found = there ? fmt::format("{} is in PATH", program)
                           : fmt::format("absent (apt-get install {})", package)};
}

/// Studies over several machines need both the program's own part and somebody to start it.
Finding mpi() {
    if (!studies::has_mpi()) {
        return {.state = State::absent,
                .what = "MPI",
                .found = "built without it (apt-get install libopenmpi-dev)"};
    }
    return optional_program("MPI", "mpirun", "openmpi-bin");
}

ExitCode examine(Console& console) {
    const std::vector<Finding> findings{system_name(),
                                        processors(),
                                        memory(),
                                        compiler(),
                                        instruction_set(),
                                        back_end(),
                                        locale(),
                                        display(),
                                        fonts(),
                                        optional_program("video", "ffmpeg", "ffmpeg"),
                                        mpi(),
                                        search_library()};
    bool usable = true;
    for (const Finding& finding : findings) {
        const bool color = console.out_colors();
        const std::string mark = finding.state == State::good ? tinted(Tint::green, "ok", color)
                                 : finding.state == State::absent
                                     ? tinted(Tint::yellow, "--", color)
                                     : tinted(Tint::red, "!!", color);
        console.out << fmt::format("{}  {:<15} {}\n", mark, finding.what, finding.found);
        usable = usable && finding.state != State::bad;
    }
    console.out << (usable ? "Worlds can be run here.\n" : "Worlds cannot be run here.\n");
    return usable ? ExitCode::ok : ExitCode::internal;
}

}  // namespace

void add_doctor(CLI::App& program, Action& action) {
    CLI::App* verb = program.add_subcommand("doctor", "Say what this machine has and lacks");
    verb->footer(
        "`--` marks what is absent and only some verbs want; `!!` what keeps worlds from running.\n"
        "\n"
        "example:\n"
        "  crowdout doctor");
    verb->callback([&action] { action = examine; });
}

}  // namespace crowdout::apps
