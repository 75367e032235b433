// SPDX-License-Identifier: Apache-2.0
#include "market/loan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

const AccountId fund{1, 0};
const AccountId bank{2, 0};
const AccountId lender{3, 0};
constexpr Time start{1'760'000'000'000'000'000};

constexpr Units dollars(std::int64_t whole) {
    return Units{whole * money_per_dollar};
}

LoanTerms line(Units limit, RateR9 rate) {
    return {.debtor = fund, .creditor = bank, .limit = limit, .rate = rate};
}

/// What the postings did to each balance.
std::map<AccountId, std::int64_t> balances(const std::vector<Posting>& postings) {
    std::map<AccountId, std::int64_t> result;
    for (const Posting& p : postings) {
        result[p.from] -= p.units.value();
        result[p.to] += p.units.value();
    }
    return result;
}

}  // namespace

TEST_CASE("loan: what is drawn stops at the limit and moves from creditor to debtor") {
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(100), 0), start);

    CHECK(book.draw(id, dollars(70), start, out) == dollars(70));
    CHECK(book.draw(id, dollars(70), start, out) == dollars(30));
    CHECK(book.draw(id, dollars(70), start, out) == Units{0});

    REQUIRE(out.size() == 2);
    CHECK(out[1].from == bank);
    CHECK(out[1].to == fund);
    CHECK(out[1].units == dollars(30));
    CHECK(out[1].reason == Reason::loans);
    CHECK(book.owed(id, start) == dollars(100));
    CHECK(book.available(id, start) == Units{0});
}

