// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace crowdout::market {

/// A checkpoint that ends too early or promises more than it holds.
class ArchiveError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Types with state that a checkpoint must hold list it once, for writing and for reading:
///
///     template <class Archive> void archive(Archive& a) { a(money_, orders_, name_); }
///
/// Plain structs are copied as bytes; they hold no pointer.
template <class T, class Archive>
concept HasArchive = requires(T& value, Archive& a) {
    value.archive(a);
};

/// Collects the bytes of a state.
class ArchiveWriter {
public:
    static constexpr bool reading = false;

    template <class... Values>
    void operator()(Values&... values) {
        (one(values), ...);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    template <class T>
    void one(T& value) {
        if constexpr (HasArchive<T, ArchiveWriter>) {
            value.archive(*this);
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
    }
    void one(std::string& text) {
        auto size = static_cast<std::uint64_t>(text.size());
        one(size);
        bytes_ += text;
    }
    template <class T>
    void one(std::optional<T>& value) {
        std::uint8_t present = value.has_value() ? 1 : 0;
        one(present);
        if (value) one(*value);
    }
    void one(std::vector<bool>&) = delete;
    template <class T>
    void one(std::vector<T>& items) {
        auto size = static_cast<std::uint64_t>(items.size());
        one(size);
        if constexpr (std::is_trivially_copyable_v<T> && !HasArchive<T, ArchiveWriter>) {
            bytes_.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T));
        } else {
            for (T& item : items) one(item);
        }
    }

    std::string bytes_;
};

/// Fills a state from the bytes that a writer of the same type made. @throws ArchiveError
class ArchiveReader {
public:
    static constexpr bool reading = true;

    explicit ArchiveReader(std::string_view bytes) : left_{bytes} {}

    template <class... Values>
    void operator()(Values&... values) {
        (one(values), ...);
    }
    [[nodiscard]] std::size_t left() const { return left_.size(); }

private:
    void take(void* to, std::size_t size) {
        if (size > left_.size()) throw ArchiveError{"the checkpoint ends too early"};
        if (size > 0) std::memcpy(to, left_.data(), size);
        left_.remove_prefix(size);
    }
    std::size_t take_size(std::size_t bytes_each) {
        std::uint64_t size = 0;
        take(&size, sizeof size);
        if (size > left_.size() / (bytes_each == 0 ? 1 : bytes_each)) {
            throw ArchiveError{"the checkpoint promises more than it holds"};
        }
        return static_cast<std::size_t>(size);
    }
    template <class T>
    void one(T& value) {
        if constexpr (HasArchive<T, ArchiveReader>) {
            value.archive(*this);
        } else {
            static_assert(std::is_trivially_copyable_v<T>);
            take(static_cast<void*>(&value), sizeof value);
        }
    }
    void one(std::string& text) {
        text.resize(take_size(1));
        take(text.data(), text.size());
    }
    template <class T>
    void one(std::optional<T>& value) {
        std::uint8_t present = 0;
        one(present);
        value.reset();
        if (present != 0) one(value.emplace());
    }
    void one(std::vector<bool>&) = delete;
    template <class T>
    void one(std::vector<T>& items) {
        if constexpr (std::is_trivially_copyable_v<T> && !HasArchive<T, ArchiveReader>) {
            items.resize(take_size(sizeof(T)));
            take(items.data(), items.size() * sizeof(T));
        } else {
            items.resize(take_size(1));
            for (T& item : items) one(item);
        }
    }

    std::string_view left_;
};

}  // namespace crowdout::market
