// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SFML/Graphics/Color.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "market/order.hpp"
#include "market/posting.hpp"
#include "viz/language.hpp"

namespace crowdout::viz {

enum class ThemeName : std::uint8_t { dark, light };
inline constexpr std::size_t theme_count = 2;

/// What reasons of payments are drawn as: few enough to be told apart by colour.
enum class FlowGroup : std::uint8_t {
    wages_and_goods,  ///< what households earn and spend
    taxes,            ///< and benefits
    returns,          ///< interest, coupons, dividends
    capex,            ///< the drain
    commerce,         ///< between firms, abroad, fees
    losses,           ///< write-offs
    trades,
    credit,    ///< loans drawn and repaid
    issuance,  ///< securities, baskets, stablecoins
    funds,     ///< calls, redemptions, subscriptions
};
inline constexpr std::size_t flow_group_count = 10;

/// The group of a reason; none for opening balances and for escrow, which nobody sees move.
[[nodiscard]] std::optional<FlowGroup> flow_group(market::Reason reason);

/// What is said of a colour in a legend.
[[nodiscard]] Phrase phrase_of(market::Cause cause);
[[nodiscard]] Phrase phrase_of(FlowGroup group);

/// Colours by what they mean.
///
/// Against `panel`, text has a contrast of at least 7, muted text 4.5, a data colour 3 (WCAG 2.1,
/// 1.4.3, 1.4.6 and 1.4.11). Any two data colours of one set differ by at least 0.08 in OKLab, to
/// normal eyes and to those without red, green or blue cones (Machado, Oliveira and Fernandes 2009,
/// severity 1). The sets begin from Okabe and Ito (2008) and Tol (2021), moved apart by a search.
struct Theme {
    sf::Color background;  ///< between panels
    sf::Color panel;
    sf::Color border;
    sf::Color grid;
    sf::Color text;
    sf::Color muted;    ///< text of second rank: axis labels, units
    sf::Color accent;   ///< what is active or selected
    sf::Color warning;  ///< troubles, and marks of forced selling
    sf::Color bid;      ///< and what rose
    sf::Color ask;      ///< and what fell
    sf::Color crosshair;
    std::array<sf::Color, market::cause_count> causes;
    std::array<sf::Color, flow_group_count> flows;
    std::array<sf::Color, 8> instruments;

    [[nodiscard]] sf::Color of(market::Cause cause) const {
        return causes[static_cast<std::size_t>(cause)];
    }
    [[nodiscard]] sf::Color of(FlowGroup group) const {
        return flows[static_cast<std::size_t>(group)];
    }
    /// From the ninth instrument on the colours return, half way to the text's: 16 in all.
    [[nodiscard]] sf::Color instrument(std::size_t index) const;
};

[[nodiscard]] const Theme& theme(ThemeName name);

[[nodiscard]] constexpr ThemeName other(ThemeName name) {
    return name == ThemeName::dark ? ThemeName::light : ThemeName::dark;
}

/// `share` of `to`, the rest of `from`; alpha too.
[[nodiscard]] sf::Color mixed(sf::Color from, sf::Color to, float share);

[[nodiscard]] sf::Color with_alpha(sf::Color color, float alpha);

/// WCAG 2.1 contrast ratio of two opaque colours, 1..21.
[[nodiscard]] double contrast(sf::Color a, sf::Color b);

}  // namespace crowdout::viz
