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
