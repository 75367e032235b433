// SPDX-License-Identifier: Apache-2.0
#include "world/scene.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "market/hash.hpp"

namespace crowdout::world {

namespace {

auto key(const MoneyRow& row) {
    return std::tuple{row.reason, row.from, row.to};
}
auto key(const TradedRow& row) {
    return std::tuple{row.book, row.sector, row.cause, row.side};
}

void add(MoneyRow& sum, const MoneyRow& row, std::int64_t sign) {
    sum.money += sign * row.money;
}
void add(TradedRow& sum, const TradedRow& row, std::int64_t sign) {
    sum.money += sign * row.money;
    sum.lots += sign * row.lots;
}

/// Adds rows to sorted sums. Most keys are there already: others are put in their place.
template <class Row>
void add_up(std::vector<Row>& sums, const std::vector<Row>& rows, std::int64_t sign) {
    for (const Row& row : rows) {
        const auto place =
            std::ranges::lower_bound(sums, key(row), {}, [](const Row& each) { return key(each); });
        if (place != sums.end() && key(*place) == key(row)) {
            add(*place, row, sign);
        } else {
            Row first = row;
            add(first, row, sign - 1);
            sums.insert(place, first);
        }
    }
}

/// Puts the ladders of the books that come in the place of those books' old ones.
void replace_ladders(std::vector<LadderRow>& shown, const std::vector<LadderRow>& come) {
    if (come.empty()) return;
    std::vector<bool> comes;
    for (const LadderRow& row : come) {
        if (row.book >= comes.size()) comes.resize(row.book + std::size_t{1});
        comes[row.book] = true;
    }
    std::erase_if(shown,
                  [&](const LadderRow& row) { return row.book < comes.size() && comes[row.book]; });
    shown.insert(shown.end(), come.begin(), come.end());
    if (!std::ranges::is_sorted(shown, {}, &LadderRow::book)) {
        std::ranges::stable_sort(shown, {}, &LadderRow::book);
    }
}

/// Hashes rows column by column: padding is not seen.
struct Hasher {
    std::uint64_t h = 0;

    void value(std::uint64_t bits) { h = market::mix(h ^ bits); }

    template <class Row>
    void row(const Row& each) {
        Row::columns([&](std::string_view, auto member) {
            value(static_cast<std::uint64_t>(each.*member));
        });
    }
    template <class Row>
    void rows(const std::vector<Row>& all) {
        value(all.size());
        for (const Row& each : all) row(each);
    }
};

}  // namespace

void Scene::advance(const Frame& next) {
    ++frames;
    frame.head = next.head;
    Frame::tables([&](std::string_view, TableKind kind, auto member) {
        const bool is_state = kind == TableKind::state && !(next.*member).empty();
        if (kind == TableKind::change || is_state) frame.*member = next.*member;
    });
    replace_ladders(frame.ladders, next.ladders);
    add_up(flows, next.flows, 1);
    add_up(trades, next.trades, 1);
}

std::uint64_t Scene::digest() const {
    Hasher hasher;
    hasher.value(frames);
    hasher.row(frame.head);
    Frame::tables([&](std::string_view, TableKind, auto member) { hasher.rows(frame.*member); });
    hasher.rows(flows);
    hasher.rows(trades);
    return hasher.h;
}

std::vector<MoneyRow> flows_between(const std::vector<MoneyRow>& now,
                                    const std::vector<MoneyRow>& then) {
    std::vector<MoneyRow> rows = now;
    add_up(rows, then, -1);
    std::erase_if(rows, [](const MoneyRow& row) { return row.money == 0; });
    return rows;
}

FilmStrip::FilmStrip(Manifest manifest) : manifest_{std::move(manifest)}, history_{manifest_} {}

void FilmStrip::append(Frame frame) {
    history_.append(frame);
    frames_.push_back(std::move(frame));
}

const Scene& FilmStrip::at(std::uint64_t index) {
    assert(index < frames_.size());
    if (index + 1 < scene_.frames) scene_ = {};
    while (scene_.frames <= index) scene_.advance(frames_[scene_.frames]);
    return scene_;
}

}  // namespace crowdout::world
