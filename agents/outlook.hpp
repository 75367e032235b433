// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "agents/field.hpp"
#include "agents/observation.hpp"

namespace crowdout::agents {

/// Where an investor reads what an asset earns if its price stays right.
enum class Earns : std::uint8_t {
    government,  ///< the ten-year yield, read off its book
    credit,      ///< the investment-grade yield, read off its book
    equity,      ///< government yield + beta x equity premium
    cash,        ///< the policy rate: what only its premium sets apart
};
inline constexpr std::array<std::string_view, 4> earns_names{"government", "credit", "equity",
                                                             "cash"};
[[nodiscard]] constexpr EnumNames enum_names(Earns) {
    return {earns_names.data(), earns_names.size()};
}

/// How an investor forms the return that it expects of one asset.
struct Outlook {
    Earns earns = Earns::equity;
    double beta = 1;
    double premium = 0;  ///< per year, on top; a belief
    double pull = 0.2;   ///< share of the log gap to value expected to close in a year; our choice

    template <class Visitor>
    void visit(Visitor& field) {
        field("earns", earns,
              {.help = "Which market rate the expected return starts from.",
               .help_zh = "预期收益所依据的市场利率。"});
        field("beta", beta,
              {.help = "Multiple of the equity premium, where `earns` is equity.",
               .help_zh = "股权溢价的倍数。",
               .min = 0,
               .max = 5});
        field("premium", premium,
              {.help = "Expected on top of the rate; a belief.",
               .help_zh = "在利率之上的主观溢价。",
               .unit = Dimension::rate,
               .min = -1,
               .max = 1});
        field("pull", pull,
              {.help = "Share of the log gap between value and price that closes in a year.",
               .help_zh = "价值与价格的对数差每年收敛的比例。",
               .unit = Dimension::rate,
               .min = 0,
               .max = 10});
    }
};

/// Return per year that the outlook expects of an asset at its present price:
/// rate + premium + pull ln(value / price). Without analysts' value the last term is absent.
[[nodiscard]] double expected_return(const Outlook& outlook, const Snapshot& market,
                                     market::InstrumentId instrument);

/// What an investor asks for beyond what its cash earns.
///
/// The hurdle is the own cash rate + `premium` + `shadow_slope` x (pending calls / idle cash), the
/// ratio set to at most `pressure_max`. The last term is the shadow price of the investor's own
/// cash constraint; nobody reads how much idle cash others have.
struct Hurdle {
    double premium = 0;          ///< per year
    double shadow_slope = 0.05;  ///< per year, where calls equal idle cash; our choice
    double pressure_max = 5;     ///< our choice
    double width = 0.02;  ///< excess return at which all that is free is invested; our choice

    template <class Visitor>
    void visit(Visitor& field) {
        field("premium", premium,
              {.help = "Return asked for above the cash rate by an owner without calls.",
               .help_zh = "无待缴款时要求的超额收益。",
               .unit = Dimension::rate,
               .min = -1,
               .max = 1});
        field("shadow_slope", shadow_slope,
              {.help = "Rise of the hurdle where pending calls equal idle cash.",
               .help_zh = "待缴款等于闲置现金时门槛的升幅。",
               .unit = Dimension::rate,
               .min = 0,
               .max = 10});
        field("pressure_max", pressure_max,
              {.help = "Pending calls over idle cash count up to this.",
               .help_zh = "待缴款与闲置现金之比的上限。",
               .unit = Dimension::ratio,
               .min = 0,
               .max = 1000});
        field("width", width,
              {.help = "Excess over the hurdle at which the whole share is invested.",
               .help_zh = "全额投资所需的超额收益。",
               .unit = Dimension::rate,
               .max = 1,
               .positive = true});
    }
};

/// Pending calls over idle cash, from 0 to `pressure_max`; 0 without calls.
[[nodiscard]] double cash_pressure(const Hurdle& hurdle, double pending_usd, double idle_usd);

/// The return per year below which nothing is bought.
[[nodiscard]] double hurdle_rate(const Hurdle& hurdle, const RatesView& rates, double pressure);

/// Share of its free cash that an investor puts in at an expected return: 0 at the hurdle and
/// below, 1 from `width` above it, linear between.
[[nodiscard]] double willingness(const Hurdle& hurdle, double expected, double rate_hurdle);

}  // namespace crowdout::agents
