// SPDX-License-Identifier: Apache-2.0
#include "studies/claims_run.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/apps/folder.hpp"
#include "tests/support/small_world.hpp"

namespace crowdout::studies {

namespace {

/// A plan of one world with the claims of a list, and a program that makes its members: a script
/// that answers `value` where the job's seed is $seed.
struct Desk {
    apps::TestFolder folder;
    ClaimsPlan plan;

    explicit Desk(const std::string& claims) {
        const std::string file =
            folder.write("world.yaml", std::string{test::crowd_world} + "claims:\n" + claims);
        const auto loaded = world::load_world(file);
        REQUIRE_MESSAGE(loaded.report.ok(), loaded.text());
        plan.add(file, {}, loaded);
    }

    [[nodiscard]] std::string program(const std::string& value) const {
        const std::string file =
            folder.write("fake",
                         "#!/bin/sh\nseed=$(sed -n 's/.*\"seed\": \\([0-9]*\\).*/\\1/p')\n"
                         "echo $seed >> '" +
                             folder.file("made") + "'\n" + value +
                             "\necho '{\"state\": \"done\", \"branches\": [{\"digest\": \"0\", "
                             "\"values\": [{\"value\": ['$value']}]}]}'\n");
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
        return file;
    }
};

struct Played {
    std::vector<Judgement> judgements;
    std::size_t made = 0;
    std::vector<LostMember> lost;
};

Played play(const Desk& desk, const std::string& value, int jobs = 1, std::size_t seeds = 20) {
    Ensemble ensemble{{.jobs = jobs, .program = desk.program(value)}};
    ClaimsRun run{desk.plan, ensemble, static_cast<std::size_t>(jobs), seeds, 1};
    while (!run.is_over()) run.advance(1);
    CHECK(ensemble.pending() == 0);
    CHECK(run.expected() == run.made());
    return {run.judgements(), run.made(), run.lost()};
}

constexpr const char* up = "  - {name: up, says: a, measure: total_return, of: COIN, above: 0}\n";

}  // namespace

TEST_CASE("claims run: a clear claim stops at the first look") {
    const Desk desk{up};

    const Played played = play(desk, "value=1.$seed");

    CHECK(played.judgements[0].verdict == Verdict::holds);
    CHECK(played.judgements[0].members == 5);
    CHECK(played.made == 5);
}

TEST_CASE("claims run: one that stays unclear gets every member, and is undecided") {
    const Desk desk{up};

    const Played played = play(desk, "value=$((seed % 2 * 2 - 1))");

    CHECK(played.judgements[0].verdict == Verdict::undecided);
    CHECK(played.judgements[0].members == 20);
    CHECK(played.judgements[0].interval.estimate == doctest::Approx(0));
    CHECK(played.made == 20);
}

TEST_CASE("claims run: a claim's verdict is its own, whatever is claimed beside it") {
    const Desk desk{std::string{up} +
                    "  - {name: more, says: b, measure: total_return, of: COIN, above: 130%}\n"};

    const Played played = play(desk, "value=1.$((seed % 2 * 6))");

    CHECK(played.judgements[0].verdict == Verdict::holds);
    CHECK(played.judgements[0].members == 5);
    CHECK(played.judgements[1].verdict == Verdict::undecided);
    CHECK(played.judgements[1].members == 20);
    CHECK(played.made == 20);
}

// Goal: verdicts do not follow the timing. Method: members that end in another order than they
// were begun, one, two and five at a time.
TEST_CASE("claims run: it is the same however many members are made at once") {
    const Desk desk{up};
    const std::string slow_first = "value=$((seed % 3)).$seed\nsleep 0.$(((7 - seed % 7) % 7))";

    const Played one = play(desk, slow_first, 1);
    for (const int jobs : {2, 5}) {
        const Played many = play(desk, slow_first, jobs);
        CHECK(many.judgements[0].verdict == one.judgements[0].verdict);
        CHECK(many.judgements[0].members == one.judgements[0].members);
        CHECK(many.judgements[0].interval.low == one.judgements[0].interval.low);
    }
}

TEST_CASE("claims run: lost members are named, and too many of them leave no verdict") {
    const Desk desk{up};

    const Played few = play(desk, "[ $seed != 3 ] || exit 7; value=1.$seed");
    CHECK(few.judgements[0].verdict == Verdict::holds);
    CHECK(few.judgements[0].missing == 1);
    REQUIRE(few.lost.size() == 1);
    CHECK(few.lost[0].seed == 3);
    CHECK(few.lost[0].scene == "crowd");
    CHECK(few.lost[0].state == MemberState::crashed);

    const Played many = play(desk, "[ $((seed % 2)) = 0 ] || exit 7; value=1.$seed");
    CHECK(many.judgements[0].verdict == Verdict::undecided);
    CHECK(many.judgements[0].why.find("the member of seed 1 is lost") != std::string::npos);
}

TEST_CASE("claims run: a member whose answers are not those that were asked is lost") {
    const Desk desk{
        std::string{up} +
        "  - {name: calm, says: b, measure: volatility, of: COIN, horizon: 5min, below: 5%}\n"};

    const Played played = play(desk, "value=1", 1, 3);  // one answer to two questions

    CHECK(played.lost.size() == 3);
    CHECK(played.judgements[1].verdict == Verdict::undecided);
}

}  // namespace crowdout::studies
