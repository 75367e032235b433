// SPDX-License-Identifier: Apache-2.0
#include "studies/sobol_sequence.hpp"

#include <boost/random/sobol.hpp>
#include <cassert>

namespace crowdout::studies {

std::vector<double> sobol_points(std::size_t count, std::size_t dimensions) {
    assert(dimensions > 0);
    boost::random::sobol engine{dimensions};
    std::vector<double> points(count * dimensions);
    // The engine leaves the origin out. Its words are exact in a double: a sequence of 2^m points
    // uses their upper m bits.
    for (std::size_t i = dimensions; i < points.size(); ++i) {
        points[i] = static_cast<double>(engine()) * 0x1p-64;
    }
    return points;
}

}  // namespace crowdout::studies
