// SPDX-License-Identifier: Apache-2.0
#include "apps/world_files.hpp"

#include <doctest/doctest.h>

#include "apps/exit_code.hpp"
#include "tests/apps/folder.hpp"
#include "tests/apps/support.hpp"

using namespace crowdout::apps;

TEST_CASE("world files: a preset is a .yaml file at the top of the folder") {
    const TestFolder folder;
    folder.write("drain.yaml", "");
    folder.write("basic.yaml", "");
    folder.write("schema.json", "");
    std::filesystem::create_directories(folder.file("parts"));
    folder.write("parts/banks.yaml", "");

    CHECK(preset_names(folder.path()) == std::vector<std::string>{"basic", "drain"});
    CHECK(preset_names(folder.file("nowhere")).empty());
}

TEST_CASE("world files: a file wins over a preset, a preset needs no folder and no ending") {
    const TestFolder folder;
    const std::string file = folder.write("mine.yaml", "");
    folder.write("basic.yaml", "");

    CHECK(find_file(file, FileKind::world, folder.path()) == file);
    CHECK(find_file("basic", FileKind::world, folder.path()) == folder.file("basic.yaml"));
}

TEST_CASE("world files: a name that is nothing is trouble with a file, and the nearest is named") {
    const TestFolder folder;
    folder.write("basic.yaml", "");

    for (const char* name : {"basik", "basik.yaml", "some/where/basik.yaml"}) {
        try {
            (void)find_file(name, FileKind::world, folder.path());
            FAIL("found");
        } catch (const Failure& failure) {
            CHECK(failure.code() == ExitCode::io);
            CHECK(contains(failure.what(), "did you mean 'basic'?"));
        }
    }
}

TEST_CASE("world files: studies and fits are found in their folders, and sent to their verbs") {
    const TestFolder folder;
    std::filesystem::create_directories(folder.file("studies"));
    const std::string fan = folder.write("studies/fan.yaml", "");

    CHECK(find_file("fan", FileKind::study, folder.path()) == fan);
    const auto refused = [&](const std::string& name, FileKind kind, const std::string& words) {
        try {
            (void)find_file(name, kind, folder.path());
            FAIL("found");
        } catch (const Failure& failure) {
            CHECK(contains(failure.what(), words));
        }
    };
    refused("fan", FileKind::world, "'fan' is a study; use `crowdout study run fan`");
    refused("fam", FileKind::study, "there is no study file 'fam'; did you mean 'fan'?");
    refused("fan2", FileKind::study, "presets: fan");
}
