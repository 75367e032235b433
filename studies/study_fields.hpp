// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studies/study_config.hpp"

// The one list of fields of a study file.

namespace crowdout::studies {

using agents::Dimension;

template <class Visitor>
void LatinHypercubeDesign::visit(Visitor& field) {
    field("samples", samples,
          {.help = "How many points.", .help_zh = "样本点数。", .min = 1, .max = 1e6});
    field("design_seed", design_seed,
          {.help = "Of the design's own draws.", .help_zh = "设计抽样的种子。", .min = 0});
}

template <class Visitor>
void SobolDesign::visit(Visitor& field) {
    field("samples", samples,
          {.help = "Rows of each matrix, a power of two; a row takes a point per factor, and two.",
           .help_zh = "每个矩阵的行数（2 的幂）；每行需要的点数为因子数加二。",
           .min = 2,
           .max = 1e6});
}

template <class Visitor>
void MorrisDesign::visit(Visitor& field) {
    field("trajectories", trajectories,
          {.help = "How often each factor is changed alone.",
           .help_zh = "轨迹条数，即每个因子被单独改变的次数。",
           .min = 2,
           .max = 1e5});
    field("levels", levels,
          {.help = "Into how many values a range is cut; even.",
           .help_zh = "取值范围的分档数（偶数）。",
           .min = 2,
           .max = 100});
    field("design_seed", design_seed,
          {.help = "Of the design's own draws.", .help_zh = "设计抽样的种子。", .min = 0});
}

template <class Visitor>
void FactorGroupConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What results call it.", .help_zh = "结果中的名称。", .required = true});
    field("set", set,
          {.help = "What it sets: assignments such as populations[funds].capex=0.",
           .help_zh = "所设的值：形如 populations[funds].capex=0 的赋值。"});
}

template <class Visitor>
void FactorConfig::visit(Visitor& visitor) {
    visitor("name", name,
            {.help = "What results call it.", .help_zh = "结果中的名称。", .required = true});
    visitor("label", label, {.help = "What people read.", .help_zh = "显示名称。"});
    visitor("label_zh", label_zh, {.help = "The same in Chinese.", .help_zh = "中文显示名称。"});
    visitor("field", field,
            {.help = "Path of a field of the world, such as populations[funds].capex.",
             .help_zh = "世界中字段的路径，如 populations[funds].capex。"});
    visitor("fields", fields,
            {.help = "Or several paths, which all get the value.",
             .help_zh = "或多个路径，均取该值。"});
    visitor("values", values,
            {.help = "Values, each as the field takes it.", .help_zh = "取值列表。"});
    visitor("range", range,
            {.help = "Or from a first to a last value.", .help_zh = "或取值范围：[起, 止]。"});
    visitor("scale", scale,
            {.help = "How a range is cut: in equal steps, or in equal ratios.",
             .help_zh = "范围的划分方式：等差或等比。"});
    visitor("levels", levels,
            {.help = "Into how many values a grid or a list cuts the range.",
             .help_zh = "网格或列表设计中范围的分档数。",
             .min = 1,
             .max = 10'000});
    visitor("relative", relative,
            {.help = "Whether values are multiples of what the base world has.",
             .help_zh = "取值是否为基准世界中该字段的倍数。"});
    visitor("groups", groups,
            {.help = "Or named choices, each of which sets several fields.",
             .help_zh = "或若干命名方案，每个方案同时设定多个字段。"});
}

template <class Visitor>
void ForkConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "What results call it.", .help_zh = "结果中的名称。", .required = true});
    field("label", label, {.help = "What people read.", .help_zh = "显示名称。"});
    field("label_zh", label_zh, {.help = "The same in Chinese.", .help_zh = "中文显示名称。"});
    field("at", at,
          {.help = "When it leaves the run, since the start; at 0 every field may differ, later "
                   "only what is not yet decided.",
           .help_zh = "分叉时刻（自开始起）；为 0 时任何字段都可不同，之后仅限尚未决定的内容。",
           .unit = Dimension::duration,
           .min = 0});
    field("set", set,
          {.help = "What is different: assignments such as populations[funds].capex=0.",
           .help_zh = "不同之处：形如 populations[funds].capex=0 的赋值。"});
    field("shocks", shocks,
          {.help = "What happens at that moment, as in a world's shocks, without `at`.",
           .help_zh = "该时刻发生的冲击，写法同世界的 shocks，不写 at。"});
}

template <class Visitor>
void AttributionConfig::visit(Visitor& field) {
    field("channels", channels,
          {.help = "Forks that switch one channel off each.",
           .help_zh = "各关闭一个渠道的分叉。",
           .required = true,
           .items_min = 1});
    field("all", all,
          {.help = "The fork that switches all of them off.", .help_zh = "关闭全部渠道的分叉。"});
}

template <class Visitor>
void LimitsConfig::visit(Visitor& field) {
    field("time", time,
          {.help = "Wall time of a member; 0 for no limit.",
           .help_zh = "单个成员的运行时间上限；0 表示不限。",
           .unit = Dimension::duration,
           .min = 0});
    field("memory_gb", memory_gb,
          {.help = "Address space of a member in 1e9 bytes; 0 for no limit.",
           .help_zh = "单个成员的内存上限（GB）；0 表示不限。",
           .min = 0,
           .max = 1e6});
}

template <class Visitor>
void StudyConfig::visit(Visitor& field) {
    field("name", name, {.help = "Of the study.", .help_zh = "研究名称。", .required = true});
    field("description", description, {.help = "What it asks.", .help_zh = "说明（英文）。"});
    field("description_zh", description_zh,
          {.help = "The same in Chinese.", .help_zh = "说明（中文）。"});
    field("world", world,
          {.help = "File of the base world, relative to this one.",
           .help_zh = "基准世界文件（相对本文件）。",
           .required = true});
    field("set", set,
          {.help = "Assignments on top of it, for all members.",
           .help_zh = "对所有成员生效的赋值。"});
    field("design", design, {.help = "How points are chosen.", .help_zh = "如何选取样本点。"});
    field("factors", factors, {.help = "What varies.", .help_zh = "变化的因子。"});
    field("seeds", seeds,
          {.help = "How many runs of different luck at each point.",
           .help_zh = "每个样本点的种子数。",
           .min = 1,
           .max = 1e6});
    field("first_seed", first_seed,
          {.help = "The first of them.", .help_zh = "第一个种子。", .min = 0});
    field("seed_list", seed_list,
          {.help = "Or these seeds.", .help_zh = "或指定种子列表。", .min = 0});
    field("forks", forks,
          {.help = "Other futures of every member, with the same luck.",
           .help_zh = "每个成员的其他未来（随机性相同）。"});
    field("attribution", attribution,
          {.help = "Splits every measure by forks that switch a channel off.",
           .help_zh = "用关闭渠道的分叉拆分每个度量。"});
    field("measures", measures,
          {.help = "What is measured in each run.",
           .help_zh = "每次运行度量的内容。",
           .required = true,
           .items_min = 1});
    field("series_every", series_every,
          {.help = "Grid on which prices and other series are kept; 0 for none.",
           .help_zh = "保存价格等序列的时间间隔；0 表示不保存。",
           .unit = Dimension::duration,
           .min = 0});
    field("limits", limits, {.help = "What one member may take.", .help_zh = "单个成员的限额。"});
    field("members_max", members_max,
          {.help = "More members than this are a mistake.",
           .help_zh = "成员数超过此值视为错误。",
           .min = 1,
           .max = 1e8});
}

}  // namespace crowdout::studies
