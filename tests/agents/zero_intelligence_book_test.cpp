// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "agents/zero_intelligence.hpp"
#include "market/order_book.hpp"
#include "tests/agents/fake_market.hpp"

using namespace crowdout;
using agents::ZeroIntelligence;
using market::OrderId;

namespace {

/// One book, one source of orders, and the time average of the spread between them.
class Experiment {
public:
    explicit Experiment(double lifetime) {
        params_.order_size = 0.01;  // one lot
        params_.market_rate = 86'400 * 365.0;
        params_.limit_rate = 0.01 * params_.market_rate;
        params_.lifetime = lifetime;
        params_.band = 1'500;
        params_.slippage = 0.9;
        params_.id = FakeMarket::id(0);
        market_.step = market::Duration{1};
        wake_ = market_.begin<ZeroIntelligence>(params_, state_);
    }

    /// @return ticks, over the last three quarters of so many events.
    double mean_spread(int events) {
        double area = 0;
        double seconds = 0;
        for (int event = 0; event < events; ++event) {
            const double gap = (wake_.at - market_.snapshot.now).seconds();
            const agents::BookView& view = market_.books[0];
            if (event > events / 4 && view.bid.value() > 0 && view.ask.value() > 0) {
                area += gap * static_cast<double>((view.ask - view.bid).value());
                seconds += gap;
            }
            next_event();
        }
        return area / seconds;
    }
    [[nodiscard]] const ZeroIntelligence::Params& params() const { return params_; }

private:
    /// An owner for each order, so that none of them meets itself.
    static market::AccountId owner(OrderId id) {
        return {1, static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) % 1'000'000)};
    }
    void next_event() {
        market_.snapshot.now = wake_.at;
        wake_ = market_.decide<ZeroIntelligence>(params_, state_);
        events_.clear();
        for (agents::Intent& intent : market_.intents.orders) {
            if (intent.kind == agents::IntentKind::cancel) {
                book_.cancel({intent.order.id, intent.slot}, owner(intent.order.id), events_);
                continue;
            }
            intent.order.id = OrderId{++last_id_};
            intent.order.owner = owner(intent.order.id);
            book_.submit(intent.order, events_);
        }
        for (const market::Rested& rested : events_.rested) {
            places_[static_cast<std::uint64_t>(rested.ticket.id)] = market_.orders.size();
            market_.orders.push_back(
                {rested.ticket, params_.id, rested.side, rested.cause, rested.limit, rested.left});
        }
        for (const market::Fill& fill : events_.fills) {
            if (fill.maker_left == market::Quantity{0}) forget(fill.maker_order);
        }
        for (const market::Removed& removed : events_.removed) {
            if (removed.rested) forget(removed.id);
        }
        show();
    }
    void forget(OrderId id) {
        const auto place = places_.find(static_cast<std::uint64_t>(id));
        market_.orders[place->second] = market_.orders.back();
        places_[static_cast<std::uint64_t>(market_.orders.back().ticket.id)] = place->second;
        market_.orders.pop_back();
        places_.erase(static_cast<std::uint64_t>(id));
    }
    void show() {
        agents::BookView& view = market_.books[0];
        view.bid = book_.best_bid().value_or(market::Price{0});
        view.ask = book_.best_ask().value_or(market::Price{0});
        if (view.bid.value() == 0 || view.ask.value() == 0) return;
        view.last = view.bid;
        view.mid = static_cast<double>((view.bid + view.ask).value()) * 0.005;
    }

    FakeMarket market_{{1'000.0}};
    ZeroIntelligence::Params params_;
    ZeroIntelligence::State state_;
    agents::Wake wake_;
    market::OrderBook book_;
    market::BookEvents events_;
    std::unordered_map<std::uint64_t, std::size_t> places_;
    std::uint64_t last_id_ = 0;
};

}  // namespace

// Goal: one book fed by zero intelligence has the spread that theory expects of its rates.
// Method: a market order a second and side, a limit order a hundred seconds, side and tick; a tick
// is 1 % of mu / alpha, which adds about half of one to the spread. Some 25,000 seconds.
TEST_CASE("zero intelligence: a book has the spread that is predicted of its rates" *
          doctest::test_suite("slow")) {
    for (const double lifetime : {100.0, 20.0, 5.0}) {
        CAPTURE(lifetime);
        Experiment experiment{lifetime};
        const double spread = experiment.mean_spread(1'000'000);
        CHECK(
            spread ==
            doctest::Approx(ZeroIntelligence::predicted_spread(experiment.params())).epsilon(0.05));
        if (lifetime > 20.0) continue;
        CHECK(spread ==
              doctest::Approx(ZeroIntelligence::quoted_spread(experiment.params())).epsilon(0.20));
    }
}
