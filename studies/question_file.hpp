// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/field.hpp"
#include "world/diagnostic.hpp"
#include "world/document.hpp"
#include "world/load_world.hpp"

namespace crowdout::studies {

/// A file that asks something of a world, a study or a fit, with everything that is wrong with it.
struct LoadedQuestion {
    world::Document document{};
    world::Report report{};        ///< sorted
    std::string world_mistakes{};  ///< of the base world, in its own words; "" where it is right

    [[nodiscard]] std::string text() const {
        return report.text(document.sources) + world_mistakes;
    }
    [[nodiscard]] std::string json() const { return report.json(document.sources); }
};

/// Reads such a file and its base world, and says at its place what is wrong there.
class QuestionReader {
public:
    /// @param loaded, overrides  outlive it.
    QuestionReader(LoadedQuestion& loaded, std::string path,
                   const std::vector<std::string>& overrides)
        : loaded_{loaded}, path_{std::move(path)}, overrides_{overrides} {}

    /// Reads the base world first, because the file may speak of whatever the world declares.
    /// @param type  of `Config`, which names its base world in `world` and `set`.
    /// @return whether both are right.
    template <class Config>
    bool read(const world::Type& type, Config& config) {
        Config draft;
        read_draft(type, &draft);
        if (!draft.world.empty()) read_base(draft.world, draft.set);
        read_file(type, &config, draft.world);
        return loaded_.report.ok();
    }

    /// The base world, with the file's `set` on top. Of a file that is right.
    [[nodiscard]] world::Loaded<world::WorldConfig>& base() { return *base_; }
    [[nodiscard]] const std::string& world_file() const { return world_file_; }

    /// @param path  in the file; its nearest part that is there is pointed at.
    void error(world::Code code, const std::string& path, std::string what,
               std::string expected = "");
    /// Hands on what is wrong with a world, if anything is. @param lead  before what it says.
    void tell(const std::optional<world::Diagnostic>& mistake, const std::string& path,
              const std::string& lead = "");

private:
    void read_draft(const world::Type& type, void* draft);
    void read_base(const std::string& world, const std::vector<std::string>& set);
    void read_file(const world::Type& type, void* config, const std::string& world);
    void explain_base(const std::string& world);

    LoadedQuestion& loaded_;
    std::string path_;
    const std::vector<std::string>& overrides_;
    std::string world_file_;
    std::optional<world::Loaded<world::WorldConfig>> base_;
};

/// Puts what a check of a world complains of where the file has it.
class PlacedComplaints final : public agents::Complaints {
public:
    /// @param from   what keys begin with that the file has elsewhere: `claims[x]`.
    /// @param to     what stands there instead: `targets[x]`.
    /// @param field  below `to`, for all complaints; "" for where each belongs.
    explicit PlacedComplaints(QuestionReader& reader, std::string from = "", std::string to = "",
                              std::string field = "")
        : reader_{reader}, from_{std::move(from)}, to_{std::move(to)}, field_{std::move(field)} {}

    void error(std::string_view key, const std::string& what) override;
    void warning(std::string_view key, const std::string& what) override;

private:
    void add(world::Code code, std::string_view key, const std::string& what);

    QuestionReader& reader_;
    std::string from_;
    std::string to_;
    std::string field_;
};

}  // namespace crowdout::studies