TEST_CASE("loan: a year of 365 days costs the rate, rounded up") {
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(1'000), 50'000'000), start);
    book.draw(id, dollars(1'000), start, out);

    CHECK(book.interest_due(id, start) == Units{0});
    CHECK(book.interest_due(id, start + year) == dollars(50));
    CHECK(book.interest_due(id, start + day * 73) == dollars(10));
    // One millisecond of $1,000 at 5 % is 1.6e-5 units: one unit is due.
    CHECK(book.interest_due(id, start + millisecond) == Units{1});
}

TEST_CASE("loan: interest does not depend on how often it is looked at") {
    LoanBook seldom;
    LoanBook often;
    std::vector<Posting> out;
    const LoanTerms terms = line(Units{1'234'567}, 41'234'567);
    const LoanId a = seldom.open(terms, start);
    const LoanId b = often.open(terms, start);
    seldom.draw(a, terms.limit, start, out);
    often.draw(b, terms.limit, start, out);

    for (int hours = 1; hours < 5'000; ++hours) {
        often.renew(b, terms.limit, terms.rate, never, start + hour * hours);
    }

    CHECK(seldom.owed(a, start + year) == often.owed(b, start + year));
}

TEST_CASE("loan: paying in many parts costs no more than one unit above paying once") {
    // Goal: rounding up at each payment must not add up. Method: the fraction is credited.
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(7), 41'234'567), start);
    book.draw(id, dollars(7), start, out);
    std::int64_t paid = 0;

    for (int hours = 1; hours <= 8'760; ++hours) {
        paid += book.pay_interest(id, dollars(1), start + hour * hours, out).value();
    }

    CHECK(paid == muldiv(dollars(7).value(), 41'234'567, r9_one, Rounding::ceil));
}

TEST_CASE("loan: a payment covers interest first, then principal, and never more than is owed") {
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(1'000), 100'000'000), start);
    book.draw(id, dollars(1'000), start, out);
    out.clear();

    const LoanPayment some = book.pay(id, dollars(60), start + year, out);
    const LoanPayment more = book.pay(id, dollars(140), start + year, out);
    const LoanPayment rest = book.pay(id, dollars(5'000), start + year, out);

    CHECK(some.interest == dollars(60));
    CHECK(some.principal == Units{0});
    CHECK(more.interest == dollars(40));
    CHECK(more.principal == dollars(100));
    CHECK(rest.interest == Units{0});
    CHECK(rest.principal == dollars(900));
    CHECK(book.owed(id, start + year) == Units{0});
    CHECK(balances(out)[fund] == -dollars(1'100).value());
    CHECK(balances(out)[bank] == dollars(1'100).value());
    CHECK(out.front().reason == Reason::interest);
    CHECK(out.back().reason == Reason::loans);
}

TEST_CASE("loan: a floating rate follows its reference, also while nobody touches the loan") {
    LoanBook book;
    std::vector<Posting> out;
    book.set_reference_rate(40'000'000, start);
    LoanTerms terms = line(dollars(1'000), 10'000'000);
    terms.floating = true;
    const LoanId id = book.open(terms, start);
    book.draw(id, dollars(1'000), start, out);

    book.set_reference_rate(20'000'000, start + day * 73);

    CHECK(book.rate(id) == 30'000'000);
    // A fifth of a year at 5 %, four fifths at 3 %.
    CHECK(book.interest_due(id, start + year) == dollars(10 + 24));
}

TEST_CASE("loan: unpaid interest can be added to the principal") {
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(1'000), 100'000'000), start);
    book.draw(id, dollars(1'000), start, out);

    CHECK(book.capitalise_interest(id, start + year) == dollars(100));

    CHECK(book[id].principal == dollars(1'100));
    CHECK(book.available(id, start + year) == Units{0});
    CHECK(book.interest_due(id, start + year * 2) == dollars(110));
}

TEST_CASE("loan: a default costs the creditor what is not recovered") {
    LoanBook book;
    std::vector<Posting> out;
    const LoanId id = book.open(line(dollars(1'000), 100'000'000), start);
    book.draw(id, dollars(1'000), start, out);
    out.clear();

    const LoanLoss loss = book.write_off(id, dollars(400), start + year, out);

    CHECK(loss.recovered.interest == dollars(100));
    CHECK(loss.recovered.principal == dollars(300));
    CHECK(loss.lost.interest == Units{0});
    CHECK(loss.lost.principal == dollars(700));
    CHECK(balances(out)[bank] == dollars(400).value());
    CHECK(book.open_count() == 0);
}

TEST_CASE("loan: maturity ends drawing and is reported") {
    LoanBook book;
    std::vector<Posting> out;
    LoanTerms terms = line(dollars(10), 0);
    terms.maturity = start + day;
    const LoanId id = book.open(terms, start);
    const LoanId other = book.open(line(dollars(10), 0), start);
    std::vector<LoanId> matured;

    book.append_matured(start + hour, matured);
    CHECK(matured.empty());
    book.append_matured(start + day, matured);
    CHECK(matured == std::vector{id});
    CHECK(book.draw(id, dollars(1), start + day, out) == Units{0});

    book.renew(id, dollars(20), 0, start + day * 2, start + day);
    CHECK(book.draw(id, dollars(15), start + day, out) == dollars(15));
    CHECK(book.available(other, start + day) == dollars(10));
}

TEST_CASE("loan: debts and claims are found by account, after sales and closings too") {
    LoanBook book;
    const LoanId a = book.open(line(dollars(1), 0), start);
    const LoanId b = book.open(line(dollars(2), 0), start);
    CHECK(book.debts_of(fund).size() == 2);
    CHECK(book.claims_of(bank).size() == 2);
    CHECK(book.debts_of(bank).empty());

    book.assign(a, lender);
    book.close(b, start);

    REQUIRE(book.claims_of(lender).size() == 1);
    CHECK(book.claims_of(lender)[0].loan == a);
    CHECK(book.claims_of(bank).empty());
    CHECK(book.debts_of(fund).size() == 1);
    CHECK(book.open(line(dollars(3), 0), start) == b);  // the row is used again
}

TEST_CASE("loan: a book written and read again owes the same") {
    LoanBook book;
    std::vector<Posting> out;
    book.set_reference_rate(40'000'000, start);
    LoanTerms terms = line(dollars(999), 12'345'678);
    terms.floating = true;
    const LoanId id = book.open(terms, start);
    book.draw(id, dollars(999), start, out);
    book.pay(id, dollars(5), start + day * 9, out);

    ArchiveWriter writer;
    book.archive(writer);
    LoanBook copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(reader.left() == 0);
    CHECK(copy.owed(id, start + year) == book.owed(id, start + year));
    CHECK(copy.debts_of(fund).size() == 1);
}

TEST_SUITE("property") {
    TEST_CASE("loan: over any life, lent + interest = repaid + interest paid + owed") {
        std::mt19937 draw{7};
        for (int life = 0; life < 200; ++life) {
            LoanBook book;
            std::vector<Posting> out;
            const auto number = [&](unsigned below) {
                return static_cast<std::int64_t>(draw() % below);
            };
            const RateR9 rate = number(400'000'000);
            const LoanId id = book.open(line(Units{1 + number(1'000'000'000)}, rate), start);
            Time now = start;
            Int128 exact = 0;  // interest in 1e-9 x ms, from the definition
            std::int64_t interest_paid = 0;
            for (int event = 0; event < 100; ++event) {
                const Duration wait = millisecond * number(100'000'000);
                exact += static_cast<Int128>(book[id].principal.value()) * rate *
                         (wait.ns / millisecond.ns);
                now = now + wait;
                const Units amount{number(300'000'000)};
                if (number(2) == 0) {
                    book.draw(id, amount, now, out);
                } else {
                    interest_paid += book.pay(id, amount, now, out).interest.value();
                }
            }
            const Int128 unit = static_cast<Int128>(r9_one) * 31'536'000'000;
            const auto total = static_cast<std::int64_t>((exact + unit - 1) / unit);
            CHECK(std::max<std::int64_t>(0, total - interest_paid) ==
                  book.interest_due(id, now).value());
            CHECK(balances(out)[fund] == book[id].principal.value() - interest_paid);
            CHECK(balances(out)[fund] + balances(out)[bank] == 0);
        }
    }
}
