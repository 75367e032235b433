// SPDX-License-Identifier: Apache-2.0
#include "world/read_data.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "world/data_check.hpp"
#include "world/field_reader.hpp"
#include "world/nearby_files.hpp"
#include "world/overrides.hpp"
#include "world/quantity_text.hpp"

namespace crowdout::world {

namespace {

class DataReader {
public:
    DataReader(Loaded<WorldConfig>& loaded, const FileReader& read)
        : loaded_{loaded}, read_{read} {}

    void read(DataSeriesConfig& series) {
        const auto source = source_of(series, "data[" + series.name + "]");
        if (source) read_table(loaded_.document.sources, *source, series, loaded_.report);
    }
    void read(TapeConfig& tape) {
        const auto source = source_of(tape, "tapes[" + tape.name + "]");
        if (source) read_tape(loaded_.document.sources, *source, tape, loaded_.report);
    }

private:
    /// The text of a table among the sources; nothing where there is none to be had.
    std::optional<std::uint32_t> source_of(TableConfig& owner, const std::string& path) {
        if (!owner.file.empty() && !owner.table.empty()) return std::nullopt;  // its check tells
        if (!owner.file.empty()) return open(owner, path + ".file");
        if (owner.table.empty()) return std::nullopt;
        Sources& sources = loaded_.document.sources;
        const Place place = place_of(path + ".table");
        if (!fits(owner.table.size(), place, path, "this table")) return std::nullopt;
        return sources.add(sources.name(place.source) + ": " + path + ".table", owner.table);
    }

    [[nodiscard]] Place place_of(const std::string& path) const {
        return find_nearest(loaded_.document.root, path).place;
    }

    /// A name that was mistyped, perhaps; what is there and cannot be read was not.
    static std::string nearest_to(const std::string& name) {
        std::error_code unreadable;
        return std::filesystem::exists(name, unreadable) ? "" : did_you_mean_beside(name);
    }

    /// The text of a file among the sources, and in its owner in place of its name.
    std::optional<std::uint32_t> open(TableConfig& owner, const std::string& path) {
        Sources& sources = loaded_.document.sources;
        const Place place = place_of(path);
        const std::filesystem::path said_in = sources.name(place.source);
        const std::string name = (said_in.parent_path() / owner.file).lexically_normal().string();
        std::string why;
        std::optional<std::string> text = read_(name, why);
        if (!text) {
            loaded_.report.add({Code::unreadable_file,
                                place,
                                path,
                                "cannot read '" + name + "': " + why + nearest_to(name),
                                "a table, relative to this file",
                                {}});
            return std::nullopt;
        }
        if (!fits(text->size(), place, path, "'" + name + "'")) return std::nullopt;
        if (text->starts_with("\xef\xbb\xbf")) text->erase(0, 3);  // byte order mark
        owner.file.clear();
        owner.table = *text;
        return sources.add(name, std::move(*text));
    }

    bool fits(std::size_t bytes, Place place, const std::string& path, const std::string& what) {
        const std::size_t most = std::min(table_bytes_max, bytes_left_);
        if (bytes <= most) {
            bytes_left_ -= bytes;
            return true;
        }
        loaded_.report.add({Code::file_too_large,
                            place,
                            path,
                            what + " is larger than the " + std::to_string(most) +
                                " bytes that are left for tables",
                            "a shorter table; at most " + std::to_string(table_bytes_max) +
                                " bytes, and " + std::to_string(tables_bytes_max) +
                                " in all tables of a world",
                            {}});
        return false;
    }

    Loaded<WorldConfig>& loaded_;
    const FileReader& read_;
    std::size_t bytes_left_ = tables_bytes_max;
};

/// What shows only between a series and the field that follows it: a run asks for the first value
/// as it begins, and each must be one that the field could have been given itself.
void check_uses(Loaded<WorldConfig>& loaded) {
    const WorldConfig& config = loaded.config;
    for (const SeriesUse& use : series_uses(config)) {
        const DataSeriesConfig* series = config.data.find(use.series);
        if (series == nullptr || series->history.empty()) continue;
        const auto refuse = [&](Code code, const std::string& what, std::string expected) {
            const Place place = find_nearest(loaded.document.root, use.path).place;
            loaded.report.add({code, place, use.path, use.series + what, std::move(expected), {}});
        };
        const auto points = series->history.points();
        if (points.front().at > config.start) {
            refuse(Code::inconsistent,
                   " begins on " + format_time(points.front().at) +
                       ", after the start of the run on " + format_time(config.start),
                   "a first row at or before the start");
        }
        const auto wrong = std::ranges::find_if(points, [&](const auto& point) {
            return !(point.value >= use.field.min && point.value <= use.field.max);
        });
        if (wrong != points.end()) {
            refuse(Code::out_of_range,
                   " is " + format_real(wrong->value, use.field.unit) + " from " +
                       format_time(wrong->at) + " on, which is out of range",
                   range_text(use.field));
        }
    }
}

}  // namespace

void read_data(Loaded<WorldConfig>& loaded, const FileReader& read) {
    DataReader reader{loaded, read};
    for (DataSeriesConfig& series : loaded.config.data) reader.read(series);
    for (TapeConfig& tape : loaded.config.tapes) reader.read(tape);
    if (loaded.report.ok()) check_uses(loaded);
    loaded.report.sort();
}

}  // namespace crowdout::world
