// SPDX-License-Identifier: Apache-2.0
#include "world/receivables.hpp"

#include <doctest/doctest.h>

using namespace crowdout;
using agents::ObligationKind;
using world::ObligationBook;
using world::Receivables;

namespace {

constexpr market::AccountId lab{1, 0};
constexpr market::AccountId fund{2, 0};
constexpr market::AccountId holding{3, 0};

market::Time day(std::int64_t n) {
    return market::Time{} + market::day * n;
}

}  // namespace

TEST_CASE("receivables: a creditor sees what it is owed, by due date") {
    ObligationBook book;
    book.add(ObligationKind::capital_call, holding, lab, market::Money{300}, day(20));
    book.add(ObligationKind::capital_call, fund, lab, market::Money{100}, day(10));
    book.add(ObligationKind::redemption, lab, fund, market::Money{50}, day(5));
    Receivables receivables;
    receivables.refresh(book);

    const auto owed = receivables.of(lab);
    REQUIRE(owed.size() == 2);
    CHECK(owed[0].debtor == fund);
    CHECK(owed[0].amount == market::Money{100});
    CHECK(owed[1].debtor == holding);
    CHECK(receivables.of(fund).size() == 1);
    CHECK(receivables.of(holding).empty());
}

TEST_CASE("receivables: what is met disappears with the next refresh") {
    ObligationBook book;
    const auto id = book.add(ObligationKind::capital_call, fund, lab, market::Money{100}, day(10));
    Receivables receivables;
    receivables.refresh(book);

    book.meet(fund, id, market::Money{40});
    CHECK(receivables.of(lab)[0].amount == market::Money{100});
    receivables.refresh(book);
    CHECK(receivables.of(lab)[0].amount == market::Money{60});
    book.meet(fund, id, market::Money{60});
    receivables.refresh(book);
    CHECK(receivables.of(lab).empty());
}
