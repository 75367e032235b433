// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace crowdout::studies {

/// The first points of Sobol's sequence in [0, 1)^dimensions, the origin among them: a part of
/// 2^m points is only balanced with it (Owen (2020), On dropping the first Sobol' point).
///
/// Direction numbers by Joe & Kuo (2008), SIAM J. Sci. Comput. 30, in Gray code order, from
/// Boost.Random.
/// @param dimensions  1 to 3667.
/// @return [count x dimensions], row by row.
[[nodiscard]] std::vector<double> sobol_points(std::size_t count, std::size_t dimensions);

}  // namespace crowdout::studies
