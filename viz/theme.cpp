// SPDX-License-Identifier: Apache-2.0
#include "viz/theme.hpp"

#include <algorithm>
#include <cmath>

#include "studies/palette.hpp"

namespace crowdout::viz {
namespace {

/// 0xRRGGBB, opaque.
sf::Color rgb(std::uint32_t code) {
    return sf::Color{(code << 8) | 0xFF};
}

template <std::size_t size>
std::array<sf::Color, size> rgb(const std::array<std::uint32_t, size>& codes) {
    std::array<sf::Color, size> colors;
    std::ranges::transform(codes, colors.begin(), [](std::uint32_t code) { return rgb(code); });
    return colors;
}

Theme theme_of(const studies::Palette& palette) {
    return {
        .background = rgb(palette.background),
        .panel = rgb(palette.panel),
        .border = rgb(palette.border),
        .grid = rgb(palette.grid),
        .text = rgb(palette.text),
        .muted = rgb(palette.muted),
        .accent = rgb(palette.accent),
        .warning = rgb(palette.warning),
        .bid = rgb(palette.bid),
        .ask = rgb(palette.ask),
        .crosshair = {},
        .causes = rgb(palette.causes),
        .flows = {},
        .instruments = rgb(palette.instruments),
    };
}

Theme dark() {
    Theme theme = theme_of(studies::dark_palette);
    theme.crosshair = rgb(0xB8C4D6);
    theme.flows = rgb<flow_group_count>({0x8A63DA, 0xCA7FFF, 0x14866B, 0xFA1F90, 0x01FAD0, 0xCB830A,
                                         0x6DCCE4, 0xF0E442, 0xEAA91A, 0xA3BE94});
    return theme;
}

Theme light() {
    Theme theme = theme_of(studies::light_palette);
    theme.crosshair = rgb(0x3A4658);
    theme.flows = rgb<flow_group_count>({0x464CFF, 0x845969, 0x129AF7, 0xDF0128, 0x15996B, 0x821B51,
                                         0x0A5494, 0x576F15, 0xA6950E, 0xFA5A96});
    return theme;
}

/// Relative luminance of WCAG 2.1.
double luminance(sf::Color color) {
    const auto linear = [](sf::Uint8 channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

std::optional<FlowGroup> flow_group(market::Reason reason) {
    using market::Reason;
    switch (reason) {
        case Reason::wages:
        case Reason::consumption:
            return FlowGroup::wages_and_goods;
        case Reason::taxes:
        case Reason::benefits:
            return FlowGroup::taxes;
        case Reason::dividends:
        case Reason::interest:
        case Reason::coupons:
            return FlowGroup::returns;
        case Reason::capex:
            return FlowGroup::capex;
        case Reason::sales:
        case Reason::exports:
        case Reason::mining:
        case Reason::fees:
            return FlowGroup::commerce;
        case Reason::write_off:
            return FlowGroup::losses;
        case Reason::trades:
            return FlowGroup::trades;
        case Reason::loans:
            return FlowGroup::credit;
        case Reason::issuance:
        case Reason::baskets:
        case Reason::minting:
            return FlowGroup::issuance;
        case Reason::capital_calls:
        case Reason::redemptions:
        case Reason::subscriptions:
            return FlowGroup::funds;
        case Reason::endowment:
        case Reason::escrow:
            return std::nullopt;
    }
    return std::nullopt;
}

Phrase phrase_of(market::Cause cause) {
    return static_cast<Phrase>(static_cast<std::size_t>(Phrase::cause_choice) +
                               static_cast<std::size_t>(cause));
}

Phrase phrase_of(FlowGroup group) {
    return static_cast<Phrase>(static_cast<std::size_t>(Phrase::flow_wages_and_goods) +
                               static_cast<std::size_t>(group));
}

sf::Color Theme::instrument(std::size_t index) const {
    const sf::Color color = instruments[index % instruments.size()];
    return index % (2 * instruments.size()) < instruments.size() ? color : mixed(color, text, 0.5F);
}

const Theme& theme(ThemeName name) {
    static const std::array<Theme, theme_count> themes{dark(), light()};
    return themes[static_cast<std::size_t>(name)];
}

sf::Color mixed(sf::Color from, sf::Color to, float share) {
    const auto mix = [share](sf::Uint8 a, sf::Uint8 b) {
        const auto start = static_cast<float>(a);
        return static_cast<sf::Uint8>(std::lround(start + (static_cast<float>(b) - start) * share));
    };
    return {mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b), mix(from.a, to.a)};
}

sf::Color with_alpha(sf::Color color, float alpha) {
    color.a = static_cast<sf::Uint8>(std::lround(std::clamp(alpha, 0.0F, 1.0F) * 255));
    return color;
}

double contrast(sf::Color a, sf::Color b) {
    const double of_a = luminance(a);
    const double of_b = luminance(b);
    const auto [low, high] = std::minmax(of_a, of_b);
    return (high + 0.05) / (low + 0.05);
}

}  // namespace crowdout::viz
