// SPDX-License-Identifier: Apache-2.0
#include "studies/number_range.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "agents/numeric.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::studies {

namespace {

double to_six_digits(double value) {
    return std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr);
}

}  // namespace

double NumberRange::at(double share) const {
    if (share <= 0) return from;
    if (share >= 1) return to;
    const double value = scale == Scale::linear
                             ? from + share * (to - from)
                             : from * agents::exp(share * agents::log(to / from));
    return std::clamp(to_six_digits(value), from, to);
}

double NumberRange::share_of(double number) const {
    if (scale == Scale::linear) return (number - from) / (to - from);
    return agents::log(number / from) / agents::log(to / from);
}

std::optional<double> read_number(const std::string& text, agents::Dimension unit,
                                  const std::string& at, std::vector<FieldMistake>& mistakes) {
    double number = 0;
    if (const auto refusal = world::parse_real(text, unit, number)) {
        mistakes.push_back({at, refusal->message, refusal->expected});
        return std::nullopt;
    }
    return number;
}

std::optional<NumberRange> read_range(const std::vector<world::Literal>& ends, Scale scale,
                                      agents::Dimension unit, std::vector<FieldMistake>& mistakes) {
    const auto from = read_number(ends[0].text, unit, "range[0]", mistakes);
    const auto to = read_number(ends[1].text, unit, "range[1]", mistakes);
    if (!from || !to) return std::nullopt;
    if (!(*from < *to)) {
        mistakes.push_back({"range", "does not rise from its first end to its second", ""});
        return std::nullopt;
    }
    if (scale == Scale::log && !(*from > 0)) {
        mistakes.push_back({"range", "ratios need ends above zero", "`scale: linear`"});
        return std::nullopt;
    }
    return NumberRange{.from = *from, .to = *to, .scale = scale};
}

}  // namespace crowdout::studies
