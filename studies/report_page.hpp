// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "studies/chart.hpp"
#include "studies/language.hpp"
#include "studies/markup.hpp"

namespace crowdout::studies {

/// A page of text, charts and tables that needs nothing but itself: no font, picture, style or
/// script from elsewhere. It can be read without its script, in the dark, on paper and aloud.
class Page {
public:
    Page(Language language, std::string_view title);

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] std::string_view say(Words words) const { return words[language_]; }
    [[nodiscard]] Markup& out() { return out_; }

    void heading(std::string_view text);
    /// Opens the next section; the one before ends.
    void section(std::string_view title);
    void lead(std::string_view text);
    void paragraph(std::string_view text);
    void note(std::string_view text);

    struct Color {
        std::string name;
        std::string color;  ///< class
    };
    /// @param named  a wide chart has the names beside its lines: only narrow ones need it.
    void legend(const std::vector<Color>& colors, bool named = false);

    /// Draws a chart twice, for wide and narrow windows.
    /// @param alternative  what it shows, for those who do not see it.
    template <class Chart>
    void chart(const Chart& chart, std::string_view alternative) {
        draw(out_, chart, wide_sheet(language_), alternative);
        draw(out_, chart, narrow_sheet(language_), alternative);
    }
    /// Charts of which one is seen, by a choice above them that needs no script.
    struct Choice {
        std::string name;
        std::function<void()> show;
    };
    /// @param choices  at most `choices_max`.
    void choices(std::string_view group, const std::vector<Choice>& choices);

    /// The first column is text, the others are figures.
    struct Table {
        std::vector<std::string> heads{};
        std::vector<std::vector<std::string>> rows{};
        std::size_t text_columns = 1;  ///< how many of the first are text
    };
    void table(const Table& table);
    void folded(std::string_view summary, const std::function<void()>& content);
    void preformatted(std::string_view text);

    /// The whole page. Call it once, at the end.
    [[nodiscard]] std::string finish();

private:
    void end_section();

    Language language_;
    Markup out_;
    bool in_section_ = false;
};

inline constexpr std::size_t choices_max = 24;

/// The style sheet with the palettes in it, and the script that says values under the pointer.
[[nodiscard]] std::string page_style();
[[nodiscard]] std::string_view page_script();

}  // namespace crowdout::studies
