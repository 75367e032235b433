// SPDX-License-Identifier: Apache-2.0
#include "viz/theme.hpp"

#include <algorithm>
#include <cmath>

namespace crowdout::viz {
namespace {

/// 0xRRGGBB, opaque.
sf::Color rgb(std::uint32_t code) {
    return sf::Color{(code << 8) | 0xFF};
}

Theme dark() {
    return {
        .background = rgb(0x0A0D12),
        .panel = rgb(0x11151C),
        .border = rgb(0x2A3342),
        .grid = rgb(0x222A36),
        .text = rgb(0xE6EBF2),
        .muted = rgb(0x93A0B4),
        .accent = rgb(0x56B4E9),
        .warning = rgb(0xFFA510),
        .bid = rgb(0x00B4F0),
        .ask = rgb(0xFF6A3D),
        .crosshair = rgb(0xB8C4D6),
        .causes = {rgb(0x18DFFF), rgb(0xBAFFE8), rgb(0x8C69B5), rgb(0x37A9A0), rgb(0x188967),
                   rgb(0xF0E442), rgb(0xD58805), rgb(0xECB258), rgb(0xC1560B), rgb(0xC77DFF),
                   rgb(0xACC6B1)},
        .flows = {rgb(0x8A63DA), rgb(0xCA7FFF), rgb(0x14866B), rgb(0xFA1F90), rgb(0x01FAD0),
                  rgb(0xCB830A), rgb(0x6DCCE4), rgb(0xF0E442), rgb(0xEAA91A), rgb(0xA3BE94)},
        .instruments = {rgb(0xF4A700), rgb(0x75B2FB), rgb(0x008756), rgb(0xF3FC40), rgb(0xA167F3),
                        rgb(0xF30100), rgb(0xC967A7), rgb(0xA5E8A4)},
    };
}

Theme light() {
    return {
        .background = rgb(0xE9EDF2),
        .panel = rgb(0xFFFFFF),
        .border = rgb(0xB9C2CF),
        .grid = rgb(0xE3E8EE),
        .text = rgb(0x16202E),
        .muted = rgb(0x56637A),
        .accent = rgb(0x005F9E),
        .warning = rgb(0xB35900),
        .bid = rgb(0x0067B0),
        .ask = rgb(0xC23B00),
        .crosshair = rgb(0x3A4658),
        .causes = {rgb(0x5F4FEB), rgb(0x9978EE), rgb(0x5E6168), rgb(0x27936B), rgb(0x373423),
                   rgb(0x977300), rgb(0xAC9412), rgb(0x7F5300), rgb(0xDE6AA1), rgb(0x730A6D),
                   rgb(0xB705B4)},
        .flows = {rgb(0x464CFF), rgb(0x845969), rgb(0x129AF7), rgb(0xDF0128), rgb(0x15996B),
                  rgb(0x821B51), rgb(0x0A5494), rgb(0x576F15), rgb(0xA6950E), rgb(0xFA5A96)},
        .instruments = {rgb(0xC38948), rgb(0x6366FF), rgb(0x006B6B), rgb(0x704A00), rgb(0x004363),
                        rgb(0x956A10), rgb(0xC902B6), rgb(0x93929D)},
    };
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
