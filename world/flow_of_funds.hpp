// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "market/posting.hpp"
#include "world/tally.hpp"

namespace crowdout::world {

/// Dollars that went one way for one reason. Between blocks of accounts, or, rolled up, sectors.
struct FlowRow {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    market::Reason reason = market::Reason::trades;
    market::Money money;  ///< never negative but for `escrow`, which is kept net

    friend bool operator==(const FlowRow&, const FlowRow&) = default;
};

/// One cell of the matrix as a number: rows sort by reason, from, to.
[[nodiscard]] constexpr std::uint64_t flow_key(std::uint32_t from, std::uint32_t to,
                                               market::Reason reason) {
    return static_cast<std::uint64_t>(reason) << 32 | static_cast<std::uint64_t>(from) << 16 | to;
}
[[nodiscard]] constexpr FlowRow flow_row(std::uint64_t key, market::Money money) {
    return {static_cast<std::uint16_t>(key >> 16), static_cast<std::uint16_t>(key),
            static_cast<market::Reason>(key >> 32), money};
}

/// Replaces `out` by what a tally of flows has beyond an earlier copy of itself: the flows of a
/// window. Sorted by reason, from, to; without zeros.
void flow_rows(const Tally<market::Money>& now, const Tally<market::Money>& earlier,
               std::vector<FlowRow>& out);

/// Where money went since the world began: block x block x reason.
///
/// Only dollars: what moves in kind has its other leg in dollars, or is no flow of funds. Sums are
/// exact integers, so the order in which books and postings are added cannot be seen.
class FlowMatrix {
public:
    void add(std::uint32_t from, std::uint32_t to, market::Reason reason, market::Money money) {
        flows_.add(flow_key(from, to, reason), money);
        const std::size_t cell = to * market::reason_count + static_cast<std::size_t>(reason);
        if (cell >= received_.size()) received_.resize((to + 1) * market::reason_count);
        received_[cell] += money;
        if (std::max(from, to) >= net_.size()) net_.resize(std::max(from, to) + 1);
        net_[from].of(reason) -= money;
        net_[to].of(reason) += money;
    }
    void record(const market::Posting& posting) {
        if (posting.asset != market::usd || posting.units == market::Units{0}) return;
        add(posting.from.block(), posting.to.block(), posting.reason,
            market::Money{posting.units.value()});
    }
    /// Adds what a part of the world (a book, a task) has tallied since its own step began.
    /// Cost: O(cells touched there).
    void merge(const Tally<market::Money>& part);

    void begin_step() { flows_.begin_step(); }

    /// All that a block has received for a reason.
    [[nodiscard]] market::Money received(std::uint32_t block, market::Reason reason) const {
        const std::size_t cell = block * market::reason_count + static_cast<std::size_t>(reason);
        return cell < received_.size() ? received_[cell] : market::Money{0};
    }
    /// Income less spending of a block since the world began. What one block receives another
    /// pays: over all blocks the sum is zero.
    [[nodiscard]] market::Money net_lending(std::uint32_t block) const {
        return block < net_.size() ? net_[block].lending : market::Money{0};
    }
    /// Dollars received less dollars paid in exchange for assets and promises.
    [[nodiscard]] market::Money net_financing(std::uint32_t block) const {
        return block < net_.size() ? net_[block].financing : market::Money{0};
    }
    [[nodiscard]] market::Money total(std::uint32_t from, std::uint32_t to,
                                      market::Reason reason) const {
        return flows_.total(flow_key(from, to, reason));
    }

    /// Each replaces `out`, as `flow_rows` does.
    void rows(std::vector<FlowRow>& out) const { flow_rows(flows_, {}, out); }
    void rows_since(const FlowMatrix& earlier, std::vector<FlowRow>& out) const {
        flow_rows(flows_, earlier.flows_, out);
    }
    void step_rows(std::vector<FlowRow>& out) const;

    template <class Archive>
    void archive(Archive& a) {
        a(flows_, received_, net_);
    }

private:
    struct Net {
        market::Money lending;
        market::Money financing;

        market::Money& of(market::Reason reason) {
            return market::is_income(reason) ? lending : financing;
        }
    };

    Tally<market::Money> flows_;
    std::vector<market::Money> received_;  ///< [blocks x reasons]
    std::vector<Net> net_;                 ///< by block
};

/// Replaces `out` by the same flows between groups: blocks into sectors. What stays inside a
/// group keeps its row.
/// @param group_of  by number of `rows`.
void roll_up(std::span<const FlowRow> rows, std::span<const std::uint16_t> group_of,
             std::vector<FlowRow>& out);

}  // namespace crowdout::world
