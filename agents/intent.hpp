// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "agents/observation.hpp"
#include "market/order.hpp"
#include "market/posting.hpp"

namespace crowdout::agents {

enum class IntentKind : std::uint8_t { submit, cancel, replace };

/// One message to one book. The world decides when it arrives and whether it is allowed.
struct Intent {
    IntentKind kind = IntentKind::submit;
    market::InstrumentId instrument = market::no_instrument;
    std::uint32_t slot = 0;  ///< with `order.id`, the ticket of what is cancelled or replaced
    market::Time arrival;    ///< when it left the agent; latency is added by the world
    market::Order order;     ///< owner and id are filled in by the world
};

enum class InstructionKind : std::uint8_t {
    pay,                 ///< `amount` of `asset` to `counterparty`, for `reason`
    draw,                ///< on the own credit line, in cash
    repay,               ///< the own credit line
    issue,               ///< `amount` units of own securities `asset`, into the own account
    retire,              ///< the reverse
    create_baskets,      ///< `amount` ETF baskets of `instrument`, for what they contain
    redeem_baskets,      ///< the reverse
    call_capital,        ///< from `counterparty`, by `due`
    meet,                ///< pay `amount` of obligation `reference`
    request_redemption,  ///< `amount` dollars of the fund `counterparty`, by its terms
};

/// What an institution asks of the world besides trading. Carried out before orders are, one
/// after another by account; what cannot be honoured in full is honoured in part or refused.
struct Instruction {
    InstructionKind kind = InstructionKind::pay;
    market::Reason reason = market::Reason::sales;
    market::AssetId asset = market::usd;
    market::InstrumentId instrument = market::no_instrument;
    market::AccountId self;          ///< filled in by the frame
    market::AccountId counterparty;  ///< of a population all members, in equal parts
    market::Units amount;
    market::Time due;
    std::uint32_t reference = 0;
};

/// Where the decisions of a run of agents are collected, in order.
class Intents {
public:
    /// Names the agent whose intents follow.
    void begin(const Observation& seen) {
        self_ = seen.self;
        now_ = seen.now;
    }

    /// Sends an order. `order.limit` is a market order's protection price too.
    void submit(market::InstrumentId instrument, market::Order order) {
        order.owner = self_;
        orders.push_back({IntentKind::submit, instrument, 0, now_, order});
    }
    void cancel(const OpenOrder& open) {
        market::Order order;
        order.owner = self_;
        order.id = open.ticket.id;
        orders.push_back({IntentKind::cancel, open.instrument, open.ticket.slot, now_, order});
    }
    /// New limit and remaining quantity; priority is kept only where it shrinks in place.
    void replace(const OpenOrder& open, market::Price limit, market::Quantity quantity) {
        market::Order order;
        order.owner = self_;
        order.id = open.ticket.id;
        order.side = open.side;
        order.cause = open.cause;
        order.limit = limit;
        order.quantity = quantity;
        orders.push_back({IntentKind::replace, open.instrument, open.ticket.slot, now_, order});
    }
    void instruct(Instruction instruction) {
        instruction.self = self_;
        instructions.push_back(instruction);
    }

    void clear() {
        orders.clear();
        instructions.clear();
    }

    std::vector<Intent> orders;
    std::vector<Instruction> instructions;

private:
    market::AccountId self_;
    market::Time now_;
};

}  // namespace crowdout::agents
