// SPDX-License-Identifier: Apache-2.0
#include "world/obligations.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "market/archive.hpp"

using namespace crowdout;
using namespace crowdout::world;
using agents::Obligation;
using agents::ObligationKind;
using market::AccountId;
using market::Money;
using market::Time;

namespace {

constexpr AccountId fund{3, 0};
constexpr AccountId lab{4, 0};
constexpr AccountId investor{5, 0};
constexpr AccountId other_investor{5, 1};

constexpr Time on(std::int32_t year, std::int32_t month, std::int32_t day) {
    return Time{} + market::day * market::day_number({year, month, day});
}

constexpr Time june{on(2025, 6, 30) + market::hour * 20};
constexpr Time september{on(2025, 9, 30) + market::hour * 20};

void check_sound(const ObligationBook& book) {
    CHECK(book.audit() == "");
    CHECK(book.digest() == book.digest_afresh());
}

}  // namespace

TEST_CASE("obligations: a debtor sees its own, by due date, whatever the order of their making") {
    ObligationBook book;
    const std::uint32_t late = book.add(ObligationKind::capital_call, fund, lab, Money{30}, {300});
    book.add(ObligationKind::purchase, lab, fund, Money{9}, {50});
    const std::uint32_t early = book.add(ObligationKind::capital_call, fund, lab, Money{10}, {100});
    const std::uint32_t same = book.add(ObligationKind::purchase, fund, lab, Money{20}, {100});

    const auto mine = book.of(fund);

    REQUIRE(mine.size() == 3);
    CHECK(mine[0].id == early);
    CHECK(mine[1].id == same);
    CHECK(mine[2].id == late);
    CHECK(book.of(investor).empty());
    CHECK(book.next_due({100}) == Time{300});
    CHECK(book.next_due({300}) == market::never);
    CHECK(book.open_total(fund, ObligationKind::capital_call) == Money{40});
    check_sound(book);
}

TEST_CASE("obligations: meeting takes what is open and no more") {
    ObligationBook book;
    const std::uint32_t call = book.add(ObligationKind::capital_call, fund, lab, Money{30}, {300});

    CHECK(book.meet(fund, call, Money{12}) == Money{12});
    CHECK(book.find(fund, call)->amount == Money{18});
    CHECK(book.meet(lab, call, Money{5}) == Money{0});  // not its debt
    CHECK(book.meet(fund, call, Money{100}) == Money{18});
    CHECK(book.find(fund, call) == nullptr);
    CHECK(book.meet(fund, call, Money{1}) == Money{0});

    CHECK(book.met_total(ObligationKind::capital_call) == Money{30});
    CHECK(book.open_total(ObligationKind::capital_call) == Money{0});
    CHECK(book.digest() == 0);
    check_sound(book);
}

TEST_CASE("obligations: a promise of nothing is none") {
    ObligationBook book;

    CHECK(book.add(ObligationKind::purchase, fund, lab, Money{0}, {1}) == 0);
    CHECK(book.all().empty());
}

TEST_CASE("obligations: what is overdue stays until it is met, extended or forgiven") {
    ObligationBook book;
    const std::uint32_t call = book.add(ObligationKind::capital_call, fund, lab, Money{30}, {100});
    std::vector<Obligation> overdue;
    book.overdue({100}, overdue);
    CHECK(overdue.empty());
    book.overdue({101}, overdue);
    REQUIRE(overdue.size() == 1);
    CHECK(overdue[0].id == call);

    CHECK(book.extend(fund, call, {500}));
    CHECK(book.of(fund)[0].due == Time{500});
    CHECK(book.forgive(fund, call, Money{10}) == Money{10});
    CHECK(book.forgive(fund, call, Money{50}) == Money{20});

    CHECK_FALSE(book.extend(fund, call, {600}));
    CHECK(book.forgiven_total(ObligationKind::capital_call) == Money{30});
    check_sound(book);
}

