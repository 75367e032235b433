// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>

#include "agents/historical_series.hpp"
#include "agents/intent.hpp"
#include "agents/observation.hpp"
#include "agents/random.hpp"

namespace crowdout::agents {

struct OrderTape;

/// When an agent wants to be asked again. Sleeping costs nothing.
struct Wake {
    market::Time at = market::never;
    /// Optional alarm: wake when the mid of `instrument` is at or below / at or above these
    /// (USD per whole; 0 and infinity switch a side off).
    market::InstrumentId instrument = market::no_instrument;
    double below = 0;
    double above = 1e300;
};

/// What an agent is told once, when the world begins: its place in its population and its wealth.
struct Genesis {
    std::uint32_t member = 0;
    std::uint32_t members = 1;
    double represents = 1;  ///< how many people or firms stand behind it
    const Observation& seen;
};

/// Turns the names in a world file into numbers, once, when the world is built. The loader has
/// checked that each name exists.
class Names {
public:
    virtual ~Names() = default;
    [[nodiscard]] virtual market::InstrumentId instrument(std::string_view name) const = 0;
    [[nodiscard]] virtual market::AssetId asset(std::string_view name) const = 0;
    /// Member `member` of a population, or the one account of an institution.
    [[nodiscard]] virtual market::AccountId account(std::string_view name,
                                                    std::uint32_t member = 0) const = 0;
    /// A figure of the past that the world file names.
    [[nodiscard]] virtual const HistoricalSeries& series(std::string_view name) const = 0;
    /// Lives as long as the configuration of the world.
    [[nodiscard]] virtual const OrderTape& order_tape(std::string_view name) const = 0;
};

/// A kind of participant.
///
/// `Params` are shared by a population and read from YAML through `visit`; `State` is one agent's
/// memory: a small plain struct, stored contiguously, without padding that is ever written.
/// `decide` runs on any thread and in any order among the agents of a step: what it does may
/// depend on its arguments only, and it touches nothing else.
template <class A>
concept Archetype = std::is_trivially_copyable_v<typename A::State> &&
    requires(const typename A::Params& params, typename A::State& state, const Genesis& genesis,
             const Observation& seen, Random& random, Intents& intents) {
    { A::name } -> std::convertible_to<std::string_view>;
    /// Draws the agent's own character; says when it first wakes.
    { A::begin(params, state, genesis, random) } -> std::same_as<Wake>;
    { A::decide(params, state, seen, random, intents) } -> std::same_as<Wake>;
    /// Whether a fill of one of its orders wakes it before its time.
    { A::wakes_on_fill } -> std::convertible_to<bool>;
};

}  // namespace crowdout::agents
