// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace crowdout::viz {

/// What somebody clicked on, in any picture.
struct Picked {
    enum class Kind : std::uint8_t { sector, book, account };
    Kind kind = Kind::sector;
    std::uint32_t number = 0;  ///< of the manifest; market::AccountId::packed

    friend bool operator==(const Picked&, const Picked&) = default;
};

}  // namespace crowdout::viz
