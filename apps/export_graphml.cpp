// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>
#include <map>

#include "apps/export_tables.hpp"
#include "apps/files.hpp"
#include "market/posting.hpp"
#include "market/units.hpp"

namespace crowdout::apps {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="label" for="node" attr.name="label" attr.type="string"/>
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="reason" for="edge" attr.name="reason" attr.type="string"/>
  <key id="usd" for="edge" attr.name="usd" attr.type="double"/>
  <graph id="economy" edgedefault="directed">
)";

class GraphText {
public:
    void node(const std::string& id, std::string_view name, std::string_view label,
              std::string_view kind) {
        add(R"(    <node id="{}"><data key="name">{}</data><data key="label">{}</data>)"
            R"(<data key="kind">{}</data></node>)"
            "\n",
            id, escaped(name), escaped(label), kind);
    }
    void edge(const std::string& from, const std::string& to, std::string_view relation,
              std::string_view reason, std::int64_t money) {
        add(R"(    <edge source="{}" target="{}"><data key="relation">{}</data>)"
            R"(<data key="reason">{}</data><data key="usd">{}</data></edge>)"
            "\n",
            from, to, relation, reason, static_cast<double>(money) / market::money_per_dollar);
    }
    [[nodiscard]] std::string finished() const { return text_ + "  </graph>\n</graphml>\n"; }

private:
    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    }

    std::string text_{head};
};

}  // namespace

void export_graphml(world::ReplayFile& replay, const std::string& path) {
    const world::Manifest& manifest = replay.manifest();
    const auto sector = [](std::size_t number) { return fmt::format("s{}", number); };
    const auto asset = [](std::size_t number) { return fmt::format("a{}", number); };
    GraphText graph;
    for (std::size_t i = 0; i < manifest.sectors.size(); ++i) {
        graph.node(sector(i), manifest.sectors[i].name, manifest.sectors[i].label, "sector");
    }
    for (std::size_t i = 0; i < manifest.assets.size(); ++i) {
        graph.node(asset(i), manifest.assets[i].name, manifest.assets[i].name, "asset");
    }
    graph.node("debt", "debt", "Owed to banks", "asset");
    if (replay.frames() > 0) {
        const world::Scene& scene = replay.at(replay.frames() - 1);
        for (const world::MoneyRow& row : scene.flows) {
            graph.edge(sector(row.from), sector(row.to), "paid", market::reason_names[row.reason],
                       row.money);
        }
        for (const world::HoldingRow& row : scene.frame.holdings) {
            graph.edge(sector(row.sector),
                       row.asset == world::HoldingRow::debt ? "debt" : asset(row.asset), "holds",
                       "", row.worth);
        }
    }
    write_file(path, graph.finished());
}

}  // namespace crowdout::apps
