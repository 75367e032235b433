// SPDX-License-Identifier: Apache-2.0
#include "studies/study_config.hpp"

#include <algorithm>

#include "studies/study_fields.hpp"

namespace crowdout::studies {

world::Catalogue designs() {
    using world::entry;
    static const std::array entries{
        entry<GridDesign>("grid", "Every combination of the factors' levels.",
                          "因子各水平的全部组合。"),
        entry<ListDesign>("list", "The factors' levels side by side, as columns of a table.",
                          "各因子水平并排，如同表格的列。"),
        entry<LatinHypercubeDesign>("latin_hypercube",
                                    "Samples that cover each factor's range evenly.",
                                    "均匀覆盖每个因子范围的拉丁超立方抽样。"),
        entry<SobolDesign>("sobol", "Which share of the variance is each factor's (Saltelli).",
                           "方差分解灵敏度分析（Saltelli）。"),
        entry<MorrisDesign>("morris", "Which factors matter at all, with few runs (Morris).",
                            "以少量运行筛选重要因子（Morris）。"),
    };
    return entries;
}

const world::Type& study_type() {
    return *world::type_of<StudyConfig>();
}

std::vector<std::string> FactorConfig::paths() const {
    std::vector<std::string> all = fields;
    if (!field.empty()) all.insert(all.begin(), field);
    return all;
}

void MorrisDesign::check(agents::Complaints& complaints) const {
    if (levels % 2 != 0) complaints.error("levels", "must be even, so that each is met as often");
}

void FactorConfig::check(agents::Complaints& complaints) const {
    if (!field.empty() && !fields.empty()) {
        complaints.error("fields", "stands beside `field`; write all paths here");
    }
    const bool has_paths = !field.empty() || !fields.empty();
    const int ways = (values.empty() ? 0 : 1) + (range.empty() ? 0 : 1) + (groups.empty() ? 0 : 1);
    if (ways != 1) complaints.error("", "needs one of `values`, `range` and `groups`");
    if (!groups.empty() && has_paths) {
        complaints.error("groups", "name their own paths, so `field` has no meaning");
    }
    if (!groups.empty() && relative) {
        complaints.error("relative", "groups have no values that could be multiples");
    }
    if (groups.empty() && !has_paths) {
        complaints.error("", "needs `field`: the path of what it varies");
    }
    if (!range.empty() && range.size() != 2) {
        complaints.error("range", "has two ends: [from, to]");
    }
    if (range.empty() && scale == Scale::log) {
        complaints.error("scale", "is that of a range; `values` stand for themselves");
    }
}

namespace {

bool is_known(const agents::NamedList<ForkConfig>& forks, const std::string& name) {
    return forks.find(name) != nullptr;
}

void check_attribution(const StudyConfig& study, agents::Complaints& complaints) {
    const AttributionConfig& attribution = *study.attribution;
    for (std::size_t i = 0; i < attribution.channels.size(); ++i) {
        if (is_known(study.forks, attribution.channels[i])) continue;
        complaints.error("attribution.channels[" + std::to_string(i) + "]",
                         "no fork is named '" + attribution.channels[i] + "'");
    }
    if (!attribution.all.empty() && !is_known(study.forks, attribution.all)) {
        complaints.error("attribution.all", "no fork is named '" + attribution.all + "'");
    }
}

/// Levels of a factor in a grid or a list.
std::size_t level_count(const FactorConfig& factor) {
    if (!factor.groups.empty()) return factor.groups.size();
    return factor.values.empty() ? static_cast<std::size_t>(factor.levels) : factor.values.size();
}

}  // namespace

bool StudyConfig::is_sampled() const {
    return design.holds<LatinHypercubeDesign>() || design.holds<SobolDesign>() ||
           design.holds<MorrisDesign>();
}

void StudyConfig::check(agents::Complaints& complaints) const {
    if (is_sampled() && factors.empty()) {
        complaints.error("design", "samples factors, and there are none");
    }
    if (design.holds<SobolDesign>()) {
        const std::int64_t samples = design.as<SobolDesign>().samples;
        if ((samples & (samples - 1)) != 0) {
            complaints.warning("samples", "Sobol' points are balanced in powers of two only");
        }
    }
    if (design.holds<ListDesign>()) {
        for (const FactorConfig& factor : factors) {
            const std::size_t expected = level_count(factors[0]);
            if (level_count(factor) == expected) continue;
            complaints.error("factors[" + factor.name + "]",
                             "has " + std::to_string(level_count(factor)) + " levels, and '" +
                                 factors[0].name + "' has " + std::to_string(expected) +
                                 ": a list takes them side by side");
        }
    }
    if (attribution) check_attribution(*this, complaints);
    if (series_every.ns % market::second.ns != 0) {
        complaints.error("series_every", "must be whole seconds");
    }
    std::vector<std::int64_t> sorted = seed_list;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
        complaints.error("seed_list", "has a seed twice: the same run again tells nothing");
    }
}

}  // namespace crowdout::studies
