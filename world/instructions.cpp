// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agents/payees.hpp"
#include "world/apportion.hpp"
#include "world/members.hpp"
#include "world/world.hpp"

namespace crowdout::world {

using agents::Instruction;
using agents::InstructionKind;
using market::AccountId;
using market::Money;
using market::Posting;
using market::Reason;
using market::Units;

/// Does what institutions asked for besides trading, one after another, by account.
///
/// What cannot be honoured in full is honoured as far as the account's balance, line or stock
/// goes; the asker sees the result in its next observation.
void World::carry_out_instructions() {
    for (std::size_t at = 1; at < scratch_.chunk_count; ++at) {
        for (const Instruction& instruction : scratch_.chunks[at].intents.instructions) {
            carry_out(instruction);
            totals_.instructions += 1;
        }
    }
}

void World::carry_out(const Instruction& wish) {
    if (wish.amount <= Units{0}) return;
    std::vector<Posting>& postings = scratch_.postings;
    postings.clear();
    const market::Time now = clock_.now();
    const Units cash = economy_.ledger.balance(wish.self, market::usd);
    switch (wish.kind) {
        case InstructionKind::pay:
            transfer(wish);
            break;
        case InstructionKind::draw:
            if (const auto line = economy_.line_of(wish.self)) {
                economy_.loans.draw(*line, wish.amount, now, postings);
            }
            break;
        case InstructionKind::repay:
            if (const auto line = economy_.line_of(wish.self)) {
                economy_.loans.pay(*line, std::min(wish.amount, cash), now, postings);
            }
            break;
        case InstructionKind::issue:
        case InstructionKind::retire:
            issue_or_retire(wish);
            break;
        case InstructionKind::create_baskets:
        case InstructionKind::redeem_baskets:
            exchange_baskets(wish);
            break;
        case InstructionKind::call_capital:
            divide_equally(all_members(economy_.ledger, wish.counterparty), wish.amount,
                           [&](AccountId member, Units part) {
                               economy_.obligations.add(agents::ObligationKind::capital_call,
                                                        member, wish.self, Money{part.value()},
                                                        wish.due);
                           });
            break;
        case InstructionKind::meet:
            meet_obligation(wish);
            break;
        case InstructionKind::request_redemption:
            request_redemption(wish);
            break;
    }
    for (const Posting& posting : postings) economy_.post(posting);
}

/// Pays what there is, at most what was asked for. Who takes money out of a fund gives units of it
/// back, and has no more to take than they are worth.
void World::transfer(const Instruction& wish) {
    const market::Ledger& ledger = economy_.ledger;
    if (!ledger.has(wish.self, wish.asset) || !ledger.has(wish.counterparty, wish.asset)) return;
    const bool leaves_fund = wish.reason == Reason::redemptions && backs_units(wish.self.block());
    const Units units = std::min(wish.amount, ledger.balance(wish.self, wish.asset));
    divide_equally(
        all_members(ledger, wish.counterparty), units, [&](AccountId member, Units part) {
            if (member == wish.self) return;
            if (leaves_fund)
                part = std::min(part, agents::to_units(units_worth(member, wish.self.block())));
            if (part <= Units{0}) return;
            economy_.post({wish.self, member, wish.asset, part, wish.reason});
            if (leaves_fund) move_shares(wish.self, member, Money{part.value()}, false);
        });
}

/// An issuer makes more of its own security, into an account of the same owner's that may hold
/// it; or takes some back.
///
/// Since an issuer holds its own security negatively, what it is about to sell has to lie in
/// another account: the treasury stock of its block.
void World::issue_or_retire(const Instruction& wish) {
    const AccountId issuer = economy_.ledger.issuer(wish.asset);
    if (issuer == wish.self || !economy_.ledger.has(wish.self, wish.asset)) return;
    if (!may_issue(wish.self, wish.asset)) return;
    if (wish.kind == InstructionKind::issue) {
        economy_.post({issuer, wish.self, wish.asset, wish.amount, Reason::issuance});
        return;
    }
    const Units held = economy_.ledger.balance(wish.self, wish.asset);
    economy_.post({wish.self, issuer, wish.asset, std::min(wish.amount, held), Reason::issuance});
}

void World::exchange_baskets(const Instruction& wish) {
    if (index(wish.instrument) >= macro_.fundamentals.size()) return;
    auto& etf = macro_.fundamentals[index(wish.instrument)].etf;
    if (!etf) return;
    const market::Ledger& ledger = economy_.ledger;
    if (!ledger.has(wish.self, etf->terms().share)) return;
    for (const auto& item : etf->terms().basket) {
        if (!ledger.has(wish.self, item.asset)) return;
    }
    etf->accrue_fee(clock_.now(), scratch_.postings);
    std::int64_t blocks = wish.amount.value();
    if (wish.kind == InstructionKind::create_baskets) {
        for (std::size_t item = 0; item < etf->terms().basket.size(); ++item) {
            const Units each = etf->basket_units(item, 1, market::Rounding::ceil);
            const Units held = ledger.balance(wish.self, etf->terms().basket[item].asset);
            if (each > Units{0}) blocks = std::min(blocks, held.value() / each.value());
        }
        if (blocks > 0) etf->create(wish.self, blocks, clock_.now(), scratch_.postings);
        return;
    }
    const Units shares = ledger.balance(wish.self, etf->terms().share);
    blocks = std::min(blocks, std::min(shares, etf->shares()).value() / etf->block_units().value());
    if (blocks > 0) etf->redeem(wish.self, blocks, clock_.now(), scratch_.postings);
}

/// Pays an obligation. Who pays in capital receives shares at the last round's price; who is paid
/// out returns the fund's units at their net asset value.
void World::meet_obligation(const Instruction& wish) {
    const agents::Obligation* open = economy_.obligations.find(wish.self, wish.reference);
    if (open == nullptr) return;
    agents::Obligation obligation = *open;
    if (obligation.kind == agents::ObligationKind::redemption) {
        // Asked for in dollars, owed in units: after a fall they are worth less.
        const Money worth{
            agents::to_units(units_worth(obligation.creditor, wish.self.block())).value()};
        if (worth < obligation.amount) {
            economy_.obligations.forgive(wish.self, wish.reference, obligation.amount - worth);
            obligation.amount = worth;
        }
    }
    const Money cash{economy_.ledger.balance(wish.self, market::usd).value()};
    const Money amount = std::min({Money{wish.amount.value()}, obligation.amount, cash});
    if (amount <= Money{0}) return;
    const Reason reason =
        obligation.kind == agents::ObligationKind::capital_call ? Reason::capital_calls
        : obligation.kind == agents::ObligationKind::redemption ? Reason::redemptions
                                                                : Reason::capex;
    economy_.obligations.meet(wish.self, wish.reference, amount);
    economy_.post({wish.self, obligation.creditor, market::usd, Units{amount.value()}, reason});
    if (obligation.kind == agents::ObligationKind::capital_call) {
        move_shares(obligation.creditor, wish.self, amount, true);
    } else if (obligation.kind == agents::ObligationKind::redemption) {
        move_shares(wish.self, obligation.creditor, amount, false);
    }
}

/// Shares of `company` (an unlisted asset that its block issues) for `amount` dollars at the last
/// price: to the investor, or back from it. Rounded down; nothing where it has issued none.
void World::move_shares(AccountId company, AccountId investor, Money amount, bool to_investor) {
    market::Ledger& ledger = economy_.ledger;
    for (std::uint16_t asset = static_cast<std::uint16_t>(instruments_.size() + 1);
         asset < ledger.asset_count(); ++asset) {
        const market::AssetId id{asset};
        const AccountId issuer = ledger.issuer(id);
        if (issuer.block() != company.block() || !ledger.has(investor, id)) continue;
        if (macro_.asset_price[asset] <= 0) return;  // nothing left of it: no price to deal at
        Units units{market::to_whole(static_cast<double>(amount.value()) /
                                     market::money_per_dollar / macro_.asset_price[asset])};
        if (!to_investor) units = std::min(units, ledger.balance(investor, id));
        if (units <= Units{0}) return;
        economy_.post({to_investor ? issuer : investor, to_investor ? investor : issuer, id, units,
                       to_investor ? Reason::capital_calls : Reason::redemptions});
        return;
    }
}

/// An investor asks a fund population for dollars: every member owes its share, by equity, at the
/// first quarter end after the notice. At most what the investor's units are worth, less what it
/// has asked for already.
void World::request_redemption(const Instruction& wish) {
    const std::uint32_t block = wish.counterparty.block();
    if (block >= economy_.ledger.block_count()) return;
    const market::Time due = redemption_date(RedemptionTerms{}, clock_.now());
    Money most{market::to_whole(units_worth(wish.self, block) * market::money_per_dollar)};
    for (const agents::Obligation& asked : economy_.obligations.all()) {
        const bool is_his = asked.kind == agents::ObligationKind::redemption &&
                            asked.creditor == wish.self && asked.debtor.block() == block;
        if (is_his) most -= asked.amount;
    }
    const Money total = std::min(Money{wish.amount.value()}, most);
    if (total <= Money{0}) return;
    const std::uint32_t members = economy_.ledger.layout(block).rows;
    std::vector<std::int64_t> equity(members);
    for (std::uint32_t member = 0; member < members; ++member) {
        equity[member] = std::max<std::int64_t>(
            0, market::to_whole(equity_of({block, member}) * market::money_per_dollar));
    }
    std::vector<std::int64_t> shares;
    Apportion{}.split(total, equity, shares);
    for (std::uint32_t member = 0; member < members; ++member) {
        economy_.obligations.add(agents::ObligationKind::redemption, {block, member}, wish.self,
                                 Money{shares[member]}, due);
    }
}

}  // namespace crowdout::world
