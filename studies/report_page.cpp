// SPDX-License-Identifier: Apache-2.0
#include "studies/report_page.hpp"

#include <fmt/format.h>

namespace crowdout::studies {

Page::Page(Language language, std::string_view title) : language_{language} {
    out_.verbatim("<!DOCTYPE html>\n");
    out_.open("html", {{"lang", language == Language::chinese ? "zh-Hans" : "en"}});
    {
        const Element head{out_, "head"};
        out_.mark("meta", {{"charset", "utf-8"}});
        out_.mark("meta",
                  {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
        // Nothing may be fetched, whatever a name says.
        out_.mark("meta", {{"http-equiv", "Content-Security-Policy"},
                           {"content",
                            "default-src 'none'; style-src 'unsafe-inline'; "
                            "script-src 'unsafe-inline'"}});
        out_.mark("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
        out_.leaf("title", {}, title);
        out_.verbatim("<style>" + page_style() + "</style>");
    }
    out_.open("body");
    out_.open("main");
}

void Page::heading(std::string_view text) {
    out_.leaf("h1", {}, text);
}

void Page::section(std::string_view title) {
    end_section();
    out_.open("section");
    in_section_ = true;
    out_.leaf("h2", {}, title);
}

void Page::end_section() {
    if (in_section_) out_.close();
    in_section_ = false;
}

void Page::lead(std::string_view text) {
    out_.leaf("p", {{"class", "lead"}}, text);
}

void Page::paragraph(std::string_view text) {
    out_.leaf("p", {}, text);
}

void Page::note(std::string_view text) {
    out_.leaf("p", {{"class", "note"}}, text);
}

void Page::legend(const std::vector<Color>& colors, bool named) {
    const Element list{out_, "ul", {{"class", named ? "legend named" : "legend"}}};
    for (const Color& each : colors) {
        const Element item{out_, "li"};
        out_.leaf("span", {{"class", "swatch " + each.color}}, "");
        out_.text(each.name);
    }
}

void Page::choices(std::string_view group, const std::vector<Choice>& choices) {
    const Element all{out_, "div", {{"class", "choices"}}};
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const std::string id = fmt::format("{}-{}", group, i);
        if (i == 0) {
            out_.mark("input",
                      {{"type", "radio"}, {"name", group}, {"id", id}, {"checked", "checked"}});
        } else {
            out_.mark("input", {{"type", "radio"}, {"name", group}, {"id", id}});
        }
        out_.leaf("label", {{"for", id}}, choices[i].name);
    }
    for (const Choice& choice : choices) {
        const Element shown{out_, "div", {{"class", "choice"}}};
        choice.show();
    }
}

void Page::table(const Table& table) {
    const Element scroll{out_, "div", {{"class", "scroll"}, {"tabindex", "0"}}};
    const Element whole{out_, "table"};
    {
        const Element head{out_, "thead"};
        const Element row{out_, "tr"};
        for (std::size_t i = 0; i < table.heads.size(); ++i) {
            out_.leaf("th", {{"scope", "col"}, {"class", i < table.text_columns ? "words" : ""}},
                      table.heads[i]);
        }
    }
    const Element body{out_, "tbody"};
    for (const auto& cells : table.rows) {
        const Element row{out_, "tr"};
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i == 0) {
                out_.leaf("th", {{"scope", "row"}}, cells[i]);
            } else {
                out_.leaf("td", {{"class", i < table.text_columns ? "words" : ""}}, cells[i]);
            }
        }
    }
}

void Page::folded(std::string_view summary, const std::function<void()>& content) {
    const Element details{out_, "details"};
    out_.leaf("summary", {}, summary);
    content();
}

void Page::preformatted(std::string_view text) {
    out_.leaf("pre", {{"tabindex", "0"}}, text);
}

std::string Page::finish() {
    end_section();
    out_.close();
    out_.verbatim("<script>" + std::string{page_script()} + "</script>\n");
    out_.close();
    out_.close();
    return out_.bytes();
}

}  // namespace crowdout::studies
