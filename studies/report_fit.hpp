// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "studies/fit_findings.hpp"
#include "studies/language.hpp"
#include "studies/report_page.hpp"

namespace crowdout::studies {

/// A page about a fit: what moved, what was met on both sets of seeds, how the search went, and
/// what the loss looks like around the best.
[[nodiscard]] std::string fit_report(const FitFindings& fit, Language language);

/// Its parts that are about the loss.
namespace fit_section {

void search(Page& page, const FitFindings& fit);
void surface(Page& page, const FitFindings& fit);

}  // namespace fit_section

/// To three digits; a dash where there is none.
[[nodiscard]] std::string loss_text(double loss);

/// A parameter's value as people read it: `3.91 bp`, `$56.2k`, `10 min`.
[[nodiscard]] std::string parameter_text(double value, const FoundParameter& parameter,
                                         Language language);

/// Where in its range a value lies, 0 to 1, as the fit goes through it.
[[nodiscard]] double share_of(double value, const FoundParameter& parameter);

}  // namespace crowdout::studies
