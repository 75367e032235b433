// SPDX-License-Identifier: Apache-2.0
#include "world/flow_of_funds.hpp"

#include <algorithm>

namespace crowdout::world {

using market::Money;

namespace {

std::uint64_t key_of(const FlowRow& row) {
    return flow_key(row.from, row.to, row.reason);
}

void sort(std::vector<FlowRow>& rows) {
    std::ranges::sort(rows, {}, key_of);
}

}  // namespace

void flow_rows(const Tally<Money>& now, const Tally<Money>& earlier, std::vector<FlowRow>& out) {
    out.clear();
    for (const auto& entry : now.entries()) {
        const Money money = entry.total - earlier.total(entry.key);
        if (money != Money{0}) out.push_back(flow_row(entry.key, money));
    }
    sort(out);
}

void FlowMatrix::merge(const Tally<Money>& part) {
    for (const std::uint32_t at : part.touched()) {
        const auto& entry = part.entries()[at];
        const FlowRow row = flow_row(entry.key, entry.step);
        add(row.from, row.to, row.reason, row.money);
    }
}

void FlowMatrix::step_rows(std::vector<FlowRow>& out) const {
    out.clear();
    for (const std::uint32_t at : flows_.touched()) {
        const auto& entry = flows_.entries()[at];
        if (entry.step != Money{0}) out.push_back(flow_row(entry.key, entry.step));
    }
    sort(out);
}

void roll_up(std::span<const FlowRow> rows, std::span<const std::uint16_t> group_of,
             std::vector<FlowRow>& out) {
    out.clear();
    for (const FlowRow& row : rows) {
        out.push_back({group_of[row.from], group_of[row.to], row.reason, row.money});
    }
    sort(out);
    std::size_t kept = 0;
    for (const FlowRow& row : out) {
        if (kept > 0 && key_of(out[kept - 1]) == key_of(row)) {
            out[kept - 1].money += row.money;
        } else {
            out[kept++] = row;
        }
    }
    out.resize(kept);
}

}  // namespace crowdout::world
