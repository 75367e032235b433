// SPDX-License-Identifier: Apache-2.0
#include "viz/toolbar.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/panel_stage.hpp"

namespace crowdout::viz {
namespace {

constexpr std::array views{Command::view_overview, Command::view_flow,  Command::view_markets,
                           Command::view_book,     Command::view_rates, Command::view_agents};

/// Puts buttons side by side.
class Row {
public:
    Row(const sf::FloatRect& rect, const Look& look, const Canvas& canvas)
        : look_{look},
          canvas_{canvas},
          top_{rect.top + look.px(4)},
          height_{rect.height - look.px(8)},
          left_{rect.left + look.px(4)},
          right_{rect.left + rect.width - look.px(4)} {}

    void sign(Command command, bool active = false, float pixels = 28) {
        add({command, take_left(look_.px(pixels)), {}, active});
    }
    void words(Command command, std::string words, bool active = false) {
        const float width = width_of(words);
        add({command, take_left(width), std::move(words), active});
    }
    void right_sign(Command command) { add({command, take_right(look_.px(28)), {}, false}); }
    void right_words(Command command, std::string words, bool active = false) {
        const float width = width_of(words);
        add({command, take_right(width), std::move(words), active});
    }
    void space(float pixels) { left_ += look_.px(pixels); }
    [[nodiscard]] float room() const { return right_ - left_; }
    [[nodiscard]] float width_of(const std::string& words) const {
        return std::round(canvas_.text_width(words, look_.body_text()) + look_.px(16));
    }
    /// Moves what comes next so that `width` pixels lie in the middle of the room.
    void center(float width) { left_ = std::round(left_ + std::max(room() - width, 0.0F) / 2); }
    [[nodiscard]] std::vector<ToolbarButton> take() { return std::move(buttons_); }

private:
    void add(ToolbarButton button) { buttons_.push_back(std::move(button)); }
    sf::FloatRect take_left(float width) {
        const sf::FloatRect rect{left_, top_, width, height_};
        left_ += width + look_.px(2);
        return rect;
    }
    sf::FloatRect take_right(float width) {
        right_ -= width;
        const sf::FloatRect rect{right_, top_, width, height_};
        right_ -= look_.px(2);
        return rect;
    }

    const Look& look_;
    const Canvas& canvas_;
    float top_;
    float height_;
    float left_;
    float right_;
    std::vector<ToolbarButton> buttons_;
};

/// The signs of transport, as on every player; and a camera. Around a centre, `r` pixels about it.
class Sign {
public:
    Sign(Canvas& canvas, const sf::FloatRect& rect, float r, sf::Color color)
        : canvas_{canvas},
          x_{std::round(rect.left + rect.width / 2)},
          y_{std::round(rect.top + rect.height / 2)},
          r_{std::round(r)},
          color_{color} {}

