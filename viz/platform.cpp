// SPDX-License-Identifier: Apache-2.0
#include "viz/platform.hpp"

#include <SFML/System/Err.hpp>
#include <SFML/System/String.hpp>
#include <SFML/Window/Clipboard.hpp>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "viz/display.hpp"
#include "viz/layout.hpp"

namespace crowdout::viz {
namespace {

void map_keys(ImGuiIO& io) {
    using Keyboard = sf::Keyboard;
    constexpr std::array<std::pair<ImGuiKey_, Keyboard::Key>, 22> pairs{
        {{ImGuiKey_Tab, Keyboard::Tab},
         {ImGuiKey_LeftArrow, Keyboard::Left},
         {ImGuiKey_RightArrow, Keyboard::Right},
         {ImGuiKey_UpArrow, Keyboard::Up},
         {ImGuiKey_DownArrow, Keyboard::Down},
         {ImGuiKey_PageUp, Keyboard::PageUp},
         {ImGuiKey_PageDown, Keyboard::PageDown},
         {ImGuiKey_Home, Keyboard::Home},
         {ImGuiKey_End, Keyboard::End},
         {ImGuiKey_Insert, Keyboard::Insert},
         {ImGuiKey_Delete, Keyboard::Delete},
         {ImGuiKey_Backspace, Keyboard::Backspace},
         {ImGuiKey_Space, Keyboard::Space},
         {ImGuiKey_Enter, Keyboard::Enter},
         {ImGuiKey_Escape, Keyboard::Escape},
         {ImGuiKey_KeyPadEnter, Keyboard::Enter},
         {ImGuiKey_A, Keyboard::A},
         {ImGuiKey_C, Keyboard::C},
         {ImGuiKey_V, Keyboard::V},
         {ImGuiKey_X, Keyboard::X},
         {ImGuiKey_Y, Keyboard::Y},
         {ImGuiKey_Z, Keyboard::Z}}};
    for (const auto& [key, code] : pairs) io.KeyMap[key] = code;
}

void set_clipboard(void*, const char* text) {
    const std::string_view utf8{text};
    sf::Clipboard::setString(sf::String::fromUtf8(utf8.begin(), utf8.end()));
}

const char* clipboard(void*) {
    static std::string text;  // Dear ImGui reads it after this call
    const auto utf8 = sf::Clipboard::getString().toUtf8();
    text.assign(utf8.begin(), utf8.end());
    return text.c_str();
}

sf::Vector2u at_least_minimum(sf::Vector2u size) {
    return {std::max(size.x, window_size_min.x), std::max(size.y, window_size_min.y)};
}

ImVec4 imgui_color(sf::Color color) {
    return {static_cast<float>(color.r) / 255, static_cast<float>(color.g) / 255,
            static_cast<float>(color.b) / 255, static_cast<float>(color.a) / 255};
}

void apply_colors(const Theme& theme) {
    ImVec4* colors = ImGui::GetStyle().Colors;
    const auto set = [colors](std::initializer_list<ImGuiCol> places, sf::Color color) {
        for (const ImGuiCol place : places) colors[place] = imgui_color(color);
    };
    const sf::Color raised = mixed(theme.panel, theme.text, 0.08F);
    const sf::Color hovered = mixed(theme.panel, theme.text, 0.16F);
    set({ImGuiCol_Text}, theme.text);
    set({ImGuiCol_TextDisabled}, theme.muted);
    set({ImGuiCol_WindowBg, ImGuiCol_PopupBg, ImGuiCol_MenuBarBg}, theme.panel);
    set({ImGuiCol_ChildBg, ImGuiCol_TableRowBg}, sf::Color::Transparent);
    set({ImGuiCol_Border, ImGuiCol_Separator, ImGuiCol_TableBorderLight,
         ImGuiCol_TableBorderStrong},
        theme.border);
    set({ImGuiCol_FrameBg, ImGuiCol_Button, ImGuiCol_Header, ImGuiCol_Tab, ImGuiCol_ScrollbarBg,
         ImGuiCol_TableHeaderBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive,
         ImGuiCol_TitleBgCollapsed, ImGuiCol_TabUnfocused},
        raised);
    set({ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive, ImGuiCol_ButtonHovered,
         ImGuiCol_HeaderHovered, ImGuiCol_TabHovered, ImGuiCol_ScrollbarGrab,
         ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive, ImGuiCol_TabUnfocusedActive},
        hovered);
    set({ImGuiCol_ButtonActive, ImGuiCol_HeaderActive, ImGuiCol_TabActive, ImGuiCol_TextSelectedBg},
        mixed(theme.panel, theme.accent, 0.45F));
    set({ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_NavHighlight,
         ImGuiCol_PlotLines, ImGuiCol_PlotHistogram},
        theme.accent);
    set({ImGuiCol_TableRowBgAlt}, with_alpha(theme.text, 0.03F));
    set({ImGuiCol_ModalWindowDimBg}, with_alpha(theme.background, 0.6F));
}

}  // namespace

Platform::Platform(sf::Vector2u size, const std::string& title, const Fonts& fonts)
    : fonts_{fonts} {
    require_display();
    size = at_least_minimum(size);
    // Without a graphics card SFML complains that it cannot wait for the screen, which nobody
    // asked.
    std::streambuf* complaints = sf::err().rdbuf(nullptr);
    window_.create(sf::VideoMode{size.x, size.y}, sf::String::fromUtf8(title.begin(), title.end()));
    sf::err().rdbuf(complaints);
    stay_on_screen();
    window_.setFramerateLimit(60);
    window_.setKeyRepeatEnabled(true);

    assert(ImGui::GetCurrentContext() == nullptr);
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;  // what is remembered is remembered in viz/settings
    io.LogFilename = nullptr;
    io.BackendPlatformName = "crowdout";
    io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    io.SetClipboardTextFn = set_clipboard;
    io.GetClipboardTextFn = clipboard;
    map_keys(io);
    if (!window_.setActive(true) || !ImGui_ImplOpenGL3_Init()) {
        ImGui::DestroyContext();
        throw std::runtime_error{"the display has no OpenGL 3"};
    }
    style(theme(ThemeName::dark), 1);
}

Platform::~Platform() {
    if (window_.setActive(true)) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
}

std::span<const Command> Platform::poll() {
    for (sf::Event event; window_.pollEvent(event);) queue_.push(event);
    queue_.take_frame(events_);
    tracker_.begin_frame();
    commands_.clear();
    const ImGuiIO& io = ImGui::GetIO();
    for (const sf::Event& event : events_) {
        tell_panels(event);
        tracker_.handle(event, io.WantCaptureMouse, since_start_.getElapsedTime());
        if (event.type == sf::Event::Resized) resized(event.size);
        if (event.type == sf::Event::Closed) commands_.push_back(Command::quit);
        // The flag is renewed by the next frame only; an active field takes keys at once.
        const bool typing = io.WantCaptureKeyboard || ImGui::IsAnyItemActive();
        if (event.type != sf::Event::KeyPressed || typing) continue;
        if (const auto command = command_of(event.key)) commands_.push_back(*command);
    }
    tracker_.set_inside(!io.WantCaptureMouse || tracker_.pointer().held);
    return commands_;
}

/// SFML centres a new window by a screen mode that some X servers report turned by 90 degrees.
void Platform::stay_on_screen() {
    const sf::Vector2i screen = screen_size();
    const sf::Vector2i size{window_.getSize()};
    const sf::Vector2i at = window_.getPosition();
    const auto inside = [](int position, int length, int whole) {
        return std::clamp(position, 0, std::max(0, whole - length));
    };
    const sf::Vector2i better{inside(at.x, size.x, screen.x), inside(at.y, size.y, screen.y)};
    if (better != at) window_.setPosition(better);
}

void Platform::tell_panels(const sf::Event& event) {
    ImGuiIO& io = ImGui::GetIO();
    switch (event.type) {
        case sf::Event::MouseMoved:
            io.MousePos = {static_cast<float>(event.mouseMove.x),
                           static_cast<float>(event.mouseMove.y)};
            break;
        case sf::Event::MouseLeft: {
            constexpr float nowhere = -std::numeric_limits<float>::max();
            if (!ImGui::IsAnyMouseDown()) io.MousePos = {nowhere, nowhere};
            break;
        }
        case sf::Event::MouseButtonPressed:
        case sf::Event::MouseButtonReleased:
            io.MousePos = {static_cast<float>(event.mouseButton.x),
                           static_cast<float>(event.mouseButton.y)};
            if (event.mouseButton.button < IM_ARRAYSIZE(io.MouseDown)) {
                io.MouseDown[event.mouseButton.button] =
                    event.type == sf::Event::MouseButtonPressed;
            }
            break;
        case sf::Event::MouseWheelScrolled:
            if (event.mouseWheelScroll.wheel == sf::Mouse::VerticalWheel) {
                io.MouseWheel += event.mouseWheelScroll.delta;
            } else {
                io.MouseWheelH += event.mouseWheelScroll.delta;
            }
            break;
        case sf::Event::TextEntered:
            // Control characters arrive here too; panels learn of those as keys.
            if (event.text.unicode >= 0x20 && event.text.unicode != 0x7F) {
                io.AddInputCharacter(event.text.unicode);
            }
            break;
        case sf::Event::KeyPressed:
        case sf::Event::KeyReleased:
            if (event.key.code >= 0) {
                io.KeysDown[event.key.code] = event.type == sf::Event::KeyPressed;
            }
            io.KeyCtrl = event.key.control;
            io.KeyShift = event.key.shift;
            io.KeyAlt = event.key.alt;
            io.KeySuper = event.key.system;
            break;
        case sf::Event::LostFocus:
            // What is released elsewhere is not told here.
            std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
            std::fill(std::begin(io.MouseDown), std::end(io.MouseDown), false);
            io.KeyCtrl = io.KeyShift = io.KeyAlt = io.KeySuper = false;
            break;
        default:
            break;
    }
}

void Platform::resized(const sf::Event::SizeEvent& size) {
    // SFML 2.5 knows no least size: a window that is made smaller grows back.
    const sf::Vector2u wanted = at_least_minimum({size.width, size.height});
    if (wanted != sf::Vector2u{size.width, size.height}) window_.setSize(wanted);
    window_.setView(sf::View{{0, 0, static_cast<float>(wanted.x), static_cast<float>(wanted.y)}});
}

void Platform::begin_panels() {
    if (atlas_is_old_) build_font_atlas();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size().x, size().y};
    // A frame of no length is an error to Dear ImGui; one of a minute would finish all animations.
    io.DeltaTime = std::clamp(since_frame_.restart().asSeconds(), 1e-4F, 0.25F);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
}

