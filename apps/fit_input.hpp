// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "apps/console.hpp"
#include "studies/fit.hpp"

namespace crowdout::apps {

/// A fit as a person named it: a file or one that comes with the program, with values set on top.
struct FitInput {
    std::string file;
    std::vector<std::string> sets = {};  ///< `a.b=c`, in order
};

/// Makes the world of a fit as its search begins: whether more is held than there is shows only
/// when it is handed out. Prints its warnings.
/// @throws world::InvalidWorld
void try_start(const studies::Fit& fit, Console& console);

/// Reads a fit that must be right and whose world can begin; prints their warnings.
/// @throws world::InvalidWorld  with everything that is wrong; Failure (io) where there is no file.
[[nodiscard]] studies::Fit read_fit(const FitInput& input, Console& console);

}  // namespace crowdout::apps
