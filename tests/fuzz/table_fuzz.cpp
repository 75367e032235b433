// SPDX-License-Identifier: Apache-2.0
// A libFuzzer program: no table makes the reader crash, hang or take what it should not. Build and
// run as world_file_fuzz.cpp says, with the corpus tests/malformed/tables.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "world/data_series.hpp"

using namespace crowdout::world;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    Report report;
    const std::uint32_t source = sources.add("t.csv", {reinterpret_cast<const char*>(data), size});
    DataSeriesConfig series;
    series.unit = "$B/yr";
    read_table(sources, source, series, report);
    require(report.ok() != series.history.empty());
    require(report.text(sources).empty() == report.ok());
    for (const auto& point : series.history.points()) require(std::isfinite(point.value));
    return 0;
}
