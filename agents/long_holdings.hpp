// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/outlook.hpp"
#include "agents/waterfall.hpp"

namespace crowdout::agents {

/// What an owner thinks of one asset that it holds or might hold.
struct HoldingTerms {
    double weight = 0;       ///< share of what it invests
    double conviction = 0;   ///< any scale; compared among its own holdings
    double gain = 0;         ///< unrealised at the start, of cost
    bool strategic = false;  ///< never sold by choice; pledged to its lender
    Outlook outlook{};

    template <class Visitor>
    void visit(Visitor& field) {
        field("weight", weight,
              {.help = "Share of what the owner invests.",
               .help_zh = "投资分配比例。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1});
        field("conviction", conviction,
              {.help = "How dear the asset is to its owner; compared among its holdings.",
               .help_zh = "持有信念，仅在自身持仓间比较。"});
        field("gain", gain,
              {.help = "Unrealised gain over cost at the start.",
               .help_zh = "初始浮盈比例。",
               .unit = Dimension::ratio,
               .min = -0.99,
               .max = 1000});
        field("strategic", strategic,
              {.help = "Not for sale, except by the lender to whom it is pledged.",
               .help_zh = "战略持仓，不主动出售。"});
        field("outlook", outlook,
              {.help = "What it is expected to earn.", .help_zh = "收益预期。"});
    }
};

/// An owner's memory of one holding.
struct HoldingMemory {
    double cost = 0;        ///< average, USD per whole
    double held = 0;        ///< whole units when last seen
    double week_start = 0;  ///< whole units when this week began
    market::Time offered;   ///< up to when free cash was offered to it
    ParentOrder parent;
};

/// The assets of one kind of owner, in the order of the world file; its members share them.
class LongHoldings {
public:
    using Terms = std::vector<std::pair<std::string, HoldingTerms>>;
    using Memory = std::array<HoldingMemory, legs_max>;
    using Stock = std::array<Holding, legs_max>;

    Terms terms;

    void bind(const Names& names) {
        instruments_.clear();
        for (const auto& entry : terms) instruments_.push_back(names.instrument(entry.first));
    }
    [[nodiscard]] std::size_t size() const { return instruments_.size(); }
    [[nodiscard]] market::InstrumentId instrument(std::size_t i) const { return instruments_[i]; }
    [[nodiscard]] const HoldingTerms& operator[](std::size_t i) const { return terms[i].second; }

    void begin(const Observation& seen, Memory& memory) const;

    /// Books what was bought since the last look at mid (our choice: an owner's books are near
    /// enough), which changes the average cost; a new week marks its own beginning.
    void remember(const Observation& seen, bool week_begins, Memory& memory) const;

    /// What each holding is worth and how it looks for sale.
    /// @param capacity_until  when the money is needed, later than now.
    /// @param week_share_max  share of a position that is sold in a week, at most.
    void measure(const Observation& seen, const Memory& memory, const ExecutionTerms& execution,
                 market::Time capacity_until, double week_share_max, Stock& stock) const;

    /// USD of holding `i` that may still be sold this week.
    [[nodiscard]] double saleable_this_week(const Observation& seen, const Memory& memory,
                                            double week_share_max, std::size_t i) const;

private:
    std::vector<market::InstrumentId> instruments_;
};

/// Weeks since Thursday, 1970-01-01, in UTC.
[[nodiscard]] inline std::int64_t week_of(market::Time time) {
    return time.ns / (market::day.ns * 7);
}

}  // namespace crowdout::agents
