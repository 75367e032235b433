// SPDX-License-Identifier: Apache-2.0
#include "world/json_lines.hpp"

#include <cstddef>
#include <utility>

namespace crowdout::world {

namespace {

class Indenter {
public:
    explicit Indenter(std::string_view json) : json_{json} {}

    std::string text() {
        value(0);
        return std::move(text_);
    }

private:
    static constexpr std::size_t short_max = 100;  // our choice: the width of our sources

    /// Bytes of the value at `at_`: to its closing bracket, or to the comma behind it.
    [[nodiscard]] std::size_t length() const {
        std::size_t depth = 0;
        std::size_t i = at_;
        for (bool in_text = false; i < json_.size(); ++i) {
            const char c = json_[i];
            if (in_text && c == '\\') {
                ++i;
            } else if (c == '"') {
                in_text = !in_text;
            } else if (!in_text && (c == '{' || c == '[')) {
                ++depth;
            } else if (!in_text && (c == '}' || c == ']' || c == ',')) {
                if (depth == 0) break;
                if (c != ',' && --depth == 0) return i + 1 - at_;
            }
        }
        return i - at_;
    }

    void value(std::size_t indent) {
        const std::size_t key =
            json_[at_] == '"' ? json_.find("\": ", at_) : std::string_view::npos;
        const std::size_t size = length();
        if (key != std::string_view::npos && key < at_ + size) {
            text_ += json_.substr(at_, key + 3 - at_);
            at_ = key + 3;
        }
        const std::size_t left = length();
        if ((json_[at_] != '{' && json_[at_] != '[') || left <= short_max) {
            text_ += json_.substr(at_, left);
            at_ += left;
            return;
        }
        text_ += json_[at_++];
        for (bool more = true; more;) {
            text_ += "\n" + std::string(indent + 1, ' ');
            value(indent + 1);
            more = json_[at_] == ',';
            if (more) {
                text_ += ',';
                at_ += 2;
            }
        }
        text_ += "\n" + std::string(indent, ' ') + json_[at_++];
    }

    std::string_view json_;
    std::size_t at_ = 0;
    std::string text_;
};

}  // namespace

std::string json_lines(std::string_view json) {
    return Indenter{json}.text();
}

}  // namespace crowdout::world
