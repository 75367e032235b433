// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/parity.hpp"

namespace crowdout::agents {

/// An authorised participant: trades the fund's shares against what they hold, and squares its
/// inventory with the fund by creating and redeeming whole baskets in kind.
///
/// A premium is closed in two steps: shares from its inventory are sold while the constituents are
/// bought, and the constituents are delivered for new shares once they make a basket. The reverse
/// at a discount. Source: mechanisms 7; basket of the largest spot bitcoin fund.
struct EtfParticipant {
    static constexpr std::string_view name = "etf_participant";
    static constexpr bool wakes_on_fill = false;

    struct Params {
        std::string share;
        std::vector<std::pair<std::string, double>> contents;  ///< whole units in one share
        double basket_shares = 40'000;                         ///< calibration 9
        std::int64_t baskets_max = 50;  ///< in one instruction: its limit; our choice
        ParityTerms terms;

        market::InstrumentId share_id = market::no_instrument;  ///< bound
        std::vector<market::InstrumentId> parts;
        std::vector<double> units;

        template <class Visitor>
        void visit(Visitor& field) {
            field("share", share,
                  {.help = "The fund's share.",
                   .help_zh = "基金份额。",
                   .required = true,
                   .refers_to = Reference::instrument});
            field("contents", contents,
                  {.help = "What one share holds, in whole units of each instrument.",
                   .help_zh = "每份基金持有的各标的数量。",
                   .unit = Dimension::quantity,
                   .required = true,
                   .positive = true,
                   .refers_to = Reference::instrument,
                   .items_min = 1});
            field("basket_shares", basket_shares,
                  {.help = "Shares that are created or redeemed at a time.",
                   .help_zh = "单个申赎篮子的份额数。",
                   .positive = true});
            field("baskets_max", baskets_max,
                  {.help = "Most baskets in one instruction.",
                   .help_zh = "单次申赎的最大篮子数。",
                   .min = 1,
                   .max = 1e6});
            field("terms", terms,
                  {.help = "When and how hard it trades.", .help_zh = "交易条件与强度。"});
        }
        void check(Complaints& complaints) const {
            if (contents.size() > Parity::parts_max) {
                complaints.error("contents", "are more than eight");
            }
        }
    };

    struct State {
        ParityHome home;
        market::Time looked;
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Baskets to create (positive) or redeem (negative) so that it owns as many shares as at home.
    [[nodiscard]] static std::int64_t baskets_due(const Params& params, const State& state,
                                                  const Observation& seen);
};

}  // namespace crowdout::agents
