// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studies/fit_config.hpp"

// The one list of fields of a fit file.

namespace crowdout::studies {

template <class Visitor>
void FitParameterConfig::visit(Visitor& visitor) {
    visitor("name", name,
            {.help = "What results call it.", .help_zh = "结果中的名称。", .required = true});
    visitor("field", field,
            {.help = "Path of a number of the world, such as populations[makers].depth.",
             .help_zh = "世界中某个数值字段的路径，如 populations[makers].depth。",
             .required = true});
    visitor("range", range,
            {.help = "Least and greatest value, as the field takes them.",
             .help_zh = "最小值与最大值，写法同该字段。",
             .required = true,
             .items_min = 2});
    visitor("scale", scale,
            {.help = "Whether it is moved by differences or by ratios.",
             .help_zh = "按差值还是按比例移动。"});
    visitor("start", start,
            {.help = "Where the search begins; without it, what the world has.",
             .help_zh = "搜索起点；不写则取世界中的值。"});
}

template <class Visitor>
void FitWeightConfig::visit(Visitor& field) {
    field("tolerance", tolerance,
          {.help = "The distance from its range that counts as 1; without it, half the range.",
           .help_zh = "与区间的距离以此为单位；不写则取区间宽度的一半。"});
    field("weight", weight,
          {.help = "Of its squared distance in the loss.",
           .help_zh = "其平方距离在损失中的权重。",
           .positive = true});
}

template <class Visitor>
void FitClaimConfig::visit(Visitor& field) {
    field("name", name,
          {.help = "Of a claim of the world.", .help_zh = "世界中论断的名称。", .required = true});
    FitWeightConfig::visit(field);
}

template <class Visitor>
void FitTargetConfig::visit(Visitor& field) {
    MeasureConfig::visit(field);
    BoundsConfig::visit(field);
    FitWeightConfig::visit(field);
}

template <class Visitor>
void FitSeedsConfig::visit(Visitor& field) {
    field("seeds", seeds,
          {.help = "How many, in a row.", .help_zh = "种子个数（连续）。", .min = 1, .max = 1e5});
    field("first_seed", first_seed,
          {.help = "The first.", .help_zh = "首个种子。", .min = 0, .max = 1e15});
}

template <class Visitor>
void FitHeldOutConfig::visit(Visitor& field) {
    FitSeedsConfig::visit(field);
    field("claims", claims,
          {.help = "Claims of the world that are looked at and not fitted.",
           .help_zh = "只检验、不参与拟合的论断。"});
}

template <class Visitor>
void FitSurfaceConfig::visit(Visitor& field) {
    field("slice", slice,
          {.help = "Points at which each parameter is moved alone; 0 for none.",
           .help_zh = "单独移动每个参数的点数；0 表示不做。",
           .min = 0,
           .max = 1000});
    field("grid", grid,
          {.help = "Points a side at which the first two are moved together; 0 for none.",
           .help_zh = "前两个参数联合网格每边的点数；0 表示不做。",
           .min = 0,
           .max = 100});
    field("reach", reach,
          {.help = "How far on either side of the best, as a share of the range.",
           .help_zh = "最优点两侧的范围，占取值区间的比例。",
           .unit = agents::Dimension::ratio,
           .max = 1,
           .positive = true});
}

template <class Visitor>
void FitConfig::visit(Visitor& field) {
    field("name", name, {.help = "Its name.", .help_zh = "名称。", .required = true});
    field("description", description, {.help = "What it is for.", .help_zh = "用途（英文）。"});
    field("description_zh", description_zh, {.help = "The same in Chinese.", .help_zh = "用途。"});
    field("world", world,
          {.help = "The world file, relative to this one.",
           .help_zh = "世界文件（相对本文件）。",
           .required = true});
    field("set", set,
          {.help = "Assignments on top of the world, such as duration=10d.",
           .help_zh = "在世界之上的赋值，如 duration=10d。"});
    field(
        "parameters", parameters,
        {.help = "What may move.", .help_zh = "可移动的参数。", .required = true, .items_min = 1});
    field("claims", claims,
          {.help = "Claims of the world that are to be met.", .help_zh = "须满足的论断。"});
    field("targets", targets,
          {.help = "Measures with ranges that are to be met.", .help_zh = "须落入区间的度量。"});
    field("training", training,
          {.help = "The seeds that parameters are found with.", .help_zh = "用于拟合的种子。"});
    field("held_out", held_out,
          {.help = "Seeds and claims that the search never sees.",
           .help_zh = "搜索从不使用的种子与论断。"});
    field("search", search,
          {.help = "Downhill from the start, or over the whole range first.",
           .help_zh = "从起点局部搜索，或先搜索整个范围。"});
    field("evaluations", evaluations,
          {.help = "Points that the search may look at.",
           .help_zh = "搜索最多评估的点数。",
           .min = 1,
           .max = 1e6});
    field("penalty", penalty,
          {.help = "Loss of a target that has no estimate.",
           .help_zh = "无法估计的目标所计的损失。",
           .positive = true});
    field("surface", surface,
          {.help = "How the loss around the best is looked at.",
           .help_zh = "如何考察最优点附近的损失。"});
}

}  // namespace crowdout::studies
