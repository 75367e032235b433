// SPDX-License-Identifier: Apache-2.0
#include "world/flow_of_funds.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "market/ledger.hpp"
#include "tests/world/flow_rows.hpp"

using namespace crowdout::world;
using crowdout::market::AccountId;
using crowdout::market::AssetId;
using crowdout::market::Ledger;
using crowdout::market::Posting;
using crowdout::market::Units;
using crowdout::market::usd;

namespace {

constexpr std::uint16_t bank = 0;
constexpr std::uint16_t firm = 1;
constexpr std::uint16_t people = 2;
constexpr std::uint16_t state = 3;

/// A bank lends, a firm pays wages, people pay taxes and buy.
FlowMatrix small_economy() {
    FlowMatrix matrix;
    matrix.add(bank, firm, Reason::loans, Money{100});
    matrix.add(firm, people, Reason::wages, Money{80});
    matrix.add(people, state, Reason::taxes, Money{20});
    matrix.add(people, firm, Reason::consumption, Money{50});
    matrix.add(firm, people, Reason::wages, Money{10});
    return matrix;
}

}  // namespace

TEST_CASE("flow of funds: flows add up by block, block and reason, and sort by reason") {
    CHECK(rows_of(small_economy()) == Rows{{firm, people, Reason::wages, Money{90}},
                                           {people, firm, Reason::consumption, Money{50}},
                                           {people, state, Reason::taxes, Money{20}},
                                           {bank, firm, Reason::loans, Money{100}}});
    CHECK(small_economy().received(people, Reason::wages) == Money{90});
    CHECK(small_economy().received(state, Reason::wages) == Money{0});
    CHECK(small_economy().received(99, Reason::wages) == Money{0});
    CHECK(small_economy().total(people, state, Reason::taxes) == Money{20});
}

TEST_CASE("flow of funds: a step begins with nothing and a window is a difference") {
    FlowMatrix matrix = small_economy();
    const FlowMatrix earlier = matrix;
    matrix.begin_step();
    Rows out;
    matrix.step_rows(out);
    CHECK(out.empty());

    matrix.add(firm, people, Reason::wages, Money{7});
    matrix.add(state, people, Reason::benefits, Money{3});

    const Rows expected{{firm, people, Reason::wages, Money{7}},
                        {state, people, Reason::benefits, Money{3}}};
    matrix.step_rows(out);
    CHECK(out == expected);
    matrix.rows_since(earlier, out);
    CHECK(out == expected);
}

TEST_CASE("flow of funds: the order of adding cannot be seen") {
    FlowMatrix forward;
    FlowMatrix backward;
    for (std::uint32_t i = 0; i < 500; ++i) {
        const std::uint32_t j = 499 - i;
        forward.add(i % 40, i % 37, static_cast<Reason>(i % 20), Money{i});
        backward.add(j % 40, j % 37, static_cast<Reason>(j % 20), Money{j});
    }

    CHECK(rows_of(forward) == rows_of(backward));
    CHECK(rows_of(forward).size() == 499);  // 500 different cells, one of them with nothing in it
}

TEST_CASE("flow of funds: blocks roll up into sectors, with what stays inside") {
    // The firm and the bank are one sector, people and state another.
    const std::vector<std::uint16_t> sector_of{0, 0, 1, 1};
    Rows out;

    roll_up(rows_of(small_economy()), sector_of, out);

    CHECK(out == Rows{{0, 1, Reason::wages, Money{90}},
                      {1, 0, Reason::consumption, Money{50}},
                      {1, 1, Reason::taxes, Money{20}},
                      {0, 0, Reason::loans, Money{100}}});
}

TEST_CASE("flow of funds: net lending is income less spending, and financing is the rest") {
    const FlowMatrix matrix = small_economy();

    CHECK(matrix.net_lending(bank) == Money{0});
    CHECK(matrix.net_lending(firm) == Money{-80 - 10 + 50});
    CHECK(matrix.net_lending(people) == Money{80 + 10 - 20 - 50});
    CHECK(matrix.net_lending(state) == Money{20});
    CHECK(matrix.net_lending(99) == Money{0});
    CHECK(matrix.net_financing(bank) == Money{-100});
    CHECK(matrix.net_financing(firm) == Money{100});
    CHECK(matrix.net_financing(people) == Money{0});
    CHECK(matrix.net_financing(99) == Money{0});
}

TEST_CASE("flow of funds: postings of dollars, and only those, explain the ledger's cash") {
    constexpr AssetId coin{1};
    Ledger ledger{2};
    for (const char* name : {"bank", "firm", "people"}) ledger.add_block({name, 2, {usd, coin}});
    ledger.set_issuer(usd, {bank, 0});
    ledger.set_issuer(coin, {bank, 1});
    FlowMatrix matrix;
    const auto post = [&](const Posting& posting) {
        ledger.post(posting);
        matrix.record(posting);
    };

    post({{bank, 0}, {firm, 0}, usd, Units{1000}, Reason::loans});
    post({{firm, 0}, {people, 0}, usd, Units{300}, Reason::wages});
    post({{firm, 0}, {people, 1}, usd, Units{200}, Reason::wages});
    post({{people, 0}, {people, 1}, usd, Units{50}, Reason::trades});
    post({{bank, 1}, {people, 0}, coin, Units{5}, Reason::mining});

    CHECK(ledger.cash(bank) == Money{-1000});
    CHECK(ledger.cash(firm) == Money{500});
    CHECK(ledger.cash(people) == Money{500});
    for (std::uint32_t block = 0; block < 3; ++block) {
        CHECK(matrix.net_lending(block) + matrix.net_financing(block) == ledger.cash(block));
    }
}

TEST_CASE("flow of funds: an archived matrix goes on as before") {
    FlowMatrix matrix = small_economy();
    FlowMatrix copy = through_archive(matrix);

    for (FlowMatrix* one : {&matrix, &copy}) {
        one->add(firm, people, Reason::wages, Money{1});
        one->add(state, bank, Reason::coupons, Money{2});
    }

    CHECK(rows_of(copy) == rows_of(matrix));
    CHECK(copy.received(people, Reason::wages) == Money{91});
    CHECK(copy.net_lending(people) == Money{21});
}
