// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace crowdout::test {

/// How often this program has asked for memory so far, by any thread.
[[nodiscard]] std::uint64_t allocations();

}  // namespace crowdout::test
