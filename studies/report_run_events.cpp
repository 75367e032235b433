// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "market/ids.hpp"
#include "studies/forced_sales.hpp"
#include "studies/report_run.hpp"

namespace crowdout::studies {
namespace {

using market::Time;
using world::EventKind;

constexpr std::size_t spans_max = 180;
constexpr std::size_t series_colors = 16;
constexpr std::size_t sales_shown = 60;    ///< of the cascade
constexpr std::size_t events_shown = 300;  ///< one by one
/// A kind with more of them is counted and not listed.
constexpr std::size_t kind_listed_max = 200;

/// By world::EventKind.
constexpr std::array<Words, world::event_names.size()> event_words{{
    {{"shock", "冲击"}},
    {{"shock from outside", "外部注入的冲击"}},
    {{"trading halt", "停牌"}},
    {{"outage", "无法连接"}},
    {{"trading goes on", "恢复交易"}},
    {{"forced sale", "强制卖出"}},
    {{"write-off", "坏账核销"}},
    {{"capital call paid", "缴付出资"}},
    {{"redemption paid", "支付赎回"}},
    {{"finer steps", "步长变细"}},
    {{"coarser steps", "步长变粗"}},
}};

std::string account_name(const RunSketch& run, std::uint32_t packed) {
    const auto account = market::AccountId::from_packed(packed);
    const world::Manifest::Block& block = run.manifest().blocks[account.block()];
    if (block.members == 1) return block.name;
    return fmt::format("{}[{}]", block.name, account.row());
}

/// Whom or what an event is about.
std::string subject_of(const RunSketch& run, const world::EventRow& row, Language language) {
    switch (static_cast<EventKind>(row.kind)) {
        case EventKind::shock:
            return run.manifest().shocks[row.reference];
        case EventKind::input:
        case EventKind::finer_steps:
        case EventKind::coarser_steps:
            return std::to_string(row.reference);
        case EventKind::halt:
        case EventKind::outage:
        case EventKind::resume:
            return row.book < run.books().size() ? run.manifest().books[row.book].name : "";
        case EventKind::forced_sale:
            return account_name(run, row.account);
        case EventKind::write_off:
        case EventKind::capital_call:
        case EventKind::redemption:
            return sector_name(run, row.reference, language);
    }
    return {};
}

std::string amount_of(const world::EventRow& row, Language language) {
    if (row.amount == 0) return "–";
    return value_text(static_cast<double>(row.amount) / market::money_per_dollar, Unit::dollars,
                      language);
}

void forced_volume(Page& page, const RunSketch& run) {
    const Language language = page.language();
    const Periods::Table table = run.forced().table(run.from(), run.to(), spans_max);
    Stack stack{.edges = table.edges, .moments = shocks_of(run, language), .height = 220};
    std::vector<Page::Color> legend;
    Page::Table sums{.heads = {"", std::string{page.say({{"sold by force", "强制卖出"}})},
                               std::string{page.say({{"of all traded", "占成交额"}})}}};
    for (std::size_t book = 0; book < run.books().size(); ++book) {
        const RunSketch::Book& each = run.books()[book];
        if (each.forced <= 0) continue;
        const std::string color = fmt::format("c{}", book % series_colors);
        stack.names.push_back(run.manifest().books[book].name);
        stack.colors.push_back(color);
        stack.values.push_back(table.values[book]);
        legend.push_back({run.manifest().books[book].name, color});
        sums.rows.push_back({run.manifest().books[book].name,
                             value_text(each.forced, Unit::dollars, language),
                             value_text(each.forced / each.volume, Unit::percent, language)});
    }
    page.paragraph(fmt::format(
        fmt::runtime(page.say(
            {{"Dollars sold because leverage had to be restored (margin calls, "
              "liquidations, deleveraging), by market, in spans of {}.",
              "因须恢复杠杆（追加保证金、强制平仓、自动减仓）而卖出的金额，按市场，每段 {}。"}})),
        span_text(table.span, language)));
    page.legend(legend);
    page.chart(stack,
               page.say({{"Dollars sold by force over time by market; the table below has the "
                          "sums.",
                          "各市场强制卖出金额随时间的变化；合计见下表。"}}));
    page.folded(page.say({{"As a table", "以表格显示"}}), [&] { page.table(sums); });
}

std::string seller_name(const RunSketch& run, const ForcedSale& sale, Language language) {
    return sale.account == ForcedSale::whole_sector ? sector_name(run, sale.sector, language)
                                                    : account_name(run, sale.account);
}

/// The largest sales, and those that they follow.
std::vector<std::size_t> shown_sales(const std::vector<ForcedSale>& sales) {
    std::vector<std::size_t> by_size(sales.size());
    for (std::size_t i = 0; i < sales.size(); ++i) by_size[i] = i;
    std::ranges::stable_sort(by_size, std::ranges::greater{},
                             [&](std::size_t i) { return sales[i].usd; });
    std::vector<bool> shown(sales.size());
    std::size_t count = 0;
    for (const std::size_t each : by_size) {
        for (std::optional<std::size_t> at = each; at && count < sales_shown && !shown[*at];
             at = sales[*at].follows) {
            shown[*at] = true;
            ++count;
        }
    }
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < sales.size(); ++i) {
        if (shown[i]) kept.push_back(i);
    }
    return kept;
}

Tree tree_of(const RunSketch& run, const std::vector<ForcedSale>& sales, Language language) {
    Tree tree;
    std::map<std::size_t, std::size_t> number;
    for (const std::size_t i : shown_sales(sales)) {
        const ForcedSale& sale = sales[i];
        std::string books;
        for (const std::uint16_t book : sale.books) {
            books += (books.empty() ? "" : ", ") + run.manifest().books[book].name;
        }
        Tree::Node node{.label = fmt::format("{}  {}{}{}", time_text(Time{sale.begin}, language),
                                             seller_name(run, sale, language),
                                             books.empty() ? "" : ": ", books),
                        .value = value_text(sale.usd, Unit::dollars, language),
                        .size = sale.usd};
        // The one it follows may be among those that are not drawn.
        if (sale.follows) {
            const auto parent = number.find(*sale.follows);
            if (parent != number.end()) node.follows = parent->second;
        }
        number[i] = tree.nodes.size();
        tree.nodes.push_back(std::move(node));
    }
    return tree;
}

void cascade(Page& page, const RunSketch& run) {
    const std::vector<ForcedSale> sales = forced_sales(run);
    if (sales.size() < 2) return;
    const Language language = page.language();
    const auto following = static_cast<std::size_t>(std::ranges::count_if(
        sales, [](const ForcedSale& sale) { return sale.follows.has_value(); }));
    page.out().leaf("h3", {}, page.say({{"Which sale came after which", "强制卖出的先后"}}));
    page.paragraph(
        fmt::format(fmt::runtime(page.say({{"{} forced sales; {} of them came after another.",
                                            "共 {} 次强制卖出，其中 {} 次跟在另一次之后。"}})),
                    sales.size(), following));
    const Tree tree = tree_of(run, sales, language);
    page.chart(tree, page.say({{"Forced sales as a tree, each below the one it came after.",
                                "强制卖出的树状图，每次位于其前一次之下。"}}));
    if (tree.nodes.size() < sales.size()) {
        page.note(fmt::format(
            fmt::runtime(page.say({{"The largest {} are drawn.", "图中为最大的 {} 次。"}})),
            tree.nodes.size()));
    }
    page.note(
        page.say({{"A sale stands below an earlier one in the same market that ended at most a day "
                   "before and "
                   "whose price had fallen since; below the latest such. That it came after is a "
                   "fact; that it "
                   "came because of it is not, a fork without the first would tell. Of an account "
                   "the sum is "
                   "what its lender called for at once, of a sector what it sold.",
                   "一次卖出列在同一市场中、至多一天前结束且此后价格下跌的最近一次卖出之下。"
                   "先后是事实，因果则不是：去掉前一次的分叉运行才能说明。"
                   "账户的金额为贷方一次要求的最大数额，部门的金额为其卖出总额。"}}));
}

}  // namespace

