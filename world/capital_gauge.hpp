// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "world/measures.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// One day's reading of how scarce capital is. Measured; no agent sees it.
struct CapitalReading {
    market::Time time;
    double idle = 0;  ///< USD of idle capital of the sectors whose cash can be idle
    FundingGap gap;   ///< of the window that ends now
    /// USD of market value per USD of net purchases by all but makers and traders, by
    /// InstrumentId; 0 until two different days were seen.
    std::span<const double> multipliers;
};

/// Whose cash can be idle, and how much of it is needed: a share of what each population or
/// institution held at the opening, which the world names by sector. Banks have none: what is in
/// their accounts is what they owe.
[[nodiscard]] std::vector<IdleHolder> idle_holders(const World& world);

/// Reads idle capital, the funding gap and flow multipliers off a world, once a day.
///
/// The gap is that of the flows of the last 30 days (our choice). The flow of an
/// instrument is what long-term owners bought net of what they sold: those whose cause is neither
/// a quote nor a short-lived opinion would be better, but causes are the owners' own words.
class CapitalGauge {
public:
    static constexpr std::size_t window_days = 30;

    explicit CapitalGauge(const World& world);

    /// Call after every step. @return a reading on the first step that ends on a new day (UTC).
    std::optional<CapitalReading> record(const World& world);

private:
    [[nodiscard]] FundingGap gap(const World& world);
    void update_multipliers(const World& world, market::Duration span);
    [[nodiscard]] double bought(const World& world, std::size_t book);

    std::vector<IdleHolder> holders_;
    std::vector<FundingRole> roles_;  ///< by block
    FlowMatrix flows_before_;         ///< as of the last reading
    std::vector<FundingGap> past_;    ///< a ring of days
    std::size_t days_ = 0;
    market::Time day_;
    std::vector<FlowMultiplier> multipliers_;  ///< by InstrumentId
    std::vector<double> multiplier_values_;
    std::vector<double> bought_before_;   ///< USD, by InstrumentId
    std::vector<double> value_before_;    ///< USD of market value, by InstrumentId
    std::vector<std::uint8_t> is_owner_;  ///< by block: neither maker nor trader
    std::vector<FlowRow> rows_;
    std::vector<TradeRow> trades_;
};

}  // namespace crowdout::world
