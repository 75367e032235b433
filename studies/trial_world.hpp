// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "world/diagnostic.hpp"
#include "world/document.hpp"

namespace crowdout::studies {

/// A world, kept as a tree so that many assignments can be tried on it without reading it again.
class TrialWorld {
public:
    /// @param text  as `member_world` gives it.
    explicit TrialWorld(const std::string& text);

    /// What is wrong with the world after these assignments, first of all.
    [[nodiscard]] std::optional<world::Diagnostic> mistake(
        const std::vector<std::string>& set) const;

private:
    world::Document document_;
};

/// Whether an assignment names what is not there, so that every value would be wrong.
[[nodiscard]] bool is_about_path(const world::Diagnostic& mistake);

}  // namespace crowdout::studies
