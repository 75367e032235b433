// SPDX-License-Identifier: Apache-2.0
// A libFuzzer program: no text makes the loader crash, hang or lose a value. Build and run with
//     cmake -S . -B build/fuzz -DCROWDOUT_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++
//           -DCROWDOUT_SANITIZE=fuzzer-no-link,address,undefined
//     ninja -C build/fuzz world_file_fuzz
//     build/fuzz/tests/fuzz/world_file_fuzz -max_len=4096 CORPUS tests/malformed
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/world/toy_world.hpp"
#include "world/edit.hpp"
#include "world/field_printer.hpp"

using namespace crowdout::world;

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

/// What is accepted must mean the same in its full form.
void load_and_print(const Loaded<toy::World>& loaded) {
    require(loaded.text().empty() == loaded.report.diagnostics().empty(), "a report without words");
    require(!loaded.json().empty(), "a report without JSON");
    if (!loaded.report.ok()) return;
    const std::string full = print_resolved(*type_of<toy::World>(), &loaded.config);
    const auto again = toy::load_text(full);
    if (!again.report.ok()) std::fprintf(stderr, "%s%s", full.c_str(), again.text().c_str());
    require(again.report.ok(), "the full form is not accepted");
    require(print_resolved(*type_of<toy::World>(), &again.config) == full,
            "the full form is not stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    // A text that starts as an option does is one; the rest of them are files.
    if (text.starts_with("--set ")) {
        load_and_print(toy::load_text(std::string{toy::good_world}, {text.substr(6)}));
    } else {
        load_and_print(toy::load_text(text));
        Sources sources;
        Report report;
        (void)edit_value(sources, "world.yaml", text, "venue.taker_fee", "1bp", report);
    }
    return 0;
}
