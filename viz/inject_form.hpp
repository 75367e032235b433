// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "viz/language.hpp"
#include "world/config.hpp"

namespace crowdout::viz {

/// A value that somebody is asked for before a shock can happen.
struct ShockField {
    std::string key;
    const char* help = "";
    const char* help_zh = "";
    bool required = false;
    std::string example;               ///< `6%/yr`; empty where there are choices
    std::vector<std::string> choices;  ///< the world's names, or the words of the model
    std::string value{};               ///< as typed; empty: not given

    [[nodiscard]] const char* words(Language language) const {
        return language == Language::chinese ? help_zh : help;
    }
};

/// A kind of shock as a form to fill in.
struct ShockForm {
    std::string kind;
    const char* help = "";
    const char* help_zh = "";
    std::vector<ShockField> fields;

    [[nodiscard]] const char* words(Language language) const {
        return language == Language::chinese ? help_zh : help;
    }
    /// Whether everything that is required has been given.
    [[nodiscard]] bool is_complete() const;
};

/// A form for each shock of the catalogue, made from the declarations that the loader reads by, so
/// that a new shock needs no word here. Required choices begin with the first.
/// @param world  whose names can be chosen.
[[nodiscard]] std::vector<ShockForm> shock_forms(const world::WorldConfig& world);

/// What `world::read_live_shock` reads: an item of a world's `shocks`, a `key: value` a line.
[[nodiscard]] std::string shock_yaml(const ShockForm& form);

}  // namespace crowdout::viz
