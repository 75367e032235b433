// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "agents/field.hpp"
#include "agents/order_tape.hpp"
#include "world/diagnostic.hpp"
#include "world/table_config.hpp"

namespace crowdout::world {

struct WorldConfig;

/// Recorded orders that a world names, out of a table of comma-separated values.
///
///     tapes:
///       - {name: october, file: data/october.csv, relative: true, source: "..."}
///
/// A row is an order. Times may be equal, and must not fall; sizes are in whole coins or shares;
/// an order without a price takes at market.
struct TapeConfig : TableConfig {
    std::string time{"time"};
    std::string side;   ///< "" for `side`, or `taker_side` as an exported recording has it
    std::string size;   ///< "" for `size`, or `quantity`
    std::string price;  ///< "" for `price`, where there is such a column
    std::string kind;   ///< "" for `kind`, where there is such a column
    std::string cause;  ///< "" for `cause`, or `taker_cause`, where there is such a column
    /// Rows that do not have these texts in these columns are left out.
    std::vector<std::pair<std::string, std::string>> where;
    bool relative = false;  ///< prices are basis points from the mid when the order comes

    /// The rows of the table. No field: filled by `read_tape`.
    agents::OrderTape orders;

    template <class Visitor>
    void visit(Visitor& field);
    void check(agents::Complaints& complaints) const;
};

/// Reads the table of one tape into its `orders`, and its comments into `source` where the world
/// gives none. Every mistake goes to the report, the first 20 of a table by themselves.
/// @param source  the table's text among the sources.
void read_tape(const Sources& sources, std::uint32_t source, TapeConfig& tape, Report& report);

/// What is worth saying of a world's tapes and no mistake: orders that never come, because they lie
/// outside the run. A sentence for each trader.
[[nodiscard]] std::vector<std::string> tape_notes(const WorldConfig& config);

template <class Visitor>
void TapeConfig::visit(Visitor& field) {
    visit_place(field);
    field("time", time,
          {.help = "The column of moments, none before the one above.",
           .help_zh = "时刻所在的列，不得早于上一行。"});
    field("side", side,
          {.help = "The column that says buy or sell; side or taker_side where it is not named.",
           .help_zh = "买卖方向所在的列；不写则为 side 或 taker_side。"});
    field("size", size,
          {.help = "The column of sizes, in whole coins or shares; size or quantity where it is "
                   "not named.",
           .help_zh = "数量所在的列（整币或整股）；不写则为 size 或 quantity。"});
    field("price", price,
          {.help = "The column of limit prices, USD; an empty cell is an order at market. Without "
                   "a name it is price, if there is one.",
           .help_zh = "限价所在的列（美元），空格为市价单；不写则为 price（若有）。"});
    field("kind", kind,
          {.help = "The column of limit, market, immediate_or_cancel, fill_or_kill, post_only; an "
                   "empty cell goes by the price. Without a name it is kind, if there is one.",
           .help_zh = "订单类型所在的列，空格则由价格决定；不写则为 kind（若有）。"});
    field("cause", cause,
          {.help = "The column of causes, an empty cell being choice. Without a name it is cause "
                   "or taker_cause, if there is one.",
           .help_zh = "下单原因所在的列，空格为 choice；不写则为 cause 或 taker_cause（若有）。"});
    field("where", where,
          {.help = "Columns and the texts that a row must have in them to count: {book: BTC}.",
           .help_zh = "筛选：仅取这些列等于所给文本的行，如 {book: BTC}。"});
    field("relative", relative,
          {.help = "Whether prices are basis points above the mid when the order comes.",
           .help_zh = "价格是否为相对当时中间价的基点数。"});
    field("source", source,
          {.help = "Where the orders come from; without it, what the table's comments say.",
           .help_zh = "数据来源；不写则取表格开头的注释。"});
}

}  // namespace crowdout::world
