// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "world/field_reader.hpp"
#include "world/quantity_text.hpp"
#include "world/text.hpp"

namespace crowdout::world {
namespace {

using agents::Distribution;

constexpr std::string_view expected_distribution =
    "a number, or {lognormal: {median: , sigma: }}, {normal: {mean: , sd: }}, {uniform: [low, "
    "high]}, {pareto: {min: , alpha: }}, {exponential: {mean: }}, {choice: {values: [], weights: "
    "[]}}; beside it min: and max: to cut the tails";

/// The two parameters of a shape. What has the field's unit is read as the field is.
struct Shape {
    std::string_view name;
    Distribution::Kind kind;
    std::string_view first;   ///< has the field's unit
    std::string_view second;  ///< "" where there is one parameter
    bool second_has_unit;
    bool first_positive;
};

constexpr std::array<Shape, 4> shapes{{
    {"normal", Distribution::Kind::normal, "mean", "sd", true, false},
    {"lognormal", Distribution::Kind::lognormal, "median", "sigma", false, true},
    {"pareto", Distribution::Kind::pareto, "min", "alpha", false, true},
    {"exponential", Distribution::Kind::exponential, "mean", "", false, true},
}};

/// The field's unit without its range: parameters of a shape may lie where draws may not.
FieldInfo unbounded(const FieldInfo& info, bool positive) {
    FieldInfo parameter;
    parameter.unit = info.unit;
    parameter.positive = positive;
    return parameter;
}

}  // namespace

void FieldReader::read_distribution(const Node& node, const FieldInfo& info, Distribution& value,
                                    const std::string& path) {
    value = Distribution{};
    value.low = info.min;
    value.high = info.max;
    if (node.kind == Node::Kind::scalar) {
        read_real(node, info, value.a, path);
        return;
    }
    if (!expect_kind(node, Node::Kind::map, path, std::string{expected_distribution})) return;

    // One shape, and beside it the ends at which draws are cut.
    std::size_t shape_count = 0;
    constexpr std::array<std::string_view, 8> keys{"normal",  "lognormal", "pareto", "exponential",
                                                   "uniform", "choice",    "min",    "max"};
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const std::string& key = node.keys[i].text;
        const std::string key_path = path + "." + shortened(key);
        if (key == "min" || key == "max") {
            read_real(node.items[i], info, key == "min" ? value.low : value.high, key_path);
        } else if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
            ++shape_count;
            read_distribution_shape(key, node.items[i], info, value, key_path);
        } else {
            error(Code::bad_distribution, node.keys[i].place, key_path,
                  "unknown distribution '" + shortened(key) + "'" + did_you_mean(key, keys),
                  std::string{expected_distribution});
            return;
        }
    }
    if (shape_count != 1) {
        error(Code::bad_distribution, node.place, path,
              shape_count == 0 ? "no distribution is named here" : "more than one distribution",
              std::string{expected_distribution});
    }
    if (!(value.low <= value.high)) {
        error(Code::bad_distribution, node.place, path, "min lies above max");
    }
}

void FieldReader::read_distribution_shape(const std::string& shape, const Node& node,
                                          const FieldInfo& info, Distribution& value,
                                          const std::string& path) {
    if (shape == "uniform") {
        value.kind = Distribution::Kind::uniform;
        if (!expect_kind(node, Node::Kind::list, path, "two numbers: [low, high]")) return;
        if (node.items.size() != 2) {
            error(Code::bad_distribution, node.place, path, "a uniform distribution has two ends",
                  "[low, high]");
            return;
        }
        const bool low_ok = read_real(node.items[0], info, value.a, path + "[0]");
        const bool high_ok = read_real(node.items[1], info, value.b, path + "[1]");
        if (low_ok && high_ok && value.a > value.b) {
            error(Code::bad_distribution, node.place, path, "the low end lies above the high end");
        }
        return;
    }
    if (!expect_kind(node, Node::Kind::map, path, "a map of the distribution's parameters")) return;

    std::vector<std::string_view> known;
    if (shape == "choice") {
        known = {"values", "weights"};
        value.kind = Distribution::Kind::choice;
        read_choice_values(node, info, value, path);
    } else {
        const Shape& found = *std::find_if(shapes.begin(), shapes.end(),
                                           [&](const Shape& s) { return s.name == shape; });
        value.kind = found.kind;
        known = {found.first};
        if (!found.second.empty()) known.push_back(found.second);
        // sd has the unit of the mean; sigma and alpha are pure numbers.
        FieldInfo second = unbounded(info, true);
        if (!found.second_has_unit) second.unit = Dimension::number;
        for (const std::string_view key : known) {
            const Node* parameter = node.find(key);
            const bool is_first = key == found.first;
            if (parameter == nullptr) {
                error(Code::bad_distribution, node.place, path,
                      "a " + shape + " distribution needs '" + std::string{key} + "'");
            } else {
                read_real(*parameter, is_first ? unbounded(info, found.first_positive) : second,
                          is_first ? value.a : value.b, path + "." + std::string{key});
            }
        }
    }
    for (const Node::Key& key : node.keys) {
        if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
        error(Code::unknown_key, key.place, path + "." + shortened(key.text),
              "unknown key '" + shortened(key.text) + "'" + did_you_mean(key.text, known),
              "one of " + joined(known));
    }
}

void FieldReader::read_choice_values(const Node& node, const FieldInfo& info, Distribution& value,
                                     const std::string& path) {
    const Node* values = node.find("values");
    const Node* weights = node.find("weights");
    const auto is_list = [](const Node* list) {
        return list == nullptr || list->kind == Node::Kind::list;
    };
    if (values == nullptr || !is_list(values) || values->items.empty() || !is_list(weights)) {
        error(Code::bad_distribution, node.place, path, "a choice needs a list of values",
              "{values: [a, b], weights: [3, 1]}");
        return;
    }
    for (std::size_t i = 0; i < values->items.size(); ++i) {
        value.values.push_back(0);
        read_real(values->items[i], info, value.values.back(),
                  path + ".values[" + std::to_string(i) + "]");
    }
    // Without weights all values are equally likely.
    value.weights.assign(value.values.size(), 1);
    if (weights == nullptr) return;
    if (weights->items.size() != value.values.size()) {
        error(Code::bad_distribution, weights->place, path + ".weights",
              "as many weights as values are needed",
              std::to_string(value.values.size()) + " weights");
        return;
    }
    // Weights are proportions: any unit would do, so they have none.
    FieldInfo weight;
    weight.min = 0;
    double sum = 0;
    for (std::size_t i = 0; i < weights->items.size(); ++i) {
        read_real(weights->items[i], weight, value.weights[i],
                  path + ".weights[" + std::to_string(i) + "]");
        sum += value.weights[i];
    }
    if (!(sum > 0) || !std::isfinite(sum)) {
        error(Code::bad_distribution, weights->place, path + ".weights",
              "the weights have no sum above zero");
    }
}

}  // namespace crowdout::world
