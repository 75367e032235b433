// SPDX-License-Identifier: Apache-2.0
#include "world/field_reader.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/world/toy_world.hpp"
#include "world/field_printer.hpp"
#include "world/loader.hpp"
#include "world/text.hpp"

using namespace crowdout;
using namespace crowdout::world;

namespace {

/// The complaints of a world, each as `line:column code`, in one line.
std::string mistakes(const std::string& text) {
    const auto loaded = toy::load_text(text);
    std::string list;
    for (const Diagnostic& each : loaded.report.diagnostics()) {
        const Position at = loaded.document.sources.position(each.place);
        list += (list.empty() ? "" : ", ") + std::to_string(at.line) + ":" +
                std::to_string(at.column) + " " + code_name(each.code);
    }
    return list;
}

std::string mistake_in(const std::string& line) {
    return mistakes("name: w\n" + line + "\n");
}

}  // namespace

TEST_CASE("field reader: every kind of field takes its value") {
    const auto loaded = toy::load_text(std::string{toy::good_world});
    REQUIRE(loaded.text() == "");
    const toy::World& world = loaded.config;

    CHECK(world.name == "toy");
    CHECK(world.seed == 7);
    CHECK(world.start.ns == 1'760'103'000'000'000'000);
    CHECK(world.reserve == market::Money{12'000'000'000'000});
    CHECK(world.income == 4e11);
    CHECK(world.growth == 0.04);
    CHECK(world.steps == std::vector<market::Duration>{market::minute * 5, market::second * 10});
    CHECK(world.venue.open);
    CHECK(world.venue.taker_fee == 500'000);
    REQUIRE(world.instruments.size() == 2);
    CHECK(world.instruments[0].kind == toy::Kind::coin);
    CHECK(world.instruments[0].supply == 19'800'000);
    CHECK_FALSE(world.instruments[0].coupon.has_value());
    CHECK(world.instruments.find("国债")->coupon == 42'500'000);
    REQUIRE(world.populations.size() == 2);
    const toy::Population& makers = world.populations[0];
    CHECK(makers.archetype.tag() == "market_maker");
    CHECK(makers.archetype.as<toy::MakerParams>().spread == 0.0025);
    CHECK(makers.archetype.as<toy::MakerParams>().levels == 5);
    CHECK(makers.cash.kind == agents::Distribution::Kind::lognormal);
    CHECK(makers.cash.a == 20'000'000);
    CHECK(makers.cash.b == 0.5);
    CHECK(makers.cash.low == 0);
    CHECK(makers.cash.high == 1'000'000'000);
    const toy::Population& trend = world.populations[1];
    CHECK(trend.archetype.holds<toy::TrendParams>());
    CHECK_FALSE(trend.archetype.holds<toy::MakerParams>());
    CHECK(trend.archetype.as<toy::TrendParams>().fast == market::hour * 2);
    CHECK(trend.holdings[0] == std::pair<std::string, double>{"BTC", 1'500});
}

TEST_CASE("field reader: all mistakes come at once, in the order of the file") {
    CHECK(mistakes("levarage: 3\nsteps: 5\nseed: 1e400\nvenue: {open: yes}\n") ==
          "1:1 E0123, 1:1 E0124, 2:8 E0125, 3:7 E0146, 4:15 E0147");
}

TEST_CASE("field reader: each kind refuses what it is not") {
    CHECK(mistake_in("seed: 1.5") == "2:7 E0145");
    CHECK(mistake_in("seed: -1") == "2:7 E0142");
    CHECK(mistake_in("seed: [1]") == "2:7 E0125");
    CHECK(mistake_in("seed: \"5\"") == "2:7 E0140");
    CHECK(mistake_in("seed:") == "2:1 E0126");
    CHECK(mistake_in("reserve: $0.00001") == "2:10 E0145");
    CHECK(mistake_in("reserve: \"$5\"") == "");
    CHECK(mistake_in("reserve: 5%") == "2:10 E0141");
    CHECK(mistake_in("start: 2025-02-30") == "2:8 E0149");
    CHECK(mistake_in("steps: [5]") == "2:9 E0141");
    CHECK(mistake_in("steps: []") == "2:8 E0128");
    CHECK(mistake_in("growth: .nan") == "2:9 E0143");
    CHECK(mistake_in("growth: 200%") == "2:9 E0142");
    CHECK(mistake_in("venue: 5") == "2:8 E0125");
    CHECK(mistake_in("venue: {open: no}") == "2:15 E0147");
    CHECK(mistakes("name: yes\n") == "1:7 E0151");
    CHECK(mistakes("name: 3\n") == "1:7 E0151");
    CHECK(mistakes("name: \"3\"\n") == "");
    CHECK(mistake_in("instruments: [{name: A, kind: Coin, price: 1}]") == "2:31 E0148");
    CHECK(mistake_in("instruments: [{name: A, kind: coin, price: 0}]") == "2:44 E0142");
    CHECK(mistake_in("instruments: [{name: A.B, kind: coin, price: 1}]") == "2:22 E0152");
    CHECK(mistake_in("instruments: [{name: A, kind: coin}]") == "2:15 E0124");
}

TEST_CASE("field reader: an optional field can be taken back") {
    const std::string text =
        "name: w\ninstruments:\n- {name: A, kind: bond, price: 1, coupon: ~}\n";
    CHECK(mistakes(text) == "");
    CHECK_FALSE(toy::load_text(text).config.instruments[0].coupon.has_value());
}

TEST_CASE("field reader: a tag chooses the fields beside it") {
    const std::string head = "name: w\ninstruments: [{name: A, kind: coin, price: 1}]\n";
    CHECK(mistakes(head + "populations: [{name: p, archetype: market_maker, instrument: A}]") ==
          "");
    CHECK(mistakes(head + "populations: [{name: p, archetype: market_maker}]") == "3:15 E0124");
    CHECK(mistakes(head + "populations: [{name: p, archetype: market_makr, instrument: A}]") ==
          "3:36 E0161");
    CHECK(mistakes(head + "populations: [{name: p, archetype: trend_fund, spread: 1%}]") ==
          "3:48 E0123");
    CHECK(mistakes(head + "populations: [{name: p, instrument: A}]") == "3:15 E0124");
}

TEST_CASE("field reader: names are unique, and references are to names that exist") {
    const std::string head =
        "name: w\ninstruments: [{name: A, kind: coin, price: 1}, {name: A, kind: coin, price: "
        "1}]\n";
    CHECK(mistakes(head) == "2:55 E0127");
    const auto loaded = toy::load_text(
        "name: w\ninstruments: [{name: BTCUSD, kind: coin, price: 1}]\n"
        "populations: [{name: p, archetype: trend_fund, instruments: [BTCUSB], holdings: {X: "
        "1}}]\n");
    REQUIRE(loaded.report.diagnostics().size() == 2);
    CHECK(loaded.report.diagnostics()[0].message ==
          "no instrument is named 'BTCUSB'; did you mean 'BTCUSD'?");
    CHECK(loaded.report.diagnostics()[1].message == "no instrument is named 'X'");
}

TEST_CASE("field reader: a struct complains of itself at the field it names") {
    const auto loaded = toy::load_text(
        "name: w\npopulations: [{name: p, archetype: trend_fund, fast: 5d, slow: 1d}]\n");
    REQUIRE(loaded.report.diagnostics().size() == 1);
    CHECK(loaded.report.diagnostics()[0].code == Code::inconsistent);
    CHECK(loaded.report.diagnostics()[0].path == "populations[p].fast");
    CHECK(loaded.report.diagnostics()[0].message == "fast: is not faster than slow");
}

TEST_CASE("field reader: a complaint about a path goes to the nearest value written") {
    const toy::Files files{{"world.yaml", "name: w\nextends: b.yaml\nsectors: [{name: s}]\n"},
                           {"b.yaml", "instruments: [{name: A, kind: bond, price: 1}]\n"}};
    CHECK(toy::load_files(files).text() == "");
    const auto place = [&](const std::string& path) {
        toy::complaint() = path;
        const auto loaded = toy::load_files(files);
        toy::complaint().clear();
        return loaded.document.sources.where(loaded.report.diagnostics().at(0).place);
    };
    CHECK(place("instruments[A].kind") == "b.yaml:1:31");
    CHECK(place("instruments[A].coupon") == "b.yaml:1:15");
    CHECK(place("sectors[t].label") == "world.yaml:3:10");
    CHECK(place("seed") == "world.yaml:1:1");
}

TEST_CASE("field reader: distributions are complete or refused") {
    const auto with_cash = [](const std::string& cash) {
        return mistakes(
            "name: w\npopulations:\n- name: p\n  archetype: trend_fund\n  cash: " + cash + "\n");
    };
    CHECK(with_cash("$5") == "");
    CHECK(with_cash("{uniform: [1k, 2k]}") == "");
    CHECK(with_cash("{normal: {mean: 5, sd: 2}, min: 1, max: 9}") == "");
    CHECK(with_cash("{pareto: {min: 1k, alpha: 1.5}}") == "");
    CHECK(with_cash("{exponential: {mean: 3}}") == "");
    CHECK(with_cash("{choice: {values: [1, 2], weights: [3, 1]}}") == "");
    CHECK(with_cash("{choice: {values: [1, 2]}}") == "");

    CHECK(with_cash("{}") == "5:9 E0150");
    CHECK(with_cash("{lognorm: {median: 1, sigma: 1}}") == "5:10 E0150");
    CHECK(with_cash("{lognormal: {median: 1}}") == "5:21 E0150");
    CHECK(with_cash("{lognormal: {median: 0, sigma: 1}}") == "5:30 E0142");
    CHECK(with_cash("{lognormal: {median: 1, sigma: 1, mu: 2}}") == "5:43 E0123");
    CHECK(with_cash("{normal: {mean: 5%, sd: 1}}") == "5:25 E0141");
    CHECK(with_cash("{uniform: [2, 1]}") == "5:19 E0150");
    CHECK(with_cash("{uniform: [1]}") == "5:19 E0150");
    CHECK(with_cash("{uniform: [-1, 1]}") == "5:20 E0142");
    CHECK(with_cash("{choice: {values: [1, 2], weights: [3]}}") == "5:44 E0150");
    CHECK(with_cash("{choice: {values: [1, 2], weights: [0, 0]}}") == "5:44 E0150");
    CHECK(with_cash("{uniform: [1, 2], exponential: {mean: 1}}") == "5:9 E0150");
    CHECK(with_cash("{uniform: [1, 2], min: 5, max: 4}") == "5:9 E0150");
}

TEST_CASE("field reader: the nearest word is the one that was meant") {
    const std::vector<std::string_view> known{"leverage", "count", "cash", "spread"};
    CHECK(nearest("levarage", known) == "leverage");
    CHECK(nearest("cuont", known) == "count");
    CHECK(nearest("Cash", known) == "cash");
    CHECK(nearest("xyz", known) == "");
    CHECK(nearest("q", known) == "");
}

TEST_CASE("field reader: a literal keeps its YAML, whatever it is") {
    struct Holder {
        std::vector<Literal> values;
        void visit(FieldVisitor& field) { field("values", values); }
    };
    const std::string line =
        "[5%, 3, \"03\", true, {uniform: [1, 2]}, [a, \"b, c\"], \"\", \"5: x\"]";
    LoadOptions options;
    options.read = [&](const std::string&, std::string&) {
        return std::optional{"values: " + line + "\n"};
    };

    Loaded<Holder> loaded = load<Holder>("holder.yaml", options);

    REQUIRE(loaded.text() == "");
    REQUIRE(loaded.config.values.size() == 8);
    CHECK(loaded.config.values[0].text == "5%");
    CHECK(loaded.config.values[2].text == "\"03\"");
    CHECK(loaded.config.values[4].text == "{uniform: [1, 2]}");
    CHECK(print_resolved(*type_of<Holder>(), &loaded.config) == "values: " + line + "\n");
}
