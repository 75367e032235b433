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

/// The number goes up whenever the layout changes.
constexpr std::string_view title = "crowdout checkpoint 4\n";

/// What stands between the title and the two parts.
struct Header {
    std::uint64_t seed = 0;
    std::uint64_t digest = 0;
    std::uint64_t text_bytes = 0;
    std::uint64_t text_checksum = 0;
    std::uint64_t state_bytes = 0;
    std::uint64_t state_checksum = 0;
};

struct Parts {
    Header header;
    std::string_view text;
    std::string_view state;
};

/// A damaged file must not be loaded; an evil one is not our case.
std::uint64_t checksum(std::string_view bytes) {
    return market::hash_bytes(bytes.data(), bytes.size(), 0);
}

/// Takes a checkpoint apart. @throws market::ArchiveError
Parts parts_of(std::string_view bytes) {
    if (bytes.substr(0, title.size()) != title) {
        throw market::ArchiveError{"this is no checkpoint of this version"};
    }
    bytes.remove_prefix(title.size());
    Parts parts;
    Header& header = parts.header;
    market::ArchiveReader reader{bytes};
    reader(header);
    bytes.remove_prefix(bytes.size() - reader.left());
    // One length is compared before the two are added: a sum could come round.
    if (header.text_bytes > bytes.size() ||
        header.state_bytes != bytes.size() - header.text_bytes) {
        throw market::ArchiveError{"the checkpoint has been cut, or something was added to it"};
    }
    parts.text = bytes.substr(0, header.text_bytes);
    parts.state = bytes.substr(header.text_bytes);
    if (checksum(parts.text) != header.text_checksum ||
        checksum(parts.state) != header.state_checksum) {
        throw market::ArchiveError{"the checkpoint is damaged"};
    }
    return parts;
}

World restore(const Parts& parts, std::shared_ptr<const WorldConfig> config) {
    World world = build(std::move(config), parts.header.seed);
    market::ArchiveReader state{parts.state};
    world.archive(state);
    if (world.digest() != parts.header.digest || world.digest_afresh() != parts.header.digest) {
        throw market::ArchiveError{"the checkpoint does not give the state that was saved"};
    }
    return world;
}

}  // namespace

std::string save_checkpoint(const World& world) {
    const std::string text = print_resolved(world_type(), &world.config());
    const std::string state = world.state();
    Header header{.seed = world.seed(),
                  .digest = world.digest(),
                  .text_bytes = text.size(),
                  .text_checksum = checksum(text),
                  .state_bytes = state.size(),
                  .state_checksum = checksum(state)};
    market::ArchiveWriter head;
    head(header);
    return std::string{title} + head.bytes() + text + state;
}

std::string checkpoint_world_text(std::string_view bytes) {
    return std::string{parts_of(bytes).text};
}

World load_checkpoint(std::string_view bytes, std::shared_ptr<const WorldConfig> config) {
    const Parts parts = parts_of(bytes);
    if (print_resolved(world_type(), config.get()) != parts.text) {
        throw market::ArchiveError{
            "the checkpoint is of another world, or of other values set on top of it"};
    }
    return restore(parts, std::move(config));
}

World load_checkpoint(std::string_view bytes) {
    const Parts parts = parts_of(bytes);
    auto loaded = load_world_text("checkpoint", std::string{parts.text});
    if (!loaded.report.ok()) {
        throw market::ArchiveError{"the checkpoint's world is not one of this version:\n" +
                                   loaded.text()};
    }
    return restore(parts, std::make_shared<const WorldConfig>(std::move(loaded.config)));
}

}  // namespace crowdout::world
