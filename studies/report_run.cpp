// SPDX-License-Identifier: Apache-2.0
#include "studies/report_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "market/time.hpp"
#include "studies/capex_funding.hpp"
#include "studies/shell_word.hpp"

namespace crowdout::studies {
namespace {

using market::Time;

std::string dollars(double usd, Language language) {
    return value_text(usd, Unit::dollars, language);
}

std::string count_text(std::uint64_t count, Language language) {
    return count < 100'000 ? std::to_string(count)
                           : value_text(static_cast<double>(count), Unit::plain, language);
}

/// For sentences: a whole percentage.
std::string share_text(double share) {
    return fmt::format("{:.0f}%", share * 100);
}

double change_of(const RunSketch::Book& book) {
    return book.mid.last().value / book.mid.first().value - 1;
}

/// By return, the worst first; books without a price are left out.
std::vector<std::size_t> by_return(const RunSketch& run) {
    std::vector<std::size_t> books;
    for (std::size_t i = 0; i < run.books().size(); ++i) {
        if (!run.books()[i].mid.empty()) books.push_back(i);
    }
    std::ranges::stable_sort(books, {}, [&](std::size_t i) { return change_of(run.books()[i]); });
    return books;
}

std::string market_sentence(const RunSketch& run, Language language) {
    const std::vector<std::size_t> books = by_return(run);
    if (books.empty()) return {};
    const auto& names = run.manifest().books;
    const RunSketch::Book& worst = run.books()[books.front()];
    if (books.size() == 1) {
        return fmt::format(
            fmt::runtime(Words{{"{} changed by {}; at the lowest it was {} below its "
                                "peak.",
                                "{} 涨跌 {}，最低时较峰值低 {}。"}}[language]),
            names[books.front()].name, change_text(change_of(worst)), share_text(-worst.deepest));
    }
    const std::string fall = fmt::format(
        fmt::runtime(Words{{"{} did worst: {}, and {} below its peak at the lowest.",
                            "{} 表现最差：{}，最低时较峰值低 {}。"}}[language]),
        names[books.front()].name, change_text(change_of(worst)), share_text(-worst.deepest));
    return fall +
           fmt::format(fmt::runtime(Words{{" {} did best: {}.", "{} 表现最好：{}。"}}[language]),
                       names[books.back()].name, change_text(change_of(run.books()[books.back()])));
}

/// The largest two sources of AI capex, by tracing.
std::string capex_sentence(const RunSketch& run, Language language) {
    const auto streams =
        capex_streams(run.manifest(), run.flows(), run.trades(), run.opening_cash());
    double total = 0;
    std::map<std::pair<bool, std::uint16_t>, double> by_source;
    for (const CapexStream& stream : streams) {
        total += stream.usd;
        by_source[{stream.is_opening, stream.source}] += stream.usd;
    }
    if (total <= 0) return {};
    std::vector<std::pair<double, std::string>> sources;
    for (const auto& [source, usd] : by_source) {
        const std::string name = sector_name(run, source.second, language);
        sources.emplace_back(
            usd,
            source.first
                ? fmt::format(fmt::runtime(Words{{"{}’ own cash", "{}的自有现金"}}[language]), name)
                : name);
    }
    std::ranges::stable_sort(sources, std::ranges::greater{},
                             &std::pair<double, std::string>::first);
    std::string shares;
    for (std::size_t i = 0; i < std::min<std::size_t>(sources.size(), 2); ++i) {
        shares += fmt::format("{}{} ({})", i == 0 ? "" : Words{{" and ", "和"}}[language],
                              sources[i].second, share_text(sources[i].first / total));
    }
    return fmt::format(fmt::runtime(Words{{"{} went into AI capex; most of it can be traced to {}.",
                                           "共有 {} 流入 AI 资本开支；主要来自{}。"}}[language]),
                       dollars(total, language), shares);
}

std::string forced_sentence(const RunSketch& run, Language language) {
    double forced = 0;
    for (const RunSketch::Book& book : run.books()) forced += book.forced;
    if (forced <= 0) {
        return std::string{Words{
            {"Nobody had to sell to restore leverage.", "没有人因杠杆而被迫卖出。"}}[language]};
    }
    return fmt::format(
        fmt::runtime(Words{{"{} was sold by force: margin calls and what comes after them.",
                            "因追加保证金及后续平仓而被迫卖出 {}。"}}[language]),
        dollars(forced, language));
}

std::string idle_sentence(const RunSketch& run, Language language) {
    double first = 0;
    double last = 0;
    for (const Thinned& each : run.idle()) {
        if (each.empty()) continue;
        first += each.first().value;
        last += each.last().value;
    }
    if (first <= 0) return {};
    return fmt::format(
        fmt::runtime(Words{{"Idle cash went from {} to {}.", "闲置现金从 {} 变为 {}。"}}[language]),
        dollars(first, language), dollars(last, language));
}

void headline(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const auto& manifest = run.manifest();
    page.heading(manifest.world_name);
    const bool chinese = language == Language::chinese && !manifest.description_zh.empty();
    page.lead(chinese ? manifest.description_zh : manifest.description);
    std::string sentences;
    for (const std::string& each : {capex_sentence(run, language), market_sentence(run, language),
                                    idle_sentence(run, language), forced_sentence(run, language)}) {
        if (each.empty()) continue;
        if (!sentences.empty() && language == Language::english) sentences += ' ';
        sentences += each;
    }
    page.paragraph(sentences);
}

void facts(Page& page, const RunSketch& run, const RunOrigin& origin) {
    const Language language = page.language();
    Markup& out = page.out();
    const Element list{out, "dl", {{"class", "facts"}}};
    const auto fact = [&](Words name, const std::string& value) {
        out.leaf("dt", {}, name[language]);
        out.leaf("dd", {}, value);
    };
    fact({{"Time", "时间"}},
         fmt::format(fmt::runtime(Words{{"{} to {} ({})", "{} 至 {}（{}）"}}[language]),
                     time_text(Time{run.from()}, language), time_text(Time{run.to()}, language),
                     span_text(run.to() - run.from(), language)));
    fact({{"Seed", "种子"}}, std::to_string(origin.seed));
    fact({{"Steps", "步数"}}, std::to_string(run.head().step));
    fact({{"Orders and trades", "订单与成交"}},
         count_text(run.head().orders, language) + " / " + count_text(run.head().fills, language));
    fact({{"Digest", "摘要"}}, fmt::format("{:016x}", run.head().digest));
    fact({{"Program", "程序"}}, fmt::format("crowdout {} ({})", origin.version, origin.compiler));
}

void reproduce(Page& page, const RunOrigin& origin) {
    page.folded(page.say({{"Make this run again", "如何重现此次运行"}}), [&] {
        page.paragraph(page.say(
            {{"A run is a function of its world and its seed. Save the world file at the end of "
              "this page as world.yaml; the digest must come out the same.",
              "一次运行只取决于世界文件和种子。把本页末尾的世界文件存为 world.yaml "
              "再运行，摘要必须一致。"}}));
        std::string commands = fmt::format("crowdout run world.yaml --seed {}\n", origin.seed);
        if (!origin.recording.empty()) {
            commands += fmt::format("crowdout verify {} --resim\n", shell_word(origin.recording));
        }
        page.preformatted(commands);
        if (!origin.fork_of.empty()) {
            page.note(fmt::format(
                fmt::runtime(page.say({{"It went on from {}: only its recording holds all of it.",
                                        "它从 {} 继续：只有其录制文件包含全部内容。"}})),
                origin.fork_of));
        }
        if (origin.inputs > 0) {
            page.note(
                page.say({{"Shocks were given from outside while it ran: its recording plays "
                           "them again, the world file alone does not.",
                           "运行期间曾从外部注入冲击：录制文件会重现它们，仅凭世界文件则不会。"}}));
        }
    });
}

void missing(Page& page, const RunSketch& run, const RunOrigin& origin) {
    if (run.missed() == 0 && origin.troubles.empty()) return;
    page.note(
        fmt::format(fmt::runtime(page.say({{"Part of the recording could not be read: {} frames "
                                            "are missing here.",
                                            "录制文件有一部分无法读取：此处缺少 {} 帧。"}})),
                    run.missed()));
    for (const std::string& each : origin.troubles) page.note(each);
}

}  // namespace

std::string sector_name(const RunSketch& run, std::size_t sector, Language language) {
    const world::Manifest::Sector& each = run.manifest().sectors[sector];
    return language == Language::chinese && !each.label_zh.empty() ? each.label_zh : each.label;
}

std::vector<Moment> shocks_of(const RunSketch& run, Language language) {
    std::vector<Moment> moments;
    for (const RunSketch::Event& event : run.events()) {
        const auto kind = static_cast<world::EventKind>(event.row.kind);
        if (kind == world::EventKind::shock) {
            moments.push_back({event.time, run.manifest().shocks[event.row.reference]});
        } else if (kind == world::EventKind::input) {
            moments.push_back(
                {event.time, fmt::format(fmt::runtime(Words{{"given: {}", "注入 {}"}}[language]),
                                         event.row.reference + 1)});
        }
    }
    return moments;
}

std::string span_text(std::int64_t ns, Language language) {
    struct Size {
        std::int64_t ns;
        Words one;
        Words many;
    };
    static const Size sizes[]{
        {market::day.ns, {{"{} day", "{} 天"}}, {{"{} days", "{} 天"}}},
        {market::hour.ns, {{"{} hour", "{} 小时"}}, {{"{} hours", "{} 小时"}}},
        {market::minute.ns, {{"{} minute", "{} 分钟"}}, {{"{} minutes", "{} 分钟"}}},
        {market::second.ns, {{"{} second", "{} 秒"}}, {{"{} seconds", "{} 秒"}}},
    };
    std::string text;
    int parts = 0;
    for (const Size& size : sizes) {
        const std::int64_t count = ns / size.ns;
        if (count == 0 || parts == 2) continue;
        ns -= count * size.ns;
        ++parts;
        if (!text.empty()) text += ' ';
        text += fmt::format(fmt::runtime((count == 1 ? size.one : size.many)[language]), count);
    }
    return text.empty() ? fmt::format(fmt::runtime(sizes[3].many[language]), 0) : text;
}

std::string change_text(double share) {
    return std::isfinite(share) ? fmt::format("{:+.1f}%", share * 100) : "–";
}

void run_section::markets(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const std::vector<std::size_t> books = by_return(run);
    if (books.empty()) return;
    page.section(page.say({{"Markets", "市场"}}));
    Page::Table table;
    for (const Words& head : {Words{{"", ""}}, Words{{"first, USD", "期初（美元）"}},
                              Words{{"last, USD", "期末（美元）"}}, Words{{"change", "涨跌"}},
                              Words{{"deepest fall", "最大回撤"}}, Words{{"at", "时间"}},
                              Words{{"volatility a year", "年化波动率"}},
                              Words{{"traded", "成交额"}}, Words{{"by force", "其中强制"}}}) {
        table.heads.emplace_back(head[language]);
    }
    for (const std::size_t i : books) {
        const RunSketch::Book& book = run.books()[i];
        const world::Manifest::Book& about = run.manifest().books[i];
        const auto volatility = book.volatility(about.session);
        table.rows.push_back({about.name, value_text(book.mid.first().value, Unit::plain, language),
                              value_text(book.mid.last().value, Unit::plain, language),
                              change_text(change_of(book)), change_text(book.deepest),
                              book.deepest < 0 ? time_text(Time{book.deepest_at}, language) : "–",
                              volatility ? value_text(*volatility, Unit::percent, language) : "–",
                              dollars(book.volume, language),
                              book.forced > 0 ? dollars(book.forced, language) : "–"});
    }
    page.table(table);
    page.note(page.say(
        {{"Prices are mids. The deepest fall is below the highest mid before it. Volatility is the "
          "standard deviation of log returns between the last mids of UTC days with trades, times "
          "the root of 365 days (252 where the market has sessions).",
          "价格为买卖中间价。最大回撤相对此前最高中间价。波动率为有成交的 UTC "
          "日末中间价对数收益率的标准差乘以 365（有交易时段的市场为 252）的平方根。"}}));
}

std::string run_report(const RunSketch& run, const RunOrigin& origin, Language language) {
    Page page{language, run.manifest().world_name};
    if (run.empty()) {
        page.heading(run.manifest().world_name);
        page.lead(page.say({{"Nothing was recorded.", "没有任何记录。"}}));
        missing(page, run, origin);
        return page.finish();
    }
    headline(page, run);
    facts(page, run, origin);
    reproduce(page, origin);
    missing(page, run, origin);
    run_section::prices(page, run);
    run_section::markets(page, run);
    run_section::funding(page, run);
    run_section::idle_cash(page, run);
    run_section::rates(page, run);
    run_section::volume(page, run);
    run_section::sellers(page, run);
    run_section::forced(page, run);
    run_section::events(page, run);
    page.section(page.say({{"The world", "世界文件"}}));
    page.folded(page.say({{"The world file in full", "完整的世界文件"}}),
                [&] { page.preformatted(origin.world); });
    return page.finish();
}

}  // namespace crowdout::studies
