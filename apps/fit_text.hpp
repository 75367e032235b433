// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/console.hpp"
#include "studies/fit_run.hpp"

namespace crowdout::apps {

/// The assignments of the best point as a shell takes them: `--set 'a[b].c=1' --set d=2`.
[[nodiscard]] std::string set_line(const studies::Fit& fit, const studies::FitResult& result);

/// Prints what a fit found: parameters, loss, and every target before and after.
void print_fit(const studies::Fit& fit, const studies::FitResult& result, Console& console);

/// Two sentences about a result, as comments for the head of a world file.
[[nodiscard]] std::string fit_comment(const studies::Fit& fit, const studies::FitResult& result);

}  // namespace crowdout::apps
