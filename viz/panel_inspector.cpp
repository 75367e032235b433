// SPDX-License-Identifier: Apache-2.0
#include "viz/panel_inspector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "market/ids.hpp"
#include "market/posting.hpp"
#include "market/units.hpp"

namespace crowdout::viz {
namespace {

using market::Side;
using world::HoldingRow;
using world::Manifest;
using world::Scene;

constexpr std::size_t rows_max = 8;  // of a section: the largest (our choice)

double usd_of(std::int64_t money) {
    return static_cast<double>(money) / market::money_per_dollar;
}

/// Writes sections. Sums come as (words, dollars), in any order.
class Writer {
public:
    Writer(const Manifest& manifest, const Scene& scene, Language language)
        : manifest_{manifest}, scene_{scene}, language_{language} {}

    std::vector<InspectorSection> take() { return std::move(sections_); }

    void sector(std::uint32_t number) {
        if (number >= manifest_.sectors.size()) return;
        open(std::string{name_of(manifest_.sectors[number], language_)});
        open(text(Phrase::inspect_cash));
        for (const world::CashRow& row : scene_.frame.cash) {
            if (row.sector != number) continue;
            plain(text(Phrase::inspect_dollars), dollars(usd_of(row.cash)));
            plain(text(Phrase::tip_idle), dollars(usd_of(row.idle)));
        }
        accounts_of(number);
        std::map<std::string, double> sheet;
        for (const HoldingRow& row : scene_.frame.holdings) {
            if (row.sector != number || row.asset == 0) continue;
            const bool owed = row.asset == HoldingRow::debt;
            sheet[owed ? text(Phrase::inspect_debt) : manifest_.assets[row.asset].name] +=
                usd_of(row.worth);
        }
        section(Phrase::inspect_sheet, sheet);
        std::map<std::string, double> in;
        std::map<std::string, double> out;
        for (const world::MoneyRow& row : scene_.flows) {
            if (row.from == row.to || row.reason >= market::reason_count) continue;
            const auto group = flow_group(static_cast<market::Reason>(row.reason));
            // Trades are told by book; as payments they would only name makers.
            if (!group || *group == FlowGroup::trades) continue;
            const std::string what = ": " + text(phrase_of(*group));
            if (row.to == number) {
                in[std::string{name_of(manifest_.sectors[row.from], language_)} + what] +=
                    usd_of(row.money);
            } else if (row.from == number) {
                out[std::string{name_of(manifest_.sectors[row.to], language_)} + what] +=
                    usd_of(row.money);
            }
        }
        std::map<std::string, double> bought;
        for (const world::TradedRow& row : scene_.trades) {
            if (row.sector != number) continue;
            const bool buys = row.side == static_cast<std::uint8_t>(Side::buy);
            bought[manifest_.books[row.book].name] += usd_of(buys ? row.money : -row.money);
        }
        section(Phrase::inspect_bought, bought);
        section(Phrase::inspect_received, in);
        section(Phrase::inspect_paid, out);
    }

    void book(std::uint32_t number) {
        if (number >= manifest_.books.size()) return;
        const Manifest::Book& terms = manifest_.books[number];
        open(terms.name);
        open(text(Phrase::inspect_now));
        for (const world::BookRow& row : scene_.frame.books) {
            if (row.book == number) quote(row, terms);
        }
        std::map<std::string, double> sold;
        std::map<std::string, double> net;
        for (const world::TradedRow& row : scene_.trades) {
            if (row.book != number) continue;
            const bool sells = row.side == static_cast<std::uint8_t>(Side::sell);
            if (sells)
                sold[text(phrase_of(static_cast<market::Cause>(row.cause)))] += usd_of(row.money);
            net[std::string{name_of(manifest_.sectors[row.sector], language_)}] +=
                usd_of(sells ? -row.money : row.money);
        }
        section(Phrase::inspect_net, net);
        section(Phrase::inspect_sold, sold);
        executions_in(number);
    }

    void account(std::uint32_t packed, const std::deque<world::DecisionRow>& decisions) {
        const auto id = market::AccountId::from_packed(packed);
        if (id.block() >= manifest_.blocks.size()) return;
        const Manifest::Block& block = manifest_.blocks[id.block()];
        open(name_of_account(packed));
        if (block.sector < manifest_.sectors.size()) {
            plain(std::string{name_of(manifest_.sectors[block.sector], language_)}, "");
            sections_.back().rows.back().leads_to = {Picked::Kind::sector, block.sector};
        }
        std::map<std::string, double> sheet;
        for (const world::AccountRow& row : scene_.frame.accounts) {
            if (row.account != packed) continue;
            sheet[row.debt != 0 ? text(Phrase::inspect_debt) : manifest_.assets[row.asset].name] +=
                usd_of(row.worth);
        }
        section(Phrase::inspect_sheet, sheet);
        // A recording has what its world asked for; in a live run it comes with the next frame.
        if (sheet.empty() && decisions.empty()) {
            plain(text(Phrase::no_data), "");
            return;
        }
        open(text(Phrase::inspect_orders));
        for (const world::OrderRow& row : scene_.frame.orders) {
            if (row.account == packed) order(row.book, row.side, row.cause, row.price, row.lots);
        }
        open(text(Phrase::inspect_decisions));
        std::int64_t told = 0;
        for (auto row = decisions.rbegin(); row != decisions.rend(); ++row) {
            if (row->at != told) plain(time_text(market::Time{row->at}, language_), "");
            told = row->at;
            order(row->book, row->side, row->cause, row->price, row->lots);
        }
    }

private:
    [[nodiscard]] std::string name_of_account(std::uint32_t packed) const {
        const auto id = market::AccountId::from_packed(packed);
        const Manifest::Block& block = manifest_.blocks[id.block()];
        return block.members > 1 ? fmt::format("{} [{}]", block.name, id.row()) : block.name;
    }

