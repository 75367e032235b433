// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/archetype.hpp"
#include "agents/execution.hpp"
#include "agents/payees.hpp"

namespace crowdout::agents {

/// A lab that has promised far more compute than its revenue pays for: OpenAI's kind.
///
/// Commitments fall due along a dated path and are paid every day to those who supply compute;
/// when its runway is short the lab calls capital from investors, pro rata to what they have
/// promised and not yet paid, and from vendors, who finance what is bought from them. Calls that
/// stay unmet for 60 days scale what is left of the commitments down: the suppliers' revenue falls.
/// Revenue arrives by the world's payments; the lab expects it to grow along a logistic curve.
/// Source: mechanisms 4.1; calibration 6 for OpenAI's figures.
struct AiLab {
    static constexpr std::string_view name = "ai_lab";
    static constexpr bool wakes_on_fill = false;

    /// Investors and vendors that a lab has, at most.
    static constexpr std::size_t backers_max = 16;

    struct Params {
        double revenue = 20e9;        ///< USD per year, at the start
        double revenue_max = 300e9;   ///< USD per year
        double revenue_growth = 1.5;  ///< g0, per year
        double operating_cost = 0;    ///< USD per year, compute apart
        Payees operating_to;
        double commitments = 1.4e12;  ///< USD, over the whole path
        std::vector<double> path{0.03, 0.05, 0.09, 0.13, 0.17, 0.19, 0.18, 0.16};  ///< by year
        market::Duration path_age;   ///< how far along the path the run begins
        std::string compute_series;  ///< of the past, which takes the path's place; "" for none
        Payees suppliers;
        std::vector<std::pair<std::string, double>> investors;  ///< unfunded, USD
        std::vector<std::pair<std::string, double>> vendors;    ///< USD at most
        double vendor_share = 0.15;                             ///< v_fin: of a raise
        market::Duration runway_min{market::year.ns / 2};
        market::Duration runway_target{market::year.ns * 3 / 2};
        double raise_min = 1e9;         ///< USD; our choice
        std::int64_t notice_days = 10;  ///< business days
        market::Duration patience = market::day * 60;
        double cut = 0.25;  ///< of commitments; our choice
        market::Duration review = market::day;
        std::vector<market::AccountId> investor_accounts;  ///< bound
        std::vector<market::AccountId> vendor_accounts;    ///< bound
        HistoricalSeries compute;                          ///< bound, USD per year

        template <class Visitor>
        void visit(Visitor& field);
        void check(Complaints& complaints) const;
    };
    struct State {
        std::array<double, backers_max> unfunded{};  ///< USD by investor, then by vendor
        double revenue = 0;                          ///< expected, USD per year
        double owed = 0;                             ///< to suppliers and for operations, USD
        double scale = 1;                            ///< of what is left of the commitments
        market::Time start;
        market::Time last;
        market::Time cut_at;  ///< when commitments were last cut
    };

    static void bind(Params& params, const Names& names);
    static Wake begin(const Params& params, State& state, const Genesis& genesis, Random& random);
    static Wake decide(const Params& params, State& state, const Observation& seen, Random& random,
                       Intents& intents);

    /// Unscaled commitments that fall due between two ages of the path, USD.
    [[nodiscard]] static double due_between(const Params& params, market::Duration from,
                                            market::Duration to);
    /// Revenue per year after `years` of logistic growth dR/dt = g0 R (1 - R / R_max).
    [[nodiscard]] static double grown(const Params& params, double revenue, double years);
};
static_assert(Archetype<AiLab>);

template <class Visitor>
// NOLINTNEXTLINE(readability-function-size): a table
void AiLab::Params::visit(Visitor& field) {
    field("revenue", revenue,
          {.help = "Revenue of each member at the start, like all sums here.",
           .help_zh = "每个成员的初始年收入（其余金额同此）。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("revenue_max", revenue_max,
          {.help = "Revenue at which growth ends.",
           .help_zh = "收入上限。",
           .unit = Dimension::money_rate,
           .positive = true});
    field("revenue_growth", revenue_growth,
          {.help = "Growth of a small revenue.",
           .help_zh = "初期增速。",
           .unit = Dimension::rate,
           .min = -1,
           .max = 20});
    field("operating_cost", operating_cost,
          {.help = "Costs other than committed compute.",
           .help_zh = "算力承诺之外的成本。",
           .unit = Dimension::money_rate,
           .min = 0});
    field("operating_to", operating_to.shares,
          {.help = "Who receives them, by shares.",
           .help_zh = "运营支出对象。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .refers_to = Reference::institution | Reference::population});
    field("commitments", commitments,
          {.help = "Compute promised over the whole path.",
           .help_zh = "算力承诺总额。",
           .unit = Dimension::money,
           .min = 0});
    field("path", path,
          {.help = "Share of the commitments that falls due in each year.",
           .help_zh = "各年到期比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .items_min = 1});
    field("path_age", path_age,
          {.help = "How far along the path the run begins.",
           .help_zh = "起始时已过去的时间。",
           .unit = Dimension::duration,
           .min = 0});
    field(
        "compute_series", compute_series,
        {.help = "A series of the past that its spending on compute follows, instead of the path.",
         .help_zh = "算力支出所遵循的历史序列，取代承诺路径。",
         .unit = Dimension::money_rate,
         .min = 0,
         .refers_to = Reference::data_series});
    field("suppliers", suppliers.shares,
          {.help = "Who supplies compute, by shares that add up to 1.",
           .help_zh = "算力供应商及比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1,
           .refers_to = Reference::institution | Reference::population});
    field("investors", investors,
          {.help = "Capital that investors have promised and not yet paid.",
           .help_zh = "投资人未缴承诺。",
           .unit = Dimension::money,
           .min = 0,
           .refers_to = Reference::institution | Reference::population});
    field("vendors", vendors,
          {.help = "Suppliers that finance what is bought from them, and up to how much.",
           .help_zh = "供应商融资上限。",
           .unit = Dimension::money,
           .min = 0,
           .refers_to = Reference::institution | Reference::population});
    field("vendor_share", vendor_share,
          {.help = "Part of a raise that is asked of vendors.",
           .help_zh = "供应商融资占比。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("runway_min", runway_min,
          {.help = "Capital is raised when cash lasts no longer than this.",
           .help_zh = "触发融资的现金跑道。",
           .unit = Dimension::duration,
           .positive = true});
    field("runway_target", runway_target,
          {.help = "A raise makes cash last so long.",
           .help_zh = "融资后的目标跑道。",
           .unit = Dimension::duration,
           .positive = true});
    field("raise_min", raise_min,
          {.help = "The smallest raise.",
           .help_zh = "最小融资规模。",
           .unit = Dimension::money,
           .min = 0});
    field("notice_days", notice_days,
          {.help = "Business days from a call to its due date.",
           .help_zh = "缴款通知的工作日数。",
           .min = 0,
           .max = 250});
    field("patience", patience,
          {.help = "Commitments are cut when a call is overdue by this.",
           .help_zh = "逾期多久后削减承诺。",
           .unit = Dimension::duration,
           .positive = true});
    field("cut", cut,
          {.help = "Part of the commitments left that is then given up.",
           .help_zh = "每次削减比例。",
           .unit = Dimension::ratio,
           .min = 0,
           .max = 1});
    field("review", review,
          {.help = "Time between looks.",
           .help_zh = "检查间隔。",
           .unit = Dimension::duration,
           .positive = true});
}

}  // namespace crowdout::agents