void Platform::end_panels() {
    ImGui::Render();
    if (window_.setActive(true)) ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Platform::style(const Theme& theme, float scale) {
    ImGui::GetStyle() = ImGuiStyle{};
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowRounding = style.FrameRounding = style.PopupRounding = style.GrabRounding = 3;
    style.FrameBorderSize = 0;
    style.WindowBorderSize = style.PopupBorderSize = 1;
    style.ScaleAllSizes(scale);
    apply_colors(theme);
    constexpr float text_pixels = 16;  // at scale 1; Noto's Latin letters are small for their size
    const float pixels = std::round(text_pixels * scale);
    atlas_is_old_ = atlas_is_old_ || pixels != text_size_;
    text_size_ = pixels;
}

void Platform::announce(std::string_view text) {
    if (characters_.add(text)) atlas_is_old_ = true;
}

void Platform::build_font_atlas() {
    atlas_is_old_ = false;
    if (!window_.setActive(true)) return;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    static std::vector<std::uint16_t> ranges;  // read while the atlas lives
    static_assert(std::is_same_v<ImWchar, std::uint16_t>);
    ranges = characters_.ranges();
    atlas.Clear();
    ImFontConfig config;
    config.OversampleH = config.OversampleV = 1;  // four times as many texels would gain little
    config.FontDataOwnedByAtlas = false;
    // Dear ImGui only reads the bytes when it does not own them.
    auto* bytes = const_cast<std::uint8_t*>(fonts_.bytes().data());
    atlas.AddFontFromMemoryTTF(bytes, static_cast<int>(fonts_.bytes().size()), text_size_, &config,
                               ranges.data());
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

}  // namespace crowdout::viz