    /// The first account of each block; the others are found by their numbers.
    void accounts_of(std::uint32_t sector) {
        open(text(Phrase::inspect_accounts));
        for (std::size_t block = 1; block < manifest_.blocks.size(); ++block) {
            const Manifest::Block& each = manifest_.blocks[block];
            if (each.sector != sector) continue;
            plain(each.name, each.members > 1 ? fmt::format("×{}", each.members) : "");
            const market::AccountId first{static_cast<std::uint32_t>(block), 0};
            sections_.back().rows.back().leads_to = {Picked::Kind::account, first.packed()};
        }
    }

    /// The largest of this frame, where the book is recorded in full.
    void executions_in(std::uint32_t book) {
        std::vector<world::FillRow> fills;
        for (const world::FillRow& fill : scene_.frame.fills) {
            if (fill.book == book) fills.push_back(fill);
        }
        if (fills.empty()) return;
        std::ranges::stable_sort(fills, std::ranges::greater{}, &world::FillRow::lots);
        if (fills.size() > rows_max) fills.resize(rows_max);
        open(text(Phrase::inspect_executions));
        for (const world::FillRow& fill : fills) {
            const bool buys = fill.taker_side == static_cast<std::uint8_t>(Side::buy);
            const double usd = static_cast<double>(fill.price) * static_cast<double>(fill.lots) *
                               static_cast<double>(manifest_.books[book].money_per_tick_lot) /
                               market::money_per_dollar;
            plain(
                name_of_account(fill.taker) + (buys ? " ← " : " → ") + name_of_account(fill.maker),
                dollars(usd));
            sections_.back().rows.back().leads_to = {Picked::Kind::account, fill.taker};
        }
    }

    [[nodiscard]] std::string text(Phrase phrase) const {
        return std::string{viz::text(phrase, language_)};
    }
    [[nodiscard]] std::string dollars(double usd) const {
        return value_text(usd, Unit::dollars, language_);
    }
    [[nodiscard]] std::string percent(double share) const {
        return value_text(share, Unit::percent, language_);
    }

    void open(std::string title) { sections_.push_back({std::move(title), {}}); }
    void plain(std::string words, std::string figure) {
        sections_.back().rows.push_back({std::move(words), std::move(figure), 0, {}});
    }

    /// The largest sums, with bars.
    void section(Phrase title, const std::map<std::string, double>& sums) {
        std::vector<std::pair<std::string, double>> rows{sums.begin(), sums.end()};
        std::erase_if(rows, [](const auto& row) { return std::abs(row.second) < 1; });
        if (rows.empty()) return;
        std::ranges::stable_sort(rows, std::ranges::greater{},
                                 [](const auto& row) { return std::abs(row.second); });
        if (rows.size() > rows_max) rows.resize(rows_max);
        open(text(title));
        const double largest = std::abs(rows.front().second);
        for (const auto& [words, usd] : rows) {
            sections_.back().rows.push_back({words, dollars(usd), usd / largest, {}});
        }
    }

    void quote(const world::BookRow& row, const Manifest::Book& terms) {
        const double mid = static_cast<double>(row.mid_twice) / 2;
        plain(text(Phrase::inspect_price), dollars(mid * terms.usd_per_tick));
        if (row.value_twice > 0 && mid > 0) {
            const double value = static_cast<double>(row.value_twice) / 2;
            plain(text(Phrase::inspect_value), dollars(value * terms.usd_per_tick));
            plain(text(Phrase::inspect_premium), percent(mid / value - 1));
        }
        if (row.bid > 0 && row.ask > 0 && mid > 0) {
            plain(text(Phrase::inspect_spread),
                  percent(static_cast<double>(row.ask - row.bid) / mid));
        }
        plain(text(Phrase::inspect_bids), dollars(usd_of(row.bid_depth)));
        plain(text(Phrase::inspect_asks), dollars(usd_of(row.ask_depth)));
        plain(text(Phrase::inspect_sigma), percent(row.sigma * 1e-6));
        plain(text(Phrase::inspect_volume), dollars(usd_of(row.volume)));
    }

