// SPDX-License-Identifier: Apache-2.0
#include "studies/report_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "studies/report_page.hpp"
#include "world/json_fields.hpp"
#include "world/replay_error.hpp"

namespace crowdout::studies {

void visit_fields(auto& field, auto& claim) requires
    std::same_as<std::remove_cvref_t<decltype(claim)>, ClaimLine> {
    field("world", claim.world);
    field("name", claim.name);
    field("row", claim.row);
    field("tier", claim.tier);
    field("says", claim.says);
    field("says_zh", claim.says_zh);
    field("unit", claim.unit);
    field("estimate", claim.estimate);
    field("low", claim.low);
    field("high", claim.high);
    field("bound_low", claim.bound_low);
    field("bound_high", claim.bound_high);
    field("data", claim.data);
    field("verdict", claim.verdict);
    field("why", claim.why);
    field("is_known", claim.is_known);
    field("members", claim.members);
}

namespace {

struct ClaimsFile {
    std::vector<ClaimLine> claims{};
};

void visit_fields(auto& field, ClaimsFile& file) {
    field("claims", file.claims);
}

Unit unit_of(const ClaimLine& claim) {
    if (claim.unit == "USD") return Unit::dollars;
    return claim.unit == "share" || claim.unit == "per year" ? Unit::percent : Unit::plain;
}

std::string said(const Page& page, const ClaimLine& claim) {
    const bool chinese = page.language() == Language::chinese && !claim.says_zh.empty();
    return chinese ? claim.says_zh : claim.says.empty() ? claim.name : claim.says;
}

/// Signs beside words: a verdict can be seen without colours.
std::string verdict(const Page& page, const ClaimLine& claim) {
    if (claim.verdict == "holds") return std::string{page.say({{"✓ holds", "✓ 成立"}})};
    if (claim.verdict == "fails") {
        return std::string{claim.is_known ? page.say({{"✗ fails (known)", "✗ 不成立（已知）"}})
                                          : page.say({{"✗ fails", "✗ 不成立"}})};
    }
    return std::string{page.say({{"? undecided", "? 未定"}})};
}

std::string color_of(const ClaimLine& claim) {
    return claim.verdict == "holds" ? "up" : claim.verdict == "fails" ? "down" : "warn";
}

bool has_interval(const ClaimLine& claim) {
    return std::isfinite(claim.low) && std::isfinite(claim.high);
}

std::string bound_text(const ClaimLine& claim, Language language) {
    const auto said = [&](double value) { return value_text(value, unit_of(claim), language); };
    if (std::isfinite(claim.bound_low) && std::isfinite(claim.bound_high)) {
        return fmt::format("{} … {}", said(claim.bound_low), said(claim.bound_high));
    }
    if (std::isfinite(claim.bound_low)) return "> " + said(claim.bound_low);
    if (std::isfinite(claim.bound_high)) return "< " + said(claim.bound_high);
    return "–";
}

std::string interval_text(const ClaimLine& claim, Language language) {
    if (!has_interval(claim)) return "–";
    return fmt::format("{} … {}", value_text(claim.low, unit_of(claim), language),
                       value_text(claim.high, unit_of(claim), language));
}

Row row_of(const Page& page, const ClaimLine& claim) {
    const double infinity = std::numeric_limits<double>::infinity();
    Row row{.label = said(page, claim),
            .value = verdict(page, claim),
            .band = {{std::isfinite(claim.bound_low) ? claim.bound_low : -infinity,
                      std::isfinite(claim.bound_high) ? claim.bound_high : infinity}},
            .dot_color = color_of(claim)};
    if (std::isfinite(claim.estimate)) row.dot = claim.estimate;
    if (std::isfinite(claim.data)) row.diamond = claim.data;
    if (has_interval(claim)) row.whisker = {claim.low, claim.high};
    return row;
}

std::size_t count(const std::vector<ClaimLine>& claims, std::string_view verdict,
                  std::string_view tier) {
    return static_cast<std::size_t>(std::ranges::count_if(claims, [&](const ClaimLine& claim) {
        return (verdict.empty() || claim.verdict == verdict) &&
               (tier.empty() || claim.tier == tier);
    }));
}

void headline(Page& page, const std::vector<ClaimLine>& claims) {
    page.heading(page.say({{"Claims", "论断"}}));
    page.lead(fmt::format(
        fmt::runtime(page.say({{"{} of {} claims hold, {} fail, {} are undecided.",
                                "{1} 条论断中 {0} 条成立，{2} 条不成立，{3} 条未定。"}})),
        count(claims, "holds", ""), claims.size(), count(claims, "fails", ""),
        count(claims, "undecided", "")));
    for (const char* tier : {"A", "B"}) {
        if (count(claims, "", tier) == 0) continue;
        page.paragraph(fmt::format(
            fmt::runtime(page.say({{"Tier {}: {} of {} hold.", "{} 级：{} / {} 成立。"}})), tier,
            count(claims, "holds", tier), count(claims, "", tier)));
    }
    page.note(page.say(
        {{"Each row has a scale of its own: the shaded part is what the claim allows, the dot what "
          "was "
          "measured, the line across it the 95% interval over seeds.",
          "每行自有刻度：阴影为论断允许的范围，圆点为测得的估计，横线为对种子的 95% 区间。"}}));
}

void world_section(Page& page, const std::string& world, const std::vector<ClaimLine>& claims) {
    page.section(world);
    const bool with_data = std::ranges::any_of(claims, [&](const ClaimLine& claim) {
        return claim.world == world && std::isfinite(claim.data);
    });
    RowChart chart{.own_scales = true};
    Page::Table table{.heads = {}, .text_columns = 3};
    for (const Words& head :
         {Words{{"claim", "论断"}}, Words{{"row", "条目"}}, Words{{"tier", "级"}},
          Words{{"estimate", "估计"}}, Words{{"95% interval", "95% 区间"}},
          Words{{"allowed", "允许范围"}}, Words{{"verdict", "结论"}}, Words{{"runs", "运行数"}}}) {
        table.heads.emplace_back(page.say(head));
    }
    if (with_data) table.heads.emplace_back(page.say({{"data", "历史数据"}}));
    for (const ClaimLine& claim : claims) {
        if (claim.world != world) continue;
        chart.rows.push_back(row_of(page, claim));
        table.rows.push_back({claim.name, claim.row, claim.tier,
                              value_text(claim.estimate, unit_of(claim), page.language()),
                              interval_text(claim, page.language()),
                              bound_text(claim, page.language()), verdict(page, claim),
                              std::to_string(claim.members)});
        if (!with_data) continue;
        table.rows.back().push_back(std::isfinite(claim.data)
                                        ? value_text(claim.data, unit_of(claim), page.language())
                                        : std::string{});
    }
    page.chart(chart,
               page.say({{"Intervals of the claims against what they allow; the table below has "
                          "the figures.",
                          "各论断的区间与允许范围；数值见下表。"}}));
    page.table(table);
    if (with_data) {
        page.note(
            page.say({{"A hollow diamond is the same measure on the data of the past that "
                       "the world names.",
                       "空心菱形为同一度量在该世界所引历史数据上的取值。"}}));
    }
    for (const ClaimLine& claim : claims) {
        if (claim.world == world && !claim.why.empty()) {
            page.note(fmt::format("{}: {}", claim.name, claim.why));
        }
    }
}

}  // namespace

std::vector<ClaimLine> read_claims(std::string_view name, std::string_view json) {
    const world::Node node = world::parse_json(name, json);
    ClaimsFile file;
    world::JsonReader{node}.read(file);
    if (file.claims.empty()) {
        throw world::ReplayError{fmt::format("{}: there are no claims in it", name), 0};
    }
    return std::move(file.claims);
}

std::string claims_report(const std::vector<ClaimLine>& claims, Language language) {
    Page page{language, Words{{"Claims", "论断"}}[language]};
    headline(page, claims);
    std::vector<std::string> worlds;
    for (const ClaimLine& claim : claims) {
        if (std::ranges::find(worlds, claim.world) == worlds.end()) worlds.push_back(claim.world);
    }
    for (const std::string& world : worlds) world_section(page, world, claims);
    return page.finish();
}

}  // namespace crowdout::studies
