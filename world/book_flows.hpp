// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "market/trade.hpp"
#include "world/flow_of_funds.hpp"

namespace crowdout::world {

/// What was bought or sold: dollars and lots.
struct Traded {
    market::Money money;
    market::Quantity lots;

    Traded& operator+=(const Traded& other) {
        money += other.money;
        lots += other.lots;
        return *this;
    }
    friend bool operator==(const Traded&, const Traded&) = default;
};

/// One line of "who sold what for which cause".
struct TradeRow {
    std::uint16_t block = 0;
    market::Cause cause = market::Cause::choice;
    market::Side side = market::Side::buy;
    Traded traded;

    friend bool operator==(const TradeRow&, const TradeRow&) = default;
};

/// What one book adds to the flow of funds. The task that matches the book is the only writer, so
/// books are matched in parallel; the matrix merges them afterwards.
///
/// An empty one is 152 bytes; a fill touches three to five cells and allocates only where two
/// blocks meet for the first time.
class BookFlows {
public:
    BookFlows() = default;
    /// @param fee_block  where fees are paid to.
    explicit BookFlows(std::uint32_t fee_block) : fee_block_{fee_block} {}

    /// The buyer pays the seller `notional`, and each its fee to the venue.
    void record(const market::Fill& fill, market::Money notional, market::Money maker_fee = {},
                market::Money taker_fee = {});

    /// Any other dollars that this book moved: escrow given back (`money` negative), say.
    void add(std::uint32_t from, std::uint32_t to, market::Reason reason, market::Money money) {
        flows_.add(flow_key(from, to, reason), money);
    }

    void begin_step() {
        flows_.begin_step();
        causes_.begin_step();
    }

    /// For FlowMatrix::merge and flow_rows.
    [[nodiscard]] const Tally<market::Money>& flows() const { return flows_; }

    /// Each replaces `out`, sorted by block, cause, side, without zeros.
    void trades(std::vector<TradeRow>& out) const;
    void step_trades(std::vector<TradeRow>& out) const;

    template <class Archive>
    void archive(Archive& a) {
        a(flows_, causes_, fee_block_);
    }

private:
    Tally<market::Money> flows_;
    Tally<Traded> causes_;
    std::uint32_t fee_block_ = 0;
};

}  // namespace crowdout::world