    void order(std::uint16_t book, std::uint8_t side, std::uint8_t cause, std::int64_t price,
               std::int64_t lots) {
        if (book >= manifest_.books.size() || cause >= market::cause_count) return;
        const Manifest::Book& terms = manifest_.books[book];
        const bool buys = side == static_cast<std::uint8_t>(Side::buy);
        const double usd = static_cast<double>(price) * static_cast<double>(lots) *
                           static_cast<double>(terms.money_per_tick_lot) / market::money_per_dollar;
        plain(fmt::format("{} {}, {}", text(buys ? Phrase::inspect_buys : Phrase::inspect_sells),
                          terms.name, text(phrase_of(static_cast<market::Cause>(cause)))),
              fmt::format("{} @ {}", dollars(usd),
                          dollars(static_cast<double>(price) * terms.usd_per_tick)));
    }

    const Manifest& manifest_;
    const Scene& scene_;
    Language language_;
    std::vector<InspectorSection> sections_;
};

}  // namespace

std::vector<InspectorSection> inspect(const Picked& picked, const Manifest& manifest,
                                      const Scene& scene, Language language,
                                      const std::deque<world::DecisionRow>& decisions) {
    Writer writer{manifest, scene, language};
    switch (picked.kind) {
        case Picked::Kind::sector:
            writer.sector(picked.number);
            break;
        case Picked::Kind::book:
            writer.book(picked.number);
            break;
        case Picked::Kind::account:
            writer.account(picked.number, decisions);
            break;
    }
    return writer.take();
}

std::optional<Picked> InspectorPanel::draw(const Stage& stage, const sf::FloatRect& rect,
                                           world::FrameSource& source, std::size_t index,
                                           const std::optional<Picked>& picked) {
    const sf::FloatRect inner = draw_panel(stage, rect, Phrase::panel_inspector);
    const Look& look = stage.look;
    if (!picked || index >= source.frames()) {
        draw_nothing(stage, inner, Phrase::inspect_nothing);
        return std::nullopt;
    }
    if (picked != shown_) scrolled_ = 0;
    shown_ = picked;
    static const std::deque<world::DecisionRow> none;
    const bool is_account = picked->kind == Picked::Kind::account;
    const auto& decisions = is_account ? decisions_.follow(source, index, picked->number) : none;
    const std::vector<InspectorSection> sections =
        inspect(*picked, source.manifest(), source.at(index), look.language, decisions);
    std::size_t count = 0;
    for (const InspectorSection& section : sections) count += 1 + section.rows.size();
    const float line = std::round(look.px(17));
    const auto fit = static_cast<std::size_t>(std::max(inner.height / line, 1.0F));
    if (stage.pointer.over(rect)) scrolled_ -= 3 * stage.pointer.wheel;
    scrolled_ = std::clamp(scrolled_, 0.0F, static_cast<float>(count > fit ? count - fit : 0));
    const auto skipped = static_cast<std::size_t>(scrolled_);

    std::optional<Picked> clicked_row;
    std::size_t number = 0;
    const auto place = [&]() -> std::optional<sf::FloatRect> {
        const std::size_t at = number++;
        if (at < skipped || at >= skipped + fit) return std::nullopt;
        return sf::FloatRect{inner.left, inner.top + line * static_cast<float>(at - skipped),
                             inner.width, line};
    };
    for (std::size_t i = 0; i < sections.size(); ++i) {
        if (const auto at = place()) {
            stage.canvas.text_in(sections[i].title, *at,
                                 {.size = i == 0 ? look.body_text() : look.small_text(),
                                  .color = i == 0 ? look.colors.text : look.colors.accent});
        }
        for (const InspectorSection::Row& row : sections[i].rows) {
            const auto at = place();
            if (!at) continue;
            if (const auto asked = draw_row(stage, *at, row)) clicked_row = asked;
        }
    }
    return clicked_row;
}

/// What can be clicked has the colour of links, and a ground under the mouse.
std::optional<Picked> InspectorPanel::draw_row(const Stage& stage, const sf::FloatRect& place,
                                               const InspectorSection::Row& row) const {
    const Theme& colors = stage.look.colors;
    const unsigned size = stage.look.small_text();
    if (row.leads_to && stage.pointer.over(place)) {
        stage.canvas.fill(place, with_alpha(colors.text, 0.1F));
    }
    const auto share = static_cast<float>(std::abs(row.share));
    stage.canvas.fill({place.left, place.top + 1, place.width * share, place.height - 2},
                      with_alpha(row.share < 0 ? colors.ask : colors.bid, 0.22F));
    const float figure = stage.canvas.text_width(row.figure, size);
    stage.canvas.text_in(row.words,
                         {place.left + 3, place.top, place.width - figure - 10, place.height},
                         {.size = size, .color = row.leads_to ? colors.accent : colors.text});
    stage.canvas.text_in(row.figure, {place.left, place.top, place.width - 3, place.height},
                         {.size = size, .color = colors.muted, .align = Align::right});
    return clicked(stage.pointer, place) ? row.leads_to : std::nullopt;
}

}  // namespace crowdout::viz
