// SPDX-License-Identifier: Apache-2.0
#include "market/trading_rules.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

const AccountId alice{1, 0};
const AccountId bob{1, 1};
constexpr Time start{1'760'000'000'000'000'000};  // a multiple of 10 s, and of 30 s less 10 s

}  // namespace

TEST_CASE("account table: keeps what was written, through growth and clearing") {
    AccountTable<std::int64_t> table;
    std::map<AccountId, std::int64_t> expected;
    std::mt19937 draw{2};
    for (int round = 0; round < 3; ++round) {
        for (int k = 0; k < 5'000; ++k) {
            const AccountId account{static_cast<std::uint32_t>(draw() % 5),
                                    static_cast<std::uint32_t>(draw() % 300)};
            table[account] += k;
            expected[account] += k;
        }
        CHECK(table.size() == expected.size());
        for (const auto& [account, value] : expected) CHECK(table[account] == value);

        table.clear();
        expected.clear();
        CHECK(table.size() == 0);
        CHECK(table[alice] == 0);
        table.clear();
    }
}

TEST_CASE("reference price: is the mean of the trades of the last window") {
    ReferencePrice reference{Price{1'000}, minute * 5, start};
    const Time next_part{(start.ns / (second * 30).ns + 1) * (second * 30).ns};
    reference.record(Price{1'010});
    reference.record(Price{1'030});
    CHECK_FALSE(reference.renew(start));
    CHECK(reference.value() == Price{1'000});  // it stands still for a tenth of the window

    CHECK(reference.renew(next_part));
    CHECK(reference.value() == Price{1'020});

    reference.record(Price{1'080});
    CHECK(reference.renew(next_part + second * 30));
    CHECK(reference.value() == Price{1'040});

    // Ten parts end with the one of 1'080: the two first trades have left.
    CHECK(reference.renew(next_part + second * 300));
    CHECK(reference.value() == Price{1'080});

    // With no trade at all the last mean stays.
    CHECK(reference.renew(next_part + hour));
    CHECK(reference.value() == Price{1'080});
}

TEST_CASE("reference price: halves are rounded up, and an auction starts it afresh") {
    ReferencePrice reference{Price{1'000}, minute * 5, start};
    reference.record(Price{1'000});
    reference.record(Price{1'001});
    reference.renew(start + minute);
    CHECK(reference.value() == Price{1'001});

    reference.reset(Price{900}, start + minute);
    CHECK(reference.value() == Price{900});
    reference.renew(start + minute * 2);
    CHECK(reference.value() == Price{900});
}

TEST_CASE("reference price: does not depend on how often it is renewed") {
    // Goal: steps of any length see one band. Method: one is renewed at each trade, one each 30 s.
    std::mt19937 draw{9};
    ReferencePrice seldom{Price{1'000}, minute * 5, start};
    ReferencePrice often = seldom;
    Time now = start;
    for (int trade = 0; trade < 2'000; ++trade) {
        const Time next = now + second * static_cast<std::int64_t>(draw() % 400);
        while (now < next) {
            now = now + second;
            often.renew(now);
        }
        seldom.renew(now);
        CHECK(seldom.value() == often.value());
        const Price price{900 + static_cast<std::int64_t>(draw() % 200)};
        seldom.record(price);
        often.record(price);
    }
}

TEST_CASE("throttle: an account has so many messages in a window, and others theirs") {
    MessageThrottle throttle{{.account_max = 2}};
    CHECK(throttle.admit(alice, start));
    CHECK(throttle.admit(alice, start + second));
    CHECK_FALSE(throttle.admit(alice, start + second * 9));
    CHECK(throttle.admit(bob, start + second * 9));
    CHECK(throttle.admit(alice, start + second * 10));
}

TEST_CASE("throttle: a venue has a capacity too, of which the refused use nothing") {
    MessageThrottle throttle{{.account_max = 1, .venue_max = 2}};
    CHECK(throttle.admit(alice, start));
    CHECK_FALSE(throttle.admit(alice, start));
    CHECK(throttle.admit(bob, start));
    CHECK_FALSE(throttle.admit(AccountId{1, 2}, start));
    CHECK(throttle.admit(AccountId{1, 2}, start + second * 10));
}

TEST_CASE("throttle: a venue's capacity can be the only limit") {
    MessageThrottle throttle{{.venue_max = 2}};
    CHECK(throttle.admit(alice, start));
    CHECK(throttle.admit(alice, start));
    CHECK_FALSE(throttle.admit(alice, start));
}

TEST_CASE("throttle: without limits everybody passes") {
    MessageThrottle throttle{ThrottleRule{}};
    for (int k = 0; k < 1'000; ++k) CHECK(throttle.admit(alice, start));
}

TEST_CASE("trading rules: written and read again they are the same") {
    TradingRules rules = us_equity_rules();
    rules.outages.push_back({start, start + minute * 33});
    ArchiveWriter writer;
    rules.archive(writer);
    TradingRules copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(reader.left() == 0);
    CHECK(copy.band.action == BandAction::halt);
    REQUIRE(copy.outages.size() == 1);
    CHECK(copy.outages[0].to == start + minute * 33);
}
