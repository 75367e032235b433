// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/field.hpp"
#include "market/time.hpp"
#include "world/measure.hpp"
#include "world/track_view.hpp"
#include "world/tracks.hpp"

// What the parameters of measures have in common. Each measure is a struct with `visit`,
//
//     MeasureUnit unit() const;                        what its value is
//     void need(TrackNeeds& needs) const;              what tracks must keep for it
//     std::string reference() const;                   whose days of stress count
//     Measured evaluate(const TrackView& view) const;  throws Undefined
//
// and one line in measure_catalogue.cpp. Without `need` it takes the prices of `of` every
// `horizon`; without `reference` it looks at the stretch as a whole. A `horizon` is checked for all
// of them.

namespace crowdout::world {

using agents::Dimension;
using agents::FieldInfo;
using agents::Reference;

constexpr FieldInfo instrument_field(const char* help, const char* help_zh, bool required = true) {
    return {
        .help = help, .help_zh = help_zh, .required = required, .refers_to = Reference::instrument};
}

constexpr FieldInfo horizon_field() {
    return {.help = "What a return spans; a day or more goes from close to close.",
            .help_zh = "收益率的跨度；一天及以上按收盘价计。",
            .unit = Dimension::duration,
            .min = 1,
            .positive = true};
}

constexpr FieldInfo every_field() {
    return {.help = "How often it looks.",
            .help_zh = "观察间隔。",
            .unit = Dimension::duration,
            .min = 1,
            .positive = true};
}

/// Keeps the prices of a book so often that every moment of a grid of `horizon` has its own row:
/// sessions open and close on half hours.
inline TrackNeeds::Book& need_prices(TrackNeeds& needs, const std::string& name,
                                     market::Duration horizon) {
    needs.refine(market::minute * 30);
    if (horizon < market::day) needs.refine(horizon);
    return needs.books[name];
}

/// A finite value, or why there is none.
/// @throws Undefined
[[nodiscard]] Measured measured(double value, std::string_view why_not);

}  // namespace crowdout::world
