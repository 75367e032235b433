// SPDX-License-Identifier: Apache-2.0
#include "studies/member.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "tests/support/small_world.hpp"
#include "world/load_world.hpp"
#include "world/par.hpp"
#include "world/replay_error.hpp"

namespace crowdout::studies {

namespace {

MemberJob crowd_job() {
    return {.world = std::string{test::crowd_world}, .set = {"duration=2h"}, .seed = 5};
}

std::uint64_t digest_of_run(const std::vector<std::string>& sets, std::uint64_t seed) {
    world::Pool pool{1};
    world::World world = world::build(test::config_of(test::crowd_world, sets), seed);
    while (world.now() < world.config().start + world.config().duration) world.step(pool);
    return world.digest();
}

std::string what_goes_wrong(const MemberJob& job) {
    const MemberResult result = run_member(job);
    CHECK(result.state == MemberState::failed);
    CHECK(result.branches.empty());
    return result.what;
}

constexpr const char* coin_return = "{measure: total_return, of: COIN}";

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("member: its base run is the run of the world and the seed") {
    const MemberResult result = run_member(crowd_job());

    REQUIRE(result.state == MemberState::done);
    REQUIRE(result.branches.size() == 1);
    CHECK(result.branches[0].name == "");
    CHECK(result.branches[0].digest == digest_of_run({"duration=2h"}, 5));
}

TEST_CASE("member: a branch at the opening is the world with its values, whatever they are") {
    MemberJob job = crowd_job();
    job.branches = {{.name = "more", .set = {"populations[crowd].count=700"}}};

    const MemberResult result = run_member(job);

    REQUIRE(result.branches.size() == 2);
    CHECK(result.branches[1].name == "more");
    CHECK(result.branches[1].digest ==
          digest_of_run({"duration=2h", "populations[crowd].count=700"}, 5));
}

// Goal: a branch differs from the base by what it says alone. Method: one that says nothing ends
// as the base does, and so does one whose change comes when all is over.
TEST_CASE("member: a branch that changes nothing has the base's digest") {
    MemberJob job = crowd_job();
    const std::vector<std::string> calm{"populations[crowd].lifetime=1min"};
    job.branches = {{.name = "late", .at = market::hour * 2, .set = calm},
                    {.name = "same", .at = market::hour},
                    {.name = "calm", .at = market::hour, .set = calm}};

    const MemberResult result = run_member(job);

    REQUIRE(result.branches.size() == 4);
    const std::uint64_t base = result.branches[0].digest;
    CHECK(result.branches[1].name == "late");
    CHECK(result.branches[1].digest == base);
    CHECK(result.branches[2].digest == base);
    CHECK(result.branches[3].digest != base);
}

TEST_CASE("member: a shock comes as its branch begins") {
    MemberJob job = crowd_job();
    job.branches = {{.name = "gift",
                     .at = market::hour,
                     .shocks = {"{kind: transfer, from: bank, to: vault, amount: $1M}"}}};

    const MemberResult result = run_member(job);

    REQUIRE(result.state == MemberState::done);
    CHECK(result.branches[1].digest != result.branches[0].digest);
}

TEST_CASE("member: the number of threads is not part of it") {
    MemberJob job = crowd_job();
    job.branches = {{.name = "more", .set = {"populations[crowd].count=700"}}};

    CHECK(run_member(job, 1).branches == run_member(job, 3).branches);
}

TEST_CASE("member: what is wrong with a job is its result") {
    MemberJob unknown = crowd_job();
    unknown.set = {"populations[crowd].cuont=3"};
    CHECK(contains(what_goes_wrong(unknown), "did you mean 'count'"));

    MemberJob impossible = crowd_job();
    impossible.set.emplace_back("instruments[COIN].supply=1");
    CHECK(contains(what_goes_wrong(impossible), "COIN"));

    MemberJob other = crowd_job();
    other.branches = {
        {.name = "more", .at = market::hour, .set = {"populations[crowd].count=700"}}};
    CHECK(contains(what_goes_wrong(other), "same accounts"));

    MemberJob shock = crowd_job();
    shock.branches = {{.name = "bad", .shocks = {"{kind: quake}"}}};
    CHECK(contains(what_goes_wrong(shock), "quake"));
}

// Goal: a branch's measures see the whole of its run, the past that it shares included. Method: one
// that says nothing has the base's values, though the camera and the recorder were copied midway.
TEST_CASE("member: measures are taken of every branch, from the opening on") {
    MemberJob job = crowd_job();
    job.measures = {coin_return, "{measure: total_return, of: COIN, until: 30min}"};
    const std::vector<std::string> calm{"populations[crowd].lifetime=1min"};
    job.branches = {{.name = "late", .at = market::hour, .set = calm},
                    {.name = "same", .at = market::hour}};

    const MemberResult result = run_member(job);

    REQUIRE(result.branches.size() == 3);
    const auto& base = result.branches[0].values;
    const auto& late = result.branches[1].values;
    REQUIRE(base.size() == 2);
    REQUIRE(base[0].value);
    CHECK(result.branches[2].values == base);
    CHECK(late[0] != base[0]);
    CHECK(late[1] == base[1]);  // before it parts
}

TEST_CASE("member: what a measure is called is not part of the job") {
    const auto config = test::config_of(
        test::crowd_world,
        {"claims=[{name: up, says: x, measure: total_return, of: COIN, above: 0}]"});
    world::MeasureConfig measure = config->claims[0];
    const std::string text = measure_text(measure);
    measure.name = "another";

    CHECK(measure_text(measure) == text);
    CHECK(!contains(text, "another"));
}

TEST_CASE("member: a measure of what the world does not have is refused") {
    MemberJob job = crowd_job();
    job.measures = {"{measure: total_return, of: CION}"};
    CHECK(contains(what_goes_wrong(job), "did you mean 'COIN'"));
}

TEST_CASE("member: series begin with the opening and go on at their pace") {
    MemberJob job = crowd_job();
    job.series_every = market::minute * 30;

    const MemberResult result = run_member(job);

    REQUIRE(result.state == MemberState::done);
    const std::vector<MemberSeries>& series = result.branches[0].series;
    REQUIRE(!series.empty());
    CHECK(series[0].name == "COIN");
    REQUIRE(series[0].values.size() == 5);  // 0:00, 0:30, ... 2:00
    CHECK(series[0].values[0] == 100);
    CHECK(series[0].values[4] == doctest::Approx(100).epsilon(0.5));
    const auto idle = std::ranges::find(series, "idle[public]", &MemberSeries::name);
    REQUIRE(idle != series.end());
    CHECK(idle->values.size() == 5);
}

TEST_CASE("member world: it runs as its file does, and forgets what is only said") {
    const auto config = test::config_of(
        test::crowd_world,
        {"description=a crowd", "duration=2h",
         "claims=[{name: up, says: a crowd, measure: total_return, of: COIN, above: 0}]"});

    const std::string text = member_world(*config);

    CHECK(!contains(text, "a crowd"));
    CHECK(run_member({.world = text, .seed = 5}).branches == run_member(crowd_job()).branches);
}

TEST_CASE("member: a job survives its way through JSON") {
    const MemberJob job{
        .world = "name: \"x\"\n# \\ \t 中\n",
        .set = {"a.b=c", "d[0]={e: 'f'}"},
        .seed = std::numeric_limits<std::uint64_t>::max(),
        .branches = {{.name = "b", .at = market::hour, .set = {"g=h"}, .shocks = {"i"}}},
        .measures = {"{measure: total_return}"},
        .series_every = market::day};

    const MemberJob read = read_job_json(job_json(job));

    CHECK(read.world == job.world);
    CHECK(read.set == job.set);
    CHECK(read.seed == job.seed);
    REQUIRE(read.branches.size() == 1);
    CHECK(read.branches[0].name == "b");
    CHECK(read.branches[0].at == market::hour);
    CHECK(read.branches[0].set == job.branches[0].set);
    CHECK(read.branches[0].shocks == job.branches[0].shocks);
    CHECK(read.measures == job.measures);
    CHECK(read.series_every == market::day);
}

TEST_CASE("member: a result survives its way through JSON to the last bit") {
    const MemberResult result{
        .state = MemberState::timed_out,
        .what = "a \"hang\"\n",
        .branches = {{.name = "",
                      .digest = 0xfedcba9876543210,
                      .values = {{0.1 + 0.2, "", {{-1e-300, 1e300}}}, {{}, "no trades", {}}},
                      .series = {{"COIN", {1.0 / 3, 5e-324, -0.0, 64'000}}, {"empty", {}}}}},
        .wall_seconds = 1.5};

    const MemberResult read = read_result_json(result_json(result));

    CHECK(read.state == result.state);
    CHECK(read.what == result.what);
    CHECK(read.wall_seconds == result.wall_seconds);
    CHECK(read.branches == result.branches);
}

TEST_CASE("member: a series keeps its gaps") {
    MemberResult result{.state = MemberState::done};
    const double gap = std::numeric_limits<double>::quiet_NaN();
    result.branches = {{.series = {{"COIN", {gap, 2, gap}}}}};

    const auto values = read_result_json(result_json(result)).branches[0].series[0].values;

    REQUIRE(values.size() == 3);
    CHECK(values[0] != values[0]);
    CHECK(values[1] == 2);
    CHECK(values[2] != values[2]);
}

TEST_CASE("member: garbage is no result") {
    for (const std::string text :
         {"", "[]", "{\"state\": \"well\"}", "{\"branches\": 3}", "{\"what\": \"", "\x01\xff",
          "{\"branches\": [{\"digest\": \"xyz\"}]}",
          "{\"branches\": [{\"digest\": \"0\", \"series\": [{\"values\": \"1 two\"}]}]}"}) {
        CAPTURE(text);
        CHECK_THROWS_AS((void)read_result_json(text), world::ReplayError);
    }
}

}  // namespace crowdout::studies
