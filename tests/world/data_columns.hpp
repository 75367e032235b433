// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace crowdout::test {

/// The numbers of a file in tests/world/data by column; lines that begin with # are remarks.
[[nodiscard]] inline std::vector<std::vector<double>> columns_of(const std::string& name) {
    std::istringstream text{text_of_file(CROWDOUT_SOURCE_DIR "/tests/world/data/" + name)};
    std::vector<std::vector<double>> columns;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words{line};
        std::size_t column = 0;
        for (double value = 0; words >> value; ++column) {
            if (column == columns.size()) columns.emplace_back();
            columns[column].push_back(value);
        }
    }
    return columns;
}

/// All numbers of a file, line by line.
[[nodiscard]] inline std::vector<double> numbers_of(const std::string& name) {
    std::istringstream text{text_of_file(CROWDOUT_SOURCE_DIR "/tests/world/data/" + name)};
    std::vector<double> numbers;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words{line};
        for (double value = 0; words >> value;) numbers.push_back(value);
    }
    return numbers;
}

}  // namespace crowdout::test
