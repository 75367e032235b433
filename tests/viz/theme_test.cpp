// SPDX-License-Identifier: Apache-2.0
#include "viz/theme.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>

using namespace crowdout;
using viz::Theme;
using viz::ThemeName;

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

/// Machado, Oliveira and Fernandes (2009), IEEE TVCG 15, table 1, severity 1.0; linear RGB.
constexpr std::array<Matrix, 4> visions{
    Matrix{Triple{1, 0, 0}, Triple{0, 1, 0}, Triple{0, 0, 1}},
    Matrix{Triple{0.152286, 1.052583, -0.204868}, Triple{0.114503, 0.786281, 0.099216},
           Triple{-0.003882, -0.048116, 1.051998}},
    Matrix{Triple{0.367322, 0.860646, -0.227968}, Triple{0.280085, 0.672501, 0.047413},
           Triple{-0.011820, 0.042940, 0.968881}},
    Matrix{Triple{1.255528, -0.076749, -0.178779}, Triple{-0.078411, 0.930809, 0.147602},
           Triple{0.004733, 0.691367, 0.303900}}};

Triple product(const Matrix& m, const Triple& v) {
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i) {
        result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    }
    return result;
}

Triple linear(sf::Color color) {
    const auto of = [](sf::Uint8 channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return {of(color.r), of(color.g), of(color.b)};
}

/// Ottosson (2020), "A perceptual color space for image processing".
Triple oklab(Triple rgb) {
    constexpr Matrix to_lms{Triple{0.4122214708, 0.5363325363, 0.0514459929},
                            Triple{0.2119034982, 0.6806995451, 0.1073969566},
                            Triple{0.0883024619, 0.2817188376, 0.6299787005}};
    constexpr Matrix to_lab{Triple{0.2104542553, 0.7936177850, -0.0040720468},
                            Triple{1.9779984951, -2.4285922050, 0.4505937099},
                            Triple{0.0259040371, 0.7827717662, -0.8086757660}};
    for (double& channel : rgb) channel = std::clamp(channel, 0.0, 1.0);
    Triple lms = product(to_lms, rgb);
    for (double& cone : lms) cone = std::cbrt(cone);
    return product(to_lab, lms);
}

/// How far apart two colours are to those eyes that tell them apart least.
double difference(sf::Color a, sf::Color b) {
    double least = 1e9;
    for (const Matrix& vision : visions) {
        const Triple x = oklab(product(vision, linear(a)));
        const Triple y = oklab(product(vision, linear(b)));
        least = std::min(least, std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]));
    }
    return least;
}

void check_apart(std::span<const sf::Color> colors, sf::Color ground) {
    for (std::size_t i = 0; i < colors.size(); ++i) {
        CAPTURE(i);
        CHECK(viz::contrast(colors[i], ground) >= 3);
        for (std::size_t j = 0; j < i; ++j) {
            CAPTURE(j);
            CHECK(difference(colors[i], colors[j]) >= 0.08);
        }
    }
}

}  // namespace

TEST_CASE("theme: contrast is WCAG's") {
    CHECK(viz::contrast(sf::Color::Black, sf::Color::White) == doctest::Approx(21));
    CHECK(viz::contrast(sf::Color::White, sf::Color::White) == doctest::Approx(1));
    // #777777 on white: 4.48, the example just below the limit in WCAG's own notes.
    CHECK(viz::contrast({0x77, 0x77, 0x77}, sf::Color::White) ==
          doctest::Approx(4.48).epsilon(0.002));
}

TEST_CASE("theme: text can be read") {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light}) {
        const Theme& colors = viz::theme(name);
        for (const sf::Color ground : {colors.panel, colors.background}) {
            CHECK(viz::contrast(colors.text, ground) >= 7);
            CHECK(viz::contrast(colors.muted, ground) >= 4.5);
        }
        for (const sf::Color ink : {colors.accent, colors.warning, colors.bid, colors.ask}) {
            CHECK(viz::contrast(ink, colors.panel) >= 4.5);
        }
        CHECK(viz::contrast(colors.grid, colors.panel) < 1.6);  // a grid must not shout
        CHECK(difference(colors.bid, colors.ask) >= 0.09);
    }
}

TEST_CASE("theme: colours of one set are told apart, by every kind of eye") {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light}) {
        const Theme& colors = viz::theme(name);
        CAPTURE(static_cast<int>(name));
        check_apart(colors.causes, colors.panel);
        check_apart(colors.flows, colors.panel);
        check_apart(colors.instruments, colors.panel);
    }
}

TEST_CASE("theme: sixteen instruments have sixteen colours, all visible") {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light}) {
        const Theme& colors = viz::theme(name);
        std::set<sf::Uint32> seen;
        for (std::size_t i = 0; i < 16; ++i) {
            seen.insert(colors.instrument(i).toInteger());
            CHECK(viz::contrast(colors.instrument(i), colors.panel) >= 3);
        }
        CHECK(seen.size() == 16);
        CHECK(colors.instrument(16) == colors.instrument(0));
    }
}

TEST_CASE("theme: every reason but opening balances and escrow has a group") {
    for (std::size_t i = 0; i < market::reason_count; ++i) {
        const auto reason = static_cast<market::Reason>(i);
        CAPTURE(market::reason_names[i]);
        const bool hidden = reason == market::Reason::endowment || reason == market::Reason::escrow;
        CHECK(viz::flow_group(reason).has_value() != hidden);
    }
    CHECK(viz::flow_group(market::Reason::capex) == viz::FlowGroup::capex);
    CHECK(viz::flow_group(market::Reason::redemptions) == viz::FlowGroup::funds);
}

TEST_CASE("theme: mixing goes from one colour to the other") {
    const sf::Color from{0, 100, 200, 255};
    const sf::Color to{100, 0, 200, 55};

    CHECK(viz::mixed(from, to, 0) == from);
    CHECK(viz::mixed(from, to, 1) == to);
    CHECK(viz::mixed(from, to, 0.5F) == sf::Color{50, 50, 200, 155});
    CHECK(viz::with_alpha(from, 0.5F).a == 128);
    CHECK(viz::with_alpha(from, 7).a == 255);
}
