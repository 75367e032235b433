// SPDX-License-Identifier: Apache-2.0
#include "studies/study_findings.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "studies/database.hpp"
#include "studies/results_tables.hpp"

using namespace crowdout;
using namespace crowdout::studies;

namespace {

/// A results file of two points and two seeds, made by SQL; gone when the test is over.
class Results {
public:
    Results() : database_{path_.string(), Database::Mode::create} {
        database_.execute(results_schema_sql());
        database_.execute(R"(
            INSERT INTO meta VALUES ('name', 'small');
            INSERT INTO study VALUES ('study', 'name: small');
            INSERT INTO factors VALUES (0, 'capex', 'Capex', '开支', 'USD', 'log', 'a.b');
            INSERT INTO points VALUES (0, '', 0), (1, '', 1);
            INSERT INTO levels VALUES (0, 0, 1, 2e9, '$2B'), (1, 0, 0, 1e9, '$1B');
            INSERT INTO branches VALUES (0, '', '', '', 0, '', ''), (1, 'calm', 'Calm', '', 0, '', '');
            INSERT INTO measures VALUES (0, 'fall', 'drawdown', 'share', 'x: y');
            INSERT INTO members VALUES (0, 0, 1, 'done'), (1, 0, 2, 'done'), (2, 1, 1, 'done'),
                                       (3, 1, 2, 'crashed');
            INSERT INTO "values" VALUES (0, 0, 0, -0.5, '', NULL, NULL), (0, 1, 0, -0.25, '', NULL, NULL),
                                        (1, 0, 0, NULL, 'no trades', NULL, NULL);
            INSERT INTO sensitivity VALUES (0, 0, 0, 'total', 0.7, 0.6, NULL);
            INSERT INTO attribution VALUES (0, 0, 'whole', '', -0.5, -0.6, -0.4, 2),
                                           (0, 1, 'channel', 'calm', -0.25, NULL, NULL, 2);
            INSERT INTO failures VALUES (3, 'crashed', 'signal 11');
            INSERT INTO series VALUES (0, 0, 'BTC', 0, 1), (1, 0, 'BTC', 0, 3), (2, 0, 'BTC', 0, 99),
                                      (0, 0, 'BTC', 60, 2), (0, 1, 'BTC', 0, 7);
        )");
    }
    ~Results() { std::filesystem::remove(path_); }
    [[nodiscard]] Database& database() { return database_; }

private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                  ("findings_" + std::to_string(::getpid()) + ".sqlite");
    Database database_;
};

}  // namespace

TEST_CASE("study findings: tables become what a report shows") {
    Results results;

    const StudyFindings found = read_findings(results.database());

    CHECK(found.meta.at("name") == "small");
    CHECK(found.texts.at("study") == "name: small");
    REQUIRE(found.factors.size() == 1);
    CHECK(found.factors[0].label.in(Language::chinese) == "开支");
    // By their place in the range, not by the order of points.
    CHECK(found.factors[0].levels == std::vector<std::string>{"$1B", "$2B"});
    CHECK(found.factors[0].numbers == std::vector<double>{1e9, 2e9});
    CHECK(found.factors[0].is_log);
    CHECK(found.points[0].levels == std::vector<std::size_t>{1});
    CHECK(found.points[1].levels == std::vector<std::size_t>{0});
    CHECK(found.branches[1].in(Language::chinese) == "Calm");
    CHECK(found.values[0][0][0] == -0.5);
    CHECK(found.values[0][1][0] == -0.25);
    CHECK(std::isnan(found.values[0][0][1]));
    CHECK(std::isnan(found.values[0][1][3]));
    CHECK(found.sensitivity[0].value.low == 0.6);
    CHECK(std::isnan(found.sensitivity[0].value.high));
    CHECK(found.attribution[1].name == "calm");
    CHECK(found.failures[0].what == "signal 11");
}

TEST_CASE("study findings: a fan is over the members of the first point") {
    Results results;

    const StudyFindings found = read_findings(results.database());

    REQUIRE(found.fans.size() == 2);
    CHECK(found.fans[0].track == "BTC");
    CHECK(found.fans[0].times == std::vector<std::int64_t>{0, 60});
    CHECK(found.fans[0].runs == 2);
    CHECK(found.fans[0].quantiles[2] == std::vector<double>{2, 2});
    CHECK(found.fans[0].quantiles[0][0] == doctest::Approx(1.1));  // 1 + 5 % of the way to 3
    CHECK(found.fans[1].branch == 1);
}

TEST_CASE("study findings: numbers that name nothing are refused") {
    Results results;
    results.database().execute("UPDATE members SET point = 7 WHERE member = 3");
    CHECK_THROWS_WITH_AS((void)read_findings(results.database()),
                         doctest::Contains("number 7 names nothing"), ResultsError);
}

TEST_CASE("study findings: what the world has of the past is read, and older files have none") {
    Results results;
    results.database().execute(R"(
        INSERT INTO past VALUES (0, 0, 'BTC', 'then', 'a book', 1, 60, 5),
                                (0, 1, 'BTC', 'then', 'a book', 1, 120, 6),
                                (1, 0, 'policy_rate', 'fed', '', 0, 0, 0.04);
    )");
    const StudyFindings found = read_findings(results.database());

    REQUIRE(found.past.size() == 2);
    CHECK(found.past[0].first == "BTC");
    CHECK(found.past[0].second.source == "a book");
    CHECK(found.past[0].second.times == std::vector<std::int64_t>{60'000'000'000, 120'000'000'000});
    CHECK(found.past[0].second.values == std::vector<double>{5, 6});
    CHECK(found.past[1].first == "policy_rate");
    CHECK(found.past[1].second.values == std::vector<double>{0.04});

    results.database().execute("DROP TABLE past");
    CHECK(read_findings(results.database()).past.empty());
}
