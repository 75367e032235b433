// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "studies/chart.hpp"

namespace crowdout::studies {
namespace {

constexpr double row_height = 22;
constexpr double radius_max = 8;

struct Place {
    std::size_t node = 0;
    std::size_t depth = 0;
};

/// Depth first: each node, and then those that follow it, in their order.
std::vector<Place> rows_of(const Tree& tree) {
    std::vector<std::vector<std::size_t>> children(tree.nodes.size());
    std::vector<Place> waiting;
    for (std::size_t i = tree.nodes.size(); i-- > 0;) {
        if (tree.nodes[i].follows) {
            children[*tree.nodes[i].follows].push_back(i);
        } else {
            waiting.push_back({i, 0});
        }
    }
    std::vector<Place> rows;
    while (!waiting.empty()) {
        const Place place = waiting.back();
        waiting.pop_back();
        rows.push_back(place);
        for (const std::size_t child : children[place.node]) {
            waiting.push_back({child, place.depth + 1});
        }
    }
    return rows;
}

}  // namespace

void draw(Markup& out, const Tree& tree, const Sheet& sheet, std::string_view alternative) {
    const std::vector<Place> rows = rows_of(tree);
    std::size_t deepest = 1;
    double largest = 0;
    for (const Place& row : rows) {
        deepest = std::max(deepest, row.depth);
        largest = std::max(largest, tree.nodes[row.node].size);
    }
    const double indent = std::min(28.0, sheet.width / 3 / static_cast<double>(deepest));
    const double height = row_height * static_cast<double>(rows.size()) + 4;
    const Element svg{out,
                      "svg",
                      {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
                       {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(height))},
                       {"role", "img"},
                       {"aria-label", alternative}}};
    std::vector<double> y_of(tree.nodes.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Tree::Node& node = tree.nodes[rows[i].node];
        const double x = 10 + indent * static_cast<double>(rows[i].depth);
        const double y = row_height * (static_cast<double>(i) + 0.5) + 2;
        y_of[rows[i].node] = y;
        if (node.follows) {
            out.mark("path",
                     {{"class", "tree"},
                      {"d", fmt::format("M{} {}V{}H{}", pixels(x - indent),
                                        pixels(y_of[*node.follows]), pixels(y), pixels(x))}});
        }
        const double share = largest > 0 ? node.size / largest : 0;
        out.mark("circle", {{"class", "area warn"},
                            {"cx", x},
                            {"cy", y},
                            {"r", std::max(radius_max * std::sqrt(share), 2.0)}});
        const double left = x + radius_max + 4;
        const double value_width = text_width(node.value) + 6;
        const Element text{out, "text", {{"class", "name"}, {"x", left}, {"y", y + 4}}};
        out.leaf("title", {}, node.label + " " + node.value);
        out.text(fitted(node.label, sheet.width - left - value_width) + "  " + node.value);
    }
}

}  // namespace crowdout::studies
