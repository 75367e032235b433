// SPDX-License-Identifier: Apache-2.0
#include "apps/suggest.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace crowdout::apps;

TEST_CASE("suggest: an edit is an insertion, a deletion, a substitution or a swap") {
    CHECK(edit_distance("seed", "seed") == 0);
    CHECK(edit_distance("sed", "seed") == 1);
    CHECK(edit_distance("seeed", "seed") == 1);
    CHECK(edit_distance("sead", "seed") == 1);
    CHECK(edit_distance("sede", "seed") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);  // the textbook's example
    CHECK(edit_distance("", "run") == 3);
    CHECK(edit_distance("run", "") == 3);
}

TEST_CASE("suggest: the nearest word is offered only where it is near") {
    const std::vector<std::string> verbs{"run", "check", "explain", "schema"};

    CHECK(nearest("rnu", verbs) == "run");
    CHECK(nearest("chek", verbs) == "check");
    CHECK(nearest("expalin", verbs) == "explain");
    CHECK(nearest("frobnicate", verbs).empty());
    CHECK(nearest("xyz", verbs).empty());
    CHECK(nearest("run", {}).empty());
}

TEST_CASE("suggest: the first of equally near words wins") {
    const std::vector<std::string> words{"cash", "cast"};

    CHECK(nearest("casx", words) == "cash");
}
