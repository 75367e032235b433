// SPDX-License-Identifier: Apache-2.0
#include "world/table_config.hpp"

#include "world/csv.hpp"

namespace crowdout::world {

void TableConfig::check_place(agents::Complaints& complaints) const {
    if (file.empty() && table.empty()) {
        complaints.error("", "needs the `file` of its table");
    } else if (!file.empty() && !table.empty()) {
        complaints.error("table", "stands in the place of `file`; write one of them");
    }
}

void TableConfig::take_source(const CsvTable& read) {
    if (!source.empty()) return;
    for (const std::string& line : read.comments) source += (source.empty() ? "" : " ") + line;
}

}  // namespace crowdout::world
