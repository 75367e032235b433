// SPDX-License-Identifier: Apache-2.0
#include "apps/machine.hpp"

#include <doctest/doctest.h>

using namespace crowdout::apps;

TEST_CASE("machine: memory is found by its whole key, in bytes") {
    const std::string_view text = "MemTotal:       16316548 kB\nMemAvailable:    2000 kB\n";

    CHECK(parse_meminfo(text, "MemTotal") == 16316548LL * 1024);
    CHECK(parse_meminfo(text, "MemAvailable") == 2000 * 1024);
    CHECK_FALSE(parse_meminfo(text, "Mem"));
    CHECK_FALSE(parse_meminfo("MemTotal: lots\n", "MemTotal"));
}

TEST_CASE("machine: programs are looked for in PATH") {
    CHECK(program_in_path("sh"));
    CHECK_FALSE(program_in_path("no-such-program-of-crowdout"));
}
