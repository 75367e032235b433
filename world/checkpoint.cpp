// SPDX-License-Identifier: Apache-2.0
#include "world/checkpoint.hpp"

#include <utility>

#include "market/archive.hpp"
#include "market/hash.hpp"
#include "world/builder.hpp"
#include "world/field_printer.hpp"
#include "world/load_world.hpp"

namespace crowdout::world {

namespace {

/// The number goes up whenever the layout of the state changes.
constexpr std::string_view title = "crowdout checkpoint 1\n";

/// What stands between the title and the state.
struct Header {
    std::uint64_t config = 0;  ///< fingerprint
    std::uint64_t seed = 0;
    std::uint64_t digest = 0;
    std::uint64_t state_bytes = 0;
    std::uint64_t checksum = 0;  ///< of the state
};

/// A damaged file must not be loaded; an evil one is not our case.
std::uint64_t fingerprint(std::string_view bytes) {
    return market::hash_bytes(bytes.data(), bytes.size(), 0);
}

std::uint64_t fingerprint(const WorldConfig& config) {
    return fingerprint(print_resolved(world_type(), &config));
}

}  // namespace

std::string save_checkpoint(World& world) {
    market::ArchiveWriter state;
    world.archive(state);
    const std::string& bytes = state.bytes();
    Header header{.config = fingerprint(world.config()),
                  .seed = world.seed(),
                  .digest = world.digest(),
                  .state_bytes = bytes.size(),
                  .checksum = fingerprint(bytes)};
    market::ArchiveWriter head;
    head(header);
    return std::string{title} + head.bytes() + bytes;
}

World load_checkpoint(std::string_view bytes, std::shared_ptr<const WorldConfig> config) {
    if (bytes.substr(0, title.size()) != title) {
        throw market::ArchiveError{"this is no checkpoint of this version"};
    }
    bytes.remove_prefix(title.size());
    Header header;
    market::ArchiveReader head{bytes};
    head(header);
    bytes.remove_prefix(bytes.size() - head.left());
    if (bytes.size() != header.state_bytes || fingerprint(bytes) != header.checksum) {
        throw market::ArchiveError{"the checkpoint is damaged"};
    }
    if (fingerprint(*config) != header.config) {
        throw market::ArchiveError{
            "the checkpoint is of another world, or of other values set on top of it"};
    }
    World world = build(std::move(config), header.seed);
    market::ArchiveReader state{bytes};
    world.archive(state);
    if (state.left() != 0 || world.digest() != header.digest ||
        world.digest_afresh() != header.digest) {
        throw market::ArchiveError{"the checkpoint does not give the state that was saved"};
    }
    return world;
}

}  // namespace crowdout::world