    void arrow(float at, bool right) {
        const float tip = right ? r_ : -r_;
        const float x = x_ + at;
        canvas_.triangle({x - tip / 2, y_ - r_}, {x - tip / 2, y_ + r_}, {x + tip / 2, y_}, color_);
    }
    void bar(float at) { canvas_.fill({x_ + at - 1, y_ - r_, 2, 2 * r_}, color_); }
    void pause() {
        const float width = std::max(std::round(r_ / 2), 2.0F);
        canvas_.fill({x_ - width - 1, y_ - r_, width, 2 * r_}, color_);
        canvas_.fill({x_ + 2, y_ - r_, width, 2 * r_}, color_);
    }
    void play() {
        canvas_.triangle({x_ - r_ * 0.7F, y_ - r_}, {x_ - r_ * 0.7F, y_ + r_}, {x_ + r_, y_},
                         color_);
    }
    void minus() { canvas_.fill({x_ - r_ * 0.8F, y_ - 1, r_ * 1.6F, 2}, color_); }
    void plus() {
        minus();
        canvas_.fill({x_ - 1, y_ - r_ * 0.8F, 2, r_ * 1.6F}, color_);
    }
    void camera() {
        canvas_.frame({x_ - r_ * 1.2F, y_ - r_ * 0.7F, r_ * 2.4F, r_ * 1.6F}, color_, 1.5F);
        canvas_.fill({x_ - r_ * 0.5F, y_ - r_ * 1.1F, r_, r_ * 0.5F}, color_);
        canvas_.disc({x_, y_ + r_ * 0.1F}, r_ * 0.45F, color_);
    }
    void half_moon(sf::Color ground) {
        canvas_.disc({x_, y_}, r_, color_);
        canvas_.disc({x_ + r_ * 0.45F, y_ - r_ * 0.25F}, r_ * 0.85F, ground);
    }

private:
    Canvas& canvas_;
    float x_;
    float y_;
    float r_;
    sf::Color color_;
};

void draw_sign(Canvas& canvas, const ToolbarButton& button, const Look& look, bool playing,
               sf::Color color, sf::Color ground) {
    const float r = look.px(6);
    Sign sign{canvas, button.rect, r, color};
    switch (button.command) {
        case Command::first:
            sign.bar(-r);
            sign.arrow(r / 2, false);
            break;
        case Command::frame_left:
            sign.arrow(-r / 2, false);
            sign.bar(r / 2);
            break;
        case Command::pause:
            playing ? sign.pause() : sign.play();
            break;
        case Command::frame_right:
            sign.bar(-r / 2);
            sign.arrow(r / 2, true);
            break;
        case Command::last:
            sign.arrow(-r / 2, true);
            sign.bar(r);
            break;
        case Command::slower:
            sign.minus();
            break;
        case Command::faster:
            sign.plus();
            break;
        case Command::screenshot:
            sign.camera();
            break;
        case Command::theme:
            sign.half_moon(ground);
            break;
        default:
            break;
    }
}

}  // namespace

std::vector<ToolbarButton> toolbar_buttons(const sf::FloatRect& rect, const Look& look,
                                           const ToolbarState& state, const Canvas& canvas) {
    Row row{rect, look, canvas};
    row.sign(Command::first);
    row.sign(Command::frame_left);
    row.sign(Command::pause, state.playing, 38);
    row.sign(Command::frame_right);
    row.sign(Command::last);
    row.space(8);
    row.sign(Command::slower, false, 22);
    row.words(Command::speed_one, state.speed.text());
    row.sign(Command::faster, false, 22);
    row.words(Command::follow, std::string{look.word(Phrase::button_follow)}, state.following);

    row.right_words(Command::help, "?");
    row.right_sign(Command::screenshot);
    row.right_sign(Command::theme);
    row.right_words(Command::language, look.language == Language::english ? "中文" : "EN");
    row.right_words(Command::log, std::string{look.word(Phrase::panel_log)}, state.log);
    if (state.live) {
        row.right_words(Command::inject, std::string{look.word(Phrase::button_inject)},
                        state.inject);
    }

    std::array<std::string, views.size()> names;
    float wide = look.px(2) * static_cast<float>(views.size() - 1);
    for (std::size_t i = 0; i < views.size(); ++i) {
        names[i] = look.word(title_of(static_cast<View>(i)));
        wide += row.width_of(names[i]);
    }
    const bool fits = wide + look.px(16) <= row.room();
    if (fits) row.center(wide);
    for (std::size_t i = 0; i < views.size(); ++i) {
        row.words(views[i], fits ? names[i] : std::to_string(i + 1),
                  static_cast<std::size_t>(state.view) == i);
    }
    return row.take();
}

std::optional<Command> draw_toolbar(Canvas& canvas, const Look& look, const Pointer& pointer,
                                    const sf::FloatRect& rect,
                                    std::span<const ToolbarButton> buttons,
                                    const ToolbarState& state) {
    const Theme& colors = look.colors;
    std::optional<Command> asked;
    canvas.ground(rect, colors.panel);
    canvas.frame(rect, colors.border);
    for (const ToolbarButton& button : buttons) {
        const bool lit = pointer.over(button.rect);
        const float strength = button.active ? 0.3F : lit ? 0.16F : 0.06F;
        const sf::Color ground =
            mixed(colors.panel, button.active ? colors.accent : colors.text, strength);
        canvas.fill(button.rect, ground);
        if (button.words.empty()) {
            draw_sign(canvas, button, look, state.playing, colors.text, ground);
        } else {
            canvas.text_in(button.words, button.rect,
                           {look.body_text(), colors.text, Align::center});
        }
        if (clicked(pointer, button.rect)) asked = button.command;
    }
    return asked;
}

void draw_toolbar_hint(Canvas& canvas, const Look& look, const Pointer& pointer,
                       std::span<const ToolbarButton> buttons) {
    for (const ToolbarButton& button : buttons) {
        if (!pointer.over(button.rect) || pointer.held) continue;
        std::string hint;
        for (const KeyBinding& binding : key_bindings()) {
            if (binding.command != button.command) continue;
            hint.append(look.word(binding.phrase)).append("  [").append(binding.label).append("]");
            break;
        }
        const float padding = look.px(8);
        const float width = canvas.text_width(hint, look.body_text()) + 2 * padding;
        const float middle = button.rect.left + button.rect.width / 2;
        const float left = std::clamp(middle - width / 2, 2.0F, canvas.size().x - width - 2);
        const sf::FloatRect box{std::round(left), button.rect.top + button.rect.height + look.px(6),
                                std::round(width), look.px(24)};
        canvas.layer();
        canvas.fill(box, mixed(look.colors.panel, look.colors.text, 0.12F));
        canvas.frame(box, look.colors.border);
        canvas.text_in(hint, box, {look.body_text(), look.colors.text, Align::center});
    }
}

}  // namespace crowdout::viz
