// SPDX-License-Identifier: Apache-2.0
#include "apps/command_line.hpp"
#include "apps/huge_pages.hpp"

int main(int argc, char** argv) {
    crowdout::apps::ask_for_huge_pages(argv);
    crowdout::apps::Console console = crowdout::apps::process_console();
    return static_cast<int>(crowdout::apps::run_program({argv + 1, argv + argc}, console));
}
