// SPDX-License-Identifier: Apache-2.0
#include "world/replay_meta.hpp"

#include <fmt/format.h>

#include "world/json_fields.hpp"
#include "world/replay_error.hpp"

namespace crowdout::world {

template <class Field, class Object>
requires std::is_same_v<std::remove_const_t<Object>, ReplayMeta>
void visit_fields(Field& field, Object& meta) {
    field("format", meta.format);
    field("version", meta.version);
    field("compiler", meta.compiler);
    field("back_end", meta.back_end);
    field("seed", meta.seed);
    field("steps", meta.steps);
    field("parent", meta.parent);
    field("parent_step", meta.parent_step);
    field("checkpoint", meta.checkpoint);
}

template <class Field, class Object>
requires std::is_same_v<std::remove_const_t<Object>, LiveInput>
void visit_fields(Field& field, Object& input) {
    field("step", input.step);
    field("order", input.order);
    field("yaml", input.yaml);
}

std::string meta_json(const ReplayMeta& meta) {
    return to_json(meta);
}

ReplayMeta read_meta_json(std::string_view text) {
    ReplayMeta meta;
    const Node node = parse_json(meta_attachment, text);
    JsonReader{node}.read(meta);
    if (meta.format > replay_format) {
        throw ReplayError{fmt::format("a replay of format {}, written by version {}; this program "
                                      "reads formats up to {}",
                                      meta.format, meta.version, replay_format),
                          0};
    }
    return meta;
}

std::string input_json(const LiveInput& input) {
    return to_json(input);
}

LiveInput read_input_json(std::string_view text) {
    LiveInput input;
    const Node node = parse_json("an input", text);
    JsonReader{node}.read(input);
    return input;
}

}  // namespace crowdout::world
