// SPDX-License-Identifier: Apache-2.0
#include "viz/toasts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace crowdout::viz {
namespace {

constexpr double seconds_shown = 5;    // long enough to read a path (our choice)
constexpr std::size_t toasts_max = 4;  // more would cover the pictures

}  // namespace

void Toasts::say(std::string words, double seconds, bool is_warning) {
    // What is said every frame is said once.
    std::erase_if(toasts_, [&](const Toast& toast) { return toast.words == words; });
    toasts_.push_back({std::move(words), seconds + seconds_shown, is_warning});
    if (toasts_.size() > toasts_max) toasts_.pop_front();
}

void Toasts::draw(Canvas& canvas, const Look& look, float bottom, double seconds) {
    std::erase_if(toasts_, [&](const Toast& toast) { return toast.until <= seconds; });
    if (toasts_.empty()) return;
    canvas.layer();
    const float padding = look.px(10);
    const float height = look.px(28);
    float top = bottom;
    for (auto toast = toasts_.rbegin(); toast != toasts_.rend(); ++toast) {
        top -= height + look.px(6);
        const float wanted = canvas.text_width(toast->words, look.body_text()) + 2 * padding;
        const float width = std::round(std::min(wanted, canvas.size().x - 2 * padding));
        const sf::FloatRect box{std::round((canvas.size().x - width) / 2), top, width, height};
        canvas.fill(box, mixed(look.colors.panel, look.colors.text, 0.14F));
        canvas.frame(box, toast->is_warning ? look.colors.warning : look.colors.accent);
        canvas.text_in(toast->words, {box.left + padding, top, width - 2 * padding + 1, box.height},
                       {look.body_text(), look.colors.text});
    }
}

}  // namespace crowdout::viz
