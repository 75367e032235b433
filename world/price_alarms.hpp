// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "agents/archetype.hpp"

namespace crowdout::world {

/// Agents that sleep until a price is reached.
///
/// Each book keeps the nearest alarm on either side: while the price stays between the two, nobody
/// is visited.
class PriceAlarms {
public:
    PriceAlarms() = default;
    PriceAlarms(std::size_t books, std::size_t agents) : books_(books), place_(agents, none) {}

    /// Sets, moves or (instrument `no_instrument`) clears the alarm of an agent.
    void set(std::uint32_t agent, const agents::Wake& wake);

    /// Clears and reports every alarm of `book` that `price` has set off.
    template <class Ring>
    void check(std::size_t book, double price, Ring&& ring) {
        Book& b = books_[book];
        if (price > b.below && price < b.above) return;
        for (std::size_t i = 0; i < b.alarms.size();) {
            const Alarm alarm = b.alarms[i];
            if (price > alarm.below && price < alarm.above) {
                ++i;
                continue;
            }
            remove(book, i);
            ring(alarm.agent);
        }
        refresh(b);
    }

    template <class Archive>
    void archive(Archive& a) {
        a(books_, place_);
    }

private:
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    struct Alarm {
        double below = 0;
        double above = 0;
        std::uint32_t agent = 0;
        std::uint32_t unused = 0;
    };
    struct Book {
        std::vector<Alarm> alarms;
        double below = 0;      ///< the highest of the alarms' lower prices
        double above = 1e300;  ///< the lowest of their upper ones

        template <class Archive>
        void archive(Archive& a) {
            a(alarms, below, above);
        }
    };

    void remove(std::size_t book, std::size_t at);
    static void refresh(Book& book);

    std::vector<Book> books_;
    std::vector<std::uint64_t> place_;  ///< by agent: book << 32 | index, or none
};

}  // namespace crowdout::world
