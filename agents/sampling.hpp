// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/distribution.hpp"
#include "agents/random.hpp"

namespace crowdout::agents {

/// The value below which a draw falls with probability u in (0, 1), set to [low, high].
///
/// Everything is drawn by inversion: one uniform number a draw, and a member that was rich under
/// one distribution is rich under another, so that two worlds differ by what was changed in them.
/// A choice takes its values in the order of the file.
[[nodiscard]] double quantile(const Distribution& distribution, double u);

/// One draw; unit: the field's.
[[nodiscard]] double sample(const Distribution& distribution, Random& random);

}  // namespace crowdout::agents
