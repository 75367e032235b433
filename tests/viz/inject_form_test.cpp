// SPDX-License-Identifier: Apache-2.0
#include "viz/inject_form.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "world/catalogue.hpp"
#include "world/diagnostic.hpp"
#include "world/live_input.hpp"
#include "world/load_world.hpp"

using namespace crowdout;
using viz::ShockField;
using viz::ShockForm;

namespace {

const world::WorldConfig& config() {
    static const auto loaded =
        world::load_world(CROWDOUT_SOURCE_DIR "/configs/ai_capex_drain_small.yaml");
    REQUIRE(loaded.report.ok());
    return loaded.config;
}

ShockForm form(const std::string& kind) {
    for (const ShockForm& each : viz::shock_forms(config())) {
        if (each.kind == kind) return each;
    }
    FAIL("no such kind: " << kind);
    return {};
}

ShockField& field(ShockForm& of, const std::string& key) {
    const auto found = std::ranges::find(of.fields, key, &ShockField::key);
    REQUIRE(found != of.fields.end());
    return *found;
}

}  // namespace

TEST_CASE("shock form: there is one for each kind of the catalogue, in both languages") {
    const auto forms = viz::shock_forms(config());
    REQUIRE(forms.size() == world::shocks().size());
    for (const ShockForm& each : forms) {
        CAPTURE(each.kind);
        CHECK_FALSE(each.fields.empty());
        CHECK(std::string{each.words(viz::Language::english)} !=
              each.words(viz::Language::chinese));
        for (const ShockField& one : each.fields) {
            CHECK(std::string{one.words(viz::Language::chinese)} != "");
        }
    }
}

TEST_CASE("shock form: names are chosen from the world, numbers come with an example") {
    ShockForm outage = form("outage");
    CHECK(field(outage, "venue").choices.size() == config().venues.size());
    CHECK(field(outage, "venue").value == config().venues[0].name);
    CHECK(field(outage, "lasts").choices.empty());
    CHECK(field(outage, "lasts").example == "2h");

    ShockForm transfer = form("transfer");
    CHECK(field(transfer, "from").choices.size() ==
          config().institutions.size() + config().populations.size());
    ShockForm report = form("report");
    CHECK(field(report, "fact").choices.size() == 5);
    CHECK(field(report, "fact").value == "");  // it has a default
}

TEST_CASE("shock form: it is complete when everything required has been given") {
    ShockForm policy = form("policy_rate");
    CHECK_FALSE(policy.is_complete());
    field(policy, "rate").value = "6%/yr";
    CHECK(policy.is_complete());
    CHECK(viz::shock_yaml(policy) == "kind: policy_rate\nrate: 6%/yr\n");
}

TEST_CASE("shock form: the loader takes what was filled in, and refuses what makes no sense") {
    ShockForm policy = form("policy_rate");
    field(policy, "rate").value = "6%/yr";
    const auto shock = world::read_live_shock(viz::shock_yaml(policy), config(), config().start);
    REQUIRE(shock.kind.holds<world::PolicyRateShock>());
    CHECK(shock.kind.as<world::PolicyRateShock>().rate == doctest::Approx(0.06));

    for (const char* wrong : {"600%/yr", "6 apples", "{", "6%/yr, name: x"}) {
        CAPTURE(wrong);
        field(policy, "rate").value = wrong;
        CHECK_THROWS_AS(
            (void)world::read_live_shock(viz::shock_yaml(policy), config(), config().start),
            world::InvalidWorld);
    }
}
