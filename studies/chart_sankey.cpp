// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "studies/chart.hpp"

namespace crowdout::studies {
namespace {

constexpr double node_width = 12;
constexpr double node_gap = 18;  ///< px between nodes: room for a label each
constexpr double bands_height = 300;

struct Box {
    double x = 0;
    double y = 0;
    double height = 0;
    double left_used = 0;   ///< of its height, by links that came in
    double right_used = 0;  ///< and that go out
};

/// Nodes of the columns [first, last], from top to bottom in their order.
struct Picture {
    std::vector<Box> boxes;  ///< by node; those of other columns have no height
    double height = 0;
    double px_per_unit = 0;
};

Picture place(const Sankey& sankey, std::size_t first, std::size_t last, double width) {
    Picture picture;
    picture.boxes.resize(sankey.nodes.size());
    double total = 0;
    std::vector<double> sums(last + 1);
    for (std::size_t i = 0; i < sankey.nodes.size(); ++i) {
        const std::size_t column = sankey.nodes[i].column;
        if (column < first || column > last) continue;
        sums[column] += sankey.size(i);
        total = std::max(total, sums[column]);
    }
    picture.px_per_unit = total > 0 ? bands_height / total : 0;
    std::vector<double> below(last + 1, 14.0);
    for (std::size_t i = 0; i < sankey.nodes.size(); ++i) {
        const std::size_t column = sankey.nodes[i].column;
        if (column < first || column > last) continue;
        const double share =
            static_cast<double>(column - first) / static_cast<double>(last - first);
        Box& box = picture.boxes[i];
        box.x = share * (width - node_width);
        box.y = below[column];
        box.height = sankey.size(i) * picture.px_per_unit;
        below[column] += box.height + node_gap;
        picture.height = std::max(picture.height, below[column]);
    }
    // Columns of fewer nodes stand in the middle.
    for (std::size_t i = 0; i < sankey.nodes.size(); ++i) {
        const std::size_t column = sankey.nodes[i].column;
        if (column < first || column > last) continue;
        picture.boxes[i].y += (picture.height - below[column]) / 2;
    }
    return picture;
}

void draw_link(Markup& out, const Sankey& sankey, const Sankey::Link& link, Picture& picture,
               Language language) {
    Box& from = picture.boxes[link.from];
    Box& to = picture.boxes[link.to];
    const double thickness = link.value * picture.px_per_unit;
    const double y1 = from.y + from.right_used;
    const double y2 = to.y + to.left_used;
    from.right_used += thickness;
    to.left_used += thickness;
    const double x1 = from.x + node_width;
    const double x2 = to.x;
    const double middle = (x1 + x2) / 2;
    const Element band{
        out,
        "path",
        {{"class", "flow " + sankey.nodes[link.from].color},
         {"d", fmt::format("M{0} {2}C{4} {2} {4} {3} {1} {3}V{6}C{4} {6} {4} {5} {0} {5}z",
                           pixels(x1), pixels(x2), pixels(y1), pixels(y2), pixels(middle),
                           pixels(y1 + thickness), pixels(y2 + thickness))}}};
    out.leaf("title", {},
             fmt::format("{} → {}: {}", sankey.nodes[link.from].label, sankey.nodes[link.to].label,
                         value_text(link.value, sankey.unit, language)));
}

void draw_node(Markup& out, const Sankey& sankey, std::size_t node, const Box& box,
               bool label_to_the_left, double room, Language language) {
    const std::string value = value_text(sankey.size(node), sankey.unit, language);
    const std::string& label = sankey.nodes[node].label;
    {
        const Element rectangle{out,
                                "rect",
                                {{"class", "area " + sankey.nodes[node].color},
                                 {"x", box.x},
                                 {"y", box.y},
                                 {"width", node_width},
                                 {"height", std::max(box.height, 1.0)}}};
        out.leaf("title", {}, label + ": " + value);
    }
    const std::string shown = fitted(label, room - text_width(value) - 6) + " " + value;
    const double y = box.y + box.height / 2 + 4;
    if (label_to_the_left) {
        out.leaf("text", {{"class", "halo end"}, {"x", box.x - 5}, {"y", y}}, shown);
    } else {
        out.leaf("text", {{"class", "halo"}, {"x", box.x + node_width + 5}, {"y", y}}, shown);
    }
}

void draw_columns(Markup& out, const Sankey& sankey, const Sheet& sheet, std::size_t first,
                  std::size_t last, std::string_view alternative) {
    Picture picture = place(sankey, first, last, sheet.width);
    out.open("svg",
             {{"class", sheet.narrow ? "narrow chart" : "wide chart"},
              {"viewBox", fmt::format("0 0 {} {}", pixels(sheet.width), pixels(picture.height))},
              {"role", "img"},
              {"aria-label", alternative}});
    for (const Sankey::Link& link : sankey.links) {
        const std::size_t column = sankey.nodes[link.from].column;
        if (column < first || column >= last) continue;
        draw_link(out, sankey, link, picture, sheet.language);
    }
    const double room = sheet.width / static_cast<double>(last - first + 1) - node_width - 8;
    for (std::size_t i = 0; i < sankey.nodes.size(); ++i) {
        const std::size_t column = sankey.nodes[i].column;
        if (column < first || column > last) continue;
        draw_node(out, sankey, i, picture.boxes[i], column == last, room, sheet.language);
    }
    out.close();
}

}  // namespace

double Sankey::size(std::size_t node) const {
    double in = 0;
    double out = 0;
    for (const Link& link : links) {
        if (link.to == node) in += link.value;
        if (link.from == node) out += link.value;
    }
    return std::max(in, out);
}

void draw(Markup& out, const Sankey& sankey, const Sheet& sheet, std::string_view alternative) {
    std::size_t last = 0;
    for (const Sankey::Node& node : sankey.nodes) last = std::max(last, node.column);
    if (sankey.links.empty() || last == 0) return;
    if (!sheet.narrow) {
        draw_columns(out, sankey, sheet, 0, last, alternative);
        return;
    }
    for (std::size_t column = 0; column < last; ++column) {
        draw_columns(out, sankey, sheet, column, column + 1, alternative);
    }
}

}  // namespace crowdout::studies
