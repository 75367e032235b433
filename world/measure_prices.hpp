// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "world/measure_fields.hpp"

// Measures of how far prices went: returns, falls, recoveries, and the order of many.

namespace crowdout::world {

/// Price at the end of the window over that at its beginning, less one; less that of `against`,
/// where one is named. Nothing is added for dividends or coupons.
struct TotalReturn {
    std::string of;
    std::string against;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("against", against,
              instrument_field("Whose return is taken off.", "减去哪个工具的收益。", false));
    }
};

/// Largest fall from a peak to a trough at most `within` later, as a share of the peak (positive);
/// over that of `against`, where one is named (H9: a multiple, not a share).
struct MaximumDrawdown {
    std::string of;
    std::string against;
    market::Duration within{};  ///< 0: however long it took
    market::Duration every{market::minute * 5};

    [[nodiscard]] MeasureUnit unit() const {
        return against.empty() ? MeasureUnit::ratio : MeasureUnit::number;
    }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("against", against,
              instrument_field("By whose fall it is divided.", "除以哪个工具的跌幅。", false));
        field("within", within,
              {.help = "Longest time from peak to trough; 0 for any.",
               .help_zh = "从峰到谷的最长时间；0 表示不限。",
               .unit = Dimension::duration,
               .min = 0});
        field("every", every, every_field());
    }
};

/// Share of the largest fall (as in `drawdown`) that was won back within `after` of its trough: the
/// highest price then less the trough, over peak less trough.
struct Recovery {
    std::string of;
    market::Duration within{};
    market::Duration after{market::day};
    market::Duration every{market::minute * 5};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("within", within,
              {.help = "Longest time from peak to trough; 0 for any.",
               .help_zh = "从峰到谷的最长时间；0 表示不限。",
               .unit = Dimension::duration,
               .min = 0});
        field("after", after,
              {.help = "How long after the trough.",
               .help_zh = "谷底之后多久。",
               .unit = Dimension::duration,
               .positive = true});
        field("every", every, every_field());
    }
};

/// Standard deviation of log returns over `horizon`, per trading day: times the root of how many
/// such returns a day has room for.
struct Volatility {
    std::string of;
    market::Duration horizon{market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::ratio; }
    [[nodiscard]] std::string reference() const { return of; }
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("horizon", horizon, horizon_field());
    }
};

/// Standard deviation of the log returns of `of` over that of `against`, on the hours that both
/// have.
struct VolatilityRatio {
    std::string of;
    std::string against;
    market::Duration horizon{market::day};

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    [[nodiscard]] std::string reference() const { return against; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("of", of, instrument_field("Whose price.", "哪个工具的价格。"));
        field("against", against, instrument_field("Compared with whose.", "与哪个工具比较。"));
        field("horizon", horizon, horizon_field());
    }
};

/// Spearman's correlation of the returns of a list of instruments over the window with the order
/// of the list, of which the first is said to do best: 1 where the order is right.
struct ReturnOrder {
    std::vector<std::string> order;

    [[nodiscard]] static MeasureUnit unit() { return MeasureUnit::number; }
    void need(TrackNeeds& needs) const;
    [[nodiscard]] Measured evaluate(const TrackView& view) const;

    template <class Visitor>
    void visit(Visitor& field) {
        field("order", order,
              {.help = "Instruments, the one that should do best first.",
               .help_zh = "工具列表，预期表现最好者在前。",
               .required = true,
               .refers_to = Reference::instrument,
               .items_min = 3});
    }
};

}  // namespace crowdout::world
