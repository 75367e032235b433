// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "world/config.hpp"
#include "world/name_table.hpp"
#include "world/world.hpp"

namespace crowdout::world {

/// A world whose fields are each right but that cannot exist: more is held than there is.
class ImpossibleWorld : public std::runtime_error {
public:
    /// @param path  of the value to blame, as in `instruments[BTC].supply`; "" for the whole.
    ImpossibleWorld(std::string path, const std::string& what)
        : std::runtime_error{what}, path_{std::move(path)} {}

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Makes the world that a configuration describes, as of its start.
/// @param seed  of all random draws; the configuration's where it is not given.
/// @throws ImpossibleWorld
[[nodiscard]] World build(std::shared_ptr<const WorldConfig> config);
[[nodiscard]] World build(std::shared_ptr<const WorldConfig> config, std::uint64_t seed);

/// The accounts and assets of a world by name, numbered as `build` numbers them, and its tapes,
/// which stay the configuration's.
[[nodiscard]] NameTable name_table(const WorldConfig& config);

}  // namespace crowdout::world
