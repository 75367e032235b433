// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "agents/field.hpp"
#include "agents/observation.hpp"
#include "market/time.hpp"
#include "world/valuation_terms.hpp"

namespace crowdout::world {

using ValuationTerms = std::variant<CashFlowTerms, PremiumTerms, MemoryTerms>;

enum class FactKind : std::uint8_t { revenue, cash_flow, investment, net_debt, growth };
inline constexpr std::array<std::string_view, 5> fact_names{"revenue", "cash_flow", "investment",
                                                            "net_debt", "growth"};
constexpr agents::EnumNames enum_names(FactKind) {
    return {fact_names.data(), fact_names.size()};
}

/// A firm reports, or guides. What the path of cash flow makes of it (our choice throughout):
///
/// | kind         | numbers        | rule, with d = reported - expected                        |
/// |--------------|----------------|-----------------------------------------------------------|
/// | `revenue`    | USD per period | all later cash flow times reported / expected             |
/// | `cash_flow`  | USD per period | net debt falls by d; `persistence` of d recurs every year |
/// | `investment` | USD per period | net debt rises by d (1 - investment_worth)                |
/// | `net_debt`   | USD            | net debt rises by d                                       |
/// | `growth`     | a year         | growth of the explicit years rises by d                   |
struct Fact {
    FactKind kind = FactKind::revenue;
    double reported = 0;
    double expected = 0;
    double period_years = 0.25;  ///< what `reported` spans; used by `cash_flow` only
};

/// @return per year: y + beta ERP + premium + credit_loading (credit - y).
[[nodiscard]] double discount_rate(const CashFlowTerms& terms, const agents::RatesView& rates);

/// Present value of the cash flow after `elapsed_years`, less net debt; USD.
///
/// Flows are taken at whole years from now, and a Gordon value at the end of the fade. A discount
/// rate within half a point of terminal growth counts as half a point above it; limited liability
/// is worth 1 % of the flow before investment at least (both our choice). Cost: O(years) exp.
[[nodiscard]] double equity_value(const CashFlowTerms& terms, double discount,
                                  double elapsed_years = 0);

struct RateSensitivity {
    double duration = 0;   ///< -dV/dk / V, years
    double convexity = 0;  ///< d2V/dk2 / V, years squared
};

/// By central differences of one basis point of `equity_value`; relative error about 1e-4.
[[nodiscard]] RateSensitivity rate_sensitivity(const CashFlowTerms& terms, double discount);

/// The idiosyncratic premium at which the firm is worth `market_value` USD at the opening: an
/// opening price is no free lunch. Nothing where no premium below 100 % a year gives that.
[[nodiscard]] std::optional<double> calibrate(CashFlowTerms terms, const agents::RatesView& rates,
                                              double market_value);

/// What is known at a moment. Discount rates are what the bond books say, and nothing else.
struct ValuationInputs {
    market::Time now;
    agents::RatesView rates;
    double supply = 1;  ///< wholes outstanding: shares that a firm's value is spread over
};

/// The consensus about one instrument, as it moves with rates, news and reports.
class Valuation {
public:
    Valuation() = default;

    /// @param news_sigma  of the yearly revision of ln V.
    /// @param news_key    agents::stream_key of the seed and the instrument's name.
    /// @return nothing where the terms cannot be made to agree with the opening price.
    [[nodiscard]] static std::optional<Valuation> open(const ValuationTerms& terms,
                                                       double news_sigma, std::uint64_t news_key,
                                                       const ValuationInputs& opening,
                                                       double price);

    /// Takes in the news of every day (UTC) begun since the last call, and that the price has been
    /// `price` since then. How often it is called changes neither.
    void advance(market::Time now, double price);

    /// @pre the terms are of cash flow; revenue was expected to be positive, and is not negative;
    ///      a cash flow spans some time. The loader refuses other reports.
    void report(const Fact& fact);

    /// @return USD per whole.
    [[nodiscard]] double value(const ValuationInputs& inputs) const;

    /// Takes the news to come from another stream; what was known stays.
    void draw_from(std::uint64_t news_key) { news_key_ = news_key; }

    [[nodiscard]] const ValuationTerms& terms() const { return terms_; }
    [[nodiscard]] double log_revision() const { return log_revision_; }
    [[nodiscard]] std::uint64_t digest(std::uint64_t key) const;

    template <class Archive>
    void archive(Archive& a) {
        a(terms_, news_sigma_, news_key_, opened_, advanced_, opening_value_, opening_yield_,
          memory_, log_revision_);
    }

private:
    ValuationTerms terms_;
    double news_sigma_ = 0;
    std::uint64_t news_key_ = 0;
    market::Time opened_;
    market::Time advanced_;
    double opening_value_ = 0;
    double opening_yield_ = 0;
    double memory_ = 0;  ///< exponential mean of prices, USD per whole
    double log_revision_ = 0;
};

/// What yield the holders of a bond have come to call fair: the exponential mean of traded ones.
/// Its price is the bond's value.
class FairYield {
public:
    static constexpr double memory_days = 60;  ///< our choice: a quarter's trading

    FairYield() = default;
    FairYield(market::Time now, double yield) : yield_{yield}, advanced_{now} {}

    /// The yield has been `traded` since the last call.
    void advance(market::Time now, double traded);
    [[nodiscard]] double yield() const { return yield_; }

private:
    double yield_ = 0;
    market::Time advanced_;
};

}  // namespace crowdout::world
