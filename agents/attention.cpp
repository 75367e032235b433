// SPDX-License-Identifier: Apache-2.0
#include "agents/attention.hpp"

#include <algorithm>
#include <cmath>

#include "agents/numeric.hpp"
#include "agents/sampling.hpp"
#include "agents/season.hpp"
#include "agents/trading.hpp"

namespace crowdout::agents {

Distribution Attention::spans() {
    Distribution distribution;
    distribution.kind = Distribution::Kind::choice;
    distribution.values = {300.0, 1'800.0, 3 * 3'600.0, 86'400.0, 5 * 86'400.0, 20 * 86'400.0};
    distribution.weights = {1, 1, 1, 1, 1, 1};
    return distribution;
}

double Attention::liveliness(const Observation& seen, market::InstrumentId id) const {
    const BookView& book = seen.market.book(id);
    const market::Session session = seen.market.instrument(id).session;
    double factor = 1.0;
    if (moves > 0.0) {
        // A trait: the same stream says the same of it at every look.
        Random trait{seen.nature, seen.self.row(), Purpose::perception, 0};
        const double span = sample(memory, trait);
        const market::Duration ago{static_cast<std::int64_t>(span * 1e9)};
        const double move = log(book.mid / book.history->price_ago(ago));
        const double x = move / (usual_move * std::sqrt(trading_days(session, span)));
        factor += moves * (x * x - 1.0) - falls * x * std::abs(x);
    }
    if (season) factor *= agents::season(session, seen.now, book.next_change);
    return std::min(factor, most);
}

}  // namespace crowdout::agents
