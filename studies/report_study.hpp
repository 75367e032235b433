// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "studies/language.hpp"
#include "studies/report_page.hpp"
#include "studies/study_findings.hpp"

namespace crowdout::studies {

/// A page about a study: its design, what each measure came to by factor and by fork, what matters,
/// what a fall is made of, how runs of different luck spread over time, and who failed.
[[nodiscard]] std::string study_report(const StudyFindings& study, Language language);

/// Its parts that are charts of one measure.
namespace study_section {

void by_branch(Page& page, const StudyFindings& study, std::size_t measure);
void by_factor(Page& page, const StudyFindings& study, std::size_t measure);
void sensitivity(Page& page, const StudyFindings& study, std::size_t measure);
void attribution(Page& page, const StudyFindings& study, std::size_t measure);

}  // namespace study_section

/// How a measure's values are printed.
[[nodiscard]] Unit unit_of(const StudyFindings::Measure& measure);

/// What a branch is called; one that an attribution is made of has the label of the channel that it
/// switches off, and is called so.
[[nodiscard]] std::string branch_name(const Page& page, const StudyFindings& study,
                                      std::size_t branch);

}  // namespace crowdout::studies
