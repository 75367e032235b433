// SPDX-License-Identifier: Apache-2.0
#include "studies/results_tables.hpp"

#include <fmt/format.h>

#include <string_view>

namespace crowdout::studies {

namespace {

// `timing` and `failures` tell of machines, `meta` of the program and `past` of what the runs are
// only held against; all others of the study alone.
constexpr ResultsTable tables[] = {
    {"meta", "key", false},
    {"study", "part", true},
    {"factors", "factor", true},
    {"points", "point", true},
    {"levels", "point, factor", true},
    {"branches", "branch", true},
    {"measures", "measure", true},
    {"members", "member", true},
    {"digests", "member, branch", true},
    {"values", "member, branch, measure", true},
    {"series", "member, branch, track, time", true},
    {"past", "past, point", false},
    {"sensitivity", "measure, branch, factor, statistic", true},
    {"attribution", "measure, line", true},
    {"failures", "member", false},
    {"timing", "member", false},
    {"columns", "\"table\", \"column\"", true},
};

constexpr const char* whole = "INTEGER NOT NULL";
constexpr const char* real = "REAL";
constexpr const char* words = "TEXT NOT NULL";

constexpr ResultsColumn columns[] = {
    {"meta", "key", words, "What the value is.", "项目"},
    {"meta", "value", words, "Name, version, build, hash of the study, and the like.", "内容"},
    {"study", "part", words, "`study` or `world`.", "study 或 world"},
    {"study", "text", words, "The file in full, defaults written out, as YAML.", "完整 YAML 文本"},
    {"factors", "factor", whole, "Number of the factor, from 0.", "因子编号，从 0 起"},
    {"factors", "name", words, "As in the study.", "名称"},
    {"factors", "label", words, "As people read it.", "显示名称"},
    {"factors", "label_zh", words, "The same in Chinese.", "中文显示名称"},
    {"factors", "unit", words, "Of `levels.number`; empty where levels are names.",
     "levels.number 的单位；水平为名称时为空"},
    {"factors", "scale", words, "`linear` or `log`: how a range was cut.", "linear 或 log"},
    {"factors", "fields", words, "Paths in the world, one a line.", "世界中的路径，每行一个"},
    {"points", "point", whole, "Number of the point, from 0.", "样本点编号，从 0 起"},
    {"points", "part", words,
     "Of a sampled design: `A`, `B`, `AB:factor`; `start` or the factor that was changed.",
     "抽样设计的部分：A、B、AB:因子；start 或被改变的因子"},
    {"points", "row", whole, "Row of the design's matrix, or trajectory.", "设计矩阵的行或轨迹"},
    {"levels", "point", whole, "The point.", "样本点"},
    {"levels", "factor", whole, "The factor.", "因子"},
    {"levels", "share", real, "Where it stands within the factor's range, 0 to 1.",
     "在因子范围中的位置，0 到 1"},
    {"levels", "number", real, "The value, in the factor's unit; NULL for names.",
     "数值（因子的单位）；名称为 NULL"},
    {"levels", "text", words, "The value as it was set.", "所设的值"},
    {"branches", "branch", whole, "Number of the branch; 0 is the run itself.",
     "分叉编号；0 为基准运行"},
    {"branches", "name", words, "Of the fork; empty for the run itself.", "分叉名称"},
    {"branches", "label", words, "As people read it.", "显示名称"},
    {"branches", "label_zh", words, "The same in Chinese.", "中文显示名称"},
    {"branches", "at", whole, "When it leaves the run: seconds since the start.",
     "分叉时刻：自开始起的秒数"},
    {"branches", "set", words, "What it sets, one assignment a line.", "赋值，每行一个"},
    {"branches", "shocks", words, "What happens then, as YAML, one a line.",
     "冲击（YAML），每行一个"},
    {"measures", "measure", whole, "Number of the measure, from 0.", "度量编号，从 0 起"},
    {"measures", "name", words, "As in the study.", "名称"},
    {"measures", "kind", words, "Of the catalogue: total_return, correlation, ...", "度量类型"},
    {"measures", "unit", words, "number, share (1 is the whole), per year, USD or days.",
     "单位：number、share（1 为全部）、per year、USD 或 days"},
    {"measures", "asked", words, "The question in full, as YAML.", "完整定义（YAML）"},
    {"members", "member", whole, "Number of the member: point times seeds, plus the seed's place.",
     "成员编号：样本点 × 种子数 + 种子序号"},
    {"members", "point", whole, "Its point.", "样本点"},
    {"members", "seed", whole, "Seed of all its random draws.", "随机种子"},
    {"members", "state", words, "`open` until it ran; `done`, or how it was lost: see `failures`.",
     "open 为未运行；done 为完成；其他见 failures"},
    {"digests", "member", whole, "The member.", "成员"},
    {"digests", "branch", whole, "The branch.", "分叉"},
    {"digests", "digest", words, "Of the state at the end: `crowdout run` ends in the same.",
     "终态摘要，与 crowdout run 一致"},
    {"values", "member", whole, "The member.", "成员"},
    {"values", "branch", whole, "The branch.", "分叉"},
    {"values", "measure", whole, "The measure.", "度量"},
    {"values", "value", real, "What was measured; NULL where it is undefined.",
     "度量值；未定义时为 NULL"},
    {"values", "why_not", words, "Why it is undefined; empty where it is not.", "未定义的原因"},
    {"values", "low", real, "Lower end of the 95 % interval that this run alone gives, or NULL.",
     "单次运行的 95% 区间下端"},
    {"values", "high", real, "Its upper end.", "单次运行的 95% 区间上端"},
    {"series", "member", whole, "The member.", "成员"},
    {"series", "branch", whole, "The branch.", "分叉"},
    {"series", "track", words, "A book (its mid price in USD), or a series of the world.",
     "订单簿（中间价，美元）或世界的序列"},
    {"series", "time", whole, "Seconds since the start.", "自开始起的秒数"},
    {"series", "value", real, "What it was; no row before there was any.", "数值"},
    {"past", "past", whole, "Number of the line of the past, from 0.", "历史序列编号，从 0 起"},
    {"past", "point", whole, "Number of its point, from 0.", "点的编号，从 0 起"},
    {"past", "track", words, "Which `track` of the series it was outside of the runs.",
     "对应 series 中的哪个 track"},
    {"past", "name", words, "As the world calls it.", "名称"},
    {"past", "source", words, "Where it comes from.", "来源"},
    {"past", "rebase", whole, "1 where charts draw it in proportion, from the runs' own price on.",
     "图表中按比例自运行价格起绘制时为 1"},
    {"past", "time", whole, "Seconds since the start.", "自开始起的秒数"},
    {"past", "value", real, "What it was, in the unit of the track.", "数值（与 track 同单位）"},
    {"sensitivity", "measure", whole, "The measure.", "度量"},
    {"sensitivity", "branch", whole, "The branch.", "分叉"},
    {"sensitivity", "factor", whole, "The factor.", "因子"},
    {"sensitivity", "statistic", words,
     "Of sobol: `first`, `total`; of morris: `mu`, `mu_star`, `sigma`, in the measure's unit.",
     "sobol：first、total；morris：mu、mu_star、sigma（度量的单位）"},
    {"sensitivity", "value", real, "The estimate, of the means over seeds.",
     "估计值（对种子取平均）"},
    {"sensitivity", "low", real, "Lower end of its 95 % interval, or NULL.", "95% 区间下端"},
    {"sensitivity", "high", real, "Upper end.", "95% 区间上端"},
    {"attribution", "measure", whole, "The measure that is split.", "被拆分的度量"},
    {"attribution", "line", whole, "Order of the lines; 0 is the whole.", "行序；0 为整体"},
    {"attribution", "kind", words,
     "`whole`, `channel`, `rest` (all channels off) or `interaction` (what is left).",
     "whole 整体、channel 渠道、rest 全部关闭后的剩余、interaction 交互项"},
    {"attribution", "name", words, "Of the fork that switches the channel off.",
     "关闭该渠道的分叉名称"},
    {"attribution", "value", real, "Mean over members; channels, rest and interaction add up.",
     "成员平均；各行之和等于整体"},
    {"attribution", "low", real,
     "Lower end of its 95 % interval over seeds, whose luck all points share, or NULL.",
     "对种子（各样本点共用）的 95% 区间下端"},
    {"attribution", "high", real, "Upper end.", "95% 区间上端"},
    {"attribution", "runs", whole, "Members that had every value.", "有完整数值的成员数"},
    {"failures", "member", whole, "The member that was lost.", "失败的成员"},
    {"failures", "state", words, "failed, crashed, timed_out or out_of_memory.", "失败类型"},
    {"failures", "what", words, "What it said.", "原因"},
    {"timing", "member", whole, "The member.", "成员"},
    {"timing", "seconds", real, "Wall time of its process.", "运行秒数"},
    {"timing", "rank", whole, "MPI rank that ran it; 0 without MPI.", "运行它的 MPI 进程号"},
    {"timing", "cached", whole, "1 where it came from the cache.", "来自缓存时为 1"},
    {"columns", "table", words, "A table of this file.", "表"},
    {"columns", "column", words, "A column of it.", "列"},
    {"columns", "meaning", words, "What it means.", "含义（英文）"},
    {"columns", "meaning_zh", words, "The same in Chinese.", "含义（中文）"},
};

std::string quoted_text(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string{"''"} : std::string{c};
    return quoted + '\'';
}

}  // namespace

std::span<const ResultsTable> results_tables() {
    return tables;
}

std::span<const ResultsColumn> results_columns() {
    return columns;
}

std::string results_schema_sql() {
    std::string sql;
    for (const ResultsTable& table : tables) {
        std::string body;
        for (const ResultsColumn& column : columns) {
            if (std::string_view{column.table} != table.name) continue;
            body += fmt::format("\"{}\" {}, ", column.name, column.type);
        }
        sql += fmt::format("CREATE TABLE \"{}\" ({}PRIMARY KEY ({})) WITHOUT ROWID;\n", table.name,
                           body, table.key);
    }
    for (const ResultsColumn& column : columns) {
        sql +=
            fmt::format("INSERT INTO columns VALUES ('{}', '{}', {}, {});\n", column.table,
                        column.name, quoted_text(column.meaning), quoted_text(column.meaning_zh));
    }
    return sql;
}

}  // namespace crowdout::studies
