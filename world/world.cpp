// SPDX-License-Identifier: Apache-2.0
#include "world/world.hpp"

#include <algorithm>
#include <chrono>  // tidy: times of phases are shown, never used
#include <utility>

#include "world/config.hpp"

namespace crowdout::world {

using market::AccountId;
using market::AssetId;

namespace {

/// Wall time from lap to lap, for the profile: the only clock of the world, and no part of its
/// state.
class StopWatch {
public:
    /// @return seconds since the last lap, or since the watch was made.
    double lap() {
        const auto now = Clock::now();
        return std::chrono::duration<double>{now - std::exchange(last_, now)}.count();
    }

private:
    using Clock = std::chrono::steady_clock;  // tidy: profile only, never state
    Clock::time_point last_ = Clock::now();
};

}  // namespace

/// These eight lines are the model; everything else is detail.
void World::step(Pool& pool) {
    StopWatch watch;
    const auto phase = [&](std::size_t at, auto&& work) {
        work();
        phase_marks_[at] = mark_state();
        phase_times_.seconds[at] += watch.lap();
    };
    phase(0, [&] { observe(pool); });      // freeze what every agent may know
    phase(1, [&] { decide(pool); });       // agents in parallel: observation -> intents
    phase(2, [&] { submit(pool); });       // intents backed by escrow, routed to books
    phase(3, [&] { match(pool); });        // books in parallel: orders -> trades
    phase(4, [&] { settle(pool); });       // trades -> ledger: money moves, none appears
    phase(5, [&] { margin_call(pool); });  // marks and calls; forced sales join next step
    phase(6, [&] { macro(pool); });        // the slow clock: incomes, rates, values
    phase(7, [&] { record(pool); });       // the audit, the flows, the digest
    clock_.advance();
}

AccountId World::account_named(std::string_view name) const {
    for (std::uint32_t block = 1; block < economy_.ledger.block_count(); ++block) {
        if (economy_.ledger.layout(block).name == name) return {block, 0};
    }
    return market::no_account;
}

/// USD that an investor's units of a fund (or shares of an unlisted company) are worth.
double World::units_worth(AccountId investor, std::uint32_t fund_block) const {
    const market::Ledger& ledger = economy_.ledger;
    double usd = 0;
    for (std::size_t asset = instruments_.size() + 1; asset < ledger.asset_count(); ++asset) {
        const AssetId id{static_cast<std::uint16_t>(asset)};
        if (ledger.issuer(id).block() != fund_block) continue;
        usd +=
            static_cast<double>(ledger.balance(investor, id).value()) * macro_.asset_price[asset];
    }
    return usd;
}

/// Whether a block's net assets back an asset without a book.
bool World::backs_units(std::uint32_t block) const {
    const market::Ledger& ledger = economy_.ledger;
    for (std::size_t asset = instruments_.size() + 1; asset < ledger.asset_count(); ++asset) {
        if (ledger.issuer(AssetId{static_cast<std::uint16_t>(asset)}).block() != block) continue;
        return block > config_->institutions.size() &&
               config_->assets[asset - 1 - instruments_.size()].is_fund;
    }
    return false;
}

/// Whether an account may make more of a listed security: its file says who issues it.
bool World::may_issue(AccountId self, AssetId asset) const {
    if (asset == market::usd || index(asset) > instruments_.size()) return false;
    const auto& issuers = config_->instruments[index(asset) - 1].issued_by;
    return std::ranges::find(issuers, economy_.ledger.layout(self.block()).name) != issuers.end();
}

std::size_t World::bytes_per_sleeper(std::size_t population) const {
    const agents::PopulationBase& p = *populations_[population];
    const std::size_t row = economy_.ledger.layout(p.block).assets.size() * sizeof(std::int64_t);
    const std::size_t calendar = sizeof(market::Time) + 2 * sizeof(std::uint32_t);
    const std::size_t order_head = sizeof(std::uint32_t);
    return p.bytes_per_member() + row + calendar + order_head + PriceAlarms::bytes_per_agent;
}

}  // namespace crowdout::world
