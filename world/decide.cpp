// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "world/eyes.hpp"
#include "world/world.hpp"

namespace crowdout::world {

namespace {

constexpr std::uint32_t turns_per_chunk = 256;  // our choice: a few tens of microseconds of work

}  // namespace

/// Lets every awake agent act on the same frozen past.
///
/// A chunk of agents writes its own intents, and each agent draws from a stream that only its
/// population, its number and its date name: neither the number of threads nor their timing can
/// be seen in the result.
void World::decide(Pool& pool) {
    auto& turns = scratch_.turns;
    scratch_.chunk_count = 1;  // chunk 0 is for forced orders
    const auto chunk = [this](std::size_t at) -> Chunk& {
        if (scratch_.chunks.size() <= at) scratch_.chunks.resize(at + 1);
        return scratch_.chunks[at];
    };
    chunk(0).turn_count = 0;
    std::uint32_t population = 0;
    for (std::uint32_t first = 0; first < turns.size();) {
        while (scratch_.turn_agent[first] >= first_agent_[population + 1]) ++population;
        std::uint32_t end = first;
        while (end < turns.size() && end - first < turns_per_chunk &&
               scratch_.turn_agent[end] < first_agent_[population + 1]) {
            ++end;
        }
        Chunk& next = chunk(scratch_.chunk_count++);
        next.population = population;
        next.first_turn = first;
        next.turn_count = end - first;
        first = end;
    }

    const agents::Snapshot snapshot{clock_.now(), instruments_, views_, rates_};
    scratch_.receivables.refresh(economy_.obligations);
    const Eyes eyes{snapshot, economy_, open_orders_, scratch_.receivables, clock_.step()};
    pool.each(scratch_.chunk_count, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t at = std::max<std::size_t>(begin, 1); at < end; ++at) {
            Chunk& mine = scratch_.chunks[at];
            mine.intents.clear();
            mine.agents_digest = 0;
            populations_[mine.population]->decide(
                eyes, std::span{turns}.subspan(mine.first_turn, mine.turn_count), mine.intents,
                mine.agents_digest);
        }
    });

    for (std::size_t at = 1; at < scratch_.chunk_count; ++at) {
        agents_digest_ += scratch_.chunks[at].agents_digest;
    }
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        const agents::Wake& next = turns[turn].next;
        // A date that falls into this step is overdue in the next: nobody acts twice in one, and
        // the date stays the name of the agent's luck however long steps are.
        calendar_.set(scratch_.turn_agent[turn], next.at);
        alarms_.set(scratch_.turn_agent[turn], next);
    }
    totals_.turns += turns.size();
}

}  // namespace crowdout::world
