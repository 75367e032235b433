// SPDX-License-Identifier: Apache-2.0
#include "world/manifest_json.hpp"

#include <algorithm>

#include "world/json_fields.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

namespace {

constexpr std::uint16_t no_book = 0xffff;

template <class Object, class T>
concept Is = std::is_same_v<std::remove_const_t<Object>, T>;

}  // namespace

template <class Field, Is<Manifest::Book> Book>
void visit_fields(Field& field, Book& book) {
    field("name", book.name);
    field("kind", book.kind);
    field("session", book.session);
    field("usd_per_tick", book.usd_per_tick);
    field("whole_per_lot", book.whole_per_lot);
    field("money_per_tick_lot", book.money_per_tick_lot);
    field("asset", book.asset);
}

template <class Field, Is<Manifest::Sector> Sector>
void visit_fields(Field& field, Sector& sector) {
    field("name", sector.name);
    field("label", sector.label);
    field("label_zh", sector.label_zh);
    field("role", sector.role);
    field("is_intermediary", sector.is_intermediary);
}

template <class Field, Is<Manifest::Asset> Asset>
void visit_fields(Field& field, Asset& asset) {
    field("name", asset.name);
    field("whole_per_unit", asset.whole_per_unit);
}

template <class Field, Is<Manifest::Block> Block>
void visit_fields(Field& field, Block& block) {
    field("name", block.name);
    field("archetype", block.archetype);
    field("sector", block.sector);
    field("members", block.members);
}

template <class Field, Is<Manifest::Series> Series>
void visit_fields(Field& field, Series& series) {
    field("name", series.name);
    field("unit", series.unit);
    field("book", series.book);
}

template <class Field, Is<Overlay> AnyOverlay>
void visit_fields(Field& field, AnyOverlay& overlay) {
    field("name", overlay.name);
    field("source", overlay.source);
    field("book", overlay.book);
    field("series", overlay.series);
    field("rebase", overlay.rebase);
    field("times", overlay.times);
    field("values", overlay.values);
}

template <class Field, Is<Manifest> AnyManifest>
void visit_fields(Field& field, AnyManifest& manifest) {
    field("world_name", manifest.world_name);
    field("description", manifest.description);
    field("description_zh", manifest.description_zh);
    field("seed", manifest.seed);
    field("start", manifest.start);
    field("duration", manifest.duration);
    field("books", manifest.books);
    field("sectors", manifest.sectors);
    field("assets", manifest.assets);
    field("blocks", manifest.blocks);
    field("series", manifest.series);
    field("shocks", manifest.shocks);
    field("sources", manifest.sources);
    field("overlays", manifest.overlays);
}

std::string manifest_json(const Manifest& manifest) {
    return to_json(manifest);
}

Manifest read_manifest_json(std::string_view text) {
    Manifest manifest;
    const Node node = parse_json("manifest.json", text);
    JsonReader{node}.read(manifest);
    const auto fits = [](const auto& items, auto points_into) {
        return std::ranges::all_of(items, points_into);
    };
    const bool whole =
        fits(manifest.books,
             [&](const Manifest::Book& each) {
                 return each.asset < manifest.assets.size() && each.usd_per_tick > 0;
             }) &&
        fits(manifest.blocks,
             [&](const Manifest::Block& each) { return each.sector < manifest.sectors.size(); }) &&
        fits(manifest.series,
             [&](const Manifest::Series& each) {
                 return each.book < manifest.books.size() || each.book == no_book;
             }) &&
        fits(manifest.overlays, [&](const Overlay& each) {
            return (each.book < manifest.books.size() || each.series < manifest.series.size()) &&
                   each.times.size() == each.values.size() && std::ranges::is_sorted(each.times);
        });
    if (!whole) throw ReplayError{"the manifest's lists do not fit each other", 0};
    return manifest;
}

}  // namespace crowdout::world
