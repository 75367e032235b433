// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agents/price_history.hpp"
#include "market/trade.hpp"
#include "market/venue.hpp"
#include "world/book_measures.hpp"

namespace crowdout::world {

/// What is remembered of one book's prices and trades.
struct Tape {
    Tape() = default;
    Tape(market::Time start, double price, double sigma_daily, double volume_daily,
         market::Session in);

    agents::PriceHistory history;
    BookMeasures measures;
    market::Session session = market::Session::always;
    double mid = 0;            ///< USD per whole; the last known where a side of the book is empty
    double volume = 0;         ///< of the last step, USD
    double volume_signed = 0;  ///< bought less sold by takers
    double forced_volume = 0;  ///< traded by lenders and engines

    /// Takes in one step of a book.
    void record(const market::BookEvents& events, const market::Instrument& instrument,
                const market::Market& market, market::Time from, market::Time to);
    void show(agents::BookView& view) const;
    [[nodiscard]] double reference(const market::Instrument& instrument,
                                   const market::Market& market) const;

    template <class Archive>
    void archive(Archive& a) {
        a(history, measures, session, mid, volume, volume_signed, forced_volume);
    }
};

}  // namespace crowdout::world
