// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace crowdout::test {

[[nodiscard]] inline std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + path.string()};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// An empty file that is gone when the test is over.
class TemporaryFile {
public:
    TemporaryFile() {
        path_ = (std::filesystem::temp_directory_path() / "crowdout-XXXXXX").string();
        const int file = ::mkstemp(path_.data());
        if (file == -1) throw std::runtime_error{"cannot make " + path_};
        ::close(file);
    }
    ~TemporaryFile() { ::unlink(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::vector<std::uint8_t> bytes() const {
        const std::string text = text_of_file(path_);
        return {text.begin(), text.end()};
    }
    void append(std::span<const std::uint8_t> bytes) const {
        std::ofstream file{path_, std::ios::binary | std::ios::app};
        for (const std::uint8_t byte : bytes) file.put(static_cast<char>(byte));
    }

private:
    std::string path_;
};

}  // namespace crowdout::test
