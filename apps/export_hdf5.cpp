// SPDX-License-Identifier: Apache-2.0
#include "apps/exit_code.hpp"
#include "apps/export_tables.hpp"

#ifdef CROWDOUT_HAS_HDF5

#include <fmt/format.h>
#include <hdf5.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace crowdout::apps {

namespace {

constexpr hsize_t chunk_rows = 16'384;  // our choice: 128 KiB of a column of numbers

/// An identifier of the library that closes itself.
class Handle {
public:
    Handle() = default;
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_{id}, close_{close} {}
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    Handle(Handle&& other) noexcept : id_{std::exchange(other.id_, -1)}, close_{other.close_} {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        std::swap(close_, other.close_);
        return *this;
    }
    [[nodiscard]] hid_t id() const { return id_; }
    [[nodiscard]] bool is_open() const { return id_ >= 0; }

private:
    hid_t id_ = -1;
    herr_t (*close_)(hid_t) = nullptr;
};

/// One group per table, one dataset per column: shuffled, gzip level 1. Texts are of fixed length.
class Hdf5Sink final : public TableSink {
public:
    explicit Hdf5Sink(const std::string& path)
        : path_{path}, draft_{fmt::format("{}.{}.tmp", path, ::getpid())} {
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // our own sentences only
        file_ = {H5Fcreate(draft_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose};
        if (!file_.is_open()) fail();
    }
    ~Hdf5Sink() override {
        tables_.clear();
        file_ = {};
        std::remove(draft_.c_str());
    }

    std::size_t add_table(std::string_view name, std::vector<ExportColumn> columns) override {
        Table& table = tables_.emplace_back();
        const Handle group{H5Gcreate2(file_.id(), std::string{name}.c_str(), H5P_DEFAULT,
                                      H5P_DEFAULT, H5P_DEFAULT),
                           H5Gclose};
        for (const ExportColumn& column : columns) {
            table.columns.push_back(make_column(group.id(), column));
        }
        return tables_.size() - 1;
    }

    void add_row(std::size_t number, std::span<const Cell> cells) override {
        Table& table = tables_[number];
        for (std::size_t i = 0; i < cells.size(); ++i) {
            Column& column = table.columns[i];
            const std::size_t at = column.bytes.size();
            column.bytes.resize(at + column.width);
            char* const to = column.bytes.data() + at;
            if (const auto* text = std::get_if<std::string_view>(&cells[i])) {
                std::memcpy(to, text->data(), std::min(text->size(), column.width));
            } else {
                std::visit([&](const auto& value) { std::memcpy(to, &value, sizeof value); },
                           narrowed(cells[i]));
            }
        }
        if (++table.waiting == chunk_rows) write(table);
    }

    void finish() override {
        for (Table& table : tables_) write(table);
        if (H5Fflush(file_.id(), H5F_SCOPE_LOCAL) < 0) fail();
        tables_.clear();
        file_ = {};
        if (std::rename(draft_.c_str(), path_.c_str()) != 0) fail();
    }

private:
    struct Column {
        Handle type{};
        Handle data{};
        std::size_t width = 8;
        std::vector<char> bytes{};
    };
    struct Table {
        std::vector<Column> columns{};
        hsize_t written = 0;
        hsize_t waiting = 0;
    };

    static std::variant<std::int64_t, double> narrowed(const Cell& cell) {
        if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
        return std::get<double>(cell);
    }

    Column make_column(hid_t group, const ExportColumn& column) {
        Column made;
        if (column.type == CellType::text) {
            made.width = std::max<std::size_t>(1, column.length_max);
            made.type = {H5Tcopy(H5T_C_S1), H5Tclose};
            H5Tset_size(made.type.id(), made.width);
            H5Tset_cset(made.type.id(), H5T_CSET_UTF8);
            H5Tset_strpad(made.type.id(), H5T_STR_NULLPAD);
        } else {
            made.type = {
                H5Tcopy(column.type == CellType::whole ? H5T_NATIVE_INT64 : H5T_NATIVE_DOUBLE),
                H5Tclose};
        }
        const hsize_t none = 0;
        const hsize_t any = H5S_UNLIMITED;
        const hsize_t rows = chunk_rows;
        const Handle space{H5Screate_simple(1, &none, &any), H5Sclose};
        const Handle how{H5Pcreate(H5P_DATASET_CREATE), H5Pclose};
        H5Pset_chunk(how.id(), 1, &rows);
        H5Pset_shuffle(how.id());
        H5Pset_deflate(how.id(), 1);
        made.data = {H5Dcreate2(group, column.name.c_str(), made.type.id(), space.id(), H5P_DEFAULT,
                                how.id(), H5P_DEFAULT),
                     H5Dclose};
        if (!made.data.is_open()) fail();
        return made;
    }

    void write(Table& table) {
        if (table.waiting == 0) return;
        const hsize_t total = table.written + table.waiting;
        for (Column& column : table.columns) {
            const bool grown = H5Dset_extent(column.data.id(), &total) >= 0;
            const Handle place{H5Dget_space(column.data.id()), H5Sclose};
            H5Sselect_hyperslab(place.id(), H5S_SELECT_SET, &table.written, nullptr, &table.waiting,
                                nullptr);
            const Handle source{H5Screate_simple(1, &table.waiting, nullptr), H5Sclose};
            if (!grown || H5Dwrite(column.data.id(), column.type.id(), source.id(), place.id(),
                                   H5P_DEFAULT, column.bytes.data()) < 0) {
                fail();
            }
            column.bytes.clear();
        }
        table.written = total;
        table.waiting = 0;
    }

    [[noreturn]] void fail() const {
        const std::string reason =
            errno != 0 ? std::generic_category().message(errno) : "HDF5 refuses";
        throw Failure{ExitCode::io, fmt::format("cannot write '{}': {}", path_, reason)};
    }

    std::string path_;
    std::string draft_;
    Handle file_;
    std::vector<Table> tables_;
};

}  // namespace

std::unique_ptr<TableSink> make_hdf5_sink(const std::string& path) {
    return std::make_unique<Hdf5Sink>(path);
}

}  // namespace crowdout::apps

#else

namespace crowdout::apps {

std::unique_ptr<TableSink> make_hdf5_sink(const std::string&) {
    throw Failure{ExitCode::usage,
                  "this program was built without HDF5: install libhdf5-dev and build again"};
}

}  // namespace crowdout::apps

#endif
