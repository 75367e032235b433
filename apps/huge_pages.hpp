// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>

namespace crowdout::apps {

/// Begins the process again with an allocator that asks the system for pages of 2 MiB.
///
/// A crowd's memory is touched all over in every step, and with pages of 4 KiB much of that time
/// goes into finding them. glibc reads this setting only when a process begins. Whoever has set
/// GLIBC_TUNABLES is left alone, and where the system will not begin again all goes on as it is:
/// pages change the speed of a run and nothing else.
inline void ask_for_huge_pages(char** arguments) {
    constexpr const char* tunables = "GLIBC_TUNABLES";
    if (std::getenv(tunables) != nullptr) return;
    std::array<char, PATH_MAX + 1> program{};
    if (::readlink("/proc/self/exe", program.data(), PATH_MAX) <= 0) return;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the first thing that the program does
    if (::setenv(tunables, "glibc.malloc.hugetlb=1", 0) != 0) return;
    ::execv(program.data(), arguments);
}

}  // namespace crowdout::apps
