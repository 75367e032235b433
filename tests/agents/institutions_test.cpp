// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <string>
#include <type_traits>

#include "agents/ai_lab.hpp"
#include "agents/corporate_treasury.hpp"
#include "agents/holding_company.hpp"
#include "agents/hyperscaler.hpp"
#include "agents/long_term_holder.hpp"
#include "agents/miner.hpp"
#include "agents/pension.hpp"
#include "agents/population.hpp"
#include "agents/sovereign_fund.hpp"
#include "toy_economy.hpp"

using namespace toy;

namespace {

/// Walks a list of fields as the reader of world files does.
struct FieldWalk {
    std::set<std::string> keys;
    std::size_t faults = 0;

    template <class T>
    void operator()(const char* key, T& value, const FieldInfo& info) {
        const bool is_new = keys.insert(key).second;
        const bool is_told = *info.help != '\0' && *info.help_zh != '\0';
        bool in_range = info.min <= info.max;
        if constexpr (std::is_same_v<T, double>) {
            in_range = value >= info.min && value <= info.max;
        }
        if (!is_new || !is_told || !in_range) {
            ++faults;
            MESSAGE(key);
        }
    }
};

struct Silent final : Complaints {
    int errors = 0;
    void error(std::string_view, const std::string&) override { ++errors; }
    void warning(std::string_view, const std::string&) override {}
};

}  // namespace

TEST_CASE_TEMPLATE("institutions: every field is told in two languages, its default in range", A,
                   SovereignFund, HoldingCompany, Hyperscaler, AiLab, Pension, CorporateTreasury,
                   Miner, LongTermHolder) {
    typename A::Params params;
    FieldWalk walk;
    params.visit(walk);

    CHECK(walk.keys.size() >= 8);
    CHECK(walk.faults == 0);
    if constexpr (requires(const typename A::Params& p, Complaints& c) { p.check(c); }) {
        Silent complaints;
        params.check(complaints);
        CHECK(complaints.errors == 0);
    }
}

TEST_CASE("institutions: settings that contradict each other are refused") {
    const auto errors = [](const auto& params) {
        Silent complaints;
        params.check(complaints);
        return complaints.errors;
    };
    HoldingCompany::Params holding;
    holding.ltv_soft = 0.4;
    CHECK(errors(holding) == 1);
    holding.holdings.terms.resize(17);
    CHECK(errors(holding) == 2);

    Pension::Params pension;
    pension.allocations.resize(2);
    pension.allocations[0].second.weight = 0.7;
    pension.allocations[1].second.weight = 0.3;
    CHECK(errors(pension) == 1);  // nothing is left for cash

    CorporateTreasury::Params firm;
    firm.wages = 0.9;
    firm.assets = {{"notes", 0.6}};
    CHECK(errors(firm) == 2);

    AiLab::Params lab;
    lab.investors.resize(17);
    lab.runway_min = market::year * 2;
    CHECK(errors(lab) == 2);

    LongTermHolder::Params holder;
    holder.bid_near = 0.2;
    CHECK(errors(holder) == 1);
}

namespace {

/// Gives every member the same view of a small world.
class OneView final : public ObservationSource {
public:
    explicit OneView(Economy& world) : world_{world} {}
    [[nodiscard]] Observation observe(market::AccountId, market::Time at) const override {
        Observation seen = world_.observe();
        seen.now = at;
        return seen;
    }

private:
    Economy& world_;
};

}  // namespace

TEST_CASE("institutions: a population's digest follows its members' states") {
    Economy world;
    world.add("coin", 100'000, 40e9);
    world.open(1e9);
    Miner::Params params;
    params.coin = "coin";
    Miner::bind(params, world);
    Population<Miner> miners{params, 3};
    const OneView view{world};
    std::vector<Turn> turns{{.member = 0, .at = monday, .cell = monday, .next = {}},
                            {.member = 1, .at = monday, .cell = monday, .next = {}},
                            {.member = 2, .at = monday, .cell = monday, .next = {}}};
    miners.begin(view, turns);
    const std::uint64_t before = miners.digest_afresh();

    for (Turn& turn : turns) turn.at = monday + market::hour;
    std::uint64_t change = 0;
    Intents intents;
    miners.decide(view, turns, intents, change);

    CHECK(miners.digest_afresh() != before);
    CHECK(miners.digest_afresh() == before + change);
}
