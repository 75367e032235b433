// SPDX-License-Identifier: Apache-2.0
#include "world/book_flows.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/world/flow_rows.hpp"

using namespace crowdout::world;
using crowdout::market::Cause;
using crowdout::market::Fill;
using crowdout::market::Quantity;
using crowdout::market::Side;

namespace {

constexpr std::uint16_t makers = 1;
constexpr std::uint16_t retail = 2;
constexpr std::uint16_t funds = 3;
constexpr std::uint16_t venue = 9;

Fill fill(std::uint16_t maker, std::uint16_t taker, Side taker_side, Cause taker_cause,
          std::int64_t lots) {
    Fill made;
    made.maker = {maker, 0};
    made.taker = {taker, 5};
    made.taker_side = taker_side;
    made.maker_cause = Cause::quote;
    made.taker_cause = taker_cause;
    made.quantity = Quantity{lots};
    return made;
}

/// Retail buys from makers, a fund sells to them under a margin call, and again.
BookFlows three_fills() {
    BookFlows flows{venue};
    flows.record(fill(makers, retail, Side::buy, Cause::choice, 2), Money{200}, Money{1}, Money{3});
    flows.record(fill(makers, funds, Side::sell, Cause::margin_call, 4), Money{390}, Money{0},
                 Money{5});
    flows.record(fill(makers, funds, Side::sell, Cause::margin_call, 1), Money{95}, Money{0},
                 Money{2});
    return flows;
}

}  // namespace

TEST_CASE("book flows: buyers pay sellers, and both pay the venue") {
    FlowMatrix matrix;

    matrix.merge(three_fills().flows());

    CHECK(rows_of(matrix) == Rows{{makers, venue, Reason::fees, Money{1}},
                                  {retail, venue, Reason::fees, Money{3}},
                                  {funds, venue, Reason::fees, Money{7}},
                                  {makers, funds, Reason::trades, Money{485}},
                                  {retail, makers, Reason::trades, Money{200}}});
}

TEST_CASE("book flows: who bought and sold for which cause") {
    std::vector<TradeRow> rows;

    three_fills().trades(rows);

    CHECK(rows == std::vector<TradeRow>{
                      {makers, Cause::quote, Side::buy, {Money{485}, Quantity{5}}},
                      {makers, Cause::quote, Side::sell, {Money{200}, Quantity{2}}},
                      {retail, Cause::choice, Side::buy, {Money{200}, Quantity{2}}},
                      {funds, Cause::margin_call, Side::sell, {Money{485}, Quantity{5}}},
                  });
}

TEST_CASE("book flows: what was merged is not merged again") {
    BookFlows flows = three_fills();
    FlowMatrix matrix;
    matrix.merge(flows.flows());
    flows.begin_step();
    matrix.merge(flows.flows());
    CHECK(matrix.total(retail, makers, Reason::trades) == Money{200});
    std::vector<TradeRow> step;
    flows.step_trades(step);
    CHECK(step.empty());

    flows.record(fill(makers, retail, Side::buy, Cause::choice, 1), Money{101});
    flows.add(retail, venue, Reason::escrow, Money{-102});
    matrix.merge(flows.flows());

    flows.step_trades(step);
    CHECK(step ==
          std::vector<TradeRow>{{makers, Cause::quote, Side::sell, {Money{101}, Quantity{1}}},
                                {retail, Cause::choice, Side::buy, {Money{101}, Quantity{1}}}});
    CHECK(matrix.total(retail, makers, Reason::trades) == Money{301});
    CHECK(matrix.total(retail, venue, Reason::escrow) == Money{-102});
}

TEST_CASE("book flows: many pairs of blocks keep their sums") {
    BookFlows flows;
    for (std::uint16_t round = 0; round < 3; ++round) {
        for (std::uint16_t pair = 0; pair < 900; ++pair) {
            flows.record(fill(static_cast<std::uint16_t>(pair % 30),
                              static_cast<std::uint16_t>(pair / 30), Side::buy, Cause::choice, 1),
                         Money{pair + 1});
        }
    }
    FlowMatrix matrix;
    matrix.merge(flows.flows());

    for (std::uint16_t pair = 0; pair < 900; ++pair) {
        // The taker buys: it is `from`.
        REQUIRE(matrix.total(pair / 30, pair % 30, Reason::trades) == Money{3 * (pair + 1)});
    }
}

TEST_CASE("book flows: an archived one goes on as before") {
    BookFlows flows = three_fills();
    BookFlows copy = through_archive(flows);
    FlowMatrix matrix;
    FlowMatrix matrix_of_copy;
    for (int step = 0; step < 2; ++step) {
        for (auto [one, its] : {std::pair{&flows, &matrix}, std::pair{&copy, &matrix_of_copy}}) {
            one->record(fill(funds, makers, Side::buy, Cause::quote, 1), Money{7}, Money{},
                        Money{1});
            its->merge(one->flows());
            one->begin_step();
        }
    }

    CHECK(rows_of(matrix_of_copy) == rows_of(matrix));
    CHECK(matrix.total(makers, venue, Reason::fees) == Money{3});  // 1 before, 2 after
}
