// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "market/time.hpp"

namespace crowdout::world {

/// Where a message waits until its book takes it.
struct QueueKey {
    market::Time arrival;
    std::uint32_t chunk = 0;
    std::uint32_t intent = 0;

    friend auto operator<=>(const QueueKey&, const QueueKey&) = default;
};

/// Sorts the messages of a step: by arrival, then chunk, then intent.
///
/// Arrivals are spread over the step, so a pass that throws each into one of as many buckets as
/// there are messages leaves little to sort: O(messages). Where they crowd into few moments it is
/// O(n log n), as any.
class ArrivalSort {
public:
    /// @param keys  from <= arrival < to, from < to.
    void sort(std::vector<QueueKey>& keys, market::Time from, market::Time to);

private:
    std::vector<std::uint32_t> ends_;  ///< by bucket: where its messages end
    std::vector<QueueKey> sorted_;
};

}  // namespace crowdout::world
