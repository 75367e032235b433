// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/field.hpp"
#include "agents/historical_series.hpp"
#include "world/diagnostic.hpp"
#include "world/table_config.hpp"

namespace crowdout::world {

/// The moment that a date without a time of day stands for in a table.
enum class DateMeaning : std::uint8_t {
    day_begins,  ///< 00:00 UTC
    day_ends,    ///< 00:00 UTC of the next day
    us_close,    ///< the close of US shares on that day; 16:00 in New York where they are shut
};
inline constexpr std::array<std::string_view, 3> date_meaning_names{"day_begins", "day_ends",
                                                                    "us_close"};
constexpr agents::EnumNames enum_names(DateMeaning) {
    return {date_meaning_names.data(), date_meaning_names.size()};
}

/// A figure of the past that a world names, out of a table of comma-separated values.
///
///     data:
///       - {name: fed_funds, file: data/fed_funds.csv, time: date, value: target, unit: "%/yr",
///          series: policy_rate, source: "Federal Reserve"}
struct DataSeriesConfig : TableConfig {
    std::string time{"date"};
    std::string value{"value"};
    std::string unit;  ///< what follows each number, with a $ for what stands before it: `$B/yr`
    DateMeaning dates = DateMeaning::day_begins;
    std::string of;      ///< the instrument whose price it is; "" for none
    std::string series;  ///< the figure of the world that it is: policy_rate; "" for none
    /// Whether charts move it to meet the run's own line at the first point that both have.
    bool rebase = true;

    /// The rows of the table, in the unit of `dimension_of(unit)`. No field: filled by `read_data`.
    agents::HistoricalSeries history;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// What numbers with this unit are; nothing where no number of a world file has it.
[[nodiscard]] std::optional<agents::Dimension> dimension_of(const std::string& unit);

/// Reads the table of one series into its `history`, and its comments into `source` where the world
/// gives none. Every mistake goes to the report, the first 20 of a table by themselves.
/// @param source  the table's text among the sources.
void read_table(const Sources& sources, std::uint32_t source, DataSeriesConfig& series,
                Report& report);

template <class Visitor>
void DataSeriesConfig::visit(Visitor& field) {
    using agents::Reference;
    visit_place(field);
    field("time", time,
          {.help = "The column of dates or moments, each after the one above.",
           .help_zh = "日期或时刻所在的列，须逐行递增。"});
    field("value", value, {.help = "The column of numbers.", .help_zh = "数值所在的列。"});
    field(
        "unit", unit,
        {.help = "Unit of the numbers, as a world file writes it: %/yr, $B/yr, $; none for plain.",
         .help_zh = "数值的单位，写法与世界文件相同：%/yr、$B/yr、$；纯数字则不写。"});
    field("dates", dates,
          {.help = "The moment that a date without a time of day stands for.",
           .help_zh = "没有具体时刻的日期所指的时刻。"});
    field("source", source,
          {.help = "Where the numbers come from; without it, what the table's comments say.",
           .help_zh = "数据来源；不写则取表格开头的注释。"});
    field("of", of,
          {.help = "The instrument whose price it was: for claims and charts, never for the run.",
           .help_zh = "所记录价格的工具：用于论断与图表，绝不作为输入。",
           .refers_to = Reference::instrument});
    field("series", series,
          {.help = "The figure of the world that it was, such as policy_rate.",
           .help_zh = "所对应的世界指标，如 policy_rate。"});
    field("rebase", rebase,
          {.help = "Whether charts move it to meet the run at the first point that both have.",
           .help_zh = "绘图时是否平移到与运行结果的首个共同点重合。"});
}

}  // namespace crowdout::world
