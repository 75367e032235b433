// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "viz/fonts.hpp"
#include "viz/language.hpp"
#include "viz/theme.hpp"

namespace crowdout::viz {

/// How everything is drawn at the moment; widgets take it with each frame, so that a switch of
/// colours, language or size needs no word to anyone.
struct Look {
    const Theme& colors;
    Language language = Language::english;
    float scale = 1;  ///< of text and of what is measured by it

    [[nodiscard]] float px(float pixels) const { return pixels * scale; }
    [[nodiscard]] unsigned small_text() const { return text_size(11 * scale); }
    [[nodiscard]] unsigned body_text() const { return text_size(13 * scale); }
    [[nodiscard]] unsigned title_text() const { return text_size(14 * scale); }
    [[nodiscard]] std::string_view word(Phrase phrase) const { return text(phrase, language); }
};

}  // namespace crowdout::viz
