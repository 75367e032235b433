// SPDX-License-Identifier: Apache-2.0
#include "studies/fit_patch.hpp"

#include <doctest/doctest.h>

#include "studies/member.hpp"
#include "tests/support/fit_files.hpp"
#include "world/load_world.hpp"

namespace crowdout::studies {

TEST_CASE("fit patch: it extends the world and gives what the assignments give") {
    const test::FitFolder files;
    const std::vector<std::string> set{"duration=3h", "populations[crowd].limit_rate=2k/d",
                                       "populations[crowd].owns.USD=$60M",
                                       "populations[makers].depth=$30k", "rates.policy=3%/yr"};

    const std::string patch = patch_world(files.world_file(), "world.yaml", set);

    CHECK(patch ==
          "extends: world.yaml\n"
          "duration: 3h\n"
          "populations:\n"
          "  - {name: crowd, limit_rate: 2k/d, owns: {USD: $60M}}\n"
          "  - {name: makers, depth: $30k}\n"
          "rates: {policy: 3%/yr}\n");
    const auto wanted = world::load_world(files.world_file(), set);
    const auto written = world::load_world(files.folder().write("patch.yaml", patch));
    REQUIRE_MESSAGE(written.report.ok(), written.text());
    CHECK(member_world(written.config) == member_world(wanted.config));
}

// Lists without names are replaced as a whole, so one of their items cannot be patched.
TEST_CASE("fit patch: what files cannot say in part is not written") {
    const test::FitFolder files;
    files.folder().write("two.yaml", "extends: world.yaml\nsteps: [5min, 1min]\n");
    const std::string world = files.folder().file("two.yaml");

    REQUIRE(world::load_world(world, {"steps[0]=10min"}).report.ok());
    CHECK(patch_world(world, "two.yaml", {"steps[0]=10min"}).empty());
    CHECK(patch_world(world, "two.yaml", {"populations[mob].count=3"}).empty());
}

}  // namespace crowdout::studies
