// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/small_world.hpp"
#include "world/par.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// What an account asks of the world; `amount` in ledger units.
[[nodiscard]] inline agents::Instruction wish(agents::InstructionKind kind, market::AccountId self,
                                              std::int64_t amount,
                                              market::AccountId counterparty = {}) {
    agents::Instruction result;
    result.kind = kind;
    result.self = self;
    result.counterparty = counterparty;
    result.amount = market::Units{amount};
    return result;
}

/// A hand inside a world: sends single orders and instructions for any account, and runs steps.
class WorldProbe {
public:
    explicit WorldProbe(World world) : world_{std::move(world)} {}

    [[nodiscard]] World& world() { return world_; }
    [[nodiscard]] Economy& economy() { return world_.economy_; }
    [[nodiscard]] MacroState& macro() { return world_.macro_; }

    void step() { world_.step(pool_); }
    /// Steps until the world's time is not before `time`.
    void run_until(market::Time time) {
        while (world_.now() < time) step();
    }

    [[nodiscard]] market::InstrumentId instrument(std::string_view name) const {
        return name_table(world_.config()).instrument(name);
    }
    [[nodiscard]] market::AccountId account(std::string_view name, std::uint32_t member = 0) const {
        return name_table(world_.config()).account(name, member);
    }
    /// Free balance in ledger units of an asset: 1e-4 dollars of USD.
    [[nodiscard]] std::int64_t balance(market::AccountId who, std::string_view asset) const {
        return world_.economy_.ledger.balance(who, name_table(world_.config()).asset(asset))
            .value();
    }

    /// A limit order of `who`, in ticks and lots, that arrives first in the next step.
    market::Order order(market::AccountId who, market::Side side, std::int64_t ticks,
                        std::int64_t lots) const {
        market::Order order;
        order.owner = who;
        order.side = side;
        order.limit = market::Price{ticks};
        order.quantity = market::Quantity{lots};
        return order;
    }
    void send(std::string_view instrument_name, const market::Order& order,
              agents::IntentKind kind = agents::IntentKind::submit, std::uint32_t slot = 0) {
        agents::Intent& intent = world_.forced_.emplace_back();
        intent.kind = kind;
        intent.instrument = instrument(instrument_name);
        intent.slot = slot;
        intent.arrival = world_.now();
        intent.order = order;
    }
    void send(agents::Intent intent) {
        intent.arrival = world_.now();
        world_.forced_.push_back(intent);
    }

    void carry_out(const agents::Instruction& wish) { world_.carry_out(wish); }

    /// The account's open orders, oldest first.
    [[nodiscard]] std::vector<agents::OpenOrder> open_orders(market::AccountId who) const {
        const auto orders = world_.open_orders_.of(who);
        return {orders.begin(), orders.end()};
    }
    [[nodiscard]] std::uint64_t rejects(market::Reject why) const {
        return world_.totals().rejects[market::index(why)];
    }
    [[nodiscard]] const std::vector<agents::Intent>& forced() const { return world_.forced_; }
    [[nodiscard]] const std::vector<agents::BookView>& views() const { return world_.views_; }

    /// Credits one account without debiting another: what the audit is for.
    void conjure(market::AccountId who, std::int64_t money) {
        market::Ledger::Writer writer{world_.economy_.ledger};
        writer.add(who, market::usd, money);
        world_.economy_.ledger.merge(writer);
    }
    /// Pays dollars from one account to another, so that each has what a test wants it to have.
    void pay(market::AccountId from, market::AccountId to, std::int64_t money) {
        world_.economy_.post(
            {from, to, market::usd, market::Units{money}, market::Reason::benefits});
    }
    /// Moves dollars behind the back of the flow matrix.
    void move_unseen(market::AccountId from, market::AccountId to, std::int64_t money) {
        world_.economy_.ledger.post(
            {from, to, market::usd, market::Units{money}, market::Reason::wages});
    }
    /// Lets a book's flows say that its fees go to somebody else than they do.
    void misbook_fees(std::string_view instrument_name, market::AccountId to) {
        world_.book_flows_[index(instrument(instrument_name))] = BookFlows{to.block()};
    }

private:
    World world_;
    Pool pool_{1};
};

}  // namespace crowdout::world

namespace crowdout::test {

inline world::WorldProbe quiet_probe(const std::vector<std::string>& overrides = {}) {
    return world::WorldProbe{build_world(quiet_world, overrides)};
}

}  // namespace crowdout::test
