// SPDX-License-Identifier: Apache-2.0
#include "world/payments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "market/archive.hpp"

using namespace crowdout::world;
using namespace crowdout::market;

namespace {

constexpr AccountId bank{0, 0};
constexpr Party firm{1, 0, 1};
constexpr Party people{2, 0, 3};
constexpr Party state{3, 0, 1};

// A Saturday.
constexpr Time opening = Time{} + day * day_number({2025, 11, 1});

struct Circle {
    Ledger ledger{1};
    FlowMatrix flows;
    PaymentBook payments;

    Circle() {
        for (const std::uint32_t rows : {1u, 1u, 3u, 1u}) ledger.add_block({"block", rows, {usd}});
        ledger.set_issuer(usd, bank);
    }
    void post(const Posting& posting) {
        ledger.post(posting);
        flows.record(posting);
    }
    void give(AccountId account, std::int64_t units) {
        post({bank, account, usd, Units{units}, Reason::endowment});
    }
    void run(Time now) {
        payments.run(now, ledger, flows, [this](const Posting& posting) { post(posting); });
    }
    [[nodiscard]] std::vector<std::int64_t> cash_of_people() const {
        std::vector<std::int64_t> cash;
        for (std::uint32_t i = 0; i < people.count; ++i) {
            cash.push_back(ledger.view(people.account(i)).cash().value());
        }
        return cash;
    }
};

PaymentTerms terms(double rate, Every every = Every::day) {
    PaymentTerms made;
    made.rate = rate;
    made.schedule = {.every = every, .on = 1, .at = hour * 12};
    return made;
}

/// A rate of so many ledger units a day, half of them by the first noon.
PaymentTerms daily(double units) {
    return terms(units * 365 / 10'000);
}

using Cash = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("payments: what falls due is the rate, to the unit, whatever the schedule") {
    for (const Every every : {Every::day, Every::week, Every::month}) {
        Circle circle;
        circle.give(firm.account(0), 10'000'000);
        circle.payments.add(terms(100, every), firm, people, opening);
        while (circle.payments.next_due() <= opening + year) {
            circle.run(circle.payments.next_due());
        }
        const Money paid = circle.payments.total(0).paid;
        circle.payments.add(terms(100, every), firm, people, opening);

        // $100 a year is 1,000,000 units; the last payment lies at most a month before the year.
        const Time last = every == Every::day ? opening + day * 364 + hour * 12
                          : every == Every::week
                              ? Time{} + day * day_number({2026, 10, 26}) + hour * 12
                              : Time{} + day * day_number({2026, 10, 1}) + hour * 12;
        CHECK(paid.value() ==
              static_cast<std::int64_t>(std::floor(1e6 * (last - opening).years())));
        CHECK(circle.payments.total(0).shortfall() == Money{0});
    }
}

TEST_CASE("payments: nothing moves before it is due") {
    Circle circle;
    circle.give(firm.account(0), 1000);
    circle.payments.add(terms(365), firm, people, opening);
    CHECK(circle.payments.next_due() == opening + hour * 12);

    circle.run(opening + hour * 11);
    CHECK(circle.cash_of_people() == Cash{0, 0, 0});
}

TEST_CASE("payments: receivers share equally to the unit, or by what they have") {
    Circle circle;
    circle.give(firm.account(0), 1000);
    circle.give(people.account(1), 30);
    circle.give(people.account(2), 10);
    PaymentTerms equal = daily(40.3);
    circle.payments.add(equal, firm, people, opening);
    circle.run(opening + hour * 12);
    CHECK(circle.cash_of_people() == Cash{7, 37, 16});  // 20 in parts of 7, 7 and 6

    Circle by_cash;
    by_cash.give(firm.account(0), 1000);
    by_cash.give(people.account(1), 30);
    by_cash.give(people.account(2), 10);
    equal.received_by = ShareBy::cash;
    by_cash.payments.add(equal, firm, people, opening);
    by_cash.run(opening + hour * 12);
    CHECK(by_cash.cash_of_people() == Cash{0, 45, 15});
}

TEST_CASE("payments: nobody pays more than it has, and the rest is told") {
    Circle circle;
    circle.give(people.account(0), 100);
    circle.give(people.account(1), 4);
    PaymentTerms tax = daily(60.3);
    tax.reason = Reason::taxes;
    tax.paid_by = ShareBy::equal;
    circle.payments.add(tax, people, state, opening);

    circle.run(opening + hour * 12);  // 30 units, ten of each

    CHECK(circle.cash_of_people() == Cash{90, 0, 0});
    CHECK(circle.ledger.view(state.account(0)).cash() == Money{14});
    CHECK(circle.payments.total(0).shortfall() == Money{16});
    CHECK(circle.ledger.audit_afresh() == "");

    circle.run(opening + hour * 36);  // the shortfall is not made up for: ten more of the first
    circle.run(opening + hour * 60);
    CHECK(circle.payments.total(0).due == Money{150});
    CHECK(circle.cash_of_people() == Cash{50, 0, 0});
}

TEST_CASE("payments: payers by cash empty together") {
    Circle circle;
    circle.give(people.account(0), 30);
    circle.give(people.account(2), 10);
    circle.payments.add(daily(40.3), people, state, opening);
    circle.run(opening + hour * 12);
    CHECK(circle.cash_of_people() == Cash{15, 0, 5});

    circle.run(opening + hour * 36);  // 40 due, 20 there
    CHECK(circle.cash_of_people() == Cash{0, 0, 0});
    CHECK(circle.payments.total(0).paid == Money{40});
}

TEST_CASE("payments: the issuer of dollars pays by owing more") {
    Circle circle;
    circle.payments.add(daily(60.3), {0, 0, 1}, people, opening);

    circle.run(opening + hour * 12);

    CHECK(circle.cash_of_people() == Cash{10, 10, 10});
    CHECK(circle.ledger.outstanding(usd) == Units{30});
}

TEST_CASE("payments: what one brings the next passes on") {
    Circle circle;
    circle.give(firm.account(0), 1000);
    circle.payments.add(daily(200.3), firm, people, opening);
    PaymentTerms tax = terms(0);
    tax.reason = Reason::taxes;
    tax.link = PaymentLink{.received = Reason::wages, .share = 0.25};
    circle.payments.add(tax, people, state, opening);

    circle.run(opening + hour * 12);  // wages of 100, and at once a quarter of them as taxes
    CHECK(circle.ledger.view(state.account(0)).cash() == Money{25});
    circle.run(opening + hour * 36);  // wages of 200 for the next whole day
    CHECK(circle.ledger.view(state.account(0)).cash() == Money{75});

    CHECK(circle.payments.total(1).paid == Money{75});
    CHECK(circle.flows.total(people.block, state.block, Reason::taxes) == Money{75});
}

TEST_CASE("payments: a rate that grows comes to its integral") {
    Circle circle;
    circle.give(firm.account(0), 100'000'000);
    PaymentTerms growing = terms(1000);
    growing.growth = 0.5;
    circle.payments.add(growing, firm, people, opening);
    while (circle.payments.next_due() <= opening + year) circle.run(circle.payments.next_due());

    // Up to the last noon of the year: 1000 (1.5^t - 1) / ln 1.5 dollars.
    const double t = 364.5 / 365;
    CHECK(static_cast<double>(circle.payments.total(0).paid.value()) ==
          doctest::Approx(1e7 * (std::pow(1.5, t) - 1) / std::log(1.5)).epsilon(1e-6));
}

TEST_CASE("payments: days, weeks and months in UTC") {
    const auto at = [](std::int32_t month, std::int32_t day_of_month, std::int32_t hours) {
        return Time{} + day * day_number({2025, month, day_of_month}) + hour * hours;
    };
    const Schedule mornings{Every::day, 1, hour * 9};
    CHECK(mornings.next(at(11, 1, 8)) == at(11, 1, 9));
    CHECK(mornings.next(at(11, 1, 9)) == at(11, 2, 9));

    const Schedule fridays{Every::week, 5, hour * 9};
    CHECK(fridays.next(at(11, 1, 0)) == at(11, 7, 9));
    CHECK(fridays.next(at(11, 7, 8)) == at(11, 7, 9));
    CHECK(fridays.next(at(11, 7, 9)) == at(11, 14, 9));

    const Schedule month_ends{Every::month, 31, hour * 9};
    CHECK(month_ends.next(at(2, 1, 0)) == at(2, 28, 9));
    CHECK(month_ends.next(at(2, 28, 9)) == at(3, 31, 9));
    CHECK(month_ends.next(at(12, 31, 9)) == Time{} + day * day_number({2026, 1, 31}) + hour * 9);
}

TEST_CASE("payments: a week's eighth day is refused") {
    struct Heard : crowdout::agents::Complaints {
        std::string keys;
        void error(std::string_view key, const std::string&) override { keys += key; }
        void warning(std::string_view, const std::string&) override {}
    } heard;

    Schedule{Every::week, 7, hour}.check(heard);
    CHECK(heard.keys.empty());
    Schedule{Every::month, 8, hour}.check(heard);
    CHECK(heard.keys.empty());
    Schedule{Every::week, 8, hour}.check(heard);
    CHECK(heard.keys == "on");
}

TEST_CASE("payments: an archived book goes on as before") {
    Circle circle;
    circle.give(firm.account(0), 1000);
    circle.payments.add(daily(200.3), firm, people, opening);
    circle.run(opening + hour * 12);
    const std::uint64_t before = circle.payments.digest();
    ArchiveWriter writer;
    circle.payments.archive(writer);
    Circle copy = circle;
    copy.payments = PaymentBook{};
    ArchiveReader reader{writer.bytes()};
    copy.payments.archive(reader);
    CHECK(copy.payments.digest() == before);

    circle.run(opening + hour * 36);
    copy.run(opening + hour * 36);

    CHECK(circle.payments.digest() != before);
    CHECK(copy.payments.digest() == circle.payments.digest());
    CHECK(copy.cash_of_people() == circle.cash_of_people());
}
