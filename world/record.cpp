// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "market/hash.hpp"
#include "world/config.hpp"
#include "world/world.hpp"

namespace crowdout::world {

using market::Money;

namespace {

constexpr std::uint64_t steps_per_recount = 4096;  // our choice: full audits cost O(accounts)

}  // namespace

/// Closes the books of the step: flows are merged, identities audited, the clock told to hurry.
void World::record(Pool& pool) {
    for (BookFlows& flows : book_flows_) economy_.flows.merge(flows.flows());
    std::string broken = economy_.ledger.audit();
    if (broken.empty()) broken = check_flows();
    if (broken.empty() && (clock_.steps() + 1) % steps_per_recount == 0) broken = audit_afresh();
    if (!broken.empty()) {
        throw InvariantBroken{"step " + std::to_string(clock_.steps()) + ", seed " +
                              std::to_string(seed_) + ": " + broken};
    }
    // Whoever looks on from outside sees the step that ended, as the next one's agents will.
    pool.each(markets_.size(), 4, [this](std::size_t begin, std::size_t end) {
        for (std::size_t book = begin; book < end; ++book) {
            view_book(book, clock_.step_end());
            views_[book].history = nullptr;
        }
    });
    ask_for_finer_steps();
}

/// Steps get finer when much is sold by force, when prices run, and around a shock.
void World::ask_for_finer_steps() {
    const RefineConfig& refine = config_->refine;
    const std::size_t finest = config_->steps.size() - 1;
    if (finest == 0) return;
    for (const ShockConfig& shock : config_->shocks) {
        const market::Duration apart = shock.at - clock_.step_end();
        if (apart <= refine.shock_window && market::Duration{0} - apart <= refine.shock_window) {
            clock_.refine(finest);
        }
    }
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        const Tape& tape = tapes_[book];
        if (tape.forced_volume > refine.forced_share * tape.volume && tape.forced_volume > 0) {
            clock_.refine(finest);
        }
        if (views_[book].sigma_fast > refine.volatility * views_[book].sigma_daily) {
            clock_.refine(1);
        }
    }
}

std::uint64_t World::digest() const {
    std::uint64_t books = 0;
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        books += market::mix(markets_[book].digest() ^ market::mix(book + 1));
    }
    return combine(economy_.ledger.digest(), books, agents_digest_, economy_.obligations.digest());
}

std::uint64_t World::digest_afresh() const {
    std::uint64_t books = 0;
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        books += market::mix(markets_[book].digest() ^ market::mix(book + 1));
    }
    std::uint64_t agents = 0;
    for (const auto& population : populations_) agents += population->digest_afresh();
    return combine(economy_.ledger.digest_afresh(), books, agents,
                   economy_.obligations.digest_afresh());
}

/// The books' part of `mark_state`.
std::uint64_t World::mark_books() const {
    std::uint64_t h = 0;
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        h += market::mix(markets_[book].book().digest() ^ market::mix(book + 1));
    }
    return h;
}

/// The low bits of a digest of what is kept up to date as it changes.
std::uint16_t World::mark_state() const {
    const std::uint64_t h = economy_.ledger.digest() ^ market::mix(agents_digest_) ^
                            market::mix(economy_.obligations.digest() + 1);
    return static_cast<std::uint16_t>(market::mix(h + scratch_.books_mark));
}

/// Sums of independent facts, scrambled so that none can make up for another.
std::uint64_t World::combine(std::uint64_t ledger, std::uint64_t books, std::uint64_t agents,
                             std::uint64_t obligations) const {
    std::uint64_t h = market::mix(static_cast<std::uint64_t>(clock_.now().ns));
    for (const std::uint64_t part : {ledger, books, agents, obligations, contracts_digest()}) {
        h = market::mix(h ^ part);
    }
    return h;
}

/// Debts, payments and opinions: few, so that they are taken afresh.
std::uint64_t World::contracts_digest() const {
    std::uint64_t h = market::mix(economy_.loans.digest() ^ macro_.payments.digest());
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        const auto& valuation = macro_.fundamentals[book].valuation;
        if (valuation) h += valuation->digest(book);
    }
    return h;
}

