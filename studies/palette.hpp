// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "market/order.hpp"

namespace crowdout::studies {

/// Colours of data and of what stands around it, 0xRRGGBB, for the window and for reports.
///
/// What is demanded of them stands at viz::Theme, and tests/viz/theme_test.cpp checks it.
struct Palette {
    std::uint32_t background;  ///< between panels
    std::uint32_t panel;
    std::uint32_t border;
    std::uint32_t grid;
    std::uint32_t text;
    std::uint32_t muted;  ///< text of second rank: axis labels, units
    std::uint32_t accent;
    std::uint32_t warning;
    std::uint32_t bid;  ///< and what rose
    std::uint32_t ask;  ///< and what fell
    std::array<std::uint32_t, market::cause_count> causes;
    std::array<std::uint32_t, 8> instruments;
};

inline constexpr Palette dark_palette{
    .background = 0x0A0D12,
    .panel = 0x11151C,
    .border = 0x2A3342,
    .grid = 0x222A36,
    .text = 0xE6EBF2,
    .muted = 0x93A0B4,
    .accent = 0x56B4E9,
    .warning = 0xFFA510,
    .bid = 0x00B4F0,
    .ask = 0xFF6A3D,
    .causes = {0x18DFFF, 0xBAFFE8, 0x8C69B5, 0x37A9A0, 0x188967, 0xF0E442, 0xD58805, 0xECB258,
               0xC1560B, 0xC77DFF, 0xACC6B1},
    .instruments = {0xF4A700, 0x75B2FB, 0x008756, 0xF3FC40, 0xA167F3, 0xF30100, 0xC967A7, 0xA5E8A4},
};

inline constexpr Palette light_palette{
    .background = 0xE9EDF2,
    .panel = 0xFFFFFF,
    .border = 0xB9C2CF,
    .grid = 0xE3E8EE,
    .text = 0x16202E,
    .muted = 0x56637A,
    .accent = 0x005F9E,
    .warning = 0xB35900,
    .bid = 0x0067B0,
    .ask = 0xC23B00,
    .causes = {0x5F4FEB, 0x9978EE, 0x5E6168, 0x27936B, 0x373423, 0x977300, 0xAC9412, 0x7F5300,
               0xDE6AA1, 0x730A6D, 0xB705B4},
    .instruments = {0xC38948, 0x6366FF, 0x006B6B, 0x704A00, 0x004363, 0x956A10, 0xC902B6, 0x93929D},
};

/// From the ninth instrument on the colours return, half way to the text's: 16 in all.
[[nodiscard]] constexpr std::uint32_t instrument_color(const Palette& palette, std::size_t index) {
    const std::uint32_t color = palette.instruments[index % palette.instruments.size()];
    if (index % (2 * palette.instruments.size()) < palette.instruments.size()) return color;
    std::uint32_t mixed = 0;
    for (const unsigned shift : {16U, 8U, 0U}) {
        mixed |= (((color >> shift & 0xFF) + (palette.text >> shift & 0xFF) + 1) / 2) << shift;
    }
    return mixed;
}

}  // namespace crowdout::studies
