// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "world/loader.hpp"
#include "world/variant.hpp"

/// A small world with a field of every kind, for the tests of the loader.
namespace crowdout::world::toy {

using agents::Dimension;
using agents::Distribution;
using agents::NamedList;
using agents::Reference;

enum class Kind { coin, share, bond };
inline agents::EnumNames enum_names(Kind) {
    static constexpr std::array<std::string_view, 3> names{"coin", "share", "bond"};
    return {names.data(), names.size()};
}

struct MakerParams {
    std::string instrument;
    double spread = 0.0005;
    std::int64_t levels = 5;

    template <class Visitor>
    void visit(Visitor& field) {
        field("instrument", instrument, {.required = true, .refers_to = Reference::instrument});
        field("spread", spread,
              {.help = "Between its quotes.", .unit = Dimension::ratio, .min = 0, .max = 1});
        field("levels", levels, {.min = 1, .max = 50});
    }
};

struct TrendParams {
    market::Duration fast = market::day;
    market::Duration slow = market::day * 20;
    std::vector<std::string> instruments;

    template <class Visitor>
    void visit(Visitor& field) {
        field("fast", fast, {.unit = Dimension::duration, .positive = true});
        field("slow", slow, {.unit = Dimension::duration, .positive = true});
        field("instruments", instruments, {.refers_to = Reference::instrument, .items_min = 1});
    }
    void check(agents::Complaints& complaints) const {
        if (fast >= slow) complaints.error("fast", "is not faster than slow");
    }
};

inline Catalogue archetypes() {
    static const std::array entries{
        entry<MakerParams>("market_maker", "Quotes both sides.", "做市商"),
        entry<TrendParams>("trend_fund", "Follows prices.", "趋势基金"),
    };
    return entries;
}

struct ReportShock {
    std::string instrument;
    double revenue = 0;

    template <class Visitor>
    void visit(Visitor& field) {
        field("instrument", instrument, {.required = true, .refers_to = Reference::instrument});
        field("revenue", revenue, {.unit = Dimension::money, .required = true});
    }
};

struct OutageShock {
    market::Duration lasts = market::hour;

    template <class Visitor>
    void visit(Visitor& field) {
        field("lasts", lasts, {.unit = Dimension::duration, .positive = true});
    }
};

inline Catalogue shocks() {
    static const std::array entries{
        entry<ReportShock>("report", "A firm reports.", "公司发布业绩"),
        entry<OutageShock>("outage", "A venue stops serving.", "交易场所中断"),
    };
    return entries;
}

struct Shock {
    std::string name;
    market::Time at;
    Variant<shocks> kind;

    template <class Visitor>
    void visit(Visitor& field) {
        field("name", name, {.required = true});
        field("at", at, {.required = true});
        field("kind", kind, {.required = true});
    }
};

struct Sector {
    std::string name;
    std::string label;

    template <class Visitor>
    void visit(Visitor& field) {
        field("name", name, {.required = true, .declares = Reference::sector});
        field("label", label);
    }
};

struct Instrument {
    std::string name;
    Kind kind = Kind::coin;
    double price = 0;
    double supply = 0;
    std::optional<market::RateR9> coupon;

    template <class Visitor>
    void visit(Visitor& field) {
        field("name", name, {.required = true});
        field("kind", kind, {.help = "What it is.", .help_zh = "种类", .required = true});
        field("price", price, {.unit = Dimension::price, .required = true, .positive = true});
        field("supply", supply, {.unit = Dimension::quantity, .min = 0});
        field("coupon", coupon, {.unit = Dimension::rate, .min = 0, .max = 1});
    }
};

struct Population {
    std::string name;
    std::string sector;
    Variant<archetypes> archetype;
    std::int64_t count = 1;
    Distribution cash{0};
    std::vector<std::pair<std::string, double>> holdings;

    template <class Visitor>
    void visit(Visitor& field) {
        field("name", name, {.required = true});
        field("sector", sector, {.refers_to = Reference::sector});
        field("archetype", archetype, {.help = "How it decides.", .required = true});
        field("count", count, {.min = 1, .max = 1e6});
        field("cash", cash, {.unit = Dimension::money, .min = 0});
        field("holdings", holdings,
              {.unit = Dimension::quantity, .min = 0, .refers_to = Reference::instrument});
    }
};

struct Venue {
    bool open = true;
    market::RateR9 taker_fee = 500'000;

    template <class Visitor>
    void visit(Visitor& field) {
        field("open", open);
        field("taker_fee", taker_fee, {.unit = Dimension::ratio, .min = 0, .max = 0.1});
    }
};

/// What the toy world complains of, as a path; nothing where empty.
inline std::string& complaint() {
    static std::string path;
    return path;
}

struct World {
    std::string name;
    std::int64_t seed = 1;
    market::Time start;
    market::Money reserve;
    double income = 0;
    double growth = 0;
    std::vector<market::Duration> steps{market::minute};
    Venue venue;
    NamedList<Sector> sectors;
    NamedList<Instrument> instruments;
    NamedList<Population> populations;
    NamedList<Shock> shocks;

    template <class Visitor>
    void visit(Visitor& field) {
        field("name", name, {.help = "Of the world.", .help_zh = "世界的名字", .required = true});
        field("seed", seed, {.min = 0});
        field("start", start);
        field("reserve", reserve, {.unit = Dimension::money});
        field("income", income, {.unit = Dimension::money_rate, .min = 0});
        field("growth", growth, {.unit = Dimension::rate, .min = -1, .max = 1});
        field("steps", steps,
              {.unit = Dimension::duration, .min = 0.001, .max = 86'400, .items_min = 1});
        field("venue", venue);
        field("sectors", sectors);
        field("instruments", instruments, {.declares = Reference::instrument});
        field("populations", populations, {.declares = Reference::population});
        field("shocks", shocks);
    }
    void check(agents::Complaints& complaints) const {
        if (!complaint().empty()) complaints.error(complaint(), "is complained of");
    }
};

using Files = std::map<std::string, std::string>;

/// Loads `world.yaml` of files that exist in memory only.
inline Loaded<World> load_files(const Files& files, std::vector<std::string> overrides = {}) {
    LoadOptions options;
    options.overrides = std::move(overrides);
    options.read = [&files](const std::string& path,
                            std::string& why) -> std::optional<std::string> {
        const auto found = files.find(path);
        if (found != files.end()) return found->second;
        why = "there is no such file";
        return std::nullopt;
    };
    return load<World>("world.yaml", options);
}

inline Loaded<World> load_text(const std::string& text, std::vector<std::string> overrides = {}) {
    return load_files({{"world.yaml", text}}, std::move(overrides));
}

/// A world with every field in use, free of mistakes.
inline constexpr std::string_view good_world = R"(# A world
name: toy
seed: 7
start: 2025-10-10T13:30Z
reserve: $1.2B     # dollars
income: $400B/yr
growth: 4%/yr
steps: [5min, 10s]
venue: {open: true, taker_fee: 5bp}
instruments:
  - {name: BTC, kind: coin, price: $92k, supply: 19.8M}
  - name: 国债
    kind: bond
    price: 100
    coupon: 4.25%/yr
populations:
  - name: makers
    archetype: market_maker
    count: 20
    instrument: BTC
    spread: 25bp
    cash: {lognormal: {median: $20M, sigma: 0.5}, max: $1B}
  - name: trend
    archetype: trend_fund
    fast: 2h
    slow: 30d
    instruments: [BTC, 国债]
    holdings: {BTC: 1.5k}
)";

}  // namespace crowdout::world::toy
