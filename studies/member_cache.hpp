// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "studies/member.hpp"

namespace crowdout::studies {

/// 36 characters that stand for a text: its name-based UUID, version 5 (RFC 4122, section 4.3), of
/// 122 bits of SHA-1. Two texts that differ share one by accident only.
[[nodiscard]] std::string content_id(std::string_view text);

/// The same of a file. @throws std::system_error  where it cannot be read.
[[nodiscard]] std::string file_id(const std::string& path);

/// Members made before, a file each in one folder.
///
/// An entry's name says all that its result depends on: the job, by content, and the program that
/// made it. So an entry is never out of date; it is only not asked for any more, and goes when the
/// folder has grown too large. A damaged entry is none.
class MemberCache {
public:
    static constexpr std::uint64_t bytes_max_default = std::uint64_t{1} << 29;  ///< our choice

    /// Makes the folder, and removes the entries used longest ago where they are too many.
    /// @param program  that makes members; its bytes are part of every key.
    /// @throws std::system_error
    MemberCache(std::string folder, const std::string& program,
                std::uint64_t bytes_max = bytes_max_default);

    [[nodiscard]] std::optional<MemberResult> find(const MemberJob& job) const;
    /// Keeps a member that is done; others may end otherwise next time. What the disk refuses is
    /// not kept: that costs time, not truth. Makes room where they are too many.
    void keep(const MemberJob& job, const MemberResult& result);

private:
    [[nodiscard]] std::string path_of(const MemberJob& job) const;
    /// @param spare  bytes to leave free besides, where something has to go.
    void make_room(std::uint64_t spare);

    std::string folder_;
    std::string program_id_;
    std::uint64_t bytes_max_;
    std::uint64_t bytes_ = 0;  ///< in the folder at the last look, and kept since by this process
};

/// Where members are kept unless somebody says otherwise: `$XDG_CACHE_HOME/crowdout`, or
/// `~/.cache/crowdout`; "" where neither is known.
[[nodiscard]] std::string default_cache_folder();

}  // namespace crowdout::studies
