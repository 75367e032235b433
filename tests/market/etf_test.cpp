// SPDX-License-Identifier: Apache-2.0
#include "market/etf.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <random>
#include <utility>

#include "market/archive.hpp"

using namespace crowdout::market;

namespace {

const AccountId fund{1, 0};
const AccountId sponsor{2, 0};
const AccountId participant{3, 0};
constexpr AssetId coin{1};
constexpr AssetId share{2};
constexpr AssetId other{3};
constexpr Time start{1'760'000'000'000'000'000};
constexpr Units block{40'000 * 1'000};

/// 22.72 coins of 1e8 units in a block.
EtfTerms bitcoin_fund() {
    return {
        .share = share, .fund = fund, .sponsor = sponsor, .basket = {{coin, Units{2'272'000'000}}}};
}

using Balances = std::map<std::pair<AccountId, AssetId>, std::int64_t>;

Balances balances(const std::vector<Posting>& postings) {
    Balances result;
    for (const Posting& p : postings) {
        REQUIRE(p.units > Units{0});
        result[{p.from, p.asset}] -= p.units.value();
        result[{p.to, p.asset}] += p.units.value();
    }
    return result;
}

}  // namespace

TEST_CASE("etf: a creation moves the basket in and new shares out") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;

    etf.create(participant, 3, start, out);

    Balances after = balances(out);
    CHECK(after[{participant, coin}] == -3 * 2'272'000'000LL);
    CHECK(after[{fund, coin}] == 3 * 2'272'000'000LL);
    CHECK(after[{participant, share}] == 3 * block.value());
    CHECK(after[{fund, share}] == -3 * block.value());
    CHECK(etf.held(0) == Units{3 * 2'272'000'000LL});
    CHECK(etf.shares() == Units{3 * block.value()});
    CHECK(out.back().reason == Reason::baskets);
}

TEST_CASE("etf: redeeming what was created at once gives everything back") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;

    etf.create(participant, 5, start, out);
    etf.redeem(participant, 5, start, out);

    for (const auto& [key, units] : balances(out)) CHECK(units == 0);
    CHECK(etf.held(0) == Units{0});
    CHECK(etf.shares() == Units{0});
    CHECK(etf.basket_units(0, 1, Rounding::ceil) == Units{2'272'000'000});
}

TEST_CASE("etf: the fee lowers what a share holds and goes to the sponsor in coins") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;
    etf.create(participant, 100, start, out);
    out.clear();

    etf.accrue_fee(start + day * 73, out);

    // A fifth of 0.25 % of 2,272 coins: 1.136 coins.
    CHECK(balances(out)[{sponsor, coin}] == 113'600'000);
    CHECK(etf.held(0) == Units{227'200'000'000 - 113'600'000});
    CHECK(etf.shares() == Units{100 * block.value()});
    CHECK(etf.basket_units(0, 1, Rounding::floor) == Units{2'270'864'000});
    CHECK(out.front().reason == Reason::fees);
}

TEST_CASE("etf: fees of many small periods add up to the fee of the whole") {
    EtfTerms terms = bitcoin_fund();
    terms.basket[0].per_block = Units{1'000};  // so little that an hour's fee is under one unit
    Etf etf{terms, start};
    std::vector<Posting> out;
    etf.create(participant, 100, start, out);

    for (int hours = 1; hours <= 8'760; ++hours) etf.accrue_fee(start + hour * hours, out);

    // 0.25 % of 100,000 is 250; charged on a falling balance it is 1 - exp(-0.0025): 249.7.
    CHECK(balances(out)[{sponsor, coin}] == 249);
}

TEST_CASE("etf: whoever enters late does not pay for the time before") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;
    etf.create(participant, 1, start, out);
    out.clear();

    etf.create(participant, 1, start + year, out);

    // 0.25 % of 22.72 coins went first; the second block then costs what the first still holds.
    const std::int64_t left = 2'272'000'000 - 5'680'000;
    CHECK(balances(out)[{participant, coin}] == -left);
    CHECK(etf.held(0) == Units{2 * left});
}

TEST_CASE("etf: after the last redemption a block costs what it last held, fees deducted") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;
    etf.create(participant, 2, start, out);
    etf.redeem(participant, 2, start + year, out);
    CHECK(etf.shares() == Units{0});
    CHECK(etf.held(0) == Units{0});
    out.clear();

    etf.create(participant, 1, start + year * 2, out);

    CHECK(balances(out)[{participant, coin}] == -(2'272'000'000 - 5'680'000));
}

TEST_CASE("etf: net asset value per share follows the prices of what is held") {
    EtfTerms terms = bitcoin_fund();
    terms.basket.push_back({other, Units{80'000'000}});  // 80,000 shares of 1e-3
    Etf etf{terms, start};
    std::vector<Posting> out;
    // $90,000 a coin of 1e8 units, $12.50 a share of 1e3 units.
    const std::array<double, 2> prices{90'000e-8, 12.50e-3};
    const double expected = 22.72 * 90'000 / 40'000 + 2 * 12.50;

    CHECK(etf.net_asset_value(prices) == doctest::Approx(expected).epsilon(1e-14));
    etf.create(participant, 7, start, out);
    CHECK(etf.net_asset_value(prices) == doctest::Approx(expected).epsilon(1e-14));
}

TEST_CASE("etf: a fund written and read again goes on alike") {
    Etf etf{bitcoin_fund(), start};
    std::vector<Posting> out;
    etf.create(participant, 9, start, out);
    etf.accrue_fee(start + hour, out);

    ArchiveWriter writer;
    etf.archive(writer);
    Etf copy;
    ArchiveReader reader{writer.bytes()};
    copy.archive(reader);
    etf.redeem(participant, 4, start + day, out);
    copy.redeem(participant, 4, start + day, out);

    CHECK(reader.left() == 0);
    CHECK(copy.held(0) == etf.held(0));
    CHECK(copy.shares() == etf.shares());
}

TEST_SUITE("property") {
    TEST_CASE("etf: custody is what was posted, and no participant gains by coming and going") {
        // Goal: nothing leaks. Method: random creations, redemptions and waits; the fund's books
        // against the postings, and what a share holds before and after each trade.
        std::mt19937 draw{5};
        for (int life = 0; life < 100; ++life) {
            EtfTerms terms = bitcoin_fund();
            terms.basket[0].per_block = Units{1 + static_cast<std::int64_t>(draw() % 100'000)};
            terms.basket.push_back({other, Units{1 + static_cast<std::int64_t>(draw() % 100)}});
            Etf etf{terms, start};
            std::vector<Posting> out;
            Time now = start;
            for (int event = 0; event < 60; ++event) {
                now = now + second * static_cast<std::int64_t>(draw() % 1'000'000);
                etf.accrue_fee(now, out);
                const auto exist = etf.shares().value() / block.value();
                const Int128 held = etf.held(0).value();
                const Int128 shares = etf.shares().value();
                const auto blocks = 1 + static_cast<std::int64_t>(draw() % 50);
                if (draw() % 2 == 0) {
                    etf.create(participant, blocks, now, out);
                } else if (blocks <= exist) {
                    etf.redeem(participant, blocks, now, out);
                }
                // held / shares does not fall, and rises by less than one unit per new total.
                const Int128 gain = etf.held(0).value() * shares - held * etf.shares().value();
                if (shares > 0 && etf.shares() > Units{0}) {
                    CHECK(gain >= 0);
                    CHECK(gain < shares);
                }
                Balances books = balances(out);
                CHECK(books[{fund, coin}] == etf.held(0).value());
                CHECK(books[{fund, other}] == etf.held(1).value());
                CHECK(books[{fund, share}] == -etf.shares().value());
                CHECK(books[{participant, share}] == etf.shares().value());
            }
        }
    }
}
