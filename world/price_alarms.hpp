// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "agents/archetype.hpp"

namespace crowdout::world {

/// Agents that sleep until a price is reached.
///
/// An agent has one alarm at most: 16 bytes in a table by agent, linked into the list of its book.
/// Each book keeps the nearest alarm on either side: while the price stays between the two, nobody
/// is visited. Prices are kept in single precision, a part in 10 million.
class PriceAlarms {
public:
    /// Largest numbers of books and agents: what the links have bits for.
    static constexpr std::size_t books_max = (1u << 12) - 1;
    static constexpr std::size_t agents_max = (1u << 26) - 1;
    static constexpr std::size_t bytes_per_agent = 16;

    PriceAlarms() = default;
    /// @throws std::length_error  past `books_max` or `agents_max`.
    PriceAlarms(std::size_t books, std::size_t agents);

    /// Sets, moves or (instrument `no_instrument`) clears the alarm of an agent.
    void set(std::uint32_t agent, const agents::Wake& wake);

    /// Clears and reports every alarm of `book` that `price` has set off, in a deterministic order.
    /// @param ring  called with the agent's number; must not set alarms.
    /// Cost: O(1), or O(alarms of the book) where one is set off.
    template <class Ring>
    void check(std::size_t book, double price, Ring&& ring) {
        Book& b = books_[book];
        if (price > b.below && price < b.above) return;
        b.below = 0;
        b.above = far;
        for (std::uint32_t agent = b.first; agent != none;) {
            const Alarm alarm = alarms_[agent];
            if (price > alarm.below && price < alarm.above) {
                b.below = std::max(b.below, alarm.below);
                b.above = std::min(b.above, alarm.above);
            } else {
                unlink(agent);
                ring(agent);
            }
            agent = static_cast<std::uint32_t>(alarm.next);
        }
    }

    template <class Archive>
    void archive(Archive& a) {
        a(books_, alarms_);
    }

private:
    static constexpr std::uint32_t none = agents_max;
    static constexpr float far = 3e38F;

    struct Alarm {
        float below = 0;
        float above = far;
        std::uint64_t next : 26 = none;
        std::uint64_t previous : 26 = none;
        std::uint64_t book : 12 = books_max;  ///< `books_max`: not set
    };
    static_assert(sizeof(Alarm) == bytes_per_agent);
    struct Book {
        float below = 0;    ///< at or above the highest of the alarms' lower prices
        float above = far;  ///< at or below the lowest of their upper ones
        std::uint32_t first = none;
    };

    void unlink(std::uint32_t agent);

    std::vector<Book> books_;
    std::vector<Alarm> alarms_;  ///< by agent
};

}  // namespace crowdout::world
