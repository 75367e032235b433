// SPDX-License-Identifier: Apache-2.0
#include "studies/shell_word.hpp"

#include <doctest/doctest.h>

using namespace crowdout::studies;

TEST_CASE("shell word: a shell reads a word back as it was") {
    CHECK(shell_word("world.yaml") == "world.yaml");
    CHECK(shell_word("my world.yaml") == "'my world.yaml'");
    CHECK(shell_word("it's") == "'it'\\''s'");
    CHECK(shell_word("populations[retail].count=5") == "'populations[retail].count=5'");
    CHECK(shell_word("") == "''");
}

TEST_CASE("shell word: options stand behind a command, each one word") {
    CHECK(shell_option("--csv", "my tables") == " --csv 'my tables'");
    CHECK(shell_option("--csv", "").empty());
    CHECK(shell_sets({"seed=7", "populations[retail].count=5"}) ==
          " --set seed=7 --set 'populations[retail].count=5'");
    CHECK(shell_sets({}).empty());
}
