// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studies/database.hpp"
#include "studies/results.hpp"
#include "studies/study.hpp"

namespace crowdout::studies {

/// Writes what is known before anything ran: the study, its points, and its members, all open.
/// @param results  with empty tables, in a transaction.
void fill_results(Database& results, const Study& study, const Provenance& made_by);

/// Writes what follows from all members together: `sensitivity` and `attribution`, anew.
void derive_results(Database& results, const Study& study);

}  // namespace crowdout::studies
