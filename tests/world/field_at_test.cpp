// SPDX-License-Identifier: Apache-2.0
#include "world/field_at.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "tests/world/toy_world.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

struct Found {
    std::unique_ptr<toy::World> world;
    std::optional<FieldAt> field;
};

/// The field at a path of the good toy world.
Found field_at(std::string_view path) {
    const auto loaded = toy::load_text(std::string{toy::good_world});
    Found found{std::make_unique<toy::World>(loaded.config), {}};
    found.field = find_field(*type_of<toy::World>(), found.world.get(), path);
    return found;
}

}  // namespace

TEST_CASE("field at: a path leads through groups, names, indices, variants and maps") {
    CHECK(number_in(*field_at("seed").field) == 7);
    CHECK(number_in(*field_at("venue.taker_fee").field) == 0.0005);
    CHECK(number_in(*field_at("populations[makers].spread").field) == 0.0025);
    CHECK(number_in(*field_at("populations.makers.levels").field) == 5);
    CHECK(number_in(*field_at("instruments[0].supply").field) == 19'800'000);
    CHECK(number_in(*field_at("steps[1]").field) == 10);
}

TEST_CASE("field at: what is not set yet has a type, and the default of it") {
    const Found coupon = field_at("instruments[0].coupon");
    REQUIRE(coupon.field);
    CHECK(number_unit(*coupon.field) == agents::Dimension::rate);
    CHECK(number_in(*coupon.field) == 0);
    CHECK(number_unit(*field_at("populations[makers].holdings.NEW").field) ==
          agents::Dimension::quantity);
}

TEST_CASE("field at: a path that leads nowhere is told apart") {
    for (const char* path : {"", "sed", "seed.more", "populations[nobody].count", "steps[9]",
                             "populations[makers].fast", "instruments", "name"}) {
        CAPTURE(path);
        const Found found = field_at(path);
        CHECK_FALSE((found.field && number_unit(*found.field)));
    }
}

TEST_CASE("field at: a number is written as its field can hold it") {
    CHECK(number_literal(*field_at("seed").field, 6.7) == "7");
    CHECK(number_literal(*field_at("steps[1]").field, 90.0) == "90s");
    CHECK(number_literal(*field_at("populations[makers].spread").field, 0.25) == "0.25");
    // Of a distribution that is no single number, there is a unit but no number.
    CHECK(number_unit(*field_at("populations[makers].cash").field) == agents::Dimension::money);
    CHECK_FALSE(number_in(*field_at("populations[makers].cash").field));
}
