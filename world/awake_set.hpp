// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace crowdout::world {

/// A set of small numbers that is emptied in ascending order, at a cost that follows its size.
///
/// Two levels of bits: a word of 64 members, and a bit for each word that has any.
class AwakeSet {
public:
    void resize(std::size_t members) {
        words_.assign((members + 63) / 64, 0);
        summary_.assign((words_.size() + 63) / 64, 0);
    }

    void insert(std::uint32_t member) {
        words_[member / 64] |= std::uint64_t{1} << (member % 64);
        summary_[member / 4096] |= std::uint64_t{1} << (member / 64 % 64);
    }

    /// Calls `visit(member)` for each, in ascending order, and forgets them.
    template <class Visit>
    void drain(Visit&& visit) {
        for (std::size_t s = 0; s < summary_.size(); ++s) {
            while (summary_[s] != 0) {
                const auto word = s * 64 + static_cast<std::size_t>(std::countr_zero(summary_[s]));
                summary_[s] &= summary_[s] - 1;
                for (std::uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
                    visit(static_cast<std::uint32_t>(
                        word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
                }
                words_[word] = 0;
            }
        }
    }

private:
    std::vector<std::uint64_t> words_;
    std::vector<std::uint64_t> summary_;
};

}  // namespace crowdout::world
