// SPDX-License-Identifier: Apache-2.0
#include "studies/member_cache.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "studies/child_process.hpp"
#include "world/replay_error.hpp"

namespace crowdout::studies {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view entry_suffix = ".member";
constexpr std::string_view draft_suffix = ".draft";
constexpr std::string_view heading = "crowdout member 1 ";  // and the content's id
constexpr std::size_t id_length = 36;
constexpr auto draft_age_max = std::chrono::hours{24};
constexpr std::uint64_t spare_share = 8;  // our choice: an eighth is free after entries had to go

/// The whole of a file. @return false where the system refuses; `errno` says why.
bool read_whole(const std::string& path, std::string& text) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.is_open()) return false;
    char piece[1 << 16];
    while (true) {
        const ssize_t size = ::read(file.number(), piece, sizeof piece);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return size == 0;
        text.append(piece, static_cast<std::size_t>(size));
    }
}

bool write_whole(const std::string& path, std::string_view text) {
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (!file.is_open()) return false;
    while (!text.empty()) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::string content_id(std::string_view text) {
    // A namespace of our own: the nil UUID would do, but its names are anybody's.
    constexpr boost::uuids::uuid ours{{0x6b, 0x1d, 0x0a, 0x5e, 0x93, 0x27, 0x4c, 0x48, 0x8f, 0x5a,
                                       0x21, 0xd6, 0x70, 0xe9, 0xb4, 0x3c}};
    boost::uuids::name_generator_sha1 generator{ours};
    return to_string(generator(text.data(), text.size()));
}

std::string file_id(const std::string& path) {
    std::string bytes;
    if (!read_whole(path, bytes)) {
        throw std::system_error{errno, std::generic_category(), "cannot read " + path};
    }
    return content_id(bytes);
}

MemberCache::MemberCache(std::string folder, const std::string& program, std::uint64_t bytes_max)
    : folder_{std::move(folder)}, program_id_{file_id(program)}, bytes_max_{bytes_max} {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw std::system_error{error, "cannot make the folder " + folder_};
    make_room(0);
}

std::optional<MemberResult> MemberCache::find(const MemberJob& job) const {
    const std::string path = path_of(job);
    std::string text;
    if (!read_whole(path, text)) return std::nullopt;
    const std::size_t head = heading.size() + id_length + 1;
    if (!text.starts_with(heading) || text.size() < head) return std::nullopt;
    const std::string_view body = std::string_view{text}.substr(head);
    if (text.substr(heading.size(), id_length) != content_id(body)) return std::nullopt;
    ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);  // used now: the last to go
    try {
        return read_result_json(body);
    } catch (const world::ReplayError&) {
        return std::nullopt;
    }
}

void MemberCache::keep(const MemberJob& job, const MemberResult& result) {
    if (result.state != MemberState::done) return;
    const std::string body = result_json(result);
    const std::string text = fmt::format("{}{}\n{}", heading, content_id(body), body);
    const std::string path = path_of(job);
    // Others may write the same entry now: each its own draft, and the last to be renamed stays.
    const std::string draft = fmt::format("{}.{}{}", path, ::getpid(), draft_suffix);
    if (!write_whole(draft, text) || ::rename(draft.c_str(), path.c_str()) != 0) {
        ::unlink(draft.c_str());
        return;
    }
    bytes_ += text.size();
    // Not for every entry from here on: the folder is looked through each time.
    if (bytes_ > bytes_max_) make_room(bytes_max_ / spare_share);
}

std::string MemberCache::path_of(const MemberJob& job) const {
    const std::string key = content_id(fmt::format("{}\n{}", program_id_, job_json(job)));
    return fmt::format("{}/{}{}", folder_, key, entry_suffix);
}

void MemberCache::make_room(std::uint64_t spare) {
    struct Entry {
        fs::file_time_type used;
        fs::path path;
        std::uint64_t bytes;
    };
    std::vector<Entry> entries;
    bytes_ = 0;
    std::error_code gone;  // somebody else may clean up at the same time
    const auto now = fs::file_time_type::clock::now();
    for (const fs::directory_entry& file : fs::directory_iterator{folder_, gone}) {
        const auto used = file.last_write_time(gone);
        if (gone) continue;
        if (file.path().extension() == draft_suffix && now - used > draft_age_max) {
            fs::remove(file.path(), gone);
        }
        if (file.path().extension() != entry_suffix) continue;
        const std::uint64_t size = file.file_size(gone);
        if (gone) continue;
        entries.push_back({used, file.path(), size});
        bytes_ += size;
    }
    if (bytes_ <= bytes_max_) return;
    std::ranges::sort(entries, {}, &Entry::used);
    for (const Entry& entry : entries) {
        if (bytes_ <= bytes_max_ - spare) return;
        fs::remove(entry.path, gone);
        bytes_ -= entry.bytes;
    }
}

std::string default_cache_folder() {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string{value == nullptr ? "" : value};
    };
    // The specification has relative paths ignored.
    if (const std::string cache = variable("XDG_CACHE_HOME"); cache.starts_with('/')) {
        return cache + "/crowdout";
    }
    const std::string home = variable("HOME");
    return home.empty() ? "" : home + "/.cache/crowdout";
}

}  // namespace crowdout::studies
