// SPDX-License-Identifier: Apache-2.0
#include "apps/command_line.hpp"
#include "apps/huge_pages.hpp"

#ifdef __SANITIZE_THREAD__
/// Read by the thread sanitizer as the program begins: Open MPI takes two locks of its own in two
/// orders while it connects.
extern "C" const char* __tsan_default_suppressions() {
    return "deadlock:mca_btl_tcp.so\n";
}
#endif

int main(int argc, char** argv) {
    crowdout::apps::ask_for_huge_pages(argv);
    crowdout::apps::Console console = crowdout::apps::process_console();
    return static_cast<int>(crowdout::apps::run_program({argv + 1, argv + argc}, console));
}
