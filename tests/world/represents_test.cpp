// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "world/load_world.hpp"

namespace crowdout::world {

namespace {

WorldConfig config_of_file(const std::string& name) {
    auto loaded = load_world(CROWDOUT_SOURCE_DIR "/configs/" + name);
    REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
    return std::move(loaded.config);
}

}  // namespace

// Goal: a smaller variant is the same crowd, cut less finely.
TEST_CASE("small variants: fewer agents stand for as many people, who own as much") {
    for (const std::string name : {"ai_capex_drain", "capital_surplus"}) {
        const WorldConfig full = config_of_file(name + ".yaml");
        const WorldConfig small = config_of_file(name + "_small.yaml");
        REQUIRE(small.populations.size() == full.populations.size());
        int crowds = 0;
        for (const PopulationConfig& many : full.populations) {
            const PopulationConfig* few = small.populations.find(many.name);
            CAPTURE(many.name);
            REQUIRE(few != nullptr);
            CHECK(few->count <= many.count);
            CHECK(few->owns == many.owns);
            if (many.represents == 1)
                continue;  // funds and firms: each is one, and fewer are fewer
            crowds += 1;
            CHECK(static_cast<double>(few->count) * few->represents ==
                  static_cast<double>(many.count) * many.represents);
        }
        CHECK(crowds == 3);
    }
}

}  // namespace crowdout::world
