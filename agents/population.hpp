// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "market/archive.hpp"
#include "market/hash.hpp"

namespace crowdout::agents {

/// One awake agent of a step and, after `decide`, when it wants to wake next.
struct Turn {
    std::uint32_t member = 0;
    market::Time at;    ///< when within the step it acts
    market::Time cell;  ///< the moment for which its random numbers are drawn
    Wake next;
};

/// Gives a population what it needs to build observations; implemented by the world.
class ObservationSource {
public:
    virtual ~ObservationSource() = default;
    [[nodiscard]] virtual Observation observe(market::AccountId self, market::Time at) const = 0;
    /// A hint that `self` is about to be observed.
    virtual void prefetch(market::AccountId) const {}
};

/// A population behind its archetype: one virtual call for a run of agents, none per agent.
class PopulationBase {
public:
    virtual ~PopulationBase() = default;

    [[nodiscard]] virtual std::unique_ptr<PopulationBase> clone() const = 0;
    [[nodiscard]] virtual std::string_view archetype() const = 0;
    [[nodiscard]] virtual bool wakes_on_fill() const = 0;
    [[nodiscard]] virtual std::size_t bytes_per_member() const = 0;

    virtual void begin(const ObservationSource& source, std::span<Turn> everyone) = 0;

    /// Lets the members named in `turns` decide, in that order.
    /// @param digest  the change of the sum of all state hashes is added to it.
    virtual void decide(const ObservationSource& source, std::span<Turn> turns, Intents& intents,
                        std::uint64_t& digest) = 0;

    [[nodiscard]] virtual std::uint64_t digest_afresh() const = 0;
    virtual void archive(market::ArchiveWriter& a) = 0;
    virtual void archive(market::ArchiveReader& a) = 0;

    std::string name;         ///< the key of its random streams, so it is part of the model
    std::uint64_t seed = 0;   ///< of the run, mixed with the name
    std::uint32_t block = 0;  ///< its accounts: member i is row i
    std::uint32_t members = 0;
    double represents = 1;
};

template <Archetype A>
class Population final : public PopulationBase {
public:
    Population(typename A::Params params, std::uint32_t count) : params_{std::move(params)} {
        static_assert(std::is_trivially_copyable_v<typename A::State>);
        members = count;
        states_.resize(count);
    }

    [[nodiscard]] std::unique_ptr<PopulationBase> clone() const override {
        return std::make_unique<Population>(*this);
    }
    [[nodiscard]] std::string_view archetype() const override { return A::name; }
    [[nodiscard]] bool wakes_on_fill() const override { return A::wakes_on_fill; }
    [[nodiscard]] std::size_t bytes_per_member() const override {
        return sizeof(typename A::State);
    }

    void begin(const ObservationSource& source, std::span<Turn> everyone) override {
        nature_ = seed;
        for (Turn& turn : everyone) {
            Observation seen = source.observe({block, turn.member}, turn.at);
            seen.nature = nature_;
            Random random{nature_, turn.member, Purpose::trait, 0};
            turn.next = A::begin(params_, states_[turn.member],
                                 Genesis{turn.member, members, represents, seen}, random);
        }
    }

    void decide(const ObservationSource& source, std::span<Turn> turns, Intents& intents,
                std::uint64_t& digest) override {
        for (std::size_t at = 0; at < turns.size(); ++at) {
            source.prefetch({block, turns[std::min(at + look_ahead, turns.size() - 1)].member});
            Turn& turn = turns[at];
            typename A::State& state = states_[turn.member];
            Observation seen = source.observe({block, turn.member}, turn.at);
            seen.nature = nature_;
            Random random{seed, turn.member, Purpose::decide,
                          static_cast<std::uint64_t>(turn.cell.ns)};
            digest -= hash(turn.member);
            intents.begin(seen);
            turn.next = A::decide(params_, state, seen, random, intents);
            digest += hash(turn.member);
        }
    }

    [[nodiscard]] std::uint64_t digest_afresh() const override {
        std::uint64_t sum = 0;
        for (std::uint32_t member = 0; member < members; ++member) sum += hash(member);
        return sum;
    }
    void archive(market::ArchiveWriter& a) override { a(nature_, states_); }
    void archive(market::ArchiveReader& a) override { a(nature_, states_); }

private:
    static constexpr std::size_t look_ahead = 4;  // turns: longer than a load from memory takes

    [[nodiscard]] std::uint64_t hash(std::uint32_t member) const {
        const std::uint64_t key = static_cast<std::uint64_t>(block) << 32 | member;
        return market::hash_bytes(&states_[member], sizeof(typename A::State), key);
    }

    typename A::Params params_;
    std::uint64_t nature_ = 0;  ///< the seed of the opening: a fork's new luck makes no new people
    std::vector<typename A::State> states_;
};

}  // namespace crowdout::agents