/// The flow matrix tells the whole truth about dollars: what a block's have changed by since the
/// opening is its net lending plus what it was paid in exchanges. The left side is the ledger's,
/// the right side what was noted beside every posting, so each step checks each by the other. As
/// the ledger's changes sum to zero over all blocks (its audit), net lending does.
std::string World::check_flows() const {
    for (std::uint32_t block = 0; block < economy_.ledger.block_count(); ++block) {
        const Money change = cash_of(block) - opening_cash_[block];
        const Money lending = economy_.flows.net_lending(block);
        const Money financing = economy_.flows.net_financing(block);
        if (change == lending + financing) continue;
        return economy_.ledger.layout(block).name + " lent " + std::to_string(lending.value()) +
               " net and financed " + std::to_string(financing.value()) +
               " by the flow matrix, but its cash changed by " + std::to_string(change.value());
    }
    return {};
}

/// Dollars of a block, those behind its waiting orders included. The escrow accounts own none.
Money World::cash_of(std::uint32_t block) const {
    return economy_.ledger.cash(block) + escrowed_[block];
}

/// Everything that must hold at all times, counted again from scratch.
std::string World::audit_afresh() const {
    if (std::string broken = economy_.ledger.audit_afresh(); !broken.empty()) return broken;
    if (std::string broken = economy_.obligations.audit(); !broken.empty()) return broken;
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        if (std::string broken = check_escrow(book); !broken.empty()) return broken;
    }
    if (std::string broken = check_cash(); !broken.empty()) return broken;
    if (std::string broken = check_flows(); !broken.empty()) return broken;
    if (digest() != digest_afresh()) return "the digest kept differs from the digest of the state";
    return {};
}

/// What is kept by block is what accounts and waiting orders have.
std::string World::check_cash() const {
    const std::vector<Money> counted = count_cash();
    for (std::uint32_t block = 0; block < counted.size(); ++block) {
        if (counted[block] == cash_of(block)) continue;
        return economy_.ledger.layout(block).name + " has " +
               std::to_string(counted[block].value()) + " of dollars, not " +
               std::to_string(cash_of(block).value());
    }
    return {};
}

/// Dollars by block, account by account and order by order.
std::vector<Money> World::count_cash() const {
    const market::Ledger& ledger = economy_.ledger;
    std::vector<Money> cash(ledger.block_count());
    for (std::uint32_t block = 0; block < ledger.block_count(); ++block) {
        for (std::uint32_t row = 0; row < ledger.layout(block).rows; ++row) {
            cash[block] += Money{ledger.balance({block, row}, market::usd).value()};
        }
    }
    for (std::size_t book = 0; book < markets_.size(); ++book) {
        const auto add = [&](market::AccountId owner, market::Price limit, market::Quantity left) {
            const Money held{instruments_[book].requirement_per_lot(limit).value() * left.value()};
            cash[owner.block()] += held;
            cash[escrow_block_] -= held;
        };
        markets_[book].book().for_each(market::Side::buy, [&](const market::RestingOrder& order) {
            add(order.owner, order.limit, order.left);
        });
        markets_[book].stops().for_each(market::Side::buy, [&](const market::Order& order) {
            add(order.owner, order.limit, order.quantity);
        });
    }
    return cash;
}

/// What lies in a book's escrow is what its waiting orders need, to the unit.
std::string World::check_escrow(std::size_t book) const {
    const market::Instrument& instrument = instruments_[book];
    std::int64_t quote = 0;
    std::int64_t base = 0;
    const auto count = [&](market::Side side, market::Price limit, market::Quantity left) {
        if (side == market::Side::buy) {
            quote += instrument.requirement_per_lot(limit).value() * left.value();
        } else {
            base += instrument.to_units(left).value();
        }
    };
    for (const market::Side side : {market::Side::buy, market::Side::sell}) {
        markets_[book].book().for_each(side, [&](const market::RestingOrder& order) {
            count(order.side, order.limit, order.left);
        });
        markets_[book].stops().for_each(side, [&](const market::Order& order) {
            count(order.side, order.limit, order.quantity);
        });
    }
    const market::AccountId escrow{escrow_block_, static_cast<std::uint32_t>(book)};
    if (economy_.ledger.balance(escrow, instrument.quote).value() != quote ||
        economy_.ledger.balance(escrow, instrument.asset).value() != base) {
        return "the escrow of " + instrument.name + " is not what its orders need: quote " +
               std::to_string(economy_.ledger.balance(escrow, instrument.quote).value()) +
               " against " + std::to_string(quote) + ", base " +
               std::to_string(economy_.ledger.balance(escrow, instrument.asset).value()) +
               " against " + std::to_string(base);
    }
    return {};
}

}  // namespace crowdout::world
