// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "market/instrument.hpp"
#include "world/overlay.hpp"

namespace crowdout::world {

class World;

/// What the numbers in frames mean: names and sizes, in the order that frames count in. A reader
/// needs nothing else to show them, no world file and no program of the same version.
struct Manifest {
    struct Book {
        std::string name{};
        market::InstrumentKind kind = market::InstrumentKind::coin;
        market::Session session = market::Session::always;
        double usd_per_tick = 0.01;           ///< of one whole coin, share or $100 face
        double whole_per_lot = 1;             ///< wholes in a lot
        std::int64_t money_per_tick_lot = 1;  ///< 1e-4 USD for one lot at one tick
        std::uint16_t asset = 0;              ///< what it trades

        friend bool operator==(const Book&, const Book&) = default;
    };
    struct Sector {
        std::string name{};
        std::string label{};
        std::string label_zh{};
        std::string role{};  ///< in the funding gap: other, issuer, saver, bank
        bool is_intermediary = false;

        friend bool operator==(const Sector&, const Sector&) = default;
    };
    struct Asset {
        std::string name{};
        double whole_per_unit = 1;

        friend bool operator==(const Asset&, const Asset&) = default;
    };
    /// A block of accounts: an institution (no archetype) or a population.
    struct Block {
        std::string name{};
        std::string archetype{};
        std::uint16_t sector = 0;
        std::uint32_t members = 1;

        friend bool operator==(const Block&, const Block&) = default;
    };
    struct Series {
        static constexpr std::uint16_t no_book = 0xffff;  ///< of the whole world

        std::string name{};  ///< policy_rate, idle_capital, ...
        std::string unit{};  ///< `rate` (1e-9 a year), `usd` (1e-4 USD) or `ratio` (1e-6)
        std::uint16_t book = no_book;

        friend bool operator==(const Series&, const Series&) = default;
    };

    std::string world_name;
    std::string description;
    std::string description_zh;
    std::uint64_t seed = 0;
    std::int64_t start = 0;       ///< ns since 1970
    std::int64_t duration = 0;    ///< ns
    std::vector<Book> books;      ///< by InstrumentId
    std::vector<Sector> sectors;  ///< the last one holds what waits in orders, and fees
    std::vector<Asset> assets;    ///< by AssetId; 0 is US dollars
    std::vector<Block> blocks;    ///< by block of the ledger; 0 is not used
    std::vector<Series> series;
    std::vector<std::string> shocks;   ///< of the world file, by number
    std::vector<std::string> sources;  ///< sectors whose dollars are traced to AI capex
    std::vector<Overlay> overlays;     ///< prices and figures of the past, for charts

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

[[nodiscard]] Manifest manifest_of(const World& world);

/// The series that every world has; one that each book has stands here once, for book 0.
[[nodiscard]] std::span<const Manifest::Series> world_series();

}  // namespace crowdout::world