TEST_CASE("obligations: a gate that binds pays pro rata and rolls the rest") {
    ObligationBook book;
    const auto redemption = ObligationKind::redemption;
    const std::uint32_t big = book.add(redemption, fund, investor, Money{600}, june);
    const std::uint32_t small = book.add(redemption, fund, other_investor, Money{200}, june);
    book.add(redemption, fund, investor, Money{50}, september);
    book.add(ObligationKind::purchase, fund, lab, Money{70}, june);

    const Money payable = book.open_gate(fund, june, Money{400}, september);

    CHECK(payable == Money{400});
    // Half of each is payable now, under new ids; the other half joins September's queue.
    CHECK(book.find(fund, big)->amount == Money{300});
    CHECK(book.find(fund, big)->due == september);
    CHECK(book.find(fund, small)->amount == Money{100});
    Money due_in_june;
    for (const Obligation& obligation : book.of(fund)) {
        if (obligation.kind == redemption && obligation.due == june) {
            due_in_june += obligation.amount;
        }
    }
    CHECK(due_in_june == Money{400});
    CHECK(book.open_total(redemption) == Money{850});
    CHECK(book.open_total(ObligationKind::purchase) == Money{70});
    check_sound(book);
}

TEST_CASE("obligations: the queue is conserved over quarters until everybody has left") {
    ObligationBook book;
    const auto redemption = ObligationKind::redemption;
    book.add(redemption, fund, investor, Money{701}, june);
    book.add(redemption, fund, other_investor, Money{302}, june);
    Money paid;
    Time due = june;
    int quarters = 0;
    while (book.open_total(redemption) > Money{0}) {
        const Time next = quarter_end(due + market::day);
        book.open_gate(fund, due, Money{300}, next);
        while (!book.of(fund).empty() && book.of(fund)[0].due == due) {
            const Obligation first = book.of(fund)[0];
            paid += book.meet(fund, first.id, first.amount);
        }
        CHECK(paid + book.open_total(redemption) == Money{1003});
        check_sound(book);
        due = next;
        ++quarters;
    }

    CHECK(quarters == 4);  // 300, 300, 300, 103
    CHECK(book.all().empty());
}

TEST_CASE("obligations: a gate that does not bind, or is shut, splits nothing") {
    ObligationBook book;
    const std::uint32_t request =
        book.add(ObligationKind::redemption, fund, investor, Money{200}, june);

    CHECK(book.open_gate(fund, june, Money{200}, september) == Money{200});
    CHECK(book.find(fund, request)->due == june);
    CHECK(book.open_gate(fund, june, Money{0}, september) == Money{0});
    CHECK(book.find(fund, request)->due == september);
    CHECK(book.all().size() == 1);
    check_sound(book);
}

TEST_CASE("obligations: quarters end at four on their last trading day") {
    // 2025-12-31 16:00 EST is 21:00 UTC; 2025-06-30 16:00 EDT is 20:00 UTC.
    CHECK(quarter_end(on(2025, 10, 1)) == on(2025, 12, 31) + market::hour * 21);
    CHECK(quarter_end(on(2025, 6, 30)) == june);
    CHECK(quarter_end(june) == june);
    CHECK(quarter_end(june + market::second) == september);
    // 2024-03-31 is a Sunday, and the Friday before it is Good Friday.
    CHECK(quarter_end(on(2024, 2, 1)) == on(2024, 3, 28) + market::hour * 20);
}

TEST_CASE("obligations: notice pushes a redemption past the quarter that is too near") {
    const RedemptionTerms terms{.notice_days = 60, .gate = 0.2};

    CHECK(redemption_date(terms, on(2025, 4, 20)) == june);
    CHECK(redemption_date(terms, on(2025, 5, 20)) == september);
}

TEST_CASE("obligations: an archived queue is the same queue") {
    ObligationBook book;
    book.add(ObligationKind::redemption, fund, investor, Money{200}, june);
    const std::uint32_t call = book.add(ObligationKind::capital_call, fund, lab, Money{30}, {100});
    book.meet(fund, call, Money{4});
    market::ArchiveWriter writer;
    book.archive(writer);

    ObligationBook copy;
    market::ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(copy.digest() == book.digest());
    CHECK(copy.met_total(ObligationKind::capital_call) == Money{4});
    CHECK(copy.add(ObligationKind::purchase, lab, fund, Money{1}, {1}) == call + 1);
    check_sound(copy);
}
