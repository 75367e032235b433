// SPDX-License-Identifier: Apache-2.0
#include "apps/diff_accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/exit_code.hpp"
#include "world/par.hpp"
#include "world/resimulate.hpp"

namespace crowdout::apps {

namespace {

using market::AccountId;
using world::World;

bool has(const World& world, AccountId account) {
    const market::Ledger& ledger = world.economy().ledger;
    return account.block() < ledger.block_count() &&
           account.row() < ledger.layout(account.block()).rows;
}

bool is_same_order(const agents::OpenOrder& a, const agents::OpenOrder& b) {
    return a.instrument == b.instrument && a.side == b.side && a.cause == b.cause &&
           a.limit == b.limit && a.left == b.left;
}

bool is_alike(const World& a, const World& b, AccountId account) {
    if (!has(a, account) || !has(b, account)) return false;
    const market::AccountView in_a = a.economy().ledger.view(account);
    const market::AccountView in_b = b.economy().ledger.view(account);
    for (const market::AssetId asset : a.economy().ledger.layout(account.block()).assets) {
        if (in_a.balance(asset) != in_b.balance(asset)) return false;
    }
    return a.economy().credit_of(account, a.now()).drawn ==
               b.economy().credit_of(account, b.now()).drawn &&
           std::ranges::equal(a.open_orders(account), b.open_orders(account), is_same_order);
}

World made_again(const RecordedState& state, world::Pool& pool) {
    World world = world::world_after(state.replay, state.head.step, pool);
    if (world.digest() == state.head.digest) return world;
    throw Failure{
        ExitCode::mismatch,
        "this program makes another run of one of the two: `crowdout verify --resim` says "
        "where they part"};
}

}  // namespace

std::vector<std::string> accounts_that_differ(const World& a, const World& b) {
    const market::Ledger& wider =
        a.economy().ledger.block_count() >= b.economy().ledger.block_count() ? a.economy().ledger
                                                                             : b.economy().ledger;
    std::vector<std::string> names;
    for (std::uint32_t block = 0; block < wider.block_count(); ++block) {
        const auto rows_in = [&](const World& world) {
            const market::Ledger& ledger = world.economy().ledger;
            return block < ledger.block_count() ? ledger.layout(block).rows : 0;
        };
        const std::uint32_t rows = std::max(rows_in(a), rows_in(b));
        for (std::uint32_t row = 0; row < rows; ++row) {
            if (is_alike(a, b, AccountId{block, row})) continue;
            const std::string& name = wider.layout(block).name;
            names.push_back(rows > 1 ? fmt::format("{}[{}]", name, row) : name);
        }
    }
    return names;
}

std::vector<std::string> accounts_that_differ(const RecordedState& a, const RecordedState& b,
                                              int threads) {
    world::Pool pool{threads};
    const World in_a = made_again(a, pool);
    return accounts_that_differ(in_a, made_again(b, pool));
}

}  // namespace crowdout::apps
