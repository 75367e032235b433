// SPDX-License-Identifier: Apache-2.0
#include "market/ledger.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

constexpr AssetId coin{1};
constexpr AccountId bank{0, 0};
constexpr AccountId protocol{0, 1};
constexpr AccountId ann{1, 0};
constexpr AccountId bob{1, 1};

/// A bank that owes deposits, a protocol that issues coins, and two people.
Ledger two_people() {
    Ledger ledger{2};
    ledger.add_block({"issuers", 2, {usd, coin}});
    ledger.add_block({"people", 2, {usd, coin}});
    ledger.set_issuer(usd, bank);
    ledger.set_issuer(coin, protocol);
    ledger.post({bank, ann, usd, Units{1000}, Reason::endowment});
    ledger.post({protocol, bob, coin, Units{7}, Reason::endowment});
    return ledger;
}

}  // namespace

TEST_CASE("ledger: what is held is what the issuer owes") {
    const Ledger ledger = two_people();

    CHECK(ledger.balance(ann, usd) == Units{1000});
    CHECK(ledger.balance(bank, usd) == Units{-1000});
    CHECK(ledger.outstanding(usd) == Units{1000});
    CHECK(ledger.outstanding(coin) == Units{7});
    CHECK(ledger.audit_afresh().empty());
}

TEST_CASE("ledger: an overdraft is refused and moves nothing") {
    Ledger ledger = two_people();
    const std::uint64_t before = ledger.digest();

    CHECK_THROWS_AS(ledger.post({ann, bob, usd, Units{1001}, Reason::trades}), std::logic_error);

    CHECK(ledger.digest() == before);
    CHECK(ledger.balance(ann, usd) == Units{1000});
    CHECK(ledger.balance(bob, usd) == Units{0});
}

TEST_CASE("ledger: a posting between accounts without the column is refused") {
    Ledger ledger{2};
    ledger.add_block({"cash only", 2, {usd}});
    ledger.set_issuer(coin, {0, 0});

    CHECK_THROWS_AS(ledger.post({{0, 0}, {0, 1}, coin, Units{1}, Reason::trades}),
                    std::logic_error);
    CHECK_FALSE(ledger.has({0, 0}, coin));
    CHECK_FALSE(ledger.has(no_account, coin));
}

TEST_CASE("ledger: the digest is that of the balances, not of the way to them") {
    Ledger straight = two_people();
    Ledger detour = two_people();

    straight.post({ann, bob, usd, Units{300}, Reason::trades});
    detour.post({ann, bob, usd, Units{500}, Reason::trades});
    detour.post({bob, ann, usd, Units{200}, Reason::trades});

    CHECK(straight.digest() == detour.digest());
    CHECK(straight.digest() == straight.digest_afresh());
    CHECK(straight.digest() != two_people().digest());
}

TEST_CASE("ledger: a block's dollars are kept up to date, whoever moves them") {
    Ledger ledger = two_people();
    ledger.add_block({"firms", 1, {usd}});
    constexpr AccountId firm{2, 0};
    ledger.post({ann, firm, usd, Units{300}, Reason::consumption});
    Ledger::Writer writer{ledger};

    writer.add(bob, usd, 40);
    writer.add(firm, usd, -40);
    writer.add(bob, coin, 1);
    CHECK(ledger.cash(1) == Money{700});  // a writer's changes count once they are merged
    writer.add(protocol, coin, -1);
    ledger.merge(writer);

    CHECK(ledger.cash(0) == Money{-1000});
    CHECK(ledger.cash(1) == Money{740});
    CHECK(ledger.cash(2) == Money{260});
    CHECK(ledger.audit_afresh().empty());
}

TEST_CASE("ledger: half a movement is found by the audit") {
    Ledger ledger = two_people();
    Ledger::Writer writer{ledger};

    writer.add(bob, usd, 5);
    ledger.merge(writer);

    CHECK(ledger.audit().find("asset 0 does not sum to zero but to 5") != std::string::npos);
    CHECK(ledger.digest() == ledger.digest_afresh());
}

TEST_CASE("ledger: a holder below zero is found by the full count") {
    Ledger ledger = two_people();
    Ledger::Writer writer{ledger};

    writer.add(bob, usd, -5);
    writer.add(ann, usd, 5);
    ledger.merge(writer);

    CHECK(ledger.audit().empty());  // the sums are right, the holder is not
    CHECK(ledger.audit_afresh().find("row 1 of people holds -5") != std::string::npos);
}

TEST_CASE("ledger: comes back from an archive as it was") {
    Ledger ledger = two_people();
    ArchiveWriter writer;
    ledger.archive(writer);

    Ledger copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);

    CHECK(reader.left() == 0);
    CHECK(copy.digest_afresh() == ledger.digest());
    CHECK(copy.audit_afresh().empty());
    CHECK(copy.layout(1).name == "people");
    ArchiveReader cut{std::string_view{writer.bytes()}.substr(0, writer.bytes().size() - 1)};
    Ledger ruined;
    CHECK_THROWS_AS(ruined.archive(cut), ArchiveError);
}
