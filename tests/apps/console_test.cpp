// SPDX-License-Identifier: Apache-2.0
#include "apps/console.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace crowdout::apps;

TEST_CASE("console: --color wins over NO_COLOR, which wins over the terminal") {
    struct Row {
        ColorMode mode;
        bool no_color;
        bool is_terminal;
        bool colors;
    };
    const Row rows[] = {
        {ColorMode::automatic, false, false, false}, {ColorMode::automatic, false, true, true},
        {ColorMode::automatic, true, true, false},   {ColorMode::always, true, false, true},
        {ColorMode::never, false, true, false},
    };
    std::ostringstream out;
    for (const Row& row : rows) {
        const Console console{.out = out, .err = out, .color = row.mode, .no_color = row.no_color};
        CHECK(console.colors(row.is_terminal) == row.colors);
    }
}

TEST_CASE("console: an error names the program, in red where colour is wanted") {
    std::ostringstream plain;
    std::ostringstream colored;
    Console without{.out = plain, .err = plain};
    Console with{.out = colored, .err = colored, .color = ColorMode::always};

    print_error(without, "no such file");
    print_error(with, "no such file");

    CHECK(plain.str() == "crowdout: error: no such file\n");
    CHECK(colored.str() == "crowdout: \x1b[31merror:\x1b[0m no such file\n");
}