void run_section::forced(Page& page, const RunSketch& run) {
    const bool any = std::ranges::any_of(
        run.books(), [](const RunSketch::Book& book) { return book.forced > 0; });
    if (!any) return;
    page.section(page.say({{"Forced sales", "强制卖出"}}));
    forced_volume(page, run);
    cascade(page, run);
}

void run_section::events(Page& page, const RunSketch& run) {
    if (run.events().empty()) return;
    const Language language = page.language();
    struct Sum {
        std::size_t count = 0;
        std::int64_t amount = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;
    };
    std::array<Sum, event_words.size()> sums{};
    for (const RunSketch::Event& event : run.events()) {
        Sum& sum = sums[event.row.kind];
        if (sum.count++ == 0) sum.first = event.time;
        sum.amount += event.row.amount;
        sum.last = event.time;
    }
    page.section(page.say({{"Events", "事件"}}));
    Page::Table table{.heads = {"", std::string{page.say({{"how often", "次数"}})},
                                std::string{page.say({{"in all", "合计"}})},
                                std::string{page.say({{"first", "首次"}})},
                                std::string{page.say({{"last", "末次"}})}}};
    for (std::size_t kind = 0; kind < sums.size(); ++kind) {
        const Sum& sum = sums[kind];
        if (sum.count == 0) continue;
        table.rows.push_back({std::string{page.say(event_words[kind])}, std::to_string(sum.count),
                              amount_of({.amount = sum.amount}, language),
                              time_text(Time{sum.first}, language),
                              time_text(Time{sum.last}, language)});
    }
    page.table(table);

    Page::Table list{.heads = {std::string{page.say({{"time (UTC)", "时间（UTC）"}})},
                               std::string{page.say({{"event", "事件"}})},
                               std::string{page.say({{"of", "对象"}})},
                               std::string{page.say({{"dollars", "金额"}})}},
                     .text_columns = 3};
    std::size_t left_out = 0;
    for (const RunSketch::Event& event : run.events()) {
        if (sums[event.row.kind].count > kind_listed_max || list.rows.size() == events_shown) {
            ++left_out;
            continue;
        }
        list.rows.push_back({time_text(Time{event.time}, language),
                             std::string{page.say(event_words[event.row.kind])},
                             subject_of(run, event.row, language), amount_of(event.row, language)});
    }
    if (list.rows.empty()) return;
    page.folded(page.say({{"One by one", "逐条"}}), [&] {
        page.table(list);
        if (left_out == 0) return;
        page.note(fmt::format(
            fmt::runtime(page.say({{"{} more are only counted here; `crowdout export` gives all.",
                                    "另有 {} 条仅计数；`crowdout export` 可导出全部。"}})),
            left_out));
    });
}

}  // namespace crowdout::studies
