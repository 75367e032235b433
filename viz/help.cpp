// SPDX-License-Identifier: Apache-2.0
#include "viz/help.hpp"

#include <algorithm>
#include <cmath>

#include "viz/keys.hpp"

namespace crowdout::viz {

void draw_help(Canvas& canvas, const Look& look) {
    const Theme& colors = look.colors;
    const auto lines = help_lines();
    const std::size_t half = std::max<std::size_t>(1, (lines.size() + 1) / 2);  // two columns
    const float line_height = look.px(24);
    float labels = 0;
    float words = 0;
    for (const HelpLine& line : lines) {
        labels = std::max(labels, canvas.text_width(line.labels, look.body_text()));
        words = std::max(words, canvas.text_width(look.word(line.phrase), look.body_text()));
    }
    const float margin = look.px(24);
    const float column = labels + words + look.px(44);
    const sf::Vector2f size{2 * column + 2 * margin,
                            line_height * (static_cast<float>(half) + 2.3F) + 2 * margin};
    const sf::FloatRect box{std::round((canvas.size().x - size.x) / 2),
                            std::round((canvas.size().y - size.y) / 2), size.x, size.y};
    canvas.layer();
    canvas.fill({0, 0, canvas.size().x, canvas.size().y}, with_alpha(colors.background, 0.7F));
    canvas.layer();
    canvas.ground(box, colors.panel);
    canvas.frame(box, colors.accent);
    canvas.text(look.word(Phrase::help_title), {box.left + margin, box.top + margin},
                {text_size(18 * look.scale), colors.text});
    const float top = box.top + margin + line_height * 1.5F;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const float left = box.left + margin + (i < half ? 0 : column);
        const float y = top + line_height * static_cast<float>(i % half);
        const float key_width = labels + look.px(16);
        const sf::FloatRect key{left, y, key_width, line_height - look.px(4)};
        canvas.fill(key, mixed(colors.panel, colors.text, 0.1F));
        canvas.text_in(lines[i].labels, key, {look.body_text(), colors.text, Align::center});
        canvas.text_in(look.word(lines[i].phrase),
                       {left + key_width + look.px(10), y, words + 1, key.height},
                       {look.body_text(), colors.text});
    }
    canvas.text(look.word(Phrase::help_mouse),
                {box.left + margin, top + line_height * (static_cast<float>(half) + 0.3F)},
                {look.body_text(), colors.muted});
}

}  // namespace crowdout::viz
